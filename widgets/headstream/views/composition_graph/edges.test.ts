import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { Damaged } from "../shared/wire/arrays";
import { decimalsOf, Edges, MOST, type Sent } from "./edges";

/** Two heads in layer 0 and two in layer 1: four pairs, every null .05 ± .01. */
function sent(scores: number[], heads = [0, 0, 0, 1, 1, 0, 1, 1]): Sent {
  const pairs = scores.length / 3;
  const filled = (value: number) => numbers(new Float32Array(scores.length).fill(value), [3 * pairs]);
  const virtual = (sign: number) =>
    numbers(
      Float32Array.from({ length: pairs }, (_, pair) => sign * pair),
      [pairs],
    );
  return {
    heads: numbers(Int32Array.from(heads), [heads.length / 2, 2]),
    scores: numbers(Float32Array.from(scores), [3 * pairs]),
    null: filled(0.05),
    null_sd: filled(0.01),
    copying: virtual(1),
    matching: virtual(-1),
  };
}

// Pairs: 0.0 → 1.0, 0.0 → 1.1, 0.1 → 1.0, 0.1 → 1.1.
const SCORES = [0.05, 0.06, 0.09, 0.05, 0.3, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.2];
const ALL = [true, true, true];

describe("edges", () => {
  const edges = new Edges(sent(SCORES));
  const names = (threshold: number, reads = ALL) =>
    edges.shown(threshold, reads).edges.map(({ read, from, to }) => `${read}:${from}>${to}`);

  it("stand out by 3 standard deviations of the null, the strongest first", () => {
    expect(names(0)).toEqual(["1:0>2", "2:1>3", "0:1>2"]);
    expect(edges.largest).toBeCloseTo(0.25, 6);
    expect(edges.count).toBe(12);
  });

  it("are cut by the threshold and by what is switched off", () => {
    expect(names(0.1)).toEqual(["1:0>2", "2:1>3"]);
    expect(names(0, [true, false, true])).toEqual(["2:1>3", "0:1>2"]);
    expect(names(0.5)).toEqual([]);
  });

  it("of a pair are three, and none the other way round or in one layer", () => {
    expect(edges.between(1, 3)?.map(({ score }) => Number(score.toFixed(2)))).toEqual([0.05, 0.05, 0.2]);
    expect(edges.between(3, 1)).toBeNull();
    expect(edges.between(0, 1)).toBeNull();
  });

  it("are the same objects each time", () => {
    expect(edges.shown(0, ALL).edges[1]).toBe(edges.between(1, 3)?.[2]);
  });

  it("have the virtual head of their pair", () => {
    const [edge] = edges.between(1, 2) ?? [];
    expect(edges.virtual(edge)).toEqual({ copying: 2, matching: -2 });
  });

  it("know heads by layer and number", () => {
    expect([edges.find(1, 0), edges.find(2, 0), edges.find(null, 0)]).toEqual([2, null, null]);
  });

  it("are no more at once than can be told apart, and all are counted", () => {
    const heads = Array.from({ length: 40 }, (_, index) => [index < 20 ? 0 : 1, index % 20]).flat();
    const many = new Edges(sent(Array(1200).fill(0.5), heads)).shown(0, ALL);
    expect([many.edges.length, many.total]).toEqual([MOST, 1200]);
  });

  it("are none in a single layer", () => {
    const one = new Edges(sent([], [0, 0, 0, 1]));
    expect([one.count, one.largest, one.shown(0, ALL).total]).toEqual([0, 0, 0]);
  });

  it("of arrays that do not belong together are damage", () => {
    expect(() => new Edges(sent(SCORES, [0, 0, 1, 0]))).toThrow(new Damaged("scores: expected shape [3], got [12]"));
    expect(() => new Edges(sent([], []))).toThrow("heads: expected one at least");
    const short = { ...sent(SCORES), copying: numbers(Float32Array.of(1), [1]) };
    expect(() => new Edges(short)).toThrow("copying: expected shape [4], got [1]");
  });
});

describe("decimals", () => {
  it("let a standard deviation be seen", () => {
    expect([[0.002], [0.00051], [0.00002], [0.3], [0], []].map(decimalsOf)).toEqual([3, 4, 5, 3, 3, 3]);
  });
});

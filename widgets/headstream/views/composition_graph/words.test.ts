import { describe, expect, it } from "vitest";
import { Weights } from "../shared/draw/weights";
import { numbers } from "../shared/testing/fake";
import { Edges } from "./edges";
import { dashes } from "./graph";
import { product } from "./product";
import { copies, matches, share, short, Words } from "./words";

const one = (...values: number[]) => numbers(Float32Array.from(values), [3]);
const edges = new Edges({
  heads: numbers(Int32Array.of(0, 2, 1, 6), [2, 2]),
  scores: one(0.05, 0.1, 0.04),
  null: one(0.051, 0.051, 0.05),
  null_sd: one(0.001, 0.001, 0),
  copying: numbers(Float32Array.of(0.851), [1]),
  matching: numbers(Float32Array.of(-0.2), [1]),
});
const words = new Words(edges, ["previous token", "induction"], 3);
const [query, key, value] = edges.between(0, 1) ?? [];

describe("words", () => {
  it("say who reads what of whom, with the null and the virtual head", () => {
    expect(words.edge(key)).toBe(
      "1.6 induction reads what 0.2 previous token writes as its key: .100, null .051 ± .001. " +
        "The virtual head copies tokens (+.85); by its key it does not look for what 0.2 moved (−.20).",
    );
  });

  it("say how far a score is above its null", () => {
    expect([query, key, value].map((edge) => words.deviations(edge))).toEqual(["−1.0 sd", "49 sd", "no sd"]);
  });

  it("say what a head reads and by whom it is read", () => {
    expect(words.node(1, [key])).toBe("1.6 induction reads 0.2 as key (.100). No edge drawn leaves it.");
    expect(words.node(0, [key])).toBe(
      "0.2 previous token reads no head in an edge drawn. It is read by 1.6 as key (.100).",
    );
    expect(new Words(edges, [], 3).label(0)).toBe("0.2");
  });

  it("say what copying and matching scores tell, on either side", () => {
    expect([0.5, 0.49, -0.49, -0.5].map(copies)).toEqual([
      "copies tokens",
      "neither copies nor suppresses",
      "neither copies nor suppresses",
      "suppresses tokens",
    ]);
    expect(matches(0.9, "0.2")).toBe("looks for the token that 0.2 moved");
    expect(matches(-0.9, "0.2")).toBe("avoids the token that 0.2 moved");
  });

  it("leave out what stands before the point only where it is nothing", () => {
    expect([short(0.1234, 3), short(-0.5, 2), short(1, 2), share(0.5), share(-0.25)]).toEqual([
      ".123",
      "−.50",
      "1.00",
      "+.50",
      "−.25",
    ]);
  });
});

describe("lines", () => {
  it("of each read have a style of their own, at any width", () => {
    for (const width of [1.4, 5]) expect(new Set([0, 1, 2].map((read) => dashes(read, width))).size).toBe(3);
    expect(dashes(1, 3)).toBe("none");
  });
});

describe("the product of two patterns", () => {
  const first = [
    [1, 0, 0],
    [0.5, 0.5, 0],
    [0.2, 0.3, 0.5],
  ];
  const second = [
    [1, 0, 0],
    [0.9, 0.1, 0],
    [0, 0.4, 0.6],
  ];
  const wanted = second.map((row) =>
    row.map((_, at) => row.reduce((sum, p, middle) => sum + p * first[middle][at], 0)),
  );
  const [from, to] = [
    { layer: 0, head: 0 },
    { layer: 1, head: 0 },
  ];

  it.each([true, false])("is the matrix product, packed: %s", (packed) => {
    const sent = [first, second].flatMap((rows) =>
      rows.flatMap((row, query) => (packed ? row.slice(0, query + 1) : row)),
    );
    const weights = new Weights(numbers(Float32Array.from(sent), [2, 1, packed ? 6 : 9]), packed, 3, null, false);
    const both = new Weights(product(weights, from, to), packed, 3, null, false);
    wanted.forEach((row, query) => {
      row.forEach((weight, at) => {
        expect(both.at(0, 0, query, at)).toBeCloseTo(weight, 6);
      });
    });
  });

  it("of patterns that look ahead does too", () => {
    const weights = new Weights(
      numbers(Float32Array.of(0.25, 0.75, 0.5, 0.5, 0, 1, 1, 0), [2, 1, 4]),
      false,
      2,
      null,
      false,
    );
    expect([...product(weights, from, to).data]).toEqual([0.5, 0.5, 0.25, 0.75]);
  });
});

import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { type Item, name, step, written } from "./cards";
import { type Data, Gallery, key } from "./gallery";
import { largest } from "./panel";

// Three features in two dimensions, the first two alone in a dimension; two matrices; two components of rank one each, then a spare.
const W = [2, 0, 0, 1, 0, 0];
const floats = (values: number[], ...shape: number[]) => numbers(Float32Array.from(values), shape);

function data(changes: Partial<Data> = {}): Data {
  return {
    method: "SPD",
    matrices: ["W", "Wᵀ"],
    axes: [
      ["a", "b", "c"],
      ["x", "y"],
      ["a", "b", "c"],
    ],
    weights: floats([...W, 2, 0, 0, 0, 1, 0], 12),
    // V of W: a, b read with twice and half the length; a third of no size. V of Wᵀ: x, y.
    reads: floats([0.5, 0, 0, 0, -2, 0, 0, 0, 0.001, 1, 0, 0, 1, 0, 0], 15),
    writes: floats([4, 0, 0, -0.5, 0.001, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0], 15),
    bias: floats([0, -0.5, 0], 3),
    inputs: floats([1, 0, 0, 0, 1, 0], 2, 3),
    importance: floats([0.9, 0.1, 0, 0.8, 0, 0, 1, 0, 0, 1, 0.2, 0.2], 2, 3, 2),
    negligible: 0.05,
    ...changes,
  };
}
const NONE = new Set<string>();
const off = (...places: [number, number][]) => new Set(places.map(([matrix, component]) => key({ matrix, component })));

describe("a gallery's numbers", () => {
  const gallery = new Gallery(data());

  it("multiplies V and U into components, and sums them to the weights", () => {
    expect(Array.from(gallery.matrices[0].parts[1])).toEqual([0, 0, 0, 1, 0, 0]);
    expect(Array.from(gallery.sum(0, NONE)).map((value) => Math.round(1000 * value))).toEqual(W.map((v) => 1000 * v));
    expect(gallery.distance(0, NONE)).toBeLessThan(1e-6);
    expect(gallery.distance(0, off([0, 1]))).toBeCloseTo(1 / Math.sqrt(5), 6);
  });

  it("shows those that are not negligible, the largest first", () => {
    expect(gallery.shown(0, false)).toEqual([0, 1]);
    expect(gallery.shown(0, true)).toEqual([0, 1, 2]);
  });

  it("gives V the length one, and U the size", () => {
    expect(gallery.read({ matrix: 0, component: 1 }, 0)).toEqual([0, -1, 0]);
    expect(gallery.write({ matrix: 0, component: 1 }, 0)).toEqual([0, -1]);
    expect(gallery.write({ matrix: 1, component: 1 }, 0)).toEqual([0, 1, 0]);
  });

  it("compares rows of the first matrix and columns of the last", () => {
    expect(gallery.likeness({ matrix: 0, component: 0 })).toEqual([
      { cosine: 1, length: 1 },
      { cosine: 0, length: 0 },
      { cosine: 0, length: 0 },
    ]);
    expect(gallery.inColumns(1)).toBe(true);
    expect(gallery.likeness({ matrix: 1, component: 1 }).map(({ cosine }) => cosine)).toEqual([0, 1, 0]);
  });

  it("computes the output as the target does, and the error of what is off", () => {
    expect(Array.from(gallery.output())).toEqual([4, 0, 0, 0, 0.5, 0]);
    expect(gallery.error(NONE, null)).toBeCloseTo(0, 10);
    expect(gallery.error(off([0, 0]), null)).toBeCloseTo(16 / 6, 6);
    expect(gallery.error(off([0, 0]), 0)).toBeCloseTo(16 / 3, 6);
    // A component that does not matter for an input may go.
    expect(gallery.error(off([0, 0]), 1)).toBeCloseTo(0, 10);
  });

  it("finds what does not matter for an input, and for none", () => {
    const places = (input: number | null) => gallery.unimportant(input).map(key);
    expect(places(0)).toEqual(["0-1", "0-2", "1-1", "1-2"]);
    expect(places(null)).toEqual(["0-2", "1-2"]);
    expect(gallery.error(new Set(places(0)), 0)).toBeCloseTo(0, 10);
    expect(gallery.most({ matrix: 0, component: 1 })).toEqual({ input: 1, value: expect.closeTo(0.8, 5) });
  });

  it("switches a component that is a part of every matrix as a whole", () => {
    const spanning = new Gallery(data({ method: "APD" }));
    expect(spanning.isOff(off([1, 0]), { matrix: 0, component: 0 })).toBe(true);
    expect(spanning.same({ matrix: 1, component: 2 }).map(key)).toEqual(["0-2", "1-2"]);
    expect(spanning.error(off([1, 0]), null)).toBeCloseTo(16 / 6, 6);
    expect(gallery.isOff(off([1, 0]), { matrix: 0, component: 0 })).toBe(false);
  });

  it("sums over the rank", () => {
    const reads = floats([1, 0, 0, 0, 1, 0, 1, 0, 0, 1], 10);
    const writes = floats([2, 0, 0, 1, 2, 0, 0, 0, 1, 0], 10);
    const one = new Gallery(data({ reads, writes, importance: floats([1, 1, 1, 1], 2, 1, 2) }));
    expect(one.rank).toBe(2);
    expect(Array.from(one.sum(0, NONE))).toEqual(W);
    expect(one.error(NONE, null)).toBe(0);
    expect(one.read({ matrix: 0, component: 0 }, 1)).toEqual([0, 1, 0]);
  });
});

describe("what stands around them", () => {
  const part = (matrix: number, component: number): Item => ({ kind: "part", place: { matrix, component } });
  const grid: Item[][] = [[part(0, 0), part(0, 1)], [part(1, 0)], [{ kind: "input", input: 0 }]];

  it("moves along lines and between them", () => {
    const to = (item: Item, pressed: string) => {
      const next = step(grid, item, pressed);
      return next && name(next);
    };
    expect(to(part(0, 0), "ArrowRight")).toBe("part-0-1");
    expect(to(part(0, 1), "ArrowRight")).toBe("part-0-1");
    expect(to(part(0, 1), "ArrowDown")).toBe("part-1-0");
    expect(to(part(1, 0), "ArrowDown")).toBe("input-0");
    expect(to(part(0, 0), "End")).toBe("part-0-1");
    expect(to(part(0, 0), "a")).toBeUndefined();
  });

  it("writes errors of any size", () => {
    expect([0, 2.6667, 0.0123, 0.00004].map(written)).toEqual(["0", "2.667", "0.0123", "4.0 × 10⁻⁵"]);
  });

  it("keeps the largest of many rows in their order", () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ label: String(i), value: i % 2 ? -i : 0, text: "" }));
    expect(largest(rows).map(({ label }) => label)).toEqual(
      ["0", "2", "1", "3", "5", "7", "9", "11"].sort((a, b) => +a - +b),
    );
  });
});

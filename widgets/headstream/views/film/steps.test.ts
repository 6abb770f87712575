import { describe, expect, it } from "vitest";
import { layout } from "./layout";
import { frameAt, nearest, rangeOf, stepScale } from "./steps";

describe("steps", () => {
  it("are found by their number, the nearest", () => {
    expect([0, 14, 16, 99].map((step) => nearest([0, 10, 20, 40], step))).toEqual([0, 1, 2, 3]);
  });

  it("have the frame that is not after them", () => {
    expect([0, 1, 2, 5, 8].map((index) => frameAt([0, 2, 8], index))).toEqual([0, 0, 1, 1, 2]);
  });

  it("stand on a logarithm where they were recorded in a geometric row", () => {
    expect(stepScale([0, 10, 20, 40, 80, 160], [0, 100]).log).toBe(true);
    const even = stepScale([0, 10, 20, 30, 40, 50], [0, 100]);
    expect([even.log, even(25)]).toEqual([false, 50]);
    expect(stepScale([0], [0, 100])(0)).toBe(0);
  });
});

describe("the range of curves", () => {
  const plain = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  it("is of all numbers", () => expect(rangeOf(plain)).toEqual([1, 10]));
  it("leaves out one that stands far off, at either end", () => {
    expect(rangeOf([...plain, 60])).toEqual([1, 10]);
    expect(rangeOf([...plain, -60, 90])).toEqual([1, 10]);
    expect(rangeOf([...plain, 60, 61])).toEqual([1, 61]);
  });
  it("is never empty", () => expect(rangeOf([3, 3])).toEqual([2.5, 3.5]));
});

describe("the plots", () => {
  it("stand side by side where there is room, and leave height to the patterns", () => {
    expect(layout(80, null)).toMatchObject({ rows: 1, width: 39 });
    expect(layout(20, null)).toMatchObject({ rows: 2, width: 20 });
    expect(layout(80, 30).height).toBeLessThan(11);
  });
});

import { describe, expect, it } from "vitest";
import { halfToFloat } from "../../shared/wire/arrays";
import { halfOf, toEven } from "./half";

describe("float16", () => {
  it("gives every number that it holds its own bits", () => {
    const all = Array.from({ length: 1 << 16 }, (_, bits) => bits).filter((bits) => !Number.isNaN(halfToFloat(bits)));
    expect(all.length).toBe((1 << 16) - 2 * 1023);
    expect(all.filter((bits) => halfOf(halfToFloat(bits)) !== bits)).toEqual([]);
  });

  it("rounds to the nearest, and of two as near to the even one", () => {
    for (const bits of [0, 1, 2, 0x3ff, 0x400, 0x3bff, 0x3c00, 0x7bfe]) {
      const [below, above] = [halfToFloat(bits), halfToFloat(bits + 1)];
      const middle = (below + above) / 2;
      expect(halfOf(middle)).toBe(bits % 2 ? bits + 1 : bits);
      expect(halfOf(below + 0.4 * (above - below))).toBe(bits);
      expect(halfOf(-(below + 0.6 * (above - below)))).toBe(0x8000 | (bits + 1));
    }
  });

  it("has infinities and no number", () => {
    expect(halfOf(65519)).toBe(0x7bff);
    expect(halfOf(65520)).toBe(0x7c00);
    expect(halfOf(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
    expect(halfToFloat(halfOf(Number.NaN))).toBeNaN();
  });

  it("rounds whole numbers as numpy's rint does", () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6].map(toEven)).toEqual([0, 2, 2, 2, 3]);
  });
});

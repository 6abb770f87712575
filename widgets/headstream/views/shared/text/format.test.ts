import { describe, expect, it } from "vitest";
import { fixed, probability, signed } from "./format";

describe("fixed", () => {
  it("has a real minus sign, and none on what rounds to zero", () => {
    expect(fixed(-1.204, 2)).toBe("−1.20");
    expect(fixed(1.204, 2)).toBe("1.20");
    expect(fixed(-0.004, 2)).toBe("0.00");
    expect(fixed(-0, 1)).toBe("0.0");
  });
  it("does not print JavaScript's words for what is no number", () => {
    expect(fixed(Number.POSITIVE_INFINITY, 2)).toBe("∞");
    expect(fixed(Number.NEGATIVE_INFINITY, 2)).toBe("−∞");
    expect(fixed(Number.NaN, 2)).toBe("–");
  });
  it("reads back to half a unit of the last digit, for any number", () => {
    for (let i = 0; i < 500; i++) {
      const value = Math.sin(i) * 10 ** (3 * Math.cos(7 * i));
      const read = Number(fixed(value, 3).replace("−", "-"));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(0.0005 + 1e-9);
    }
  });
});

describe("signed", () => {
  it("has a plus where there is something above zero", () => {
    expect(signed(2, 1)).toBe("+2.0");
    expect(signed(-2, 1)).toBe("−2.0");
    expect(signed(0.004, 2)).toBe("0.00");
  });
});

describe("probability", () => {
  it("has two decimals and no leading zero", () => {
    expect(probability(0.5)).toBe(".50");
    expect(probability(0.987)).toBe(".99");
    expect(probability(0)).toBe(".00");
    expect(probability(1)).toBe("1.00");
  });
  it("does not say never or surely of what only comes near", () => {
    expect(probability(0.0049)).toBe("<.01");
    expect(probability(1e-30)).toBe("<.01");
    expect(probability(0.995)).toBe(">.99");
    expect(probability(1 - 1e-7)).toBe(">.99");
  });
  it("reads back to half a hundredth, for any probability", () => {
    for (let i = 0; i <= 2000; i++) {
      const p = i / 2000;
      const text = probability(p);
      if (text === "<.01") expect(p).toBeLessThan(0.005);
      else if (text === ">.99") expect(p).toBeGreaterThanOrEqual(0.995);
      else expect(Math.abs(Number(text) - p)).toBeLessThanOrEqual(0.005 + 1e-9);
    }
  });
});

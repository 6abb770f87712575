import { describe, expect, it } from "vitest";
import { Values } from "./values";

describe("Values", () => {
  it("stand on one colour from 0 up", () => {
    const values = new Values([0, 1, 4]);
    const { scale, place, ticks } = values.scale();
    expect([scale, place(0), place(1), place(4)]).toEqual(["sequential", 0, 0.25, 1]);
    expect(ticks.map(({ label }) => label)).toEqual(["0", "4.00"]);
    expect([values.largest(), values.shown(1)]).toEqual([2, "1.00"]);
  });

  it("stand on two colours around 0 where one is negative", () => {
    const values = new Values([-2, 0, 1]);
    const { scale, place } = values.scale();
    expect([scale, place(-2), place(0), place(1)]).toEqual(["diverging", 0, 0.5, 0.75]);
    expect([values.largest(), values.shown(0), values.shown(2)]).toEqual([0, "−2.00", "+1.00"]);
  });

  it("may all be 0, or far from 1", () => {
    expect(new Values([0, 0]).scale().place(0)).toBe(0);
    expect(new Values([0.000012]).shown(0)).toBe("1.2 × 10⁻⁵");
  });
});

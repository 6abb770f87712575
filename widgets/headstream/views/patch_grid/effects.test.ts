import { describe, expect, it } from "vitest";
import { Effects, share } from "./effects";

const CLEAN = 5;
const CORRUPTED = 1;
// Two rows of three positions.
const effects = new Effects([1, 3, 1.002, 5.2, -1, 1], 2, 3, CLEAN, CORRUPTED);
const all = [0, 1].flatMap((row) => [0, 1, 2].map((position) => ({ row, position })));

describe("effects", () => {
  it("a share is of the gap between the runs, and says no zero that is none", () => {
    expect(all.map((cell) => effects.shown(cell, "share"))).toEqual(["0", "+.50", "0", "+1.05", "−.50", "0"]);
    expect(all.map((cell) => effects.shown(cell, "logit"))).toEqual(["0", "+2.00", "0", "+4.20", "−2.00", "0"]);
    expect([0.004, -0.004, 0.0051, -1.204].map(share)).toEqual(["0", "0", "+.01", "−1.20"]);
  });

  it("the largest of all, of a row, of a column", () => {
    expect(effects.largest(null, null)).toEqual({ row: 1, position: 0 });
    expect(effects.largest(0, null)).toEqual({ row: 0, position: 1 });
    expect(effects.largest(null, 2)).toEqual({ row: 0, position: 2 });
  });

  it("both scales are around 0 and reach the largest", () => {
    for (const unit of ["share", "logit"] as const) {
      const { place, ticks } = effects.scale(unit);
      expect(all.map((cell) => Number(place(effects.value(cell, unit)).toFixed(3)))).toEqual([
        0.5, 0.738, 0.5, 1, 0.262, 0.5,
      ]);
      expect(ticks.map(({ at }) => at)).toEqual([0, 0.5, 1]);
    }
    expect(effects.scale("share").ticks.map(({ label }) => label)).toEqual(["−1.05", "0", "+1.05"]);
  });

  it("what restores is blue, also where the clean run's number is the lower one", () => {
    const lower = new Effects([1, -3], 1, 2, -3, 1);
    const restored = { row: 0, position: 1 };
    for (const unit of ["share", "logit"] as const) {
      expect(lower.scale(unit).place(lower.value(restored, unit))).toBe(1);
    }
    expect([lower.shown(restored, "share"), lower.shown(restored, "logit")]).toEqual(["+1.00", "−4.00"]);
    expect(lower.scale("logit").ticks.map(({ label }) => label)).toEqual(["+4.00", "0", "−4.00"]);
  });

  it("patches that do nothing are all neutral", () => {
    const nothing = new Effects([1, 1], 1, 2, 2, 1);
    expect(nothing.scale("share").place(nothing.value({ row: 0, position: 0 }, "share"))).toBe(0.5);
  });
});

import { describe, expect, it } from "vitest";
import { EDGES, GAP, layout } from "./layout";

describe("the layout", () => {
  it("keeps picture and bars within the width, whatever there is", () => {
    for (const width of [16, 27, 31, 50, 98, 123]) {
      for (const height of [null, 14, 22, 30, 60]) {
        const { beside, side, bars } = layout(width, height, true);
        expect(beside ? side + GAP + bars.width : Math.max(side, bars.width)).toBeLessThanOrEqual(width + 1e-9);
        expect(bars.width - bars.names).toBeGreaterThan(5);
      }
    }
  });

  it("is no taller than the window where parts stand side by side", () => {
    for (const height of [22, 26, 30, 60]) {
      const { side, bars, loss } = layout(90, height, true);
      const right = EDGES.top + bars.lengths + EDGES.between + bars.dimensionality + EDGES.bottom + loss;
      expect(Math.max(side, right)).toBeLessThanOrEqual(height + 1e-9);
    }
  });

  it("puts them side by side early where there is little height", () => {
    expect(layout(32, 20, true).beside).toBe(true);
    expect(layout(32, 50, true).beside).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { arrange } from "./arrange";

describe("a board of three views", () => {
  it("stands in one row on a projected screen at lecture size, none taller than it", () => {
    expect(arrange(3, 1780, 900, 22)).toEqual({ columns: 3, height: 900, em: 22 });
  });

  it("stands in one row in a notebook at normal size", () => {
    expect(arrange(3, 1100, 700, 13)).toEqual({ columns: 3, height: 700, em: 13 });
  });

  it("stands in one row on a small projected screen: large type gives way, but not below normal size", () => {
    expect(arrange(3, 1100, 600, 22)).toEqual({ columns: 3, height: 600, em: 14 });
    expect(arrange(3, 988, 600, 22)).toEqual({ columns: 3, height: 600, em: 13 });
    expect(arrange(3, 987, 600, 22)).toEqual({ columns: 1, height: null, em: 22 });
    expect(arrange(3, 1600, 900, 22).em).toBe(21);
    expect(arrange(2, 1100, 560, 22)).toEqual({ columns: 2, height: 560, em: 16 });
    expect(arrange(2, 1100, 0, 22)).toEqual({ columns: 2, height: 616, em: 22 });
  });

  it("of four stands in one row on a projected screen of any size, where it looks the same", () => {
    expect(arrange(4, 1788, 940, 22)).toEqual({ columns: 4, height: 940, em: 17 });
    expect(arrange(4, 1190, 600, 15)).toEqual({ columns: 4, height: 600, em: 11 });
    expect(arrange(4, 1190, 600, 13).columns).toBe(2);
  });

  it("wraps where columns would be too narrow, and then leaves heights alone", () => {
    expect(arrange(3, 800, 700, 13)).toEqual({ columns: 2, height: null, em: 13 });
    expect(arrange(3, 328, 700, 13)).toEqual({ columns: 1, height: null, em: 13 });
  });

  it("never squeezes a view below what can be read", () => {
    expect(arrange(2, 1400, 200, 13)).toEqual({ columns: 2, height: 364, em: 13 });
  });

  it("has no more columns than views", () => {
    expect(arrange(2, 5000, 900, 13).columns).toBe(2);
  });

  it("fills its rows evenly", () => {
    expect(arrange(4, 1100, 700, 13)).toEqual({ columns: 2, height: null, em: 13 });
    expect(arrange(5, 1100, 700, 13).columns).toBe(3);
  });
});

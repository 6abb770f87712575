import { describe, expect, it } from "vitest";
import { layout } from "./layout";

const SIZES = { width: 1200, height: null, em: 13, name: 9, longest: 8, rows: 16, layers: 2, positions: 10 };

describe("the cells' sizes", () => {
  it("few positions: tokens are written across, and cells have their numbers", () => {
    const room = layout(SIZES);
    expect([room.across, room.numbers, room.limit]).toEqual([true, true, 8]);
    expect(room.label + 10 * room.column).toBeLessThanOrEqual(1200);
  });

  it("many positions: along narrow columns, and never narrower than a token is high", () => {
    const some = layout({ ...SIZES, positions: 30 });
    expect([some.across, some.numbers]).toEqual([false, true]);
    expect(some.label + 30 * some.column).toBeLessThanOrEqual(1200);
    const many = layout({ ...SIZES, positions: 200 });
    expect([many.column, many.numbers]).toEqual([20, false]);
  });

  it("rows are lower in little height, down to a line, and tokens shorter", () => {
    const free = layout({ ...SIZES, positions: 30 });
    const low = layout({ ...SIZES, positions: 30, height: 400 });
    const least = layout({ ...SIZES, positions: 30, height: 100 });
    expect([free.row, low.row < free.row, least.row]).toEqual([22, true, 16]);
    expect([low.limit, least.limit]).toEqual([8, 4]);
    expect(2 * low.head + 16 * low.row).toBeLessThanOrEqual(400);
  });
});

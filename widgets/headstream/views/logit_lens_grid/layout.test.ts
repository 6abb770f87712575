import { describe, expect, it } from "vitest";
import { type Layout, layout } from "./layout";

const ROOM = { width: 1000, height: null as number | null, em: 13, rows: 9, positions: 40, top: 5, longestLabel: 9 };

/** The height that the parts of a layout take, in em. */
function taken({ row, foot, overview, side, main, panel, plot, tall }: Layout, em: number, rows: number): number {
  const strip = overview ? overview / em + 0.5 : 0;
  if (tall !== null) return strip + tall / em;
  const width = (panel.onSide ? side : main) / em;
  const list = 1.6 * panel.choices;
  const facts = panel.facts ? (panel.narrow ? 14 : 8) : 0;
  const height = width < 40 ? facts + (facts && list ? 0.8 : 0) + list : Math.max(facts, list);
  const grid = ((rows + 1) * row + foot) / em;
  const under = panel.onSide || !height ? 0 : 0.8 + height;
  const beside = plot ? ((rows + 1) * row) / em + 12.1 : panel.onSide ? height - strip : 0;
  return strip + Math.max(grid + under, beside);
}

describe("layout", () => {
  it.each([320, 360, 700, 1000, 1600])("fits %i px, with whole columns", (width) => {
    for (const em of [13, 22]) {
      for (const positions of [1, 4, 300]) {
        for (const height of [null, 20 * em, 60 * em]) {
          const { main, side, beside, label, column, columns } = layout({ ...ROOM, width, em, positions, height });
          expect(label + columns * column).toBeLessThanOrEqual(Math.min(main, width));
          expect(beside ? main + side : Math.max(main, side)).toBeLessThanOrEqual(width);
          expect(columns >= 1 && columns <= positions).toBe(true);
          expect(columns === 1 || column >= (height === null ? 5 : 4.4) * em - 1).toBe(true);
        }
      }
    }
  });

  it("has all its parts where it may be as tall as it likes", () => {
    for (const width of [360, 1000]) {
      const { plot, side, tall, panel } = layout({ ...ROOM, width });
      expect([plot, side > 0, tall, panel.facts, panel.choices, panel.onSide]).toEqual([
        true,
        true,
        null,
        true,
        5,
        false,
      ]);
    }
  });

  it("fits any height from 18 em on with up to 9 rows, and uses it", () => {
    for (const em of [13, 22]) {
      for (const width of [328, 560, 900, 1200, 1600]) {
        for (const rows of [1, 5, 9]) {
          let listed = 0;
          for (let height = 18 * em; height < 70 * em; height += em) {
            const room = { ...ROOM, width, em, rows, height };
            const found = layout(room);
            expect(taken(found, em, rows) * em).toBeLessThanOrEqual(height + 0.01);
            expect(found.row).toBeGreaterThanOrEqual(Math.floor(1.45 * em));
            expect(found.tall).toBeNull();
            const more = Number(found.panel.facts) + found.panel.choices;
            if (!found.panel.onSide) expect(more).toBeGreaterThanOrEqual(listed);
            listed = more;
          }
          expect(listed).toBe(6);
        }
      }
    }
  });

  it("keeps the grid and the panel where there is no room for the plot, and the grid alone where there is little", () => {
    const low = layout({ ...ROOM, height: 22 * 13 });
    expect([low.plot, low.panel.onSide, low.panel.choices]).toEqual([false, true, 5]);
    const small = layout({ ...ROOM, width: 330, height: 20 * 13 });
    expect([small.plot, small.side, small.panel.facts, small.panel.choices]).toEqual([false, 0, false, 0]);
    const large = layout({ ...ROOM, height: 40 * 13 });
    expect([large.plot, large.panel.facts, large.row]).toEqual([true, true, 23]);
  });

  it("is as without a height where there is enough of it, and fitted where there is not", () => {
    const ample = layout({ ...ROOM, height: null });
    expect(layout({ ...ROOM, height: 2000 })).toEqual(ample);
    expect([ample.ample, layout({ ...ROOM, height: 300 }).ample]).toEqual([true, false]);
  });

  it("scrolls through more rows than there is room for", () => {
    const { tall, row, overview } = layout({ ...ROOM, rows: 49, height: 400 });
    expect(row).toBe(18);
    expect(tall! + overview + 0.5 * 13).toBeLessThanOrEqual(400);
  });
});

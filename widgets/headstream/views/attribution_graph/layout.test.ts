import { describe, expect, it } from "vitest";
import { type Input, type Layout, layout, type Place, type Placed } from "./layout";
import { next } from "./marks";

/** So many features a cell, an embedding a column, logits at the end. */
function input(
  columns: number,
  layers: number,
  each: number,
  width: number,
  em = 13,
  height: number | null = 540,
): Input {
  const items: Placed[] = [];
  const item = (row: number, column: number, named: boolean, characters: number) =>
    items.push({ row, column, named, characters });
  for (let column = 0; column < columns; column++) {
    item(0, column, false, 5);
    for (let row = 1; row <= layers; row++) for (let at = 0; at < each; at++) item(row, column, false, 5);
  }
  for (let at = 0; at < 4; at++) item(layers + 1, columns - 1, true, 8);
  return { width, height, em, rows: layers + 2, items, tokens: Array(columns).fill(6) };
}

const overlap = (a: Place, b: Place) => {
  const apart = (one: number, other: number, size: number) => Math.abs(one - other) >= size / 2 - 0.01;
  return !apart(a.x, b.x, a.width + b.width) && !apart(a.y, b.y, a.height + b.height);
};

function expectApart(made: Layout, { items }: Input): void {
  made.places.forEach((place, at) => {
    made.places.slice(at + 1).forEach((other, after) => {
      if (overlap(place, other)) throw new Error(`items ${at} and ${at + 1 + after} overlap`);
    });
    const { y, height } = made.rows[items[at].row];
    expect(place.y - place.height / 2).toBeGreaterThanOrEqual(y - 0.01);
    expect(place.y + place.height / 2).toBeLessThanOrEqual(y + height + 0.01);
    expect(place.x + place.width / 2).toBeLessThanOrEqual(made.width + 0.01);
  });
}

describe("the layout", () => {
  for (const [columns, layers, each, width, em] of [
    [12, 4, 2, 860, 13],
    [12, 4, 15, 860, 13],
    [12, 4, 15, 840, 22],
    [12, 4, 3, 328, 13],
    [12, 4, 3, 328, 22],
    [1, 1, 1, 328, 22],
    [60, 4, 2, 860, 13],
  ]) {
    it(`keeps ${columns} × ${layers} cells of ${each} apart in ${width} px at ${em} px`, () => {
      const given = input(columns, layers, each, width, em);
      expectApart(layout(given), given);
    });
  }

  it("has rows from the bottom up, in the height there is where that is enough", () => {
    const made = layout(input(12, 4, 2, 860));
    made.rows.slice(1).forEach(({ y, height }, row) => {
      expect(y + height).toBeLessThan(made.rows[row].y);
    });
    expect(made.height).toBeLessThanOrEqual(540);
    expect(layout(input(12, 4, 2, 860, 13, null)).height).toBeGreaterThan(made.height - 1);
  });

  it("names marks where lines of their own fit, and else sets them side by side", () => {
    expect(layout(input(6, 4, 2, 860)).places[1].beside).toBeGreaterThan(30);
    expect(layout(input(12, 4, 15, 860)).places[1].beside).toBe(0);
  });

  it("is wider than the room only where the smallest marks are", () => {
    expect(layout(input(12, 4, 15, 860)).width).toBe(860);
    expect(layout(input(200, 2, 1, 328)).width).toBeGreaterThan(328);
  });

  it("sets logits side by side, the first at the end of the text", () => {
    const given = input(12, 4, 2, 860);
    const { places, columns } = layout(given);
    const logits = places.slice(-4);
    const ends = logits.map(({ x, width }) => x + width / 2);
    expect(ends[0]).toBeCloseTo(columns[11].x + columns[11].width, 5);
    expect(ends.slice(1).every((end, at) => end < ends[at])).toBe(true);
    expect(new Set(logits.map(({ y }) => y)).size).toBe(1);
  });

  it("moves none of those in a cell that are left where the last are taken away", () => {
    const whole = input(12, 4, 9, 860);
    const last = whole.items.findIndex(({ row, column }) => row === 2 && column === 3) + 8;
    const fewer = { ...whole, items: whole.items.filter((_, at) => at !== last) };
    const places = layout(whole).places.filter((_, at) => at !== last);
    expect(layout(fewer).places).toEqual(places);
  });

  it("gives a box with a name a line of its own", () => {
    const given = input(12, 4, 2, 860);
    const items = [...given.items, { row: 2, column: 5, named: true, characters: 9 }];
    const made = layout({ ...given, items });
    expectApart(made, { ...given, items });
    expect(made.places.at(-1)?.width).toBeGreaterThan(60);
  });
});

describe("the arrows", () => {
  const place = (x: number, y: number): Place => ({ x, y, width: 8, height: 8, beside: 0 });
  // Two rows of three and two, a row that is empty, one on top.
  const places = [place(0, 90), place(50, 90), place(100, 90), place(10, 60), place(90, 60), place(60, 10)];
  const rows = [0, 0, 0, 1, 1, 3];
  const go = (item: number, key: string) => next(places, rows, item, key);

  it("go along a row, and to the nearest in the next that has any", () => {
    expect([go(0, "ArrowRight"), go(2, "ArrowRight"), go(2, "ArrowLeft")]).toEqual([1, null, 1]);
    expect([go(0, "ArrowUp"), go(2, "ArrowUp"), go(4, "ArrowUp"), go(5, "ArrowUp")]).toEqual([3, 4, 5, null]);
    expect([go(5, "ArrowDown"), go(3, "ArrowDown"), go(0, "ArrowDown")]).toEqual([4, 0, null]);
    expect([go(1, "Home"), go(1, "End")]).toEqual([0, 2]);
  });

  it("are no other keys", () => {
    expect(go(0, "x")).toBeUndefined();
  });
});

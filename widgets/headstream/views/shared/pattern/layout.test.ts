import { describe, expect, it } from "vitest";
import { type Box, type Input, layout, linesOf, wordsOf } from "./layout";

const SHORT = ["<|endoftext|>", "The", "·Cater", "p", "illar", "·and", "↵", "·Alice", "·looked"];
const tokens = (count: number) => Array.from({ length: count }, (_, index) => `·word${index}`);

const input = (changes: Partial<Input>): Input => ({
  width: 1000,
  height: null,
  em: 13,
  layers: 2,
  heads: 8,
  names: SHORT,
  ...changes,
});

function boxes(given: Input): Box[] {
  const { heads, text, square } = layout(given);
  return heads ? [heads, text, square] : [text, square];
}

const apart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 0.01 ||
  other.x + other.width <= one.x + 0.01 ||
  one.y + one.height <= other.y + 0.01 ||
  other.y + other.height <= one.y + 0.01;

function expectToFit(given: Input): void {
  const { height, heads, text, square } = layout(given);
  const parts = boxes(given);
  const seen = JSON.stringify({ given: { ...given, names: given.names.length }, heads, text, square });
  for (const box of parts) {
    expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0, seen).toBe(true);
    expect(box.x + box.width <= given.width + 0.01 && box.y + box.height <= height + 0.01, seen).toBe(true);
  }
  expect(
    parts.every((one, index) => parts.slice(index + 1).every((other) => apart(one, other))),
    seen,
  ).toBe(true);
  // The square's own axes leave it most of its room, and nothing grows beyond use.
  expect(square.margin <= 0.45 * square.width && square.width <= 48 * given.em, seen).toBe(true);
}

const SHAPES: [number, number][] = [
  [1, 1],
  [1, 12],
  [2, 8],
  [12, 12],
  [24, 32],
  [2, 64],
];

describe("the parts of the picture", () => {
  it("are inside it and apart, at every width, in every type, for every model", () => {
    for (const width of [328, 360, 572, 700, 1000, 1600]) {
      for (const em of [13, 22]) {
        for (const [layers, heads] of SHAPES) {
          for (const names of [["a"], SHORT, tokens(200)]) expectToFit(input({ width, em, layers, heads, names }));
        }
      }
    }
  });

  it.each([
    [565, 620, 22],
    [600, 540, 22],
    [940, 230, 13],
    [940, 600, 13],
    [344, 230, 13],
    [312, 240, 13],
    [1780, 700, 22],
  ])("fit into a cell of a board of %i × %i with type of %i", (width, height, em) => {
    for (const [layers, heads] of SHAPES) {
      for (const names of [["a"], SHORT, tokens(200)]) {
        const given = input({ width, height, em, layers, heads, names });
        expectToFit(given);
        expect(layout(given).height).toBeLessThanOrEqual(height);
      }
    }
  });

  it.each([
    [1000, 13],
    [1600, 13],
    [1600, 22],
  ])(
    "fill a frame %i wide in type of %i with a short prompt: most of its width, and no quarter is empty",
    (width, em) => {
      for (const [layers, heads] of [
        [1, 1],
        [1, 8],
        [2, 8],
        [4, 8],
        [12, 12],
      ]) {
        const given = input({ width, em, layers, heads });
        const { height } = layout(given);
        const parts = boxes(given);
        const ends = parts.map((box) => [box.x, box.x + box.width]).sort((a, b) => a[0] - b[0]);
        let covered = 0;
        let reached = 0;
        for (const [from, to] of ends) {
          covered += Math.max(0, to - Math.max(from, reached));
          reached = Math.max(reached, to);
        }
        expect(covered, `${layers} × ${heads}`).toBeGreaterThanOrEqual(0.75 * width);
        for (const x of [0, width / 2]) {
          for (const y of [0, height / 2]) {
            const quarter = { x, y, width: width / 2, height: height / 2 };
            expect(
              parts.some((box) => !apart(box, quarter)),
              `${layers} × ${heads}: ${x}, ${y}`,
            ).toBe(true);
          }
        }
      }
    },
  );

  it("stand as without a height where there is enough of it", () => {
    for (const width of [400, 1000, 1600]) {
      const free = layout(input({ width }));
      expect(layout(input({ width, height: free.height }))).toEqual(free);
      expect(layout(input({ width, height: free.height - 1 })).height).toBeLessThan(free.height);
    }
  });

  it("keep their order in less room than any picture needs", () => {
    expectToFit(input({ width: 300, height: -50, names: tokens(50) }));
  });

  it("stand one below the other where it is narrow, the square as wide as the frame", () => {
    const { heads, text, square } = layout(input({ width: 360 }));
    expect(heads!.y + heads!.height).toBeLessThan(text.y);
    expect(text.y + text.height).toBeLessThan(square.y);
    expect(square.width).toBe(360);
  });

  it("use the height of a cell that is higher than wide: nothing there leaves half of it empty", () => {
    for (const height of [300, 350, 390, 430, 470]) {
      expect(layout(input({ width: 469, height, names: tokens(24) })).height).toBeGreaterThanOrEqual(0.75 * height);
    }
  });

  it("leave the square no smaller than a useful one beside many heads", () => {
    const { heads, square } = layout(input({ layers: 12, heads: 12, names: tokens(60) }));
    expect(square.y).toBe(0);
    expect(square.width).toBeGreaterThanOrEqual(20 * 13);
    expect(heads!.thumb).toBeGreaterThanOrEqual(20);
  });

  it("give a prompt of forty tokens a square that names them all", () => {
    const { square } = layout(input({ layers: 4, names: tokens(40) }));
    expect(square.width - square.margin).toBeGreaterThanOrEqual(40 * 0.95 * 13);
  });

  it("cut names rather than leave them out", () => {
    const { square } = layout(input({ width: 600, height: 492, em: 22 }));
    expect(square.limit).toBeGreaterThan(3);
    expect((square.width - square.margin) / SHORT.length).toBeGreaterThanOrEqual(0.95 * 22);
  });

  it("cut one long name among short ones where the height is bounded: the square is the larger for it", () => {
    const low = { width: 1100, height: 400 };
    const { square } = layout(input(low));
    expect(square.limit).toBe(7);
    const long = layout(input({ ...low, names: SHORT.map((name) => name.padEnd(13, "x")) })).square;
    expect(square.width - square.margin).toBeGreaterThan(1.05 * (long.width - long.margin));
  });

  it("name no cell where a label would be cut to nothing", () => {
    expect(layout(input({ width: 80 })).square.limit).toBe(0);
    expect(layout(input({})).square.limit).toBe(12);
    expect(layout(input({ names: tokens(200) })).square.limit).toBe(7);
    expect(layout(input({ names: ["a", "b"] })).square.limit).toBe(1);
  });
});

describe("lines of text", () => {
  it("break before a word that does not fit, within one that is too long, and after a newline", () => {
    const lines = (names: string[], columns: number) => linesOf(wordsOf(names), columns);
    expect(lines(["ab", "·d"], 4)).toBe(1);
    expect(lines(["ab", "·cd"], 4)).toBe(2);
    expect(lines(["a", "·b", "c", "d"], 4)).toBe(2);
    expect(lines(["ab", "↵", "c"], 4)).toBe(2);
    expect(lines(["ab", "·c↵"], 4)).toBe(2);
    expect(lines(["ab↵"], 4)).toBe(1);
    expect(lines(["a".repeat(9)], 4)).toBe(3);
    expect(lines(["a", `·${"b".repeat(6)}`, "·c"], 4)).toBe(4);
    expect(lines(["漢字"], 3)).toBe(2);
    expect(lines([], 3)).toBe(1);
    // Counted as far as is asked.
    const long = wordsOf(Array.from({ length: 90 }, (_, index) => `·${"a".repeat(index % 7)}`));
    const all = linesOf(long, 9);
    for (let most = 1; most < all + 9; most++) expect(Math.min(most, linesOf(long, 9, most))).toBe(Math.min(most, all));
    expect(linesOf(long, 9, 3)).toBeLessThan(all);
  });
});

// Where the heads, the text and the large square stand: a pure function of the room there is and of what is drawn.
import { roomFor } from "../frame/room";
import { NAME_ROOM } from "./window";

export interface Input {
  /** CSS pixels; a height of null leaves the picture as tall as it likes. */
  width: number;
  height: number | null;
  em: number;
  layers: number;
  heads: number;
  /** The tokens as they are shown. */
  names: readonly string[];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  height: number;
  /** Null where there is only one head. `thumb` is the side of a small picture; what does not fit scrolls in the box. */
  heads: (Box & { thumb: number }) | null;
  /** `size` of the type, in em; what does not fit scrolls in the box. */
  text: Box & { size: number };
  /** With its axes, which take `margin` on the left and at the top; a label has at most `limit` characters, 0: there are no labels. */
  square: Box & { margin: number; limit: number };
}

// Sizes in em: between parts, of the grid of heads (its column of numbers, its two lines, between pictures, its words) and of type.
const GAP = { x: 2, y: 1 };
export const HEADS = { label: 1.6, line: 1.4, gap: 0.25, words: 8 };
const THUMB = { least: 1.1, most: 12 };
const TYPE = [1.9, 1.6, 1.3, 1.08];
const [, GOOD_TYPE, , SMALL_TYPE] = TYPE;
const TEXT = { line: 1.75, character: 0.62, narrowest: 10, tall: 12, padding: 4 };
/** The narrowest column of heads, and the smallest pictures in one; the lowest picture: where there is less room, it takes more than there is. */
const COLUMN = { least: 16, thumb: THUMB.least, cell: { least: 10, thumb: 2 } };
const LOWEST = 10;
/** The smallest square that is any use, with its axes, and that is one at all; one that is good and the largest, without them. */
const SQUARE = { least: 8, tiny: 6, good: 26, most: 40 };
/** How much taller than the heads and the text beside it the square may be. */
const TALLER = 1.2;
/** How much larger a square is worth parts that stand less well, unless these leave a quarter of the height empty. */
const BETTER = 1.25;
const FILLED = 0.75;
// Characters of a token that an axis shows: where every cell is named, where labels come with zooming in only, and at least.
const LABEL = { most: 12, zoomed: 7, least: 3 };
/** Of a label's character and of its type, in em. */
const CHARACTER = 0.85 * 0.61;

/** What is measured of the tokens once: a text of thousands is laid out in some hundred widths. */
interface Measured extends Input {
  words: Word[];
  /** The characters of the longest name that the axes make room for. */
  longest: number;
}

/** As tall as it likes where there is so much height, else fitted into what there is. */
export function layout(input: Input): Layout {
  const { height, em, names } = input;
  const longest = names.reduce((most, name) => Math.max(most, [...name].length), 1);
  const measured = { ...input, words: wordsOf(names), longest };
  const ample = unbounded({ ...measured, height: null });
  if (height === null || ample.height <= height) return ample;
  const cell = { ...measured, longest: longestButOne(names), height: Math.max(LOWEST * em, height) };
  const found = [column(cell), across(cell), stacked(cell)].filter((one) => one !== null);
  const worth = (best: Layout) => (best.height < FILLED * cell.height ? 1 : BETTER);
  const better = (best: Layout, one: Layout) => (one.square.width > worth(best) * best.square.width ? one : best);
  return found.reduce(better, found[0] ?? least(cell));
}

/** The characters of the longest token whose name the axes keep whole in little height: one long name among short ones,
 * such as the start token's, would take the square's room. */
function longestButOne(names: readonly string[]): number {
  const [longest, next = 1] = names.map((name) => [...name].length).sort((one, other) => other - one);
  return Math.max(next, Math.min(longest, LABEL.zoomed));
}

function unbounded(input: Measured): Layout {
  const room = roomFor(input.width, input.em);
  const wide = room === "much" || room === "plenty";
  return (wide && (column(input) ?? across(input))) || least(input);
}

/** Heads above the text, the square beside both and as tall as they are together. */
function column(input: Measured): Layout | null {
  const { width, em } = input;
  if (single(input)) return null;
  const room = input.height ?? Number.POSITIVE_INFINITY;
  const gap = GAP.x * em;
  // Where heads may also stand across the width, they are not squeezed into a column.
  const { least, thumb: smallest } = input.height === null ? COLUMN : COLUMN.cell;
  const narrowest = Math.max(least, HEADS.label + input.heads * (smallest + HEADS.gap)) * em;
  const most = Math.min(largest(input), room, width - gap - narrowest);
  if (most < SQUARE.least * em) return null;
  const beside = (side: number) => {
    const left = width - gap - side;
    const text = textHeight(input, left, SMALL_TYPE, 5 * em);
    const rest = room - GAP.y * em - text;
    const thumb = thumbFor(input, left, rest);
    return { left, thumb, heads: headsBox(input, thumb, left, rest) };
  };
  // The square grows as its neighbours shrink: somewhere it is as much taller than they as is good. A long text scrolls.
  const unequal = (side: number) => {
    const { left, heads } = beside(side);
    const text = textHeight(input, left, GOOD_TYPE, TEXT.tall * em);
    return Math.abs(side - TALLER * (heads.height + GAP.y * em + text));
  };
  // Room for every token's name is worth more.
  const named = input.names.length * NAME_ROOM * em;
  const good = Math.max(SQUARE.good * em, named <= most - axes(input) ? named : 0);
  const first = Math.min(most, good + axes(input));
  const sides = Array.from({ length: 1 + Math.floor((2 * (most - first)) / em) }, (_, step) => first + (step * em) / 2);
  const differences = sides.map(unequal);
  const side = Math.floor(sides[differences.indexOf(Math.min(...differences))]);
  const { left, thumb, heads } = beside(side);
  const above = heads.height + GAP.y * em;
  const text = textHeight(input, left, SMALL_TYPE, TEXT.tall * em);
  const height = Math.max(side, Math.floor(Math.min(room, above + text)));
  const rest = height - above;
  const size = typeFor(input, left, rest);
  const lines = textHeight(input, left, size, rest);
  return {
    height,
    heads: { x: 0, y: 0, ...heads, thumb },
    // Its last line stands on the square's.
    text: { x: 0, y: height - lines, width: left, height: lines, size },
    square: { x: width - side, y: 0, ...square(input, side) },
  };
}

/** Heads from edge to edge, below them the text beside the square. */
function across(input: Measured): Layout | null {
  const { width, em } = input;
  const heads = top(input);
  const y = heads ? heads.height + GAP.y * em : 0;
  const room = (input.height ?? Number.POSITIVE_INFINITY) - y;
  const side = Math.floor(Math.min(largest(input), room, width - (GAP.x + TEXT.narrowest) * em));
  if (side < SQUARE.least * em) return null;
  const left = width - GAP.x * em - side;
  const size = typeFor(input, left, side);
  const lines = textHeight(input, left, size, side);
  return {
    height: y + side,
    heads,
    text: { x: 0, y: y + Math.floor((side - lines) / 2), width: left, height: lines, size },
    square: { x: width - side, y, ...square(input, side) },
  };
}

/** One below the other. */
function stacked(input: Measured): Layout | null {
  const found = least(input);
  return found.square.width < SQUARE.least * input.em ? null : found;
}

/** The same, in whatever room there is. */
function least(input: Measured): Layout {
  const { width, em } = input;
  const heads = top(input);
  const y = heads ? heads.height + GAP.y * em : 0;
  const room = input.height ?? Number.POSITIVE_INFINITY;
  const lines = textHeight(input, width, SMALL_TYPE, Math.min(26 * em, Math.max(3 * em, 0.25 * room)));
  const below = y + lines + GAP.y * em;
  const side = Math.floor(Math.max(SQUARE.tiny * em, Math.min(largest(input), width, room - below)));
  return {
    height: below + side,
    heads,
    text: { x: 0, y, width, height: lines, size: SMALL_TYPE },
    square: { x: 0, y: below, ...square(input, side) },
  };
}

const single = ({ layers, heads }: Input) => layers * heads === 1;

/** The heads on their own, across the width. */
function top(input: Input): Layout["heads"] {
  if (single(input)) return null;
  const most = input.height === null ? Number.POSITIVE_INFINITY : 0.4 * input.height;
  const thumb = thumbFor(input, input.width, most);
  return { x: 0, y: 0, ...headsBox(input, thumb, input.width, most), thumb };
}

function thumbFor({ layers, heads, em }: Input, width: number, height: number): number {
  const fitting = Math.min(
    (width - HEADS.label * em) / heads - HEADS.gap * em,
    (height - 2 * HEADS.line * em) / layers - HEADS.gap * em,
  );
  return Math.floor(Math.max(THUMB.least * em, Math.min(THUMB.most * em, fitting)));
}

/** The grid of heads, at most so large. What is larger is scrolled, by a bar that takes room itself. */
function headsBox({ layers, heads, em }: Input, thumb: number, widest: number, highest: number) {
  const each = thumb + HEADS.gap * em;
  const width = Math.max(HEADS.words, HEADS.label + heads * (each / em)) * em;
  const height = 2 * HEADS.line * em + layers * each;
  const bar = 1.2 * em;
  return {
    width: Math.min(widest, width + (height > highest ? bar : 0)),
    height: Math.min(highest, height + (width > widest ? bar : 0)),
  };
}

/** The height of the running text, or `most` where it is taller: a guess, for fonts differ. */
function textHeight({ words, em }: Measured, width: number, size: number, most: number): number {
  const columns = Math.max(1, Math.floor((width - TEXT.padding) / (TEXT.character * size * em)));
  const line = TEXT.line * size * em;
  return Math.min(most, Math.ceil(linesOf(words, columns, 1 + most / line) * line) + TEXT.padding);
}

interface Word {
  columns: number;
  /** Whether a new line begins behind it. */
  ends: boolean;
}

/** What stands together on a line: lines break before a token that begins with a space, and behind a newline. */
export function wordsOf(names: readonly string[]): Word[] {
  const words: string[] = [];
  for (const name of names) {
    const goesOn = words.length > 0 && !name.startsWith("·") && !words[words.length - 1].endsWith("↵");
    if (goesOn) words[words.length - 1] += name;
    else words.push(name);
  }
  return words.map((word) => ({ columns: columnsOf(word), ends: word.endsWith("↵") }));
}

/** Lines of so many columns that words fill, counted until they are more than `most`; what is longer than a line is broken too. */
export function linesOf(words: readonly Word[], columns: number, most: number = Number.POSITIVE_INFINITY): number {
  let lines = 1;
  let used = 0;
  for (const { columns: long, ends } of words) {
    if (lines > most + 1) break; // the last of them may be empty
    if (used > 0 && used + long > columns) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil((used + long) / columns) - 1);
    used = long > columns ? long % columns : used + long;
    if (ends) {
      lines += 1;
      used = 0;
    }
  }
  return used > 0 || lines === 1 ? lines : lines - 1;
}

/** Characters of East Asia and pictures are as wide as two. */
function columnsOf(name: string): number {
  return [...name].reduce((sum, character) => sum + (character >= "\u2e80" ? 2 : 1), 0);
}

/** The largest type in which the text fits. */
function typeFor(input: Measured, width: number, height: number): number {
  return TYPE.find((size) => textHeight(input, width, size, height + 1) <= height) ?? SMALL_TYPE;
}

/** The largest square that is any use, with its axes; and they alone. */
const largest = (input: Measured) => SQUARE.most * input.em + axes(input);
const axes = ({ longest, em }: Measured) => marginFor(Math.min(LABEL.most, longest), em);

const marginFor = (characters: number, em: number) => Math.ceil((characters + 1) * CHARACTER * em + 6);

/** The axes of a square that is so large with them: names as long as leave every cell room for its own; else short ones. */
function square(input: Measured, side: number): { width: number; height: number; margin: number; limit: number } {
  const { em, names, longest } = input;
  const most = Math.min(LABEL.most, longest);
  const fewest = Math.min(most, LABEL.least);
  const limits = Array.from({ length: most - fewest + 1 }, (_, shorter) => most - shorter);
  const fits = (limit: number) => marginFor(limit, em) <= 0.4 * side;
  const named = (limit: number) => names.length * NAME_ROOM * em <= side - marginFor(limit, em);
  const limit =
    limits.find((one) => fits(one) && named(one)) ?? limits.find((one) => fits(one) && one <= LABEL.zoomed) ?? 0;
  return { width: side, height: side, margin: marginFor(limit || 2, em), limit };
}

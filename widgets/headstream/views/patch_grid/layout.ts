// How large the cells are, in the room that there is. All in CSS pixels.

export interface Layout {
  label: number;
  column: number;
  row: number;
  /** Of one prompt's tokens. */
  head: number;
  /** Whether tokens are written across their columns; else along them, read upwards. */
  across: boolean;
  /** Characters of a token that there is room for. */
  limit: number;
  /** Whether a cell has room for its number. */
  numbers: boolean;
}

/** Of a character in monospace at the size of the tokens (0.85 of the type), and around a token. */
const CHARACTER = 0.602 * 0.85;
const AROUND = 0.9;
const MOST = 12;
/** In em: of a column with tokens along it, and of one that has room for a number; of a row. */
const NARROW = 1.5;
const NUMBER = 2.5;
const LOW = 1.25;
const HIGH = 1.75;

export interface Sizes {
  width: number;
  height: number | null;
  em: number;
  /** Characters of the longest row's name and of the longest token. */
  name: number;
  longest: number;
  rows: number;
  layers: number;
  positions: number;
}

export function layout({ width, height, em, name, longest, rows, layers, positions }: Sizes): Layout {
  const label = Math.ceil((0.58 * 0.92 * name + 1.2) * em);
  // In little height the tokens leave most of it to the cells.
  const most = height === null ? MOST : Math.floor((0.2 * height) / em / CHARACTER);
  const limit = Math.max(4, Math.min(MOST, longest, most));
  const share = Math.floor((width - label - 2) / positions);
  const natural = Math.ceil((limit * CHARACTER + AROUND) * em);
  const across = share >= natural;
  const column = across ? natural : Math.max(Math.ceil(NARROW * em), Math.min(share, Math.floor(3 * em)));
  const head = Math.ceil((across ? 1.7 : limit * CHARACTER + AROUND) * em);
  const left = height === null ? Number.POSITIVE_INFINITY : height - 2 * head - 1.3 * em - 0.35 * em * layers;
  const row = Math.floor(Math.min(HIGH * em, Math.max(LOW * em, left / rows)));
  return { label, column, row, head, across, limit, numbers: column >= NUMBER * em };
}

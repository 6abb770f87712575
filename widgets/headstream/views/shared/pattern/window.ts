// The part of a head's square that is drawn, as it is zoomed and moved: pure functions of what is shown now.
import { wholeStep } from "../draw/plot";
import type { Window } from "../draw/weights";

export interface Cell {
  query: number;
  key: number;
}

/** The closest look, in cells. */
const CLOSEST = 8;

/** What a cell takes at least, in em, for the axes to name its token. */
export const NAME_ROOM = 0.95;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

export function whole(length: number): Window {
  return { query: 0, key: 0, span: length };
}

/** Zooms by `factor` (below 1 is closer) about a cell, and stays inside the square. */
export function zoomed(window: Window, factor: number, about: Cell, length: number): Window {
  const span = Math.round(between(Math.min(CLOSEST, length), window.span * factor, length));
  const place = (start: number, cell: number) => {
    const share = (cell + 0.5 - start) / window.span;
    return Math.round(between(0, cell + 0.5 - share * span, length - span));
  };
  return { span, query: place(window.query, about.query), key: place(window.key, about.key) };
}

/** Moves the window, and stays inside the square. */
export function panned(window: Window, queries: number, keys: number, length: number): Window {
  const place = (start: number) => Math.round(between(0, start, length - window.span));
  return { span: window.span, query: place(window.query + queries), key: place(window.key + keys) };
}

/** Moves the window so that a cell is in it; the same window where it is already. */
export function followed(window: Window, cell: Cell): Window {
  const place = (start: number, index: number) => between(index - window.span + 1, start, index);
  const [query, key] = [place(window.query, cell.query), place(window.key, cell.key)];
  return query === window.query && key === window.key ? window : { span: window.span, query, key };
}

/** The cell to zoom about: what is selected, else the window's middle, on or below the diagonal. */
export function center({ query, key, span }: Window, selected: { position: number | null; key: number | null }): Cell {
  const middle = Math.floor(span / 2);
  const row = selected.position ?? query + middle;
  return { query: row, key: selected.key ?? Math.min(row, key + middle) };
}

/** The cell at a place of the drawn square, 0..1 from its left and from its top. */
export function cellAt({ query, key, span }: Window, x: number, y: number): Cell {
  const index = (share: number) => between(0, Math.floor(share * span), span - 1);
  return { query: query + index(y), key: key + index(x) };
}

/** Where a cell, or with no key a whole row, is drawn in a square of side 1; null where it is outside or there is none. */
export function outline(window: Window, query: number | null, key: number | null) {
  const inside = (index: number, start: number) => index >= start && index < start + window.span;
  if (query === null || !inside(query, window.query)) return null;
  if (key !== null && !inside(key, window.key)) return null;
  const cell = 1 / window.span;
  const y = (query - window.query) * cell;
  return key === null
    ? { x: 0, y, width: 1, height: cell }
    : { x: (key - window.key) * cell, y, width: cell, height: cell };
}

/** Whether every token of cells of so many CSS pixels has room for its name on the axes, else at which numbers they are numbered. */
export function naming(cell: number, em: number, labels: boolean): { tokens: boolean; step: number } {
  if (labels && cell >= NAME_ROOM * em) return { tokens: true, step: 1 };
  return { tokens: false, step: wholeStep((2.5 * em) / cell) };
}

/** The positions from `start` on that are named. */
export function named(start: number, span: number, step: number): number[] {
  const first = Math.ceil(start / step) * step;
  return Array.from(
    { length: Math.max(0, Math.ceil((start + span - first) / step)) },
    (_, index) => first + index * step,
  );
}

// What is shown, what the reader asks for, and which columns are in sight: no drawing.
import type { Selection } from "../shared/frame/selection";
import type { Lens } from "./lens";

export interface Cell {
  row: number;
  position: number;
}
/** A cell; without a position a whole row, without a row a whole column. */
export interface Place {
  row: number | null;
  position: number | null;
}
/** A token whose way through the rows is plotted. */
export interface Track {
  position: number;
  token: number;
}
/** What the pointer or the focus is on in this view: a place in the grid, or a token of the cell's list. */
export interface Pointer {
  place: Place | null;
  token: number | null;
}
export const NOWHERE: Pointer = { place: null, token: null };

/** The window of columns that is in the page. */
export interface Columns {
  first: number;
  count: number;
  positions: number;
}

export const MAX_PINS = 5;

// Rows and layers.

/** The layer that a row belongs to; null for the embedding. */
export function layerOf(row: number, rowLayer: readonly number[]): number | null {
  return rowLayer[row] < 0 ? null : rowLayer[row];
}

/** The row that a selection means: the one pinned here where it is of its layer, else the layer's last. */
export function rowOf(
  { layer, position }: Pick<Selection, "layer" | "position">,
  rowLayer: readonly number[],
  pinnedRow: number | null,
): number {
  const pinnedHere = pinnedRow !== null && pinnedRow < rowLayer.length && layerOf(pinnedRow, rowLayer) === layer;
  // The embedding has no layer: a row without one is pinned only where a position is.
  if (pinnedHere && (layer !== null || position !== null)) return pinnedRow;
  const row = layer === null ? -1 : rowLayer.lastIndexOf(layer);
  return row < 0 ? rowLayer.length - 1 : row;
}

/** What pointing at a place selects: of a cell also its top token. */
export function partOf({ row, position }: Place, lens: Lens, rowLayer: readonly number[]): Partial<Selection> {
  const token = row === null || position === null ? null : lens.ids[lens.best(row, position)];
  return {
    ...(row === null ? {} : { layer: layerOf(row, rowLayer) }),
    ...(position === null ? {} : { position, token }),
  };
}

// What is shown.

export interface Question {
  current: Selection;
  pinned: Selection;
  previewing: boolean;
  pointer: Pointer;
  pinnedRow: number | null;
}

export interface Shown extends Cell {
  token: number;
  /** Whether anybody asked for the position, and whether this view's own grid did. */
  pointed: boolean;
  mine: boolean;
}

/** The cell and the token that are shown; with nothing selected at a position, `otherwise`. */
export function shown(
  { current, pinned, previewing, pointer, pinnedRow }: Question,
  lens: Lens,
  rowLayer: readonly number[],
  otherwise: number,
): Shown {
  const { place } = pointer;
  // With the focus here, the pointer may be in another view.
  const mine = place !== null && previewing && (place.position === null || place.position === current.position);
  const position = current.position ?? otherwise;
  const row = mine && place.row !== null ? place.row : rowOf(current, rowLayer, pinnedRow);
  // A token pinned at another position says nothing here.
  const asked = mine || pointer.token !== null || current.position === pinned.position ? current.token : null;
  const candidate = lens.candidate(position, asked);
  const token = lens.ids[candidate < 0 ? lens.best(row, position) : candidate];
  return { row, position, token, pointed: current.position !== null, mine };
}

// Pins.

const same = (one: Track, other: Track) => one.position === other.position && one.token === other.token;

/** The pins that are trajectories here. */
export function tracks(pins: readonly (readonly number[])[], lens: Lens): Track[] {
  const all = pins.map(([position, token]) => ({ position, token }));
  return all.filter(({ position, token }) => lens.candidate(position, token) >= 0);
}

/** The pins with one more, as the newest; the oldest goes where they are too many. */
export function withPin(pins: readonly Track[], track: Track): number[][] {
  return [...without(pins, track), [track.position, track.token]].slice(-MAX_PINS);
}

export function without(pins: readonly Track[], track: Track): number[][] {
  return pins.filter((pin) => !same(pin, track)).map(({ position, token }) => [position, token]);
}

/** Which of the pins a trajectory is; -1 for none. */
export function pinOf(pins: readonly Track[], track: Track): number {
  return pins.findIndex((pin) => same(pin, track));
}

// The window of columns.

/** The first column nearest to the one wanted. */
export function clamped({ count, positions }: Columns, wanted: number): number {
  return Math.min(positions - count, Math.max(0, Math.round(wanted)));
}

export function inSight({ first, count }: Columns, position: number): boolean {
  return position >= first && position < first + count;
}

/** The first column when a position is brought into the middle; where it is in sight nothing moves. */
export function around(columns: Columns, position: number): number {
  return inSight(columns, position) ? columns.first : clamped(columns, position - (columns.count - 1) / 2);
}

/** The first column after the least move that brings a position into sight, with a neighbour where there is room. */
export function reaching(columns: Columns, position: number): number {
  const { first, count } = columns;
  const margin = count > 4 ? 1 : 0;
  if (position < first + margin) return clamped(columns, position - margin);
  if (position >= first + count - margin) return clamped(columns, position - count + 1 + margin);
  return first;
}

/** The same window with room for another number of columns: what was shown in it stays in it. */
export function resized(columns: Columns, count: number, positions: number, position: number | null): Columns {
  const next = { first: 0, count, positions };
  next.first = clamped(next, columns.first);
  const keep = position !== null && position < positions && inSight(columns, position);
  if (keep && !inSight(next, position)) next.first = reaching(next, position);
  return next;
}

/** The cell that a key leads to, the embedding being the lowest row; undefined for a key that is none of these. */
export function cellStep({ row, position }: Cell, key: string, rows: number, columns: Columns): Cell | undefined {
  const moves: Record<string, [number, number]> = {
    ArrowUp: [1, 0],
    ArrowDown: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [0, columns.count],
    PageUp: [0, -columns.count],
    Home: [0, -position],
    End: [0, columns.positions],
  };
  const move = moves[key];
  if (!move) return undefined;
  return {
    row: Math.min(rows - 1, Math.max(0, row + move[0])),
    position: Math.min(columns.positions - 1, Math.max(0, position + move[1])),
  };
}

/** The first column that a key of the overview leads to. */
export function windowStep(columns: Columns, key: string): number | undefined {
  const { first, count, positions } = columns;
  const steps: Record<string, number> = {
    ArrowRight: first + 1,
    ArrowUp: first + 1,
    ArrowLeft: first - 1,
    ArrowDown: first - 1,
    PageUp: first + count,
    PageDown: first - count,
    Home: 0,
    End: positions,
  };
  return steps[key];
}

// How a board arranges its views, from the room there is alone.

export interface Arrangement {
  columns: number;
  /** CSS pixels that each view may take in height; null: as much as it would alone. */
  height: number | null;
  /** CSS pixels of the views' type. */
  em: number;
}

// The narrowest column in which a view can be read, the lowest row, and the lowest for which large type is kept, in em.
const COLUMN = 24;
const ROW = 28;
const TALL = 34;
/** Between columns, in em. */
export const GAP = 2;
/** CSS pixels: smaller than this type is not made; and less than this share of what is wanted where that is hardly larger, as on a small projected screen. */
const NORMAL = 13;
const SHARE = 0.7;

/** `room` is the height that can be seen at once, less the board's own lines, 0 where there is no bound; `wanted` the size of type, in CSS pixels. */
export function arrange(views: number, width: number, room: number, wanted: number): Arrangement {
  // A click and what it moves are seen together in one row alone: large type gives way to it.
  const inOneRow = Math.floor(width / (views * COLUMN + (views - 1) * GAP));
  const least = Math.min(NORMAL, Math.ceil(SHARE * wanted));
  const large = wanted > NORMAL && inOneRow >= least;
  const asLow = room > 0 ? Math.max(least, Math.floor(room / TALL)) : wanted;
  const em = large ? Math.min(wanted, inOneRow, asLow) : wanted;
  const fitting = large ? views : Math.floor((width + GAP * em) / ((COLUMN + GAP) * em));
  // As many rows as it takes, and all of them as full as they can be: four views are two and two, not three and one.
  const rows = Math.ceil(views / Math.max(1, fitting));
  const columns = Math.ceil(views / rows);
  // Several rows are scrolled through anyway: each view is then as tall as it would be alone.
  return { columns, height: columns === views ? Math.round(Math.max(ROW * em, room)) : null, em };
}

// How a board arranges its views, from the room there is alone.

export interface Arrangement {
  columns: number;
  /** CSS pixels that each view may take in height; null: as much as it would alone. */
  height: number | null;
}

// The narrowest column in which a view can be read, and the lowest row, in em.
const COLUMN = 24;
const ROW = 28;
/** Between columns, in em. */
export const GAP = 2;

/** `room` is the height that can be seen at once, less the board's own lines. */
export function arrange(views: number, width: number, room: number, em: number): Arrangement {
  const fitting = Math.floor((width + GAP * em) / ((COLUMN + GAP) * em));
  // As many rows as it takes, and all of them as full as they can be: four views are two and two, not three and one.
  const rows = Math.ceil(views / Math.max(1, fitting));
  const columns = Math.ceil(views / rows);
  // Several rows are scrolled through anyway: each view is then as tall as it would be alone.
  return { columns, height: columns === views ? Math.round(Math.max(ROW * em, room)) : null };
}

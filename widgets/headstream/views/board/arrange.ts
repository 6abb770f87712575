// How a board arranges its views, from the room there is alone.

export interface Arrangement {
  columns: number;
  /** CSS pixels that each view may take in height; null: as much as it likes. */
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
  const columns = Math.max(1, Math.min(views, fitting));
  // Several rows are scrolled through anyway: each view is then as tall as it would be alone.
  return { columns, height: columns === views ? Math.round(Math.max(ROW * em, room)) : null };
}

/**
 * The height that can be seen at once around an element: of the tallest thing that scrolls it, or of the window. In a frame the
 * window's height may follow what is drawn in it, so there the screen is asked.
 */
export function visibleHeight(element: Element): number {
  if (window.top !== window) return 0.8 * screen.availHeight;
  let tallest = 0;
  for (let node = element.parentElement; node; node = node.parentElement) {
    const { overflowY } = getComputedStyle(node);
    if (overflowY === "auto" || overflowY === "scroll") tallest = Math.max(tallest, node.clientHeight);
  }
  return Math.min(tallest || window.innerHeight, window.innerHeight);
}

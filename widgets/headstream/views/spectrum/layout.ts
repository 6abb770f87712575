// Where the parts stand, in em. Beside each other where there is room, else below each other; nothing depends on what is drawn.

export interface Layout {
  strip: { width: number; row: number };
  /** Side of the complex plane, and of the singular values' plot. */
  side: number;
  /** Whether both plots are seen, or the one that is read. */
  both: boolean;
  /** As classes of the style sheet: all in a row; the strip above plot and readings; all below each other. */
  form: "row" | "rows" | "stack";
  /** Tokens of each sign, and whether the two ends stand side by side. */
  places: number;
  beside: boolean;
}

export const GAP = 2;
/** The strip's foot with ticks and name, and what a list of readings has besides its tokens. */
export const FOOT = 4;
const HEAD = 5;
const LINE = 1.5;

/** width, height: what there is, in em; a height of null is any. */
export function layout(width: number, height: number | null, layers: number, places: number): Layout {
  const tall = height ?? Number.POSITIVE_INFINITY;
  const form = width >= 56 ? "row" : width >= 36 ? "rows" : "stack";
  const both = width >= 82;
  const inRow = form === "row";
  const readings = inRow ? (both ? 26 : 21) : form === "rows" ? 19 : width;
  const strip = inRow ? (both ? 19 : 15) : width;
  const gaps = inRow ? (both ? 3 : 2) : 1;
  const rest = form === "stack" ? width : width - readings - (inRow ? strip : 0) - gaps * GAP;
  const least = layers * (layers > 6 ? 1.1 : 1.4);
  const room = form === "rows" ? tall - least - FOOT - 1 : tall;
  const side = Math.max(11, Math.min(both ? rest / 2 : rest, 24, form === "stack" ? 20 : 24, room));
  const beside = form !== "stack" || width >= 24;
  const lists = beside ? 2 : 4;
  const fits = inRow || form === "rows" ? Math.floor((room - HEAD) / LINE / 2) : places;
  const free = inRow ? tall - FOOT : Math.max(least, tall - side - 1 - FOOT);
  const most = Math.max(1.6, Math.min(4, 14 / layers));
  return {
    strip: { width: strip, row: Math.min(most, Math.max(0.9, free / layers)) },
    side,
    both,
    form,
    places: Math.max(lists > 2 ? 3 : 2, Math.min(places, fits)),
    beside,
  };
}

export function stripHeight(layers: number, row: number): number {
  return layers * row + FOOT;
}

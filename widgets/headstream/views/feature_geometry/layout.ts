// Where the parts stand, in em: the picture and the bars beside each other where there is room, else below each other.

export interface Layout {
  beside: boolean;
  /** Of the picture's square. */
  side: number;
  bars: { width: number; lengths: number; dimensionality: number; names: number };
  /** The height of the loss curve; 0: none. */
  loss: number;
}

export const GAP = 1.5;
/** What the bars have above, between and below. */
export const EDGES = { top: 1.6, between: 2.7, bottom: 2.2, left: 2.6 };
const AROUND = EDGES.top + EDGES.between + EDGES.bottom;

/** width, height: what there is; a height of null is any. curve: whether there is a loss to draw. */
export function layout(width: number, height: number | null, curve: boolean): Layout {
  const tall = height ?? 30;
  // Where there is little height, narrow ones side by side show more than wide ones that are scrolled through.
  const beside = width >= 42 || (width >= 28 && tall < 34);
  const side = beside
    ? Math.min(0.46 * (width - GAP), 30, Math.max(14, tall))
    : Math.min(width, 24, Math.max(14, tall));
  const wide = beside ? Math.min(64, width - GAP - side) : width;
  const free = (beside ? Math.max(tall, 14) : 30) - AROUND;
  const loss = curve && free >= 20 ? 6 : 0;
  const lengths = Math.min(5, Math.max(2, 0.22 * (free - loss)));
  const dimensionality = Math.min(16, Math.max(6, free - loss - lengths));
  const names = wide >= 30 ? 10 : 2.4;
  return { beside, side, bars: { width: wide, lengths, dimensionality, names }, loss };
}

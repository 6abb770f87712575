// Where the two plots of curves stand, in em: side by side where there is room, else below each other, and low where there is little height.

export interface Layout {
  /** Of one plot, and how many are below each other. */
  width: number;
  height: number;
  rows: number;
  gap: number;
  /** Between the curves and the patterns. */
  between: number;
}

const WIDE = 30;
const HEIGHT = { least: 6.5, good: 12, stacked: 8 };

/** width, height: what there is; a height of null is any. */
export function layout(width: number, height: number | null): Layout {
  const beside = width >= WIDE;
  const [rows, gap, between] = [beside ? 1 : 2, beside ? 2 : 0.4, 0.8];
  const most = beside ? HEIGHT.good : HEIGHT.stacked;
  const share = height === null ? most : (0.34 * height) / rows;
  return {
    width: beside ? (width - gap) / 2 : width,
    height: Math.max(HEIGHT.least, Math.min(most, share)),
    rows,
    gap,
    between,
  };
}

// How much goes where, in CSS pixels, from the width and the size of the type alone.

export interface Layout {
  label: number;
  /** Width of a column, and how many are shown. */
  column: number;
  columns: number;
  row: number;
  /** Width of the grid, and of what stands under it. */
  main: number;
  /** Width of the plot, and whether it stands beside the grid, in line with its rows. */
  plot: number;
  beside: boolean;
}

/** The narrowest column in which most tokens can be read, and the widest that is useful, in em. */
const COLUMN = { least: 5.4, most: 8.5 };
const PLOT = { least: 15, most: 24 };
/** What the cell's panel needs for its two parts side by side, and the space between grid and plot. */
const PANEL = 40;
const GAP = 1.6;

export function layout(width: number, em: number, positions: number, longestLabel: number): Layout {
  const label = Math.ceil((0.54 * longestLabel + 0.9) * em);
  const beside = width >= (PANEL + GAP + PLOT.least) * em;
  const gap = beside ? GAP * em : 0;
  const most = width - (beside ? PLOT.least * em + gap : 0);
  const columns = Math.min(positions, Math.max(1, Math.floor((most - label) / (COLUMN.least * em))));
  const column = Math.floor(Math.min((most - label) / columns, COLUMN.most * em));
  const main = beside ? Math.max(label + columns * column, PANEL * em) : width;
  const plot = Math.floor(Math.min(beside ? width - main - gap : width, PLOT.most * em));
  return { label, column, columns, row: Math.round(1.8 * em), main, plot, beside };
}

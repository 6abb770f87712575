// How much goes where, in CSS pixels: a pure function of the room, the size of the type and what there is to draw.

import { BEGINS } from "../shared/frame/room";
import { MAX_PINS } from "./state";

export interface Room {
  width: number;
  /** What the picture may take; null: as much as it likes. */
  height: number | null;
  em: number;
  rows: number;
  positions: number;
  /** Tokens of a cell that are listed, where there is room for all. */
  top: number;
  /** Characters of the longest row label. */
  longestLabel: number;
}

export interface Layout {
  /** Whether nothing had to be left out or made smaller for the height. */
  ample: boolean;
  label: number;
  /** Width of a column, and how many are shown. */
  column: number;
  columns: number;
  row: number;
  /** Height of the line of tokens under the rows; with one line's there is no place for their numbers. */
  foot: number;
  /** Height of the stripe of all columns; 0: all are shown. */
  overview: number;
  /** Height that the grid may take, where its rows are scrolled through. */
  tall: number | null;
  /** Width of the grid, and of what stands under it. */
  main: number;
  /** Width of what stands beside the grid, or under all the rest where that is not beside; 0: nothing. */
  side: number;
  beside: boolean;
  /** Whether the trajectories are plotted. */
  plot: boolean;
  /** What the cell's panel has, and whether it stands on the side, in place of the plot. */
  panel: Panel & { onSide: boolean };
}

interface Panel {
  facts: boolean;
  /** Whether a fact stands under its name. */
  narrow: boolean;
  /** How many of the top tokens are listed. */
  choices: number;
}

/** The narrowest column in which most tokens can be read, and the widest that is useful, in em. */
const COLUMN = { least: 5.4, most: 8.5 };
/** The same where the height is given and nothing stands beside the grid. */
const SHORT_COLUMN = 4.4;
export const SIDE = { least: 15, most: 24 };
/** With less room than for so many columns nothing stands beside the grid. */
const ENOUGH = 6;
/** The widths at which the cell's facts have their names beside them, and its list stands beside them. */
const FACTS = { beside: 28, lines: 8, narrowLines: 14 };
const PANEL = 40;
const GAP = { across: 1.6, down: 0.8 };
/** Heights: a row of the grid, what stands over and under the rows, an entry of the list, and the plot less its rows. */
const ROW = { least: 1.45, most: 1.8 };
const ENDS = [
  { overview: 1.8, foot: 2.5 },
  { overview: 1.2, foot: 1.45 },
];
const CHOICE = 1.6;
const PLOT = 2.8 + 1.55 * (MAX_PINS + 1);
/** A list of fewer tokens is none. */
const FEW = 2;

/** As tall as it likes where there is so much height, else fitted into what there is. */
export function layout(room: Room): Layout {
  const { height } = room;
  const ample = arranged({ ...room, height: null });
  return height === null || tallness(room, ample) <= height ? ample : arranged(room);
}

function arranged(room: Room): Layout {
  const { width, height, em, positions, top } = room;
  const label = Math.ceil((0.54 * room.longestLabel + 0.9) * em);
  const free = width - (GAP.across + SIDE.least) * em;
  const enough = label + Math.min(positions, ENOUGH) * COLUMN.least * em;
  const beside = free >= (height === null ? PANEL * em : enough);
  const most = beside ? free : width;
  const least = height === null || beside ? COLUMN.least : SHORT_COLUMN;
  const columns = Math.min(positions, Math.max(1, Math.floor((most - label) / (least * em))));
  const column = Math.floor(Math.min((most - label) / columns, COLUMN.most * em));
  const grid = label + columns * column;
  const hidden = columns < positions;
  const across = { label, column, columns, beside };
  if (height === null) {
    const main = beside ? Math.max(grid, PANEL * em) : width;
    return {
      ...across,
      ample: true,
      row: Math.round(ROW.most * em),
      foot: ENDS[0].foot * em,
      overview: hidden ? Math.round(Math.max(ENDS[0].overview, Math.min(4.5, 0.36 * room.rows)) * em) : 0,
      tall: null,
      main,
      side: sideOf(room, beside ? main : null),
      plot: true,
      panel: { facts: true, narrow: width < BEGINS.some * em, choices: top, onSide: false },
    };
  }
  const main = beside ? Math.max(grid, Math.min(free, PANEL * em)) : width;
  const side = beside ? sideOf(room, main) : 0;
  const tries = ENDS.map(({ overview, foot }) =>
    down(room, height, main, side, hidden ? Math.round(overview * em) : 0, foot * em),
  );
  return {
    ...across,
    ample: false,
    main,
    side,
    ...(tries.find(({ tall }) => tall === null) ?? tries[tries.length - 1]),
  };
}

/** The height of one that takes as much as it likes. */
function tallness({ em, rows }: Room, { row, foot, overview, main, beside, panel }: Layout): number {
  const strip = overview ? overview + 0.5 * em : 0;
  const grid = strip + (rows + 1) * row + foot + (GAP.down + heightOf(panel, main / em)) * em;
  const plot = (rows + 1) * row + PLOT * em;
  return beside ? Math.max(grid, strip + plot) : grid + GAP.down * em + plot;
}

/** What a height leaves room for: first the rows, then the cell's panel, under the grid or beside it, then the plot, then air. */
function down(room: Room, height: number, main: number, side: number, overview: number, foot: number) {
  const { em, rows } = room;
  const strip = overview ? overview + 0.5 * em : 0;
  const least = Math.floor(ROW.least * em);
  const spare = height - strip - foot - (rows + 1) * least;
  const under = panelIn(main / em, spare / em - GAP.down, room.top);
  const plot = side > 0 && under.facts && height - strip >= (rows + 1) * least + PLOT * em;
  const onSide = side > 0 && !plot;
  const panel = { ...(onSide ? panelIn(side / em, height / em, room.top) : under), onSide };
  const below = onSide || !panel.choices ? 0 : GAP.down + heightOf(panel, main / em);
  const air = height - strip - Math.max(foot + below * em, plot ? PLOT * em : 0);
  const row = Math.max(least, Math.min(Math.round(ROW.most * em), Math.floor(air / (rows + 1))));
  return { row, foot, overview, plot, panel, tall: spare < 0 ? Math.floor(height - strip) : null };
}

/** The cell's panel where it may be so wide and so high, in em: whole, or only as much of the list as there is room for. */
function panelIn(width: number, height: number, top: number): Panel {
  const narrow = width < FACTS.beside;
  const whole = { facts: true, narrow, choices: top };
  if (heightOf(whole, width) <= height) return whole;
  const choices = Math.min(top, Math.floor(height / CHOICE));
  return { facts: false, narrow, choices: choices < Math.min(top, FEW) ? 0 : choices };
}

function heightOf({ facts, narrow, choices }: Panel, width: number): number {
  const list = CHOICE * choices;
  if (!facts) return list;
  const lines = narrow ? FACTS.narrowLines : FACTS.lines;
  return width < PANEL ? lines + GAP.down + list : Math.max(lines, list);
}

function sideOf({ width, em }: Room, main: number | null): number {
  return main === null ? width : Math.floor(Math.min(width - main - GAP.across * em, SIDE.most * em));
}

// Where everything stands, by the room there is: layers in rows, positions in columns. Pruning moves none of those that it keeps in a cell.

/** One that is drawn: its row and column, whether it shows its name. */
export interface Placed {
  row: number;
  column: number;
  named: boolean;
  /** Characters of its name. */
  characters: number;
}

export interface Input {
  width: number;
  height: number | null;
  em: number;
  rows: number;
  /** In each cell in the order in which they fill it. */
  items: readonly Placed[];
  /** Characters of each position's token. */
  tokens: readonly number[];
}

export interface Place {
  /** The middle of its mark, or of its box where it has a name on it. */
  x: number;
  y: number;
  /** Of its box, or of its mark. */
  width: number;
  height: number;
  /** The room to the right of its mark for a name; 0: there is none. */
  beside: number;
}

export interface Layout {
  width: number;
  height: number;
  /** Where the columns begin and end. */
  columns: readonly { x: number; width: number }[];
  /** The rows from the bottom: their top and their height. */
  rows: readonly { y: number; height: number }[];
  places: readonly Place[];
  /** The largest mark, in pixels. */
  mark: number;
  left: number;
  tokens: { height: number; turned: boolean };
}

/** Sizes in em. */
const LEFT = 3.8;
const RIGHT = 0.4;
const CHARACTER = 0.5;
const BOX = { height: 1.45, least: 2, first: 4.5, most: 9, flow: [9, 7, 5.5], pad: 0.9, gap: 0.3 };
const PITCHES = [1.3, 1.15, 1, 0.85, 0.72];
const COLUMN_GAP = 0.5;
const NAME = { line: 1.35, least: 4.2, most: 11 };
const ROW = { pad: 0.25, gap: { least: 0.35, most: 5 } };
/** Of tokens, the most that are shown; and how high they are where they are turned. */
export const TOKEN = { line: 1.5, character: 0.55, most: 8, turned: 0.72 };
const TURNED = TOKEN.most * TOKEN.character * TOKEN.turned + 0.9;

export function layout(input: Input): Layout {
  const { items, rows, em } = input;
  const cells = new Map<number, number[]>();
  const count = input.tokens.length;
  items.forEach(({ row, column }, item) => {
    const cell = row * count + column;
    const list = cells.get(cell);
    if (list) list.push(item);
    else cells.set(cell, [item]);
  });
  const room = Math.max(1, input.width - (LEFT + RIGHT) * em);
  const all = [...cells].map(([cell, list]) => ({ row: Math.floor(cell / count), column: cell % count, list }));
  const fit = fitted(input, all, room);
  const columns = spread(input, all, fit, room);
  const turned = input.tokens.some((characters, at) => {
    return Math.min(TOKEN.most, characters) * TOKEN.character * em > columns[at].width - 0.3 * em;
  });
  const tokens = (turned ? TURNED : TOKEN.line) * em;
  const bands = stacked(input, fit, tokens, rows);
  const places: Place[] = Array(items.length);
  for (const { row, column, list } of all) {
    if (row === rows - 1 && fit.flow) continue;
    fill(list, columns[column], bands.rows[row], fit, input, places);
  }
  if (fit.flow) flow(fit.flow, columns, bands.rows[rows - 1], input, places);
  const { x, width } = columns[count - 1];
  return {
    // Less a rounding: a pixel too much is a scroll bar.
    width: Math.ceil(Math.max(input.width, x + width + RIGHT * em) - 1e-6),
    height: bands.height,
    columns,
    rows: bands.rows,
    places,
    mark: 0.78 * fit.pitch,
    left: LEFT * em,
    tokens: { height: tokens, turned },
  };
}

interface Cell {
  row: number;
  column: number;
  list: readonly number[];
}

/** How items fill cells: marks in lines of so many a column, or each in a line of its own beside its name. */
interface Fit {
  pitch: number;
  /** By column, how many marks a line has. */
  across: readonly number[];
  /** By row, how many pixels its lines take. */
  heights: readonly number[];
  names: boolean;
  /** Logits, which stand side by side where all are at one position. */
  flow: Flow | null;
}

/** Boxes by line, and how many em wide they are at most. */
interface Flow {
  lines: number[][];
  most: number;
}

function fitted(input: Input, cells: readonly Cell[], room: number): Fit {
  const { em, rows, height, tokens, items } = input;
  const flow = flowed(input, cells, room);
  const rest = flow ? cells.filter(({ row }) => row < rows - 1) : cells;
  const free = height === null ? Number.POSITIVE_INFINITY : height - TURNED * em;
  const made = (pitch: number, across: readonly number[], names: boolean): Fit => {
    const heights = Array.from({ length: rows }, (_, row) => {
      if (flow && row === rows - 1) return flow.lines.length * (BOX.height + BOX.gap) * em;
      return Math.max(
        pitch,
        ...rest
          .filter((cell) => cell.row === row)
          .map(({ column, list }) => {
            const boxes = list.filter((item) => items[item].named).length;
            return boxes * (BOX.height + BOX.gap) * em + Math.ceil((list.length - boxes) / across[column]) * pitch;
          }),
      );
    });
    return { pitch, across, heights, names, flow };
  };
  const tall = ({ heights }: Fit) => {
    return heights.reduce((sum, one) => sum + one + (2 * ROW.pad + ROW.gap.least) * em, 0);
  };
  const ones = tokens.map(() => 1);
  const busy = new Set(rest.filter(({ row }) => row > 0).map(({ column }) => column)).size;
  const named = made(NAME.line * em, ones, true);
  if (busy && (room - (tokens.length - busy) * 2 * em) / busy >= NAME.least * em && tall(named) <= free) return named;
  let best = made(PITCHES[0] * em, ones, false);
  for (const size of PITCHES) {
    const pitch = size * em;
    const most = Math.max(1, ...rest.map(({ list }) => list.length));
    for (let lines = 1; lines <= most; lines++) {
      const across = tokens.map((_, column) => {
        return Math.max(
          1,
          ...rest.filter((cell) => cell.column === column).map(({ list }) => Math.ceil(list.length / lines)),
        );
      });
      const wide = across.reduce((sum, marks) => sum + marks * pitch + COLUMN_GAP * em, 0);
      if (wide > room && lines < most) continue;
      best = made(pitch, across, false);
      if (wide <= room && tall(best) <= free) return best;
      break;
    }
  }
  return best;
}

/** The logits in lines, where all are at one position and so have the row to themselves: as few lines as narrower boxes give. */
function flowed(input: Input, cells: readonly Cell[], room: number): Flow | null {
  const top = cells.filter(({ row }) => row === input.rows - 1);
  if (top.length !== 1) return null;
  // Names are cut short only where lines are dear.
  const roomy = input.height === null || input.height > 30 * input.em;
  const tried = (roomy ? BOX.flow.slice(0, 2) : BOX.flow).map((most) => lined(input, top[0].list, room, most));
  return tried.reduce((best, one) => (one.lines.length < best.lines.length ? one : best));
}

function lined({ items, em }: Input, list: readonly number[], room: number, most: number): Flow {
  const lines: number[][] = [];
  let left = 0;
  for (const item of list) {
    const wide = boxWidth(items[item].characters, em, most) + BOX.gap * em;
    if (!lines.length || wide > left) {
      lines.push([]);
      left = room;
    }
    lines[lines.length - 1].push(item);
    left -= wide;
  }
  return { lines, most };
}

const boxWidth = (characters: number, em: number, most = BOX.most) => {
  return Math.min(most, Math.max(BOX.least, CHARACTER * characters + BOX.pad)) * em;
};

/** The columns in the room that there is: each what its marks take, then what names ask for, then the same more. */
function spread({ em, tokens, items, rows }: Input, cells: readonly Cell[], fit: Fit, room: number) {
  const { across, pitch, names, flow } = fit;
  const inside = across.map((_, column) => {
    return cells
      .filter((cell) => cell.column === column && cell.row > 0 && !(flow && cell.row === rows - 1))
      .flatMap(({ list }) => [...list]);
  });
  const least = across.map((marks, column) => {
    const boxes = inside[column].flatMap((item) => (items[item].named ? boxWidth(items[item].characters, em) : []));
    return Math.max(marks * pitch, Math.min(BOX.first * em, Math.max(0, ...boxes))) + COLUMN_GAP * em;
  });
  const wanted = least.map((width, column) => {
    const here = inside[column];
    const widths = here.map((item) => {
      const { named, characters } = items[item];
      if (named) return boxWidth(characters, em) + COLUMN_GAP * em;
      return names ? pitch + Math.min(NAME.most, CHARACTER * characters + 0.6) * em : 0;
    });
    return Math.max(width, ...widths);
  });
  const sum = (widths: readonly number[]) => widths.reduce((total, width) => total + width, 0);
  const [base, full] = [sum(least), sum(wanted)];
  const share = full > base ? Math.min(1, Math.max(0, (room - base) / (full - base))) : 0;
  const given = least.map((width, column) => width + share * (wanted[column] - width));
  const more = Math.max(0, (room - sum(given)) / tokens.length);
  let x = LEFT * em;
  return given.map((width) => {
    const column = { x, width: width + more };
    x += column.width;
    return column;
  });
}

/** The rows from the bottom up, and the height of all; what is left goes between them. */
function stacked({ em, height }: Input, { heights }: Fit, tokens: number, rows: number) {
  const bands = heights.map((one) => one + 2 * ROW.pad * em);
  const taken = bands.reduce((sum, one) => sum + one, tokens);
  const gaps = Math.max(1, rows - 1);
  const most = height === null ? ROW.gap.most * em : Math.min(ROW.gap.most * em, (height - taken) / gaps);
  const gap = Math.max(ROW.gap.least * em, most);
  const all = Math.ceil(taken + gap * (rows - 1));
  let y = all - tokens;
  const placed = bands.map((band) => {
    y -= band;
    const row = { y, height: band };
    y -= gap;
    return row;
  });
  return { rows: placed, height: all };
}

/** A cell from its bottom left: marks in lines, boxes with a name in lines of their own above. */
function fill(
  list: readonly number[],
  { x, width }: { x: number; width: number },
  row: { y: number; height: number },
  { pitch, names }: Fit,
  { items, em }: Input,
  places: Place[],
): void {
  const marks = list.filter((item) => !items[item].named);
  const fits = Math.max(1, Math.floor((width - COLUMN_GAP * em * 0.5) / pitch));
  const across = names ? 1 : fits;
  let y = row.y + row.height - ROW.pad * em;
  marks.forEach((item, at) => {
    const size = 0.78 * pitch;
    const beside = names ? width - pitch - 0.2 * em : 0;
    const middle = { x: x + ((at % across) + 0.5) * pitch, y: y - (Math.floor(at / across) + 0.5) * pitch };
    places[item] = { ...middle, width: size, height: size, beside };
  });
  y -= Math.ceil(marks.length / across) * pitch;
  for (const item of list) {
    if (!items[item].named) continue;
    const wide = Math.min(width - 0.3 * em, boxWidth(items[item].characters, em));
    const high = BOX.height * em;
    places[item] = { x: x + wide / 2, y: y - high / 2, width: wide, height: high, beside: 0 };
    y -= high + BOX.gap * em;
  }
}

/** The logits side by side, the first on the right, at the end of the text. */
function flow(
  { lines, most }: Flow,
  columns: readonly { x: number; width: number }[],
  row: { y: number; height: number },
  { items, em }: Input,
  places: Place[],
): void {
  const last = columns[columns.length - 1];
  lines.forEach((line, at) => {
    let end = last.x + last.width;
    const y = row.y + ROW.pad * em + (at + 0.5) * (BOX.height + BOX.gap) * em;
    for (const item of line) {
      const wide = boxWidth(items[item].characters, em, most);
      places[item] = { x: end - wide / 2, y, width: wide, height: BOX.height * em, beside: 0 };
      end -= wide + BOX.gap * em;
    }
  });
}

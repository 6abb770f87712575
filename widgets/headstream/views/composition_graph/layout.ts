// Where everything stands: a pure function of the room there is. Heads have their rows, the layers, and their order in them, so no
// library is asked for a layout; edges that pass a row go between its heads.
import { roomFor } from "../shared/frame/room";
import type { Edge, Head } from "./edges";

export interface Input {
  /** CSS pixels; a height of null leaves the picture as tall as it likes. */
  width: number;
  height: number | null;
  em: number;
  heads: readonly Head[];
  /** One a head, "" for none; or empty. */
  roles: readonly string[];
  /** Whether there are patterns of attention to show. */
  patterns: boolean;
}

/** What a head is called in the picture: "1.6", "6" beside its layer, or a dot; by everything else it is called in full. */
export type Naming = "full" | "head" | "dot";

export interface Layout {
  /** Whether the panel is beside the graph, else below it; the height that both then have, null: what they take. */
  beside: boolean;
  height: number | null;
  graph: Graph;
  panel: number;
  /** The side of a pattern, 0: there are none. */
  square: number;
}

export interface Graph {
  width: number;
  height: number;
  /** Where the columns begin, how wide each is, and how high a row. */
  left: number;
  cell: number;
  pitch: number;
  node: { width: number; height: number };
  /** Between the places where a head is entered as query, key and value, and how far below it: their letters stand there. */
  entry: { apart: number; below: number };
  naming: Naming;
  /** Whether roles are written on the heads. */
  roles: boolean;
  layers: readonly number[];
  /** By head: its row, 0 at the bottom, and the middle of its column. */
  rows: readonly number[];
  x: readonly number[];
}

/** Sizes in em: type 0.85 em, characters, what is around a name; the smallest cell; of rows; of the panel and its parts. */
const CHARACTER = 0.52;
const ROLE = { character: 0.44, line: 0.95 };
const AROUND = 0.5;
const GAP = 0.45;
const LABEL = 1.7;
const SMALLEST = 0.85;
const NODE = 1.45;
const LETTER = { width: 0.62, height: 0.85 };
const ROW = { least: 1.6, good: 3.4, most: { beside: 18, below: 4.5 } };
const PANEL = { least: 25, most: 46, share: 0.42, gap: 1.6 };
const PART = { numbers: 8.4, table: 14, text: 5.4, caption: 2.9 };
const SQUARE = { least: 5, most: 15, gap: 0.7 };
const LOWEST = 14;

export function layout(input: Input): Layout {
  const { width, height, em, patterns } = input;
  const room = roomFor(width, em);
  const beside = room === "much" || room === "plenty";
  const panel = beside ? Math.floor(Math.min(PANEL.most * em, Math.max(PANEL.least * em, PANEL.share * width))) : width;
  const square = patterns ? Math.floor(Math.min(SQUARE.most * em, (panel - 2 * SQUARE.gap * em - 4) / 3)) : 0;
  const across = beside ? width - panel - PANEL.gap * em : width;
  if (!beside) {
    const most = height === null ? Number.POSITIVE_INFINITY : 0.6 * height;
    return { beside, height: null, graph: graph(input, across, most, ROW.most.below), panel, square };
  }
  const needed = em * (PART.numbers + PART.table + (patterns ? PART.text + PART.caption : 0)) + square;
  const rows = new Set(input.heads.map(({ layer }) => layer)).size;
  const wanted = Math.max(needed, (ROW.good + linesOf(input.roles) * ROLE.line) * em * rows);
  const tall = Math.floor(Math.max(LOWEST * em, Math.min(wanted, height ?? wanted)));
  // In little height, patterns are so small that they are seen below the numbers.
  const seen = Math.min(square, Math.max(SQUARE.least * em, tall - (PART.numbers + PART.caption + 0.5) * em));
  const side = patterns ? Math.floor(seen) : 0;
  return {
    beside,
    height: height === null ? null : tall,
    graph: graph(input, across, tall, ROW.most.beside),
    panel,
    square: side,
  };
}

/** Of the roles, a word each. */
const linesOf = (roles: readonly string[]) => Math.max(0, ...roles.map((role) => (role ? role.split(" ").length : 0)));

function graph({ em, heads, roles }: Input, width: number, height: number, most: number): Graph {
  const ranks = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  const layers = ranks(heads.map(({ layer }) => layer));
  const columns = ranks(heads.map(({ head }) => head));
  const left = Math.floor(LABEL * em);
  // What is wider or taller than the room is scrolled, by a bar that takes room itself.
  const cell = Math.max(SMALLEST * em, (width - left) / columns.length);
  const digits = String(columns.at(-1)).length;
  const full = digits + 1 + String(layers.at(-1)).length;
  const wide = (characters: number) => (CHARACTER * characters + AROUND) * em;
  const naming = cell - GAP * em >= wide(full) ? "full" : cell >= wide(digits) ? "head" : "dot";
  const high = height / layers.length;
  const words = roles.flatMap((role) => role.split(" ")).map((word) => word.length);
  const lines = linesOf(roles);
  const labelled = NODE + lines * ROLE.line;
  const written =
    lines > 0 &&
    naming === "full" &&
    cell >= (ROLE.character * Math.max(...words) + AROUND + GAP) * em &&
    high >= (labelled + ROW.least) * em;
  const tall = (written ? labelled : NODE) * em;
  const pitch = Math.floor(Math.max(tall + ROW.least * em, Math.min(high, most * em)));
  const name = naming === "full" ? wide(full) : naming === "head" ? wide(digits) - AROUND * 0.4 * em : 0.55 * em;
  const node = {
    width: Math.floor(written ? cell - GAP * em : Math.min(name, cell - (naming === "dot" ? 0.2 : GAP) * em)),
    height: Math.floor(naming === "dot" ? 0.9 * em : tall),
  };
  return {
    width: left + cell * columns.length,
    height: pitch * layers.length,
    left,
    cell,
    pitch,
    node,
    entry: {
      apart: Math.min(1.1 * em, Math.max(0.3 * node.width, Math.min(LETTER.width * em, cell / 3))),
      below: naming === "dot" ? 0 : LETTER.height * em,
    },
    naming,
    roles: written,
    layers,
    rows: heads.map(({ layer }) => layers.indexOf(layer)),
    x: heads.map(({ head }) => left + (columns.indexOf(head) + 0.5) * cell),
  };
}

/** The middle of a row. */
export function rowY({ height, pitch }: Graph, row: number): number {
  return height - (row + 0.5) * pitch;
}

/** Where a head is entered, as query, key and value: side by side, their letters between it and the lines. */
export function entry(graph: Graph, to: number, read: number): [number, number] {
  const { x, rows, node, entry } = graph;
  return [x[to] + (read - 1) * entry.apart, rowY(graph, rows[to]) + 0.5 * node.height + entry.below];
}

/** The places that an edge goes through, from the top of the one head to the bottom of the other, between the heads of the rows it passes. */
export function route(graph: Graph, { from, to, read }: Pick<Edge, "from" | "to" | "read">): [number, number][] {
  const { left, cell, node, rows, x } = graph;
  const half = 0.5 * node.height;
  const points: [number, number][] = [[x[from], rowY(graph, rows[from]) - half]];
  const end = entry(graph, to, read);
  // Lines that go the same way lie side by side.
  const shift = (((5 * from + 3 * to + read) % 5) - 2) * Math.min(4, 0.2 * (cell - node.width));
  let at = x[from];
  for (let row = rows[from] + 1; row < rows[to]; row++) {
    const straight = at + (end[0] - at) / (rows[to] - row + 1);
    at = left + Math.round((straight - left) / cell) * cell + shift;
    points.push([at, rowY(graph, row) + half], [at, rowY(graph, row) - half]);
  }
  points.push(end);
  return points;
}

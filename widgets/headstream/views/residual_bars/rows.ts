// What every row of the list shows, and where the keys lead. Nothing here knows the page.
import type { Selection } from "../shared/frame/selection";
import type { Kind, Row } from "./bars";
import type { Axis } from "./scales";
import type { Words } from "./words";

/** One row, as it is drawn. Places are percentages of the axis. */
export interface RowShown {
  id: string;
  kind: Kind;
  depth: number;
  /** Whether it is open; null where there is nothing to open. */
  expanded: boolean | null;
  classes: string[];
  label: string;
  /** Beside the label: how many heads, or which position. */
  count: string;
  number: string;
  pinned: boolean;
  bar: { left: number; width: number; color: string } | null;
  /** Where a line leads down to the next bar. */
  link: number | null;
  marks: { left: number; current: boolean }[];
}

export interface Sight {
  position: number;
  axis: Axis;
  current: Selection;
  pinned: Selection;
  cumulative: boolean;
  color(row: Row): string;
}

const TOGETHER = new Set<Kind>(["sum", "smaller", "rest"]);
// Of the largest: names from here on are bold, names below there are quiet.
const LARGE = 0.5;
const SMALL = 0.05;

export function rowsShown(rows: readonly Row[], words: Words, sight: Sight): RowShown[] {
  const largest = Math.max(...rows.map((row) => (TOGETHER.has(row.kind) ? 0 : Math.abs(row.value ?? 0))));
  return rows.map((row, index) => {
    const pinned = matches(row, sight.pinned);
    return {
      id: row.id,
      kind: row.kind,
      depth: row.depth,
      expanded: row.expanded,
      classes: classesOf(row, largest, matches(row, sight.current), pinned),
      label: words.label(row),
      count: row.kind === "heads" ? `×${row.parts.length}` : row.kind === "source" ? String(row.key) : "",
      number: words.number(row, sight.position),
      pinned,
      bar: row.value ? barOf(row, sight) : null,
      link: sight.cumulative ? linkOf(row, rows[index + 1], sight.axis) : null,
      marks: marksOf(row, sight),
    };
  });
}

function classesOf(row: Row, largest: number, current: boolean, pinned: boolean): string[] {
  const size = Math.abs(row.value ?? 0);
  const classes = {
    "hs-bars-large": !TOGETHER.has(row.kind) && size >= LARGE * largest && size > 0,
    "hs-bars-small": row.kind !== "sum" && row.value !== null && size < SMALL * largest,
    "hs-current": current,
    "hs-pinned": pinned,
  };
  return Object.entries(classes).flatMap(([name, holds]) => (holds ? [name] : []));
}

function barOf(row: Row, { axis, color }: Sight): RowShown["bar"] {
  const [left, right] = [axis.place(Math.min(row.from, row.to)), axis.place(Math.max(row.from, row.to))];
  return { left, width: right - left, color: color(row) };
}

/** From the end of a bar to the beginning of the next one, where they are at the same place. */
function linkOf(row: Row, below: Row | undefined, axis: Axis): number | null {
  if (!below || below.kind === "empty" || row.kind === "empty") return null;
  const next = below.kind === "sum" ? below.to : below.from;
  return Math.abs(next - row.to) > 1e-9 ? null : axis.place(row.to);
}

/** In a closed layer every head is a mark: one that stands apart, or two that cancel, are seen. */
function marksOf(row: Row, { axis, cumulative, current }: Sight): RowShown["marks"] {
  if (row.kind !== "heads" || row.expanded || cumulative) return [];
  return row.parts.map(({ value, layer, component }) => ({
    left: axis.place(value ?? 0),
    current: layer === current.layer && component?.head === current.head,
  }));
}

/** Whether a row is what is selected: its head or source token; or a layer, when no head of it is. */
export function matches(row: Row, { layer, head, key }: Selection): boolean {
  const { kind, component } = row;
  if (row.layer === null || row.layer !== layer) return false;
  if (kind === "source") return component?.head === head && row.key === key;
  if (kind === "heads") {
    return head === null || (!row.expanded && row.parts.some((part) => part.component?.head === head));
  }
  if (kind !== "component") return false;
  return component?.kind === "head" ? component.head === head : head === null;
}

/** Whether some closed layer shows its heads as marks. */
export function marked(rows: readonly RowShown[]): boolean {
  return rows.some(({ marks }) => marks.length > 0);
}

const reachable = (rows: readonly RowShown[]) => rows.filter(({ kind }) => kind !== "empty");

/** The row that the Tab key reaches: the pinned one, else the first. */
export function tabRow(rows: readonly RowShown[]): string | undefined {
  const reach = reachable(rows);
  return (reach.find(({ pinned }) => pinned) ?? reach[0])?.id;
}

export type Led = { go: string | null } | { toggle: true };

/** Where a key leads from a row, as in every tree: to another row (null: to none), or to open or close this one. */
export function keyLeads(rows: readonly RowShown[], id: string, key: string): Led | undefined {
  const reach = reachable(rows);
  const index = reach.findIndex((row) => row.id === id);
  const { expanded, depth } = reach[index];
  const before = reach.slice(0, index).reverse();
  const go = (row: RowShown | undefined) => ({ go: row?.id ?? null });
  switch (key) {
    case "ArrowDown":
      return go(reach[index + 1]);
    case "ArrowUp":
      return go(before[0]);
    case "Home":
      return go(reach[0]);
    case "End":
      return go(reach.at(-1));
    case "ArrowRight":
      return expanded === false ? { toggle: true } : go(expanded ? reach[index + 1] : undefined);
    case "ArrowLeft":
      return expanded ? { toggle: true } : go(before.find((row) => row.depth < depth));
    default:
      return undefined;
  }
}

/** Characters that names are given room for; longer ones are cut. */
export const NAME = 24;

/** Characters of the longest name in the list. */
export function longestName(labels: readonly string[], grouped: boolean, sources: boolean): number {
  const own = Math.max(...labels.map((label) => [...label].length));
  // "12.heads ×16" and "'token' 999".
  return Math.min(NAME, Math.max(own, grouped ? 11 : 0, sources ? 12 : 0));
}

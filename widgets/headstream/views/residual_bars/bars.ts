// The numbers behind the bars: components, layers that open to their heads, heads that open to the tokens they read.
import type { NumericArray } from "../shared/wire/arrays";

export interface Component {
  readonly label: string;
  readonly kind: string;
  readonly layer: number | null;
  readonly head: number | null;
}

export interface Options {
  grouped: boolean;
  order: "stream" | "size";
  cumulative: boolean;
  opened: readonly number[];
  showAll: boolean;
  /** The selected head, which is open. */
  head: { layer: number; head: number } | null;
}

/**
 * What a row stands for: one component, a layer's heads, the smaller components folded, one source token of the open head, its
 * other sources, an unused place, a sentence, the sum.
 */
export type Kind = "component" | "heads" | "smaller" | "source" | "rest" | "empty" | "note" | "sum";

interface Node {
  id: string;
  kind: Kind;
  component: Component | null;
  layer: number | null;
  key: number | null;
  /** null where there is none: lengths do not add up. */
  value: number | null;
  /** What it is sorted by. */
  size: number;
  parts: Node[];
  expanded: boolean | null;
}

export interface Row extends Node {
  depth: number;
  /** The bar's two ends. */
  from: number;
  to: number;
}

// More bars than this are folded; more source tokens than this too.
const MANY = 24;
const MANY_SOURCES = 8;

export class Contributions {
  readonly positions: number;
  private readonly values: ArrayLike<number>;
  private readonly totals: ArrayLike<number> | null;
  private readonly sources: ArrayLike<number> | null;
  private readonly headOf: number[];
  /** Whether sources have the eleven bits of float16. */
  readonly rounded: boolean;
  /** The largest |value| at any position; and the largest sum of them, than which no bar or sum is longer. */
  readonly largest: number;
  readonly span: number;
  /** Whether a number's sign says something: lengths have none. */
  readonly signed: boolean;

  constructor(
    values: NumericArray,
    total: NumericArray | null,
    sources: NumericArray | null,
    readonly components: readonly Component[],
    readonly additive: boolean,
    /** Why there are no sources. */
    readonly note: string,
  ) {
    this.positions = values.shape[1];
    this.values = values.data;
    this.totals = total?.data ?? null;
    this.sources = sources?.data ?? null;
    this.rounded = sources?.half ?? false;
    let heads = 0;
    this.headOf = components.map(({ kind }) => (kind === "head" ? heads++ : -1));
    let largest = 0;
    const spans = new Float64Array(this.positions);
    values.data.forEach((value, index) => {
      largest = Math.max(largest, Math.abs(value));
      spans[index % this.positions] += Math.abs(value);
    });
    this.largest = largest;
    this.span = Math.max(...spans);
    this.signed = additive || values.data.some((value) => value < 0);
  }

  value(component: number, position: number): number {
    return this.values[component * this.positions + position];
  }

  total(position: number): number | null {
    return this.totals ? this.totals[position] : null;
  }

  sum(position: number): number {
    return this.components.reduce((sum, _, component) => sum + this.value(component, position), 0);
  }

  /** Whether the bars do not sum to the exact value. */
  differs(position: number): boolean {
    const total = this.total(position);
    if (!this.additive || total === null) return false;
    return Math.abs(this.sum(position) - total) > 1e-3 * Math.max(Math.abs(total), this.largest);
  }

  get hasSources(): boolean {
    return this.sources !== null;
  }

  indexOf(layer: number | null, head: number | null): number {
    return this.components.findIndex((c) => c.kind === "head" && c.layer === layer && c.head === head);
  }

  /** What a head brings from each token; nothing where it is not known, and from those that come later. */
  sourcesOf(head: Options["head"], position: number): number[] {
    const index = head && this.sources ? this.indexOf(head.layer, head.head) : -1;
    if (index < 0) return [];
    return Array.from({ length: position + 1 }, (_, key) => this.source(index, position, key));
  }

  /** What a head brings from one token. */
  source(component: number, position: number, key: number): number {
    if (!this.sources || key > position) return 0;
    const triangle = (this.positions * (this.positions + 1)) / 2;
    return this.sources[this.headOf[component] * triangle + (position * (position + 1)) / 2 + key];
  }

  /** Whether some layer has several heads, so that grouping changes something. */
  get canGroup(): boolean {
    const layers = this.components.filter(({ kind }) => kind === "head").map(({ layer }) => layer);
    return new Set(layers).size < layers.length;
  }

  /** The rows to draw at one position, from top to bottom. */
  rows(options: Options, position: number): Row[] {
    const leaves = this.components.map((_, index) => this.leaf(index, position, options));
    // The folded ones stand last: together they may be large, but none of them is.
    const last = ({ kind }: Node) => Number(kind === "smaller" || kind === "rest");
    const sorted = (nodes: Node[]) =>
      options.order === "size" ? nodes.slice().sort((a, b) => last(a) - last(b) || b.size - a.size) : nodes;
    const top = options.grouped
      ? this.groups(leaves, options)
      : this.folded(leaves, MANY, options, blank("smaller", "smaller"));
    const rows: Row[] = [];
    const place = (nodes: Node[], depth: number, start: number): number => {
      let at = start;
      for (const node of sorted(nodes)) {
        const from = options.cumulative ? at : 0;
        rows.push({ ...node, depth, from, to: from + (node.value ?? 0) });
        if (node.expanded) place(node.parts, depth + 1, from);
        at += node.value ?? 0;
      }
      return at;
    };
    const sum = place(top, 0, 0);
    if (options.cumulative) {
      rows.push({ ...blank("sum", "sum"), value: sum, size: Math.abs(sum), depth: 0, from: 0, to: sum });
    }
    return rows;
  }

  /** The row of a head, or of one token it reads from, whether or not it is among those drawn. */
  rowOf(layer: number, head: number, key: number | null, position: number): Row | null {
    const index = this.indexOf(layer, head);
    if (index < 0) return null;
    const none: Options = {
      grouped: false,
      order: "stream",
      cumulative: false,
      opened: [],
      showAll: false,
      head: null,
    };
    const node =
      this.sources && key !== null && key <= position
        ? this.sourceNode(index, position, key)
        : this.leaf(index, position, none);
    return { ...node, depth: 0, from: 0, to: node.value ?? 0 };
  }

  private leaf(index: number, position: number, options: Options): Node {
    const component = this.components[index];
    const { kind, layer, head } = component;
    const value = this.value(index, position);
    const opens = kind === "head" && (this.sources !== null || this.note !== "");
    const open = opens && options.head?.layer === layer && options.head.head === head;
    return {
      id: `component-${index}`,
      kind: "component",
      component,
      layer,
      key: null,
      value,
      size: Math.abs(value),
      parts: open ? this.sourceNodes(index, position, options) : [],
      expanded: opens ? open : null,
    };
  }

  private sourceNodes(index: number, position: number, options: Options): Node[] {
    const component = this.components[index];
    if (!this.sources) return [{ ...blank("note", "note"), component, layer: component.layer }];
    const nodes = Array.from({ length: this.positions }, (_, key): Node => {
      // At an early position the places stay, empty: a change of position then moves nothing.
      return key > position ? blank(`empty-${key}`, "empty") : this.sourceNode(index, position, key);
    });
    return this.folded(nodes, MANY_SOURCES, options, { ...blank("rest", "rest"), component, layer: component.layer });
  }

  private sourceNode(index: number, position: number, key: number): Node {
    const component = this.components[index];
    const value = this.source(index, position, key);
    const size = Math.abs(value);
    return { ...blank(`source-${key}`, "source"), component, layer: component.layer, key, value, size };
  }

  /** Where there are too many, the largest, and one node for the others. */
  private folded(nodes: Node[], many: number, options: Options, fold: Node): Node[] {
    if (nodes.length <= many + 1) return nodes;
    const bySize = nodes.slice().sort((a, b) => rank(b, options) - rank(a, options));
    const kept = new Set(bySize.slice(0, many));
    const parts = nodes.filter((node) => !kept.has(node));
    const used = parts.filter(({ kind }) => kind !== "empty");
    const shown = { parts, expanded: options.showAll };
    return [
      ...nodes.filter((node) => kept.has(node)),
      used.length ? { ...fold, ...this.together(used), ...shown } : { ...fold, ...shown },
    ];
  }

  private groups(leaves: Node[], options: Options): Node[] {
    const result: Node[] = [];
    const done = new Set<number>();
    for (const leaf of leaves) {
      const layer = leaf.component?.kind === "head" ? leaf.layer : null;
      if (layer === null) {
        result.push(leaf);
        continue;
      }
      if (done.has(layer)) continue;
      const parts = leaves.filter((other) => other.component?.kind === "head" && other.layer === layer);
      done.add(layer);
      const expanded = options.opened.includes(layer) || options.head?.layer === layer;
      if (parts.length < 2) result.push(leaf);
      else result.push({ ...blank(`heads-${layer}`, "heads"), ...this.together(parts), layer, parts, expanded });
    }
    return result;
  }

  private together(parts: Node[]): { value: number | null; size: number } {
    const sum = parts.reduce((total, part) => total + (part.value ?? 0), 0);
    if (this.additive) return { value: sum, size: Math.abs(sum) };
    return { value: null, size: Math.max(...parts.map((part) => part.size)) };
  }
}

/** The ends of the rows' bars, and of the marks in closed ones; 0 is always within. */
export function extentOf(rows: Row[]): [number, number] {
  let low = 0;
  let high = 0;
  for (const row of rows) {
    const marks = row.kind === "heads" && !row.expanded ? row.parts.map((part) => part.value ?? 0) : [];
    low = Math.min(low, row.from, row.to, ...marks);
    high = Math.max(high, row.from, row.to, ...marks);
  }
  return [low, high];
}

function blank(id: string, kind: Kind): Node {
  return { id, kind, component: null, layer: null, key: null, value: null, size: -1, parts: [], expanded: null };
}

/** The selected head is never folded away. */
function rank(node: Node, { head }: Options): number {
  const selected = node.kind === "component" && head !== null && node.component?.head === head.head;
  return selected && node.layer === head.layer ? Number.POSITIVE_INFINITY : node.size;
}

// Where every pair of heads is found in what was sent, and the edges that stand out.
import { Damaged, type NumericArray } from "../shared/wire/arrays";
import { fits } from "../shared/wire/readers";

export interface Head {
  layer: number;
  head: number;
}

/** What a later head reads of an earlier one's writing; the heads by their place in the list. */
export interface Edge {
  read: number;
  from: number;
  to: number;
  score: number;
  null: number;
  sd: number;
  /** The score less its null. */
  excess: number;
}

/** In the order in which scores are sent. */
export const READS = ["Q", "K", "V"] as const;
/** Standard deviations of the null that an edge is above it at least. */
export const STANDS_OUT = 3;
/** Edges that are drawn at once. */
export const MOST = 150;

export interface Sent {
  heads: NumericArray;
  scores: NumericArray;
  null: NumericArray;
  null_sd: NumericArray;
  copying: NumericArray;
  matching: NumericArray;
}

export function headsOf({ shape, data }: NumericArray): Head[] {
  fits("heads", shape, [shape[0], 2]);
  if (!shape[0]) throw new Damaged("heads: expected one at least");
  return Array.from({ length: shape[0] }, (_, index) => ({ layer: data[2 * index], head: data[2 * index + 1] }));
}

export class Edges {
  readonly heads: Head[];
  private readonly indices = new Map<string, number>();
  /** [pair]: its two heads; and [from, to]: the pair, -1 for none. */
  private readonly ends: [number, number][] = [];
  private readonly pairs: Int32Array;
  /** The numbers of edges that stand out, read × pairs + pair, by their excess, the largest first. */
  private readonly order: Int32Array;

  constructor(private readonly sent: Sent) {
    this.heads = headsOf(sent.heads);
    const size = this.heads.length;
    this.pairs = new Int32Array(size * size).fill(-1);
    this.heads.forEach((from, a) => {
      this.indices.set(`${from.layer}.${from.head}`, a);
      this.heads.forEach((to, b) => {
        if (from.layer < to.layer) this.pairs[a * size + b] = this.ends.push([a, b]) - 1;
      });
    });
    const count = this.ends.length;
    for (const name of ["scores", "null", "null_sd"] as const) fits(name, sent[name].shape, [READS.length * count]);
    for (const name of ["copying", "matching"] as const) fits(name, sent[name].shape, [count]);
    const above = Float64Array.from({ length: READS.length * count }, (_, id) => this.excess(id));
    this.order = Int32Array.from(above.keys())
      .filter((id) => above[id] > 0 && above[id] >= STANDS_OUT * sent.null_sd.data[id])
      .sort((one, other) => above[other] - above[one] || one - other);
  }

  private excess(id: number): number {
    return this.sent.scores.data[id] - this.sent.null.data[id];
  }

  private readonly made = new Map<number, Edge>();
  /** The same object for the same edge. */
  private edge(id: number): Edge {
    const kept = this.made.get(id);
    if (kept) return kept;
    const count = this.ends.length;
    const [from, to] = this.ends[id % count];
    const [score, mean, sd] = [this.sent.scores.data[id], this.sent.null.data[id], this.sent.null_sd.data[id]];
    const edge = { read: Math.floor(id / count), from, to, score, null: mean, sd, excess: this.excess(id) };
    this.made.set(id, edge);
    return edge;
  }

  /** The place of a head in the list, or null. */
  find(layer: number | null, head: number | null): number | null {
    return this.indices.get(`${layer}.${head}`) ?? null;
  }

  /** How many edges there could be, and how far the largest stands above its null. */
  get count(): number {
    return READS.length * this.ends.length;
  }
  get largest(): number {
    return this.order.length ? this.excess(this.order[0]) : 0;
  }

  /** The strongest of the edges that stand out so far above their nulls, the strongest first, and how many there are in all. */
  shown(threshold: number, reads: readonly boolean[]): { edges: Edge[]; total: number } {
    const edges: Edge[] = [];
    let total = 0;
    for (const id of this.order) {
      if (this.excess(id) < threshold) break;
      if (!reads[Math.floor(id / this.ends.length)]) continue;
      if (total < MOST) edges.push(this.edge(id));
      total += 1;
    }
    return { edges, total };
  }

  /** What the later of two heads reads of the earlier one, as query, key and value; null where neither is in an earlier layer. */
  between(from: number, to: number): Edge[] | null {
    const pair = this.pairs[from * this.heads.length + to];
    return pair < 0 ? null : READS.map((_, read) => this.edge(read * this.ends.length + pair));
  }

  /** Σλ / Σ|λ| of the virtual head's OV and QK. */
  virtual({ from, to }: Edge): { copying: number; matching: number } {
    const pair = this.pairs[from * this.heads.length + to];
    return { copying: this.sent.copying.data[pair], matching: this.sent.matching.data[pair] };
  }
}

/** Decimals at which the nulls' standard deviations can be seen. */
export function decimalsOf(sds: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < sds.length; i++) largest = Math.max(largest, sds[i]);
  return largest > 0 ? Math.min(5, Math.max(3, Math.ceil(-Math.log10(largest)))) : 3;
}

// Attention weights of a long text: blocks of every head, each as its largest weight, and of a part of one head every weight.
import type { CodedArray, NumericArray } from "../wire/arrays";
import { fits } from "../wire/readers";
import { type HeadWeights, rowStarts, Weights, type Window } from "./weights";

/** A window of one head. */
export interface Part extends Window {
  layer: number;
  head: number;
}

function contains(part: Window, { query, key, span }: Window): boolean {
  const ends = query + span <= part.query + part.span && key + span <= part.key + part.span;
  return query >= part.query && key >= part.key && ends;
}

/** What to ask for where a window is looked at: as much around it as is sent at once; null while the window itself is more. */
export function around({ query, key, span }: Window, length: number, most: number): Window | null {
  if (span > most) return null;
  const wide = Math.min(length, most);
  const start = (first: number) => Math.min(length - wide, Math.max(0, Math.round(first + (span - wide) / 2)));
  return { query: start(query), key: start(key), span: wide };
}

export interface Long {
  /** [layer, head, block]: the largest of `pool` × `pool` weights, row after row; packed, a row ends on the diagonal. */
  pooled: CodedArray;
  pool: number;
  packed: boolean;
  length: number;
  /** What is known of one head, [1, 1, weight], if anything. */
  part: Part | null;
  pattern: CodedArray | null;
  /** [layer, head, key] where weights are shown times norms, as `pooled` is then. */
  norms: NumericArray | null;
}

export class LongWeights implements HeadWeights {
  readonly layers: number;
  readonly heads: number;
  readonly length: number;
  readonly weighted: boolean;
  private readonly blocks: Weights;
  private readonly known: Weights | null;

  constructor(private readonly long: Long) {
    const { pooled, pool, packed, length, norms } = long;
    [this.layers, this.heads] = pooled.shape;
    this.length = length;
    this.weighted = norms !== null;
    this.blocks = new Weights(pooled, packed, Math.ceil(length / pool), null, this.weighted);
    this.known = knownPart(long);
  }

  /** Whether every weight of a window of a head is known. */
  knows(layer: number, head: number, window: Window): boolean {
    const { part } = this.long;
    return part?.layer === layer && part.head === head && contains(part, window);
  }

  at(layer: number, head: number, query: number, key: number): number {
    const { part, packed, pool } = this.long;
    if (part && this.known && this.knows(layer, head, { query, key, span: 1 })) {
      return this.known.at(0, 0, query - part.query, key - part.key);
    }
    return packed && key > query ? 0 : this.blocks.at(layer, head, Math.floor(query / pool), Math.floor(key / pool));
  }

  block(layer: number, head: number, query: number, key: number): number {
    return this.knows(layer, head, { query, key, span: 1 }) ? 1 : this.long.pool;
  }

  raster(layer: number, head: number, window: Window, size: number): Float32Array {
    const { part, packed, pool } = this.long;
    const { query, key, span } = window;
    if (part && this.known && this.knows(layer, head, window)) {
      return this.known.raster(0, 0, { query: query - part.query, key: key - part.key, span }, size);
    }
    if (span === this.length && size <= this.blocks.length) {
      return this.blocks.raster(layer, head, { query: 0, key: 0, span: this.blocks.length }, size);
    }
    // Cells of a number, the first and the last.
    const cells = Array.from({ length: size }, (_, at) => {
      return [Math.ceil((at * span) / size), Math.ceil(((at + 1) * span) / size) - 1];
    });
    const blocks = (first: number, end: number) => [Math.floor(first / pool), Math.floor(end / pool)];
    const out = new Float32Array(size * size).fill(Number.NaN);
    cells.forEach(([top, bottom], row) => {
      const [upper, lower] = blocks(query + top, query + bottom);
      for (let column = 0; column < size; column++) {
        const [left, right] = cells[column];
        if (packed && key + left > query + bottom) break;
        const [near, far] = blocks(key + left, key + right);
        let largest = 0;
        for (let one = upper; one <= lower; one++) {
          for (let other = near; other <= far; other++) {
            const weight = this.blocks.at(layer, head, one, other);
            if (Math.abs(weight) > Math.abs(largest)) largest = weight;
          }
        }
        out[row * size + column] = largest;
      }
    });
    return out;
  }
}

function knownPart({ pattern, part, packed, length, norms }: Long): Weights | null {
  if (!pattern || !part) return null;
  const { layer, head, query, key, span } = part;
  const starts = rowStarts(span, packed, query - key);
  fits("pattern", pattern.shape, [1, 1, starts[span]]);
  if (!norms) return new Weights(pattern, packed, span, null, false, query - key);
  const first = (layer * norms.shape[1] + head) * length;
  const own = Float32Array.from(norms.data.subarray(first, first + length));
  const largest = own.reduce((most, norm) => Math.max(most, norm), 0) || 1;
  const data = new Float32Array(pattern.data.length);
  for (let row = 0; row < span; row++) {
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      data[at] = (pattern.values[pattern.data[at]] * own[key + at - starts[row]]) / largest;
    }
  }
  return new Weights({ shape: pattern.shape, data, half: false }, packed, span, null, true, query - key);
}

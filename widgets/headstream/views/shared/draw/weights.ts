// Attention weights as they are shown: packed triangles or full squares, raw or value-weighted.
import type { CodedArray, NumericArray } from "../wire/arrays";

/** `span` queries from `query` on, and as many keys from `key` on. */
export interface Window {
  query: number;
  key: number;
  span: number;
}

/** What views draw of the weights of heads. */
export interface HeadWeights {
  readonly layers: number;
  readonly heads: number;
  readonly length: number;
  readonly weighted: boolean;
  /** The weight that is shown, 0..1; of a change, -1..1. Of a block of weights the largest. */
  at(layer: number, head: number, query: number, key: number): number;
  /** The side of the block that this weight is shown as a part of; 1 where it is shown itself. */
  block(layer: number, head: number, query: number, key: number): number;
  /**
   * A square window of one head as size × size numbers, size at most the window's span. Where several cells fall on one number the
   * largest is kept, of changes the one of largest size: a stripe one cell wide must not fade when it is drawn small. Cells that no query can see are NaN.
   */
  raster(layer: number, head: number, window: Window, size: number): Float32Array;
}

export class Weights implements HeadWeights {
  readonly layers: number;
  readonly heads: number;
  private readonly codes: ArrayLike<number>;
  /** What each code stands for; null where they are the weights. */
  private readonly values: Float32Array | null;
  private readonly norms: ArrayLike<number> | null;
  /** One over each head's largest norm. */
  private readonly scale: Float32Array;
  private readonly perHead: number;
  /** Where each row begins, and the last ends. */
  private readonly starts: Int32Array;

  /**
   * `pattern`: [layer, head, weight], row after row; packed, a row ends on the diagonal, which begins so many keys after the first.
   * `norms`: [layer, head, key].
   */
  constructor(
    pattern: NumericArray | CodedArray,
    readonly packed: boolean,
    readonly length: number,
    norms: NumericArray | null,
    readonly weighted: boolean,
    diagonal = 0,
  ) {
    this.starts = rowStarts(length, packed, diagonal);
    [this.layers, this.heads, this.perHead] = pattern.shape;
    this.codes = pattern.data;
    this.values = "values" in pattern ? pattern.values : null;
    this.norms = weighted && norms ? norms.data : null;
    this.scale = new Float32Array(this.layers * this.heads).fill(1);
    for (let head = 0; this.norms && head < this.scale.length; head++) {
      let largest = 0;
      for (let key = 0; key < length; key++) largest = Math.max(largest, this.norms[head * length + key]);
      this.scale[head] = largest > 0 ? 1 / largest : 1;
    }
  }

  at(layer: number, head: number, query: number, key: number): number {
    const row = this.starts[query];
    if (row + key >= this.starts[query + 1]) return 0;
    const one = layer * this.heads + head;
    const code = this.codes[one * this.perHead + row + key];
    const p = this.values ? this.values[code] : code;
    return this.norms ? p * this.norms[one * this.length + key] * this.scale[one] : p;
  }

  block(): number {
    return 1;
  }

  raster(layer: number, head: number, { query, key, span }: Window, size: number): Float32Array {
    const { codes, values, norms } = this;
    const out = new Float32Array(size * size).fill(Number.NaN);
    const one = layer * this.heads + head;
    const place = (index: number) => Math.floor((index * size) / span);
    // Where each number's cells end.
    const ends = Int32Array.from({ length: size }, (_, number) => Math.ceil(((number + 1) * span) / size));
    for (let row = 0; row < span; row++) {
      const start = place(row) * size;
      const first = one * this.perHead + this.starts[query + row] + key;
      const seen = Math.min(span, this.starts[query + row + 1] - this.starts[query + row] - key);
      for (let number = 0, column = 0; column < seen; number++) {
        const end = Math.min(seen, ends[number]);
        let largest = out[start + number];
        for (; column < end; column++) {
          let weight = values ? values[codes[first + column]] : codes[first + column];
          if (norms) weight *= norms[one * this.length + key + column] * this.scale[one];
          if (!(Math.abs(weight) <= Math.abs(largest))) largest = weight;
        }
        out[start + number] = largest;
      }
    }
    return out;
  }
}

/** Where the rows of a square begin, and the last ends; packed, a row ends on the diagonal, which begins so many keys after the first. */
export function rowStarts(length: number, packed: boolean, diagonal = 0): Int32Array {
  const starts = new Int32Array(length + 1);
  for (let row = 0; row < length; row++) {
    const held = packed ? Math.min(length, Math.max(0, row + diagonal + 1)) : length;
    starts[row + 1] = starts[row] + held;
  }
  return starts;
}

/** The largest of some weights or changes, largest first; none that would be shown as nothing. */
export function strongest(weight: (index: number) => number, length: number, count: number): number[] {
  return Array.from({ length }, (_, index) => index)
    .filter((index) => Math.abs(weight(index)) >= 0.005)
    .sort((a, b) => Math.abs(weight(b)) - Math.abs(weight(a)) || a - b)
    .slice(0, count);
}

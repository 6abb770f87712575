// Attention weights read from the wire: packed triangles or full squares, raw or value-weighted.
import { decode, type WireArray } from "../shared/wire/arrays";

export class Weights {
  readonly layers: number;
  readonly heads: number;
  readonly length: number;
  private readonly codes: ArrayLike<number>;
  private readonly probability: Float32Array | null;
  private readonly norms: ArrayLike<number> | null;
  private readonly scale: Float32Array;
  private readonly perHead: number;

  constructor(
    pattern: WireArray,
    private readonly packed: boolean,
    length: number,
    valueNorm: WireArray | null,
    public weighted: boolean,
  ) {
    const { shape, data } = decode(pattern);
    this.layers = shape[0];
    this.heads = shape[1];
    this.length = length;
    this.codes = data;
    this.perHead = packed ? (length * (length + 1)) / 2 : length * length;
    // One byte holds 255·√p.
    this.probability = data instanceof Uint8Array ? Float32Array.from({ length: 256 }, (_, b) => (b / 255) ** 2) : null;
    this.norms = valueNorm ? decode(valueNorm).data : null;
    this.scale = new Float32Array(this.layers * this.heads).fill(1);
    if (this.norms) {
      for (let head = 0; head < this.scale.length; head++) {
        let largest = 0;
        for (let key = 0; key < length; key++) largest = Math.max(largest, this.norms[head * length + key]);
        this.scale[head] = largest > 0 ? 1 / largest : 1;
      }
    }
  }

  get canWeight(): boolean {
    return this.norms !== null;
  }

  /** The weight that is shown, 0..1. */
  at(layer: number, head: number, query: number, key: number): number {
    if (this.packed && key > query) return 0;
    const one = layer * this.heads + head;
    const offset = this.packed ? (query * (query + 1)) / 2 + key : query * this.length + key;
    const code = this.codes[one * this.perHead + offset];
    const p = this.probability ? this.probability[code] : code;
    return this.weighted && this.norms ? p * this.norms[one * this.length + key] * this.scale[one] : p;
  }

  /**
   * A square window of one head as size × size numbers. Where several cells fall on one number the largest is kept: a stripe one
   * cell wide must not fade when it is drawn small. Cells that no query can see are -1.
   */
  raster(layer: number, head: number, window: Window, size: number): Float32Array {
    const out = new Float32Array(size * size).fill(-1);
    const step = window.span / size;
    for (let row = 0; row < size; row++) {
      const queries = cells(window.query, row, step);
      for (let column = 0; column < size; column++) {
        const keys = cells(window.key, column, step);
        let largest = -1;
        for (let query = queries[0]; query < queries[1]; query++) {
          for (let key = keys[0]; key < keys[1]; key++) {
            if (this.packed && key > query) break;
            largest = Math.max(largest, this.at(layer, head, query, key));
          }
        }
        out[row * size + column] = largest;
      }
    }
    return out;
  }
}

/** The part of the square that is drawn: `span` queries from `query` on, `span` keys from `key` on. */
export interface Window {
  query: number;
  key: number;
  span: number;
}

function cells(start: number, index: number, step: number): [number, number] {
  const first = start + Math.floor(index * step);
  return [first, Math.max(first + 1, start + Math.floor((index + 1) * step))];
}

/** Zooms by `factor` (below 1 is closer) about a cell, and stays inside the square. */
export function zoomed(window: Window, factor: number, about: { query: number; key: number }, length: number): Window {
  const span = Math.round(Math.min(length, Math.max(Math.min(8, length), window.span * factor)));
  const place = (start: number, cell: number) => {
    const share = (cell + 0.5 - start) / window.span;
    return Math.round(Math.min(length - span, Math.max(0, cell + 0.5 - share * span)));
  };
  return { span, query: place(window.query, about.query), key: place(window.key, about.key) };
}

/** Moves the window, and stays inside the square. */
export function panned(window: Window, queries: number, keys: number, length: number): Window {
  const place = (value: number) => Math.round(Math.min(length - window.span, Math.max(0, value)));
  return { span: window.span, query: place(window.query + queries), key: place(window.key + keys) };
}

/** The keys with the largest weights, largest first. */
export function strongest(weight: (index: number) => number, length: number, count: number): number[] {
  return Array.from({ length }, (_, index) => index)
    .filter((index) => weight(index) >= 0.005)
    .sort((a, b) => weight(b) - weight(a) || a - b)
    .slice(0, count);
}

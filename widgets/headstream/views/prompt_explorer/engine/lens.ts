// The logit lens of a network's activations: the numbers of headstream.logit_lens, position by position.
import type { Kernel, Spread } from "./kernel";
import type { Network } from "./network";

/** What is read at one position. Axes as in headstream.results.LogitLens, candidates in the order of the last row. */
export interface Reading {
  candidates: number[];
  /** [norm, row, candidate]. */
  logProb: Float32Array;
  rank: Int32Array;
  /** [norm, row]. */
  entropy: Float32Array;
  kl: Float32Array;
}

/** Positions that are multiplied at once: their products fit a processor's cache beside the matrix. */
const BLOCK = 8;

/** Floats that a lens takes, at most. */
export const lensRoom = (rows: number, { d_model, d_vocab }: { d_model: number; d_vocab: number }) =>
  rows * BLOCK * (d_model + d_vocab) + (2 * rows + 2) * d_vocab;

export class LensReader {
  readonly rows: number;
  /** "own" and "final" where there is a LayerNorm, else "none". */
  readonly norms: number;
  private readonly centred: Float32Array;
  private readonly products: Float32Array;
  /** [norm, row], the logits at one position. */
  private readonly logits: readonly Float32Array[];
  private readonly nothing: Float32Array;
  private readonly last: Float32Array;
  /** One a position, of the text that was read last, with so many best tokens of every row. */
  readonly readings: Reading[] = [];
  top = 0;

  constructor(
    private readonly network: Network,
    private readonly kernel: Kernel,
  ) {
    const { d_model, d_vocab, ln } = network.config;
    this.rows = network.stream.length;
    this.norms = ln ? 2 : 1;
    this.centred = kernel.floats(this.rows * BLOCK * d_model);
    this.products = kernel.floats(this.rows * BLOCK * d_vocab);
    this.logits = Array.from({ length: this.norms * this.rows }, () => kernel.floats(d_vocab));
    this.nothing = kernel.floats(d_vocab);
    this.last = kernel.floats(d_vocab);
  }

  /** Reads all positions from one before `start` on; `top` tokens of every row are candidates. */
  read(start: number, top: number): void {
    const { ids } = this.network;
    // The token that follows is a candidate too: the position before the first change has another one.
    const first = top === this.top ? Math.min(this.readings.length, Math.max(0, start - 1)) : 0;
    this.readings.length = first;
    this.top = top;
    for (let from = first; from < ids.length; from += BLOCK) {
      const to = Math.min(ids.length, from + BLOCK);
      this.multiply(from, to);
      for (let at = from; at < to; at++) this.readings.push(this.readAt(at, at - from, to - from));
    }
  }

  /** The products of all rows but the last, [row, position], whose logits the network has. */
  private multiply(from: number, to: number): void {
    const { network, rows } = this;
    const { d_model: width } = network.config;
    let place = 0;
    for (let row = 0; row + 1 < rows; row++) {
      for (let at = from; at < to; at++, place++) {
        network.centred(row, at, this.centred.subarray(place * width, (place + 1) * width));
      }
    }
    this.kernel.multiply(this.centred, place, network.unembed, this.products, this.nothing);
  }

  private readAt(position: number, column: number, columns: number): Reading {
    const { network, kernel, rows, norms, logits } = this;
    const { d_vocab: size } = network.config;
    const spreads: Spread[] = [];
    const final = network.scale(rows - 1, position);
    const output = network.logits.subarray(position * size, (position + 1) * size);
    for (let norm = 0; norm < norms; norm++) {
      for (let row = 0; row < rows; row++) {
        const here = logits[norm * rows + row];
        const product = this.products.subarray((row * columns + column) * size, (row * columns + column + 1) * size);
        const scale = norm === 0 ? network.scale(row, position) : final;
        if (row === rows - 1) here.set(output);
        else kernel.scaled(product, 1 / scale, network.unembed.bias, here);
        spreads.push(kernel.spread(here));
      }
    }
    const normaliser = spreads.map(({ largest, sum }) => largest + Math.log(sum));
    kernel.exps(output, normaliser[rows - 1], this.last);
    const expected = logits.map((here, index) => kernel.dot(this.last, here) - normaliser[index]);

    const wanted = new Set(logits.flatMap((here) => best(here, this.top)));
    const next = network.ids[position + 1];
    if (next !== undefined) wanted.add(next);
    const ids = [...wanted].sort((a, b) => a - b);
    const ranks = logits.map((here) => this.ranks(here, ids));
    const order = ids.map((_, index) => index).sort((a, b) => ranks[rows - 1][a] - ranks[rows - 1][b]);
    const each = <T>(number: (cell: number, candidate: number) => T) =>
      logits.flatMap((_, cell) => order.map((candidate) => number(cell, candidate)));
    return {
      candidates: order.map((candidate) => ids[candidate]),
      logProb: Float32Array.from(each((cell, candidate) => logits[cell][ids[candidate]] - normaliser[cell])),
      rank: Int32Array.from(each((cell, candidate) => ranks[cell][candidate])),
      entropy: Float32Array.from(spreads, ({ sum, weighted }) => Math.log(sum) - weighted / sum),
      // Rounding can leave less than nothing.
      kl: Float32Array.from(expected, (here) => Math.max(0, expected[rows - 1] - here)),
    };
  }

  /** How many tokens are more probable than each, and of the candidates, which grow, the equally probable ones before it. */
  private ranks(logits: Float32Array, ids: readonly number[]): number[] {
    const numbers = ids.map((id) => logits[id]);
    return this.kernel.above(logits, numbers).map((above, index) => {
      const equal = numbers.slice(0, index).filter((other) => other === numbers[index]).length;
      return above + equal;
    });
  }
}

/** The places of the `count` largest numbers, the largest first; of equal ones the first. */
export function best(numbers: Float32Array, count: number): number[] {
  const found: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place];
    if (number <= least) continue;
    let at = found.length;
    while (at > 0 && numbers[found[at - 1]] < number) at--;
    found.splice(at, 0, place);
    if (found.length > count) found.pop();
    if (found.length === count) least = numbers[found[count - 1]];
  }
  return found;
}

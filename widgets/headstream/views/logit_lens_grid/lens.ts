// A logit lens read from the wire. Of every position's distribution only some tokens, its candidates, are held; they are
// numbered through all positions, and `starts` tells where each position's begin.
import { decode, type WireArray } from "../shared/wire/arrays";

export interface LensTraits {
  starts: WireArray;
  ids: WireArray;
  log_prob: WireArray;
  rank: WireArray;
  entropy: WireArray;
  kl: WireArray;
  next_token: WireArray;
}

export class Lens {
  readonly rows: number;
  readonly positions: number;
  readonly ids: ArrayLike<number>;
  private readonly starts: ArrayLike<number>;
  private readonly logProb: ArrayLike<number>;
  private readonly ranks: ArrayLike<number>;
  private readonly entropies: ArrayLike<number>;
  private readonly divergences: ArrayLike<number>;
  private readonly next: ArrayLike<number>;
  /** [position], the candidate that the last row puts on top. It is the same for every norm. */
  private readonly finals: number[];

  /** `norm` is the entry of the arrays' leading axis that is shown. */
  constructor(
    traits: LensTraits,
    public norm: number,
  ) {
    const rank = decode(traits.rank);
    this.rows = rank.shape[1];
    this.ranks = rank.data;
    this.starts = decode(traits.starts).data;
    this.positions = this.starts.length - 1;
    this.ids = decode(traits.ids).data;
    this.logProb = decode(traits.log_prob).data;
    this.entropies = decode(traits.entropy).data;
    this.divergences = decode(traits.kl).data;
    this.next = decode(traits.next_token).data;
    this.finals = Array.from({ length: this.positions }, (_, position) => this.best(this.rows - 1, position));
  }

  private at(row: number, candidate: number): number {
    return (this.norm * this.rows + row) * this.ids.length + candidate;
  }

  rank(row: number, candidate: number): number {
    return this.ranks[this.at(row, candidate)];
  }

  probability(row: number, candidate: number): number {
    return Math.exp(this.logProb[this.at(row, candidate)]);
  }

  entropy(row: number, position: number): number {
    return this.entropies[(this.norm * this.rows + row) * this.positions + position];
  }

  kl(row: number, position: number): number {
    return this.divergences[(this.norm * this.rows + row) * this.positions + position];
  }

  /** The candidate that a token is at a position; -1 when it is none there. */
  candidate(position: number, token: number | null): number {
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.ids[i] === token) return i;
    return -1;
  }

  /** The top token's candidate. */
  best(row: number, position: number): number {
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.rank(row, i) === 0) return i;
    throw new Error(`headstream: no top token in row ${row} at position ${position}`);
  }

  /** The candidates of rank below k, best first. */
  top(row: number, position: number, k: number): number[] {
    const found: number[] = [];
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.rank(row, i) < k) found.push(i);
    return found.sort((a, b) => this.rank(row, a) - this.rank(row, b));
  }

  /** The candidate of the model's own prediction. */
  final(position: number): number {
    return this.finals[position];
  }

  /** The candidate of the token that follows in the text; -1 where nothing follows. */
  following(position: number): number {
    return this.next[position] < 0 ? -1 : this.candidate(position, this.next[position]);
  }

  /** The largest number under every norm: a colour means the same whichever is shown. */
  get largest(): { rank: number; entropy: number; kl: number } {
    const most = (numbers: ArrayLike<number>) => {
      let largest = 0;
      for (let i = 0; i < numbers.length; i++) if (numbers[i] > largest) largest = numbers[i];
      return largest;
    };
    return { rank: most(this.ranks), entropy: most(this.entropies), kl: most(this.divergences) };
  }
}

// A logit lens. Of every position's distribution only some tokens, its candidates, are held; they are numbered through all
// positions, and `starts` tells where each position's begin.
import { Damaged, type NumericArray } from "../shared/wire/arrays";
import { fits } from "../shared/wire/readers";

export interface LensArrays {
  starts: NumericArray;
  ids: NumericArray;
  log_prob: NumericArray;
  rank: NumericArray;
  entropy: NumericArray;
  kl: NumericArray;
  change: NumericArray | null;
  next_token: NumericArray;
}

export class Lens {
  readonly rows: number;
  readonly positions: number;
  readonly ids: ArrayLike<number>;
  private readonly starts: ArrayLike<number>;
  private readonly ranks: ArrayLike<number>;
  private readonly logProb: ArrayLike<number>;
  private readonly entropies: ArrayLike<number>;
  private readonly divergences: ArrayLike<number>;
  private readonly changes: ArrayLike<number> | null;
  /** Where the norm that is shown begins, in arrays of candidates and in arrays of positions. */
  private readonly first: { candidate: number; position: number };
  /** [row, position], the top token's candidate. */
  private readonly bests: Int32Array;
  /** [position], the candidate of the model's own prediction, the same for every norm; and of what follows in the text, or -1. */
  private readonly finals: Int32Array;
  private readonly followings: Int32Array;

  /** `norm` is the entry of the arrays' leading axis that is shown. Throws Damaged where the arrays do not fit together. */
  constructor(arrays: LensArrays, norm: number) {
    const { starts, ids, log_prob, rank, entropy, kl, change, next_token } = arrays;
    this.rows = rank.shape[1];
    this.positions = starts.shape[0] - 1;
    this.starts = starts.data;
    this.ids = ids.data;
    this.ranks = rank.data;
    this.logProb = log_prob.data;
    this.entropies = entropy.data;
    this.divergences = kl.data;
    this.changes = change?.data ?? null;
    const [norms, rows, positions] = [rank.shape[0], this.rows, this.positions];
    fits("rank", rank.shape, [norms, rows, ids.shape[0]]);
    fits("log_prob", log_prob.shape, rank.shape);
    fits("entropy", entropy.shape, [norms, rows, positions]);
    fits("kl", kl.shape, [norms, rows, positions]);
    if (change) fits("change", change.shape, [norms, rows, positions]);
    fits("next_token", next_token.shape, [positions]);
    const ordered = starts.data.every((start, i) => i === 0 || start >= starts.data[i - 1]);
    if (starts.data[0] !== 0 || starts.data[positions] !== ids.shape[0] || !ordered) {
      throw new Damaged(`starts: expected 0 to ${ids.shape[0]}, growing`);
    }
    this.first = { candidate: norm * rows * ids.shape[0], position: norm * rows * positions };
    this.bests = Int32Array.from({ length: rows * positions }, (_, i) =>
      this.findBest(Math.floor(i / positions), i % positions),
    );
    this.finals = this.bests.subarray((rows - 1) * positions);
    this.followings = Int32Array.from(next_token.data, (token, position) => {
      const candidate = token < 0 ? -1 : this.candidate(position, token);
      if (token >= 0 && candidate < 0)
        throw new Damaged(`next_token: ${token} is no candidate at position ${position}`);
      return candidate;
    });
  }

  private findBest(row: number, position: number): number {
    const [start, end] = [this.starts[position], this.starts[position + 1]];
    let best = -1;
    let count = 0;
    for (let i = start; i < end; i++) {
      const rank = this.rank(row, i);
      if (rank !== 0) continue;
      best = i;
      count += 1;
    }
    if (best < 0 || count > 1) throw new Damaged(`rank: expected one top token in row ${row} at position ${position}`);
    return best;
  }

  private at(row: number, candidate: number): number {
    return this.first.candidate + row * this.ids.length + candidate;
  }

  /** Of a bounded one, the best that it can be. */
  rank(row: number, candidate: number): number {
    return Math.abs(this.ranks[this.at(row, candidate)]);
  }

  /** Whether no more is known there than that the token is of that rank or worse, and no more probable than that. */
  bounded(row: number, candidate: number): boolean {
    return this.ranks[this.at(row, candidate)] < 0;
  }

  probability(row: number, candidate: number): number {
    return Math.exp(this.logProb[this.at(row, candidate)]);
  }

  entropy(row: number, position: number): number {
    return this.entropies[this.first.position + row * this.positions + position];
  }

  kl(row: number, position: number): number {
    return this.divergences[this.first.position + row * this.positions + position];
  }

  /** Of the final prediction's log probability, from another lens; 0 where there is none. */
  change(row: number, position: number): number {
    return this.changes?.[this.first.position + row * this.positions + position] ?? 0;
  }

  /** The candidate that a token is at a position; -1 when it is none there. */
  candidate(position: number, token: number | null): number {
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.ids[i] === token) return i;
    return -1;
  }

  /** The top token's candidate. */
  best(row: number, position: number): number {
    return this.bests[row * this.positions + position];
  }

  /** The candidates of rank below k, best first. */
  top(row: number, position: number, k: number): number[] {
    const found: number[] = [];
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) {
      if (this.rank(row, i) < k && !this.bounded(row, i)) found.push(i);
    }
    return found.sort((a, b) => this.rank(row, a) - this.rank(row, b));
  }

  /** The candidate of the model's own prediction. */
  final(position: number): number {
    return this.finals[position];
  }

  /** The candidate of the token that follows in the text; -1 where nothing follows. */
  following(position: number): number {
    return this.followings[position];
  }

  /** The largest number under every norm: a colour means the same whichever is shown. */
  get largest(): { rank: number; entropy: number; kl: number; change: number } {
    const most = (numbers: ArrayLike<number>) => {
      let largest = 0;
      for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]));
      return largest;
    };
    return {
      rank: most(this.ranks),
      entropy: most(this.entropies),
      kl: most(this.divergences),
      change: most(this.changes ?? []),
    };
  }
}

// What each model gives for every token of the text, and which model is the first to predict it.

import { probability } from "../shared/text/format";
import { plain, quoted } from "../shared/text/tokens";
import type { NumericArray } from "../shared/wire/arrays";

export interface Guess {
  label: string;
  p: number;
  /** Whether it is the token that really comes. */
  true: boolean;
}

export class Ladder {
  private readonly nextProb: ArrayLike<number>;
  private readonly losses: ArrayLike<number>;
  private readonly ids: ArrayLike<number> | null;
  private readonly guessProb: ArrayLike<number> | null;
  /** How many guesses of each model are known. */
  readonly top: number;

  constructor(
    readonly models: readonly string[],
    readonly tokens: readonly string[],
    nextProb: NumericArray,
    losses: NumericArray,
    guesses: NumericArray | null,
    guessProb: NumericArray | null,
    private readonly vocabulary: Readonly<Record<string, string>>,
  ) {
    this.nextProb = nextProb.data;
    this.losses = losses.data;
    this.ids = guesses?.data ?? null;
    this.guessProb = guessProb?.data ?? null;
    this.top = guesses?.shape[2] ?? 0;
  }

  /** Nothing comes before the first token: no model predicts it. */
  predicted(position: number | null): position is number {
    return position !== null && position > 0;
  }

  /** What a model gives to the token at a position, having read those before it. */
  p(model: number, position: number): number {
    return this.nextProb[model * this.tokens.length + position];
  }

  /** The first model, in their order, that gives the token more than the threshold; null if none does. */
  first(position: number, threshold: number): number | null {
    if (!this.predicted(position)) return null;
    const model = this.models.findIndex((_, index) => this.p(index, position) > threshold);
    return model < 0 ? null : model;
  }

  guesses(model: number, position: number): Guess[] {
    const { ids, guessProb, top } = this;
    if (!ids || !guessProb || !this.predicted(position)) return [];
    const start = (model * this.tokens.length + position) * top;
    return Array.from({ length: top }, (_, rank) => {
      const label = this.vocabulary[ids[start + rank]];
      const p = guessProb[start + rank];
      // Two ids may have one label; the true one has the true token's probability.
      const same = Math.abs(p - this.p(model, position)) <= 1e-3 * p;
      return { label, p, true: same && label === this.tokens[position] };
    });
  }

  /** How many tokens each model is the first to predict; the last entry counts those that none predicts. */
  counts(threshold: number): number[] {
    const counts = new Array<number>(this.models.length + 1).fill(0);
    for (let position = 1; position < this.tokens.length; position++) {
      counts[this.first(position, threshold) ?? this.models.length] += 1;
    }
    return counts;
  }

  /** Mean of −log p over all predicted tokens, in nats. */
  loss(model: number): number {
    return this.losses[model];
  }

  /** What is to be said of one token. */
  sentence(position: number, threshold: number): string {
    const token = quoted(this.tokens[position]);
    if (!this.predicted(position)) return `${token} stands first: no model predicts it.`;
    const place = `${token} after ${quoted(this.tokens[position - 1])}`;
    const name = (model: number) => plain(this.models[model]);
    const says = (model: number) => probability(this.p(model, position));
    const first = this.first(position, threshold);
    if (first === null) {
      const all = this.models.map((_, model) => this.p(model, position));
      const best = all.indexOf(Math.max(...all));
      return `${place}: no model gives it more than ${probability(threshold)}; ${name(best)} comes nearest (${says(best)}).`;
    }
    const before = first > 0 ? `; ${name(first - 1)} gave it ${says(first - 1)}` : "";
    return `${place}: first predicted by ${name(first)} (${says(first)})${before}.`;
  }
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The token above (-1) or below (1) in running text: on the next line, nearest to the same place. */
export function lineStep(boxes: Box[], from: number, direction: 1 | -1): number {
  const x = (box: Box) => (box.left + box.right) / 2;
  const y = (box: Box) => (direction * (box.top + box.bottom)) / 2;
  const here = boxes[from];
  const half = (here.bottom - here.top) / 2;
  const beyond = boxes.map((_, index) => index).filter((index) => y(boxes[index]) > y(here) + half);
  const line = Math.min(...beyond.map((index) => y(boxes[index])));
  const distance = (index: number) => Math.abs(x(boxes[index]) - x(here));
  return beyond
    .filter((index) => y(boxes[index]) < line + half)
    .reduce((best, index) => (best === from || distance(index) < distance(best) ? index : best), from);
}

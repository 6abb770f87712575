// The paths of a model by groups, what each step of the ladder is worth, and what is known of any choice of them.
import type { NumericArray } from "../shared/wire/arrays";

export interface Term {
  label: string;
  role: string;
  order: number;
  group: number;
  layer: number | null;
  head: number | null;
}
/** Some paths, what they are added to, the loss with both, by how much that is lower, and the same in the null: NaN where there is none. */
export interface Step {
  paths: string;
  given: string;
  loss: number;
  lower: number;
  random: number;
}
/** One or more switches: all terms of the row, and those that can be switched one by one. */
export interface Row {
  name: string;
  /** Of a row that is all paths of an order; null for one of its layers. */
  order: number | null;
  terms: number[];
  inside: number[];
  steps: Step[];
}
/** What is known with some terms off: the mean loss, and that of every token. */
export interface Answer {
  loss: number;
  tokens: ArrayLike<number> | null;
}

export class Paths {
  readonly rows: Row[];
  /** [term]: the mean of what it adds to the logit of the token that follows. */
  readonly means: number[];
  readonly positions: number;
  private readonly known = new Map<string, number>();

  constructor(
    readonly groups: readonly string[],
    readonly terms: readonly Term[],
    readonly steps: readonly Step[],
    readonly uniform: number,
    settings: NumericArray,
    private readonly losses: ArrayLike<number>,
    private readonly tokenLosses: ArrayLike<number> | null,
    private readonly logits: NumericArray,
  ) {
    this.positions = logits.shape[1];
    this.means = terms.map((_, term) => mean(this.row(logits.data, term)));
    for (let setting = 0; setting < losses.length; setting++) {
      const bits = Array.from({ length: groups.length }, (_, group) => settings.data[setting * groups.length + group]);
      this.known.set(bits.join(""), setting);
    }
    this.rows = this.ladder();
  }

  /** The loss of the whole model. */
  get whole(): number {
    return this.answer(new Set())?.loss ?? Number.NaN;
  }

  /** The largest loss that the ladder shows. */
  get largest(): number {
    const shown = this.steps.flatMap(({ loss, lower, random }) => [loss, loss + lower, loss + lower - (random || 0)]);
    return Math.max(this.uniform, ...Array.from(this.losses), ...shown);
  }

  /** What was sent of a choice, where every group is wholly on or off. */
  answer(off: ReadonlySet<number>): Answer | null {
    const bits = this.groups.map((_, group) => {
      const some = this.terms.flatMap((term, index) => (term.group === group ? [off.has(index)] : []));
      return some.every((isOff) => !isOff) ? "1" : some.every((isOff) => isOff) ? "0" : "?";
    });
    const setting = this.known.get(bits.join(""));
    if (setting === undefined) return null;
    return { loss: this.losses[setting], tokens: this.tokenLosses && this.row(this.tokenLosses, setting) };
  }

  /** The logit of the token that follows, of what is on: at a position, or the mean over all. */
  logit(off: ReadonlySet<number>, position: number | null = null): number {
    let sum = 0;
    this.terms.forEach((_, term) => {
      if (off.has(term)) return;
      sum += position === null ? this.means[term] : this.logits.data[term * this.positions + position];
    });
    return sum;
  }

  /** The terms that are off, by their labels. */
  named(labels: readonly string[]): Set<number> {
    const wanted = new Set(labels);
    return new Set(this.terms.flatMap(({ label }, index) => (wanted.has(label) ? [index] : [])));
  }

  private row(numbers: ArrayLike<number>, row: number): ArrayLike<number> {
    return Array.from({ length: this.positions }, (_, position) => numbers[row * this.positions + position]);
  }

  private ladder(): Row[] {
    const of = (wanted: (term: Term) => boolean) => this.terms.flatMap((term, index) => (wanted(term) ? [index] : []));
    const row = (name: string, terms: number[], open: boolean, part = false): Row => ({
      name,
      order: part ? null : this.terms[terms[0]].order,
      terms,
      inside: open && terms.length > 1 ? terms : [],
      steps: this.steps.filter(({ paths }) => paths === name),
    });
    const layers = this.groups.filter((_, group) =>
      this.terms.some((term) => term.group === group && term.order === 1),
    );
    const orders = this.groups.filter((_, group) => this.terms.some((term) => term.group === group && term.order > 1));
    const group = (name: string) => of((term) => this.groups[term.group] === name);
    const rows = [row(this.groups[0], group(this.groups[0]), true)];
    if (layers.length)
      rows.push(
        row(
          "all heads",
          of(({ order }) => order === 1),
          layers.length === 1,
        ),
      );
    if (layers.length > 1) rows.push(...layers.map((name) => row(name, group(name), true, true)));
    return [...rows, ...orders.map((name) => row(name, group(name), false))];
  }
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The terms that are off after a switch of some is used: all off if all were on, else all on. */
export function switched(off: ReadonlySet<number>, terms: readonly number[]): Set<number> {
  const next = new Set(off);
  const allOn = terms.every((term) => !off.has(term));
  for (const term of terms) {
    if (allOn) next.add(term);
    else next.delete(term);
  }
  return next;
}

/** Whether some terms are on, as a checkbox says it. */
export function state(off: ReadonlySet<number>, terms: readonly number[]): "true" | "false" | "mixed" {
  const count = terms.filter((term) => off.has(term)).length;
  return count === 0 ? "true" : count === terms.length ? "false" : "mixed";
}

// The numbers behind the card, a feature at a time.
import { decimalsFor, show, supported } from "../shared/text/numbers";
import { Damaged, type NumericArray } from "../shared/wire/arrays";
import { array, fits, type Read, text, texts, vocabulary, whole } from "../shared/wire/readers";

const COUNTS = ["int32", "uint16"] as const;
export const READERS = {
  name: text,
  place: text,
  text,
  words: texts,
  labels: vocabulary,
  density: array("float32", 1),
  largest: array("float32", 1),
  reach: array("float32", 1),
  histogram: array(COUNTS, 2),
  tokens_read: array(COUNTS, 1),
  starts: array(COUNTS, 2),
  shares: array("uint8", 3),
  at: array("uint16", 2),
  strongest: whole,
  ends: array(COUNTS, 3),
  logits: array("float16", 3),
  nearest: array(COUNTS, 2),
  cosine: array("float16", 2),
};
export type Told = Read<typeof READERS>;

export interface Example {
  /** One word a token of the window. */
  words: string[];
  /** Activation over the feature's largest, 0..1. */
  shares: number[];
  /** The token that the example was chosen for. */
  at: number;
}

export interface Line {
  word: string;
  logit: number;
}

export interface Near {
  feature: number;
  cosine: number;
}

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Half a step of a byte, as a share of the largest activation. */
const STEP = 0.004;

export class Features {
  readonly count: number;
  readonly fires: string[][];
  readonly promotes: string[][];

  constructor(private readonly told: Told) {
    const { density, largest, reach, histogram, tokens_read, starts, shares, at, ends, logits, nearest, cosine } = told;
    this.count = density.shape[0];
    const examples = [this.count, shares.shape[1]];
    fits("largest", largest.shape, [this.count]);
    fits("reach", reach.shape, [this.count]);
    fits("histogram", histogram.shape, [this.count, histogram.shape[1]]);
    fits("shares", shares.shape, [...examples, shares.shape[2]]);
    fits("starts", starts.shape, examples);
    fits("at", at.shape, examples);
    fits("ends", ends.shape, [this.count, 2, ends.shape[2]]);
    fits("logits", logits.shape, ends.shape);
    fits("nearest", nearest.shape, [this.count, nearest.shape[1]]);
    fits("cosine", cosine.shape, nearest.shape);
    within("tokens_read", tokens_read, told.words.length);
    within("ends", ends, told.words.length);
    within("at", at, shares.shape[2]);
    within("nearest", nearest, this.count - 1);
    const each = <T>(of: (feature: number) => T) => Array.from({ length: this.count }, (_, feature) => of(feature));
    this.fires = each((feature) => this.firesOn(feature));
    this.promotes = each((feature) => this.logits(feature)[0].map(({ word }) => word));
  }

  get words(): Pick<Told, "name" | "place" | "text"> {
    return this.told;
  }

  label(feature: number): string {
    return this.told.labels[feature] ?? "";
  }

  density(feature: number): number {
    return this.told.density.data[feature];
  }

  largest(feature: number): number {
    return this.told.largest.data[feature];
  }

  /** The first feature that fires at all, or the first. */
  first(): number {
    return Math.max(
      0,
      this.told.largest.data.findIndex((value) => value > 0),
    );
  }

  dead(): number {
    return sum(this.told.largest.data, (value) => Number(!(value > 0)));
  }

  /** How many fire at once, on average. */
  active(): number {
    return sum(this.told.density.data, (value) => value);
  }

  bins(feature: number): Bin[] {
    const bins = this.told.histogram.shape[1];
    const width = this.told.reach.data[feature] / bins;
    return Array.from({ length: bins }, (_, bin) => {
      const count = this.told.histogram.data[feature * bins + bin];
      return { from: bin * width, to: (bin + 1) * width, count };
    });
  }

  /** The strongest examples, and those drawn at random. */
  examples(feature: number): [Example[], Example[]] {
    const { tokens_read, starts, shares, at, words, strongest } = this.told;
    const [, count, length] = shares.shape;
    const found: [Example[], Example[]] = [[], []];
    for (let example = 0; example < count; example++) {
      const place = at.data[feature * count + example];
      if (place === 0) continue;
      const one = feature * count + example;
      const [labels, numbers]: [string[], number[]] = [[], []];
      let chosen = 0;
      for (let i = 0; i < length; i++) {
        const word = tokens_read.data[starts.data[one] + i];
        if (!word) continue;
        if (i <= place - 1) chosen = labels.length;
        labels.push(words[word - 1]);
        numbers.push(shares.data[one * length + i]);
      }
      if (!labels.length) throw new Damaged(`starts: expected tokens for feature ${feature}, got none`);
      found[example < strongest ? 0 : 1].push({ words: labels, shares: numbers, at: chosen });
    }
    return found;
  }

  /** Promoted and suppressed. */
  logits(feature: number): [Line[], Line[]] {
    const { ends, logits, words } = this.told;
    const count = ends.shape[2];
    const of = (end: number) =>
      Array.from({ length: count }, (_, i) => {
        const at = (2 * feature + end) * count + i;
        return { word: words[ends.data[at] - 1] ?? "", logit: logits.data[at] };
      });
    return [of(0), of(1)];
  }

  nearest(feature: number): Near[] {
    const { nearest, cosine } = this.told;
    const count = nearest.shape[1];
    return Array.from({ length: count }, (_, i) => {
      return { feature: nearest.data[feature * count + i], cosine: cosine.data[feature * count + i] };
    });
  }

  /** An activation in the digits that its largest allows; one from a window, in those that a byte holds. */
  shown(feature: number, value: number, sent = false): string {
    const largest = this.largest(feature);
    const decimals = decimalsFor(largest);
    return show(value, sent ? supported(decimals, STEP * largest) : decimals, false);
  }

  private firesOn(feature: number): string[] {
    const counts = new Map<string, number>();
    for (const { words, at } of this.examples(feature)[0]) counts.set(words[at], (counts.get(words[at]) ?? 0) + 1);
    return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  }
}

function sum(values: NumericArray["data"], of: (value: number) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}

function within(name: string, { data }: NumericArray, most: number): void {
  if (data.some((value) => value < 0 || value > most)) throw new Damaged(`${name}: expected numbers up to ${most}`);
}

/** A share of the text's places: 1.2 %, 0.03 %. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0) return "0 %";
  const decimals = value >= 10 ? 0 : value >= 1 ? 1 : Math.min(3, 1 - Math.floor(Math.log10(value)));
  return `${value.toFixed(decimals)} %`;
}

// The numbers of a spectrum: what a head has, what random circuits of its size have, and what a direction reads.
import type { NumericArray } from "../shared/wire/arrays";

export type Values = "eigenvalues" | "singular values";
export type Kind = "ov" | "qk";

/** A token's part in a vector. */
export interface Part {
  token: number;
  weight: number;
}

export interface Direction {
  values: Values;
  place: number;
}

export interface Arrays {
  heads: NumericArray;
  score: NumericArray;
  null_score: NumericArray;
  eigenvalues: NumericArray;
  singular: NumericArray;
  null_radius: NumericArray;
  null_singular: NumericArray;
  eigen_token: NumericArray;
  eigen_weight: NumericArray;
  singular_token: NumericArray;
  singular_weight: NumericArray;
}

export class Spectra {
  readonly count: number;
  readonly rank: number;
  /** 5th and 95th percentile of random circuits' scores. */
  readonly nullScore: [number, number];
  /** The head with the highest score. */
  readonly highest: number;

  constructor(
    readonly kind: Kind,
    readonly labels: readonly string[],
    private readonly arrays: Arrays,
  ) {
    [this.count, this.rank] = arrays.singular.shape;
    this.nullScore = [arrays.null_score.data[0], arrays.null_score.data[1]];
    const scores = Array.from(arrays.score.data);
    this.highest = scores.indexOf(Math.max(...scores));
  }

  layer(head: number): number {
    return this.arrays.heads.data[2 * head];
  }

  number(head: number): number {
    return this.arrays.heads.data[2 * head + 1];
  }

  find(layer: number | null, head: number | null): number | null {
    for (let index = 0; index < this.count; index++) {
      if (this.layer(index) === layer && this.number(index) === head) return index;
    }
    return null;
  }

  score(head: number): number {
    return this.arrays.score.data[head];
  }

  /** Heads whose score is above that of 95 % of random circuits. */
  above(): number {
    return Array.from(this.arrays.score.data).filter((score) => score > this.nullScore[1]).length;
  }

  eigenvalue(head: number, place: number): [number, number] {
    const at = 2 * (head * this.rank + place);
    return [this.arrays.eigenvalues.data[at], this.arrays.eigenvalues.data[at + 1]];
  }

  singular(head: number, place: number): number {
    return this.arrays.singular.data[head * this.rank + place];
  }

  /** |λ| or the singular value. */
  size(head: number, { values, place }: Direction): number {
    return values === "eigenvalues" ? Math.hypot(...this.eigenvalue(head, place)) : this.singular(head, place);
  }

  /** Where 90 % of random circuits have the size at this place, at the head's own root mean square of singular values. */
  band(head: number, { values, place }: Direction): [number, number] {
    const { null_radius, null_singular } = this.arrays;
    const { data } = values === "eigenvalues" ? null_radius : null_singular;
    const scale = this.scale(head);
    return [scale * data[place], scale * data[this.rank + place]];
  }

  private scale(head: number): number {
    let sum = 0;
    for (let place = 0; place < this.rank; place++) sum += this.singular(head, place) ** 2;
    return Math.sqrt(sum / this.rank);
  }

  /** The largest size of any head and of its band. */
  largest(values: Values, head?: number): number {
    const heads = head === undefined ? Array.from({ length: this.count }, (_, index) => index) : [head];
    const first = { values, place: 0 };
    return Math.max(...heads.map((each) => Math.max(this.size(each, first), this.band(each, first)[1]))) || 1;
  }

  /** How many directions were read as tokens. */
  read(values: Values): number {
    return this.tokens(values).shape[1];
  }

  /** A direction's tokens at one end, largest part first; sign 0 promoted, 1 suppressed. None where it was not read. */
  parts(head: number, { values, place }: Direction, end: number, sign: number): Part[] {
    const { shape, data } = this.tokens(values);
    const [, read, , , places] = shape;
    if (place >= read) return [];
    const weights = values === "eigenvalues" ? this.arrays.eigen_weight : this.arrays.singular_weight;
    const start = (((head * read + place) * 2 + end) * 2 + sign) * places;
    return Array.from({ length: places }, (_, index) => ({
      token: data[start + index],
      weight: weights.data[start + index],
    }));
  }

  private tokens(values: Values): NumericArray {
    return values === "eigenvalues" ? this.arrays.eigen_token : this.arrays.singular_token;
  }
}

/** The radii that a log axis shows: down from the largest by as many powers of ten as all but the smallest tenth need, 2 to 5. */
export function decades(sizes: readonly number[], largest: number): number {
  const sorted = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length / 10)] ?? largest;
  return Math.min(5, Math.max(2, Math.ceil(Math.log10(largest / low))));
}

/** The powers of ten from one number up to another. */
export function powers(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const count = Math.floor(Math.log10(high) + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => 10 ** (first + index));
}

/** The head that a key leads to: along the scores within a layer, to the nearest score in the next one. */
export function stepHead(spectra: Spectra, from: number, key: string): number | null | undefined {
  const along: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const across: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const all = Array.from({ length: spectra.count }, (_, index) => index);
  const layers = [...new Set(all.map((head) => spectra.layer(head)))].sort((a, b) => a - b);
  const inLayer = (layer: number | undefined) =>
    all.filter((head) => spectra.layer(head) === layer).sort((a, b) => spectra.score(a) - spectra.score(b));
  const own = spectra.layer(from);
  if (key in along) {
    const row = inLayer(own);
    return row[row.indexOf(from) + along[key]] ?? null;
  }
  if (!(key in across)) return undefined;
  const distance = (head: number) => Math.abs(spectra.score(head) - spectra.score(from));
  const row = inLayer(layers[layers.indexOf(own) + across[key]]);
  return row.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** A lane for each place, 0 in the middle and whole or half steps beside it, so that places nearer than `apart` share none while there are enough. */
export function dodged(places: readonly number[], apart: number, lanes: number): number[] {
  const offsets = Array.from({ length: lanes }, (_, lane) => lane - (lanes - 1) / 2).sort(
    (a, b) => Math.abs(a) - Math.abs(b) || a - b,
  );
  const ends = offsets.map(() => Number.NEGATIVE_INFINITY);
  const found = places.map(() => 0);
  const order = places.map((_, index) => index).sort((a, b) => places[a] - places[b]);
  for (const index of order) {
    const free = ends.findIndex((end) => places[index] - end >= apart);
    const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[lane] = places[index];
    found[index] = offsets[lane];
  }
  return found;
}

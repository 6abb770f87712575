// One toy's features: lengths, dimensionalities and what they write along each other, as functions of numbers.

/** Rows of W, one a feature. */
export class Geometry {
  readonly lengths: number[];
  /** D_i = |W_i|² / Σ_j (Ŵ_i·W_j)². */
  readonly dimensionality: number[];

  constructor(
    private readonly columns: ArrayLike<number>,
    readonly bias: ArrayLike<number> | null,
    readonly features: number,
    readonly dims: number,
  ) {
    const all = Array.from({ length: features }, (_, index) => index);
    this.lengths = all.map((feature) => Math.sqrt(this.dot(feature, feature)));
    this.dimensionality = all.map((feature) => {
      const seen = all.reduce((sum, other) => sum + this.dot(feature, other) ** 2, 0);
      return seen > 0 ? this.dot(feature, feature) ** 2 / seen : 0;
    });
  }

  weight(feature: number, dim: number): number {
    return this.columns[feature * this.dims + dim];
  }

  /** W_i · W_j. */
  dot(feature: number, other: number): number {
    let sum = 0;
    for (let dim = 0; dim < this.dims; dim++) sum += this.weight(feature, dim) * this.weight(other, dim);
    return sum;
  }

  /** What another feature writes along one's direction, Ŵ_i·W_j; 0 along none. */
  along(feature: number, other: number): number {
    return this.lengths[feature] > 0 ? this.dot(feature, other) / this.lengths[feature] : 0;
  }

  /** In the plane; with one dim, on its axis. */
  tip(feature: number): [number, number] {
    return [this.weight(feature, 0), this.dims > 1 ? this.weight(feature, 1) : 0];
  }

  /** m / |W|², the dimensions for each feature that is represented. */
  get dimsEach(): number {
    const whole = this.lengths.reduce((sum, length) => sum + length ** 2, 0);
    return whole > 0 ? this.dims / whole : 0;
  }

  /** Those longer than a half. */
  get represented(): number {
    return this.lengths.filter((length) => length > 0.5).length;
  }

  /** The others that write most along a feature, in either direction. */
  loudest(feature: number, count: number, least = 0.05): number[] {
    return this.lengths
      .map((_, other) => other)
      .filter((other) => other !== feature && Math.abs(this.along(feature, other)) >= least)
      .sort((a, b) => Math.abs(this.along(feature, b)) - Math.abs(this.along(feature, a)))
      .slice(0, count);
  }
}

/** What the paper names, by the dimensions that one feature of it has. */
export const SHAPES = [
  { at: 1, fraction: "1", name: "its own dimension" },
  { at: 3 / 4, fraction: "3/4", name: "tetrahedron" },
  { at: 2 / 3, fraction: "2/3", name: "triangle" },
  { at: 1 / 2, fraction: "1/2", name: "antipodal pair" },
  { at: 2 / 5, fraction: "2/5", name: "pentagon" },
  { at: 3 / 8, fraction: "3/8", name: "square antiprism" },
];
const NEAR = 0.012;

export function shapeAt(dimensionality: number): (typeof SHAPES)[number] | undefined {
  return SHAPES.find(({ at }) => Math.abs(at - dimensionality) <= NEAR);
}

/** Half the width of a plane, or the end of a colour scale: steps, so that it stands still while a toy is trained. */
export function reach(largest: number): number {
  const steps = [1.25, 1.6, 2, 2.5, 3, 4, 5, 7.5, 10];
  return steps.find((step) => step >= largest) ?? 10 ** Math.ceil(Math.log10(largest));
}

/** Heights of labels that want to stand at these, from the top on: at least `gap` apart and between two ends. */
export function spread(wanted: number[], gap: number, [top, bottom]: [number, number]): number[] {
  const places = [...wanted];
  for (let index = 0; index < places.length; index++) {
    places[index] = Math.max(places[index], index ? places[index - 1] + gap : top);
  }
  for (let index = places.length - 1; index >= 0; index--) {
    const most = index === places.length - 1 ? bottom : places[index + 1] - gap;
    places[index] = Math.min(places[index], most);
  }
  return places;
}

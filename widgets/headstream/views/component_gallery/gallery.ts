// Components as numbers: the parts, their sum with some switched off, and what the model makes of it.
import type { NumericArray } from "../shared/wire/arrays";

/** A component of a matrix. */
export interface Place {
  matrix: number;
  component: number;
}

export interface Data {
  method: string;
  matrices: readonly string[];
  axes: readonly (readonly string[])[];
  weights: NumericArray;
  reads: NumericArray;
  writes: NumericArray;
  bias: NumericArray;
  inputs: NumericArray;
  importance: NumericArray;
  negligible: number;
}

export interface Matrix {
  name: string;
  rows: number;
  columns: number;
  weights: Float64Array;
  norm: number;
  /** The components, each [row, column], and their norms. */
  parts: Float64Array[];
  sizes: number[];
  /** Components, the largest first. */
  order: number[];
}

export class Gallery {
  readonly matrices: Matrix[] = [];
  readonly components: number;
  readonly rank: number;
  readonly inputs: number;
  /** Whether a component is a part of every matrix, and is switched as a whole. */
  readonly spans: boolean;
  private readonly target: Float64Array;

  constructor(readonly data: Data) {
    const [, components, inputs] = data.importance.shape;
    this.components = components;
    this.inputs = inputs;
    this.spans = data.method === "APD";
    const read = data.axes.slice(0, -1).reduce((sum, labels) => sum + labels.length, 0);
    this.rank = data.reads.data.length / (components * read);
    let [at, from, to] = [0, 0, 0];
    data.matrices.forEach((name, index) => {
      const [rows, columns] = [data.axes[index].length, data.axes[index + 1].length];
      const weights = Float64Array.from(data.weights.data.slice(at, at + rows * columns));
      const reads = data.reads.data.slice(from, from + components * this.rank * rows);
      const writes = data.writes.data.slice(to, to + components * this.rank * columns);
      [at, from, to] = [at + weights.length, from + reads.length, to + writes.length];
      const parts = Array.from({ length: components }, (_, c) =>
        product(reads, writes, c * this.rank, this.rank, rows, columns),
      );
      const sizes = parts.map(length);
      const order = sizes.map((_, c) => c).sort((a, b) => sizes[b] - sizes[a] || a - b);
      this.matrices.push({ name, rows, columns, weights, norm: length(weights), parts, sizes, order });
    });
    this.target = this.through(this.matrices.map(({ weights }) => weights));
  }

  /** The components of a matrix that are shown: all, or those that are not negligible. */
  shown(matrix: number, all: boolean): number[] {
    const { order, sizes, norm } = this.matrices[matrix];
    return all ? order : order.filter((c) => sizes[c] >= this.data.negligible * norm);
  }

  /** What a component reads (V, of length 1) and writes (U), of its place in the rank. */
  read({ matrix, component }: Place, place: number): number[] {
    const vector = this.vector(this.data.reads, 0, matrix, component, place);
    const size = length(vector) || 1;
    return vector.map((value) => value / size);
  }

  write({ matrix, component }: Place, place: number): number[] {
    const size = length(this.vector(this.data.reads, 0, matrix, component, place));
    return this.vector(this.data.writes, 1, matrix, component, place).map((value) => value * size);
  }

  importance({ matrix, component }: Place, input: number): number {
    return this.data.importance.data[(matrix * this.components + component) * this.inputs + input];
  }

  /** The input that a component matters most for, and how much. */
  most(place: Place): { input: number; value: number } {
    const values = Array.from({ length: this.inputs }, (_, input) => this.importance(place, input));
    const input = values.indexOf(Math.max(...values));
    return { input, value: values[input] };
  }

  /** Whether a matrix' own vectors, one a feature, are its columns: of all but the last they are its rows. */
  inColumns(matrix: number): boolean {
    return matrix > 0 && matrix === this.matrices.length - 1;
  }

  /** The cosine of each of a component's vectors with the target's, and their lengths as a share of the target's. */
  likeness({ matrix, component }: Place): { cosine: number; length: number }[] {
    const { weights, parts } = this.matrices[matrix];
    return this.vectors(matrix, parts[component]).map((part, index) => {
      const whole = this.vectors(matrix, weights)[index];
      const [a, b] = [length(part), length(whole)];
      return { cosine: dot(part, whole) / (a * b || 1), length: a / (b || 1) };
    });
  }

  isOff(off: ReadonlySet<string>, place: Place): boolean {
    return this.same(place).some((one) => off.has(key(one)));
  }

  /** The pairs that are switched together with one. */
  same(place: Place): Place[] {
    if (!this.spans) return [place];
    return this.matrices.map((_, matrix) => ({ matrix, component: place.component }));
  }

  /** The sum of the components of a matrix that are on. */
  sum(matrix: number, off: ReadonlySet<string>): Float64Array {
    const { parts, weights } = this.matrices[matrix];
    const total = new Float64Array(weights.length);
    parts.forEach((part, component) => {
      if (this.isOff(off, { matrix, component })) return;
      for (let i = 0; i < total.length; i++) total[i] += part[i];
    });
    return total;
  }

  /** How far that sum is from the weights, as a share of their norm. */
  distance(matrix: number, off: ReadonlySet<string>): number {
    const { weights, norm } = this.matrices[matrix];
    const sum = this.sum(matrix, off);
    return length(weights.map((value, i) => value - sum[i])) / (norm || 1);
  }

  /** What the model gives back of each input, [input, output]: the target, or with some components off. */
  output(off?: ReadonlySet<string>): Float64Array {
    return off ? this.through(this.matrices.map((_, matrix) => this.sum(matrix, off))) : this.target;
  }

  /** The mean squared error of that, over all inputs or for one. */
  error(off: ReadonlySet<string>, input: number | null): number {
    const [given, want] = [this.output(off), this.target];
    const width = given.length / this.inputs;
    const [from, to] = input === null ? [0, given.length] : [input * width, (input + 1) * width];
    let total = 0;
    for (let i = from; i < to; i++) total += (given[i] - want[i]) ** 2;
    return total / (to - from || 1);
  }

  /** All components that do not matter for an input, or for none: their importance is below a half. */
  unimportant(input: number | null): Place[] {
    const found: Place[] = [];
    this.matrices.forEach((_, matrix) => {
      for (let component = 0; component < this.components; component++) {
        const place = { matrix, component };
        const value = input === null ? this.most(place).value : this.importance(place, input);
        if (value < 0.5) found.push(place);
      }
    });
    return found;
  }

  private vectors(matrix: number, values: ArrayLike<number>): number[][] {
    const { rows, columns } = this.matrices[matrix];
    const at = (row: number, column: number) => values[row * columns + column];
    return this.inColumns(matrix)
      ? range(columns).map((column) => range(rows).map((row) => at(row, column)))
      : range(rows).map((row) => range(columns).map((column) => at(row, column)));
  }

  private vector(from: NumericArray, side: 0 | 1, matrix: number, component: number, place: number): number[] {
    const { axes } = this.data;
    const before = range(matrix).reduce((sum, index) => sum + axes[index + side].length, 0);
    const width = axes[matrix + side].length;
    const start = this.components * this.rank * before + (component * this.rank + place) * width;
    return Array.from(from.data.slice(start, start + width));
  }

  /** ReLU(x M₁ M₂ … + b) for every input. */
  private through(matrices: readonly ArrayLike<number>[]): Float64Array {
    let values: Float64Array = Float64Array.from(this.data.inputs.data);
    matrices.forEach((matrix, index) => {
      const { rows, columns } = this.matrices[index];
      values = times(values, matrix, this.inputs, rows, columns);
    });
    const { data: bias } = this.data.bias;
    return values.map((value, i) => Math.max(0, value + bias[i % bias.length]));
  }
}

export const key = ({ matrix, component }: Place) => `${matrix}-${component}`;
export const range = (count: number) => Array.from({ length: count }, (_, index) => index);
export const length = (values: ArrayLike<number>) => Math.sqrt(dot(values, values));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Vᵀ U, summed over the rank. */
function product(
  reads: ArrayLike<number>,
  writes: ArrayLike<number>,
  from: number,
  rank: number,
  rows: number,
  columns: number,
): Float64Array {
  const found = new Float64Array(rows * columns);
  for (let r = from; r < from + rank; r++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) found[i * columns + j] += reads[r * rows + i] * writes[r * columns + j];
    }
  }
  return found;
}

function times(x: Float64Array, matrix: ArrayLike<number>, count: number, rows: number, columns: number): Float64Array {
  const found = new Float64Array(count * columns);
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) found[n * columns + j] += x[n * rows + i] * matrix[i * columns + j];
    }
  }
  return found;
}

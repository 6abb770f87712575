// The inner loops of the forward pass: four floats at a time in WebAssembly, or plain typed arrays where it has no SIMD.

/** A matrix [k, n] with what is added to its products [n]; n is a multiple of 8. Packed for reading eight columns at once: [n / 8, k, 8]. */
export interface Matrix {
  k: number;
  n: number;
  data: Float32Array;
  bias: Float32Array;
}

/** Of some numbers x: the largest, and the sums of e^(x - largest) and of e^(x - largest) (x - largest). */
export interface Spread {
  largest: number;
  sum: number;
  weighted: number;
}

/** All arrays come from `floats`; those of numbers that are read one after the other have a multiple of 4 of them. */
export interface Kernel {
  readonly simd: boolean;
  floats(count: number): Float32Array;
  /** A [rows, k] · B + bias -> C [rows, n]; `bias` in place of the matrix' own. */
  multiply(a: Float32Array, rows: number, b: Matrix, c: Float32Array, bias?: Float32Array): void;
  /** x · factor + bias -> to. */
  scaled(x: Float32Array, factor: number, bias: Float32Array, to: Float32Array): void;
  spread(x: Float32Array): Spread;
  /** e^(x - shift) -> to, of numbers up to `shift`. */
  exps(x: Float32Array, shift: number, to: Float32Array): void;
  dot(x: Float32Array, y: Float32Array): number;
  /** How many of x are above each of some numbers. */
  above(x: Float32Array, bounds: readonly number[]): number[];
}

interface Exports {
  multiply(a: number, rows: number, k: number, b: number, bias: number, n: number, c: number): void;
  scaled(x: number, factor: number, bias: number, n: number, to: number): void;
  spread(x: number, n: number, to: number): void;
  exps(x: number, shift: number, n: number, to: number): void;
  dot(x: number, y: number, n: number): number;
  above(x: number, n: number, four: number): void;
}

const PAGE = 65536;
const ALIGNED = 16;

/**
 * The kernel of kernel.wasm.ts, given its bytes; null where the browser does not know SIMD. `room`: floats, at least as many as all
 * arrays together have that will be asked for, since arrays in a memory that grows are lost.
 */
export function simdKernel(bytes: Uint8Array<ArrayBuffer>, room: number): Kernel | null {
  if (!WebAssembly.validate(bytes)) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((4 * room) / PAGE) + 1 });
  const module = new WebAssembly.Module(bytes);
  const loops = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  let next = ALIGNED;
  const floats = (count: number) => {
    const array = new Float32Array(memory.buffer, next, count);
    next += Math.ceil((4 * count) / ALIGNED) * ALIGNED; // where four of them can be read at once
    return array;
  };
  const four = floats(4);
  const counts = new Int32Array(memory.buffer, four.byteOffset, 4);
  return {
    simd: true,
    floats,
    multiply: (a, rows, b, c, bias = b.bias) =>
      loops.multiply(a.byteOffset, rows, b.k, b.data.byteOffset, bias.byteOffset, b.n, c.byteOffset),
    scaled: (x, factor, bias, to) => loops.scaled(x.byteOffset, factor, bias.byteOffset, x.length, to.byteOffset),
    spread(x) {
      loops.spread(x.byteOffset, x.length, four.byteOffset);
      return { largest: four[0], sum: four[1], weighted: four[2] };
    },
    exps: (x, shift, to) => loops.exps(x.byteOffset, shift, x.length, to.byteOffset),
    dot: (x, y) => loops.dot(x.byteOffset, y.byteOffset, x.length),
    above(x, bounds) {
      const found: number[] = [];
      for (let i = 0; i < bounds.length; i += 4) {
        four.set(bounds.slice(i, i + 4));
        loops.above(x.byteOffset, x.length, four.byteOffset);
        found.push(...counts);
      }
      return found.slice(0, bounds.length);
    },
  };
}

export function plainKernel(): Kernel {
  return {
    simd: false,
    floats: (count) => new Float32Array(count),
    multiply(a, rows, b, c, bias = b.bias) {
      for (let panel = 0; panel < b.n; panel += 8) {
        for (let row = 0; row < rows; row++) panelOf(a, row, b, c, bias, panel);
      }
    },
    scaled(x, factor, bias, to) {
      for (let i = 0; i < x.length; i++) to[i] = x[i] * factor + bias[i];
    },
    spread(x) {
      let largest = x[0];
      for (let i = 1; i < x.length; i++) if (x[i] > largest) largest = x[i];
      let sum = 0;
      let weighted = 0;
      for (let i = 0; i < x.length; i++) {
        const t = x[i] - largest;
        const e = Math.exp(t);
        sum += e;
        weighted += e * t;
      }
      return { largest, sum, weighted };
    },
    exps(x, shift, to) {
      for (let i = 0; i < x.length; i++) to[i] = Math.exp(x[i] - shift);
    },
    dot(x, y) {
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
      return sum;
    },
    above: (x, bounds) =>
      bounds.map((bound) => {
        let count = 0;
        for (let i = 0; i < x.length; i++) if (x[i] > bound) count++;
        return count;
      }),
  };
}

/** Eight columns of one row of the product. */
function panelOf(
  a: Float32Array,
  row: number,
  { k, n, data }: Matrix,
  c: Float32Array,
  bias: Float32Array,
  panel: number,
) {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  let p = panel * k;
  for (let i = row * k; i < (row + 1) * k; i++) {
    const x = a[i];
    s0 += x * data[p];
    s1 += x * data[p + 1];
    s2 += x * data[p + 2];
    s3 += x * data[p + 3];
    s4 += x * data[p + 4];
    s5 += x * data[p + 5];
    s6 += x * data[p + 6];
    s7 += x * data[p + 7];
    p += 8;
  }
  const to = row * n + panel;
  c[to] = s0 + bias[panel];
  c[to + 1] = s1 + bias[panel + 1];
  c[to + 2] = s2 + bias[panel + 2];
  c[to + 3] = s3 + bias[panel + 3];
  c[to + 4] = s4 + bias[panel + 4];
  c[to + 5] = s5 + bias[panel + 5];
  c[to + 6] = s6 + bias[panel + 6];
  c[to + 7] = s7 + bias[panel + 7];
}

/** Packs weights as torch's Linear holds them, [n, k], with their bias. */
export function pack(kernel: Pick<Kernel, "floats">, weight: Float32Array, bias: Float32Array): Matrix {
  const n = bias.length;
  const k = weight.length / n;
  const matrix = { k, n, data: kernel.floats(n * k), bias: kernel.floats(n) };
  matrix.bias.set(bias);
  for (let column = 0; column < n; column++) {
    const panel = (column & ~7) * k + (column & 7);
    for (let i = 0; i < k; i++) matrix.data[panel + 8 * i] = weight[column * k + i];
  }
  return matrix;
}

/** B u [k], for a vector u [n]. */
export function timesColumn({ k, n, data }: Matrix, u: ArrayLike<number>): Float64Array {
  const product = new Float64Array(k);
  for (let panel = 0; panel < n; panel += 8) {
    for (let i = 0; i < k; i++) {
      const from = panel * k + 8 * i;
      for (let lane = 0; lane < 8; lane++) product[i] += data[from + lane] * u[panel + lane];
    }
  }
  return product;
}

/** One column [k]. */
export function columnOf({ k, data }: Matrix, column: number): Float64Array {
  const from = (column & ~7) * k + (column & 7);
  return Float64Array.from({ length: k }, (_, i) => data[from + 8 * i]);
}

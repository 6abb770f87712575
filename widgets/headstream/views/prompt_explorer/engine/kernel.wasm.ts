// AssemblyScript, not TypeScript: the inner loops with four floats at a time. build.mjs compiles it, and its bytes stand in the bundle.
// Every pointer is a byte's place in the memory that is shared with the page; kernel.ts says what each function does.

const FLOATS: usize = 4;
const LANES: usize = 16;

/** A [rows, k] · B + bias -> C [rows, n]; B is packed in panels of eight columns, [n / 8, k, 8]. */
export function multiply(a: usize, rows: i32, k: i32, b: usize, bias: usize, n: i32, c: usize): void {
  const depth = <usize>k * FLOATS;
  const width = <usize>n * FLOATS;
  for (let column: usize = 0; column < width; column += 2 * LANES) {
    const left = v128.load(bias + column);
    const right = v128.load(bias + column, LANES);
    let from = a;
    let to = c + column;
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      let l0 = left;
      let r0 = right;
      let l1 = left;
      let r1 = right;
      let l2 = left;
      let r2 = right;
      let l3 = left;
      let r3 = right;
      let p = b;
      for (let end = from + depth; from < end; from += FLOATS) {
        const l = v128.load(p);
        const r = v128.load(p, LANES);
        p += 2 * LANES;
        let x = v128.load32_splat(from);
        l0 = f32x4.add(l0, f32x4.mul(x, l));
        r0 = f32x4.add(r0, f32x4.mul(x, r));
        x = v128.load32_splat(from + depth);
        l1 = f32x4.add(l1, f32x4.mul(x, l));
        r1 = f32x4.add(r1, f32x4.mul(x, r));
        x = v128.load32_splat(from + 2 * depth);
        l2 = f32x4.add(l2, f32x4.mul(x, l));
        r2 = f32x4.add(r2, f32x4.mul(x, r));
        x = v128.load32_splat(from + 3 * depth);
        l3 = f32x4.add(l3, f32x4.mul(x, l));
        r3 = f32x4.add(r3, f32x4.mul(x, r));
      }
      from += 3 * depth;
      store(to, l0, r0);
      store(to + width, l1, r1);
      store(to + 2 * width, l2, r2);
      store(to + 3 * width, l3, r3);
      to += 4 * width;
    }
    for (; row < rows; row++) {
      let l = left;
      let r = right;
      let p = b;
      for (let end = from + depth; from < end; from += FLOATS) {
        const x = v128.load32_splat(from);
        l = f32x4.add(l, f32x4.mul(x, v128.load(p)));
        r = f32x4.add(r, f32x4.mul(x, v128.load(p, LANES)));
        p += 2 * LANES;
      }
      store(to, l, r);
      to += width;
    }
    b += 8 * depth;
  }
}

// @ts-ignore: decorator
@inline
function store(to: usize, left: v128, right: v128): void {
  v128.store(to, left);
  v128.store(to, right, LANES);
}

/** x · factor + bias -> to. */
export function scaled(x: usize, factor: f32, bias: usize, n: i32, to: usize): void {
  const by = f32x4.splat(factor);
  for (let i: usize = 0; i < <usize>n * FLOATS; i += LANES) {
    v128.store(to + i, f32x4.add(f32x4.mul(v128.load(x + i), by), v128.load(bias + i)));
  }
}

/** Of numbers x: the largest, the sum of e^(x - largest), and of e^(x - largest) (x - largest) -> three floats. */
export function spread(x: usize, n: i32, to: usize): void {
  const end = x + <usize>n * FLOATS;
  let most = v128.load(x);
  for (let p = x; p < end; p += LANES) most = f32x4.pmax(most, v128.load(p));
  const a = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  const largest = max(a, max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
  const shift = f32x4.splat(largest);
  let sum = f32x4.splat(0);
  let weighted = f32x4.splat(0);
  for (let p = x; p < end; p += LANES) {
    const t = f32x4.sub(v128.load(p), shift);
    const e = exp(t);
    sum = f32x4.add(sum, e);
    weighted = f32x4.add(weighted, f32x4.mul(e, t));
  }
  f32.store(to, largest);
  f32.store(to + 4, across(sum));
  f32.store(to + 8, across(weighted));
}

/** e^(x - shift) -> to. */
export function exps(x: usize, shift: f32, n: i32, to: usize): void {
  const less = f32x4.splat(shift);
  for (let i: usize = 0; i < <usize>n * FLOATS; i += LANES) {
    v128.store(to + i, exp(f32x4.sub(v128.load(x + i), less)));
  }
}

export function dot(x: usize, y: usize, n: i32): f32 {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>n * FLOATS; i += LANES) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x + i), v128.load(y + i)));
  }
  return across(sum);
}

/** How many of x are above each of four numbers -> four whole numbers, in place of these. */
export function above(x: usize, n: i32, four: usize): void {
  const a = v128.load32_splat(four);
  const b = v128.load32_splat(four, 4);
  const c = v128.load32_splat(four, 8);
  const d = v128.load32_splat(four, 12);
  let p = i32x4.splat(0);
  let q = p;
  let r = p;
  let s = p;
  // A comparison that holds is a lane of ones, which is -1.
  for (let end = x + <usize>n * FLOATS; x < end; x += LANES) {
    const here = v128.load(x);
    p = i32x4.sub(p, f32x4.gt(here, a));
    q = i32x4.sub(q, f32x4.gt(here, b));
    r = i32x4.sub(r, f32x4.gt(here, c));
    s = i32x4.sub(s, f32x4.gt(here, d));
  }
  i32.store(four, count(p));
  i32.store(four, count(q), 4);
  i32.store(four, count(r), 8);
  i32.store(four, count(s), 12);
}

// @ts-ignore: decorator
@inline
function count(lanes: v128): i32 {
  const a = i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1);
  return a + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}

// @ts-ignore: decorator
@inline
function across(x: v128): f32 {
  const a = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
  return a + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3);
}

/** Of numbers up to 0: 2^whole · e^rest, the second by its series (Cephes' coefficients), to 2e-7 of each. */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const t = f32x4.pmax(x, f32x4.splat(-87));
  // 1.5 · 2^23 leaves no place for a fraction: the sum is a whole number, which its last bits are.
  const rounded = f32x4.add(f32x4.mul(t, f32x4.splat(1.44269504088896341)), f32x4.splat(12582912));
  const whole = f32x4.sub(rounded, f32x4.splat(12582912));
  let rest = f32x4.sub(t, f32x4.mul(whole, f32x4.splat(0.693359375)));
  rest = f32x4.add(rest, f32x4.mul(whole, f32x4.splat(2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(y, rest), rest), rest), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

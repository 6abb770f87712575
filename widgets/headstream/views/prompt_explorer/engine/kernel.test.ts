import { describe, expect, it } from "vitest";
import { columnOf, pack, plainKernel, simdKernel, timesColumn } from "./kernel";
import { best } from "./lens";

// The one with SIMD is held to the same numbers in a browser: tests/browser/test_prompt_numbers.py.
const kernel = plainKernel();

/** Numbers without a pattern, the same every time. */
function some(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => 4 * Math.sin(12.9898 * (i + 1) * (seed + 1.7)));
}

function copied(numbers: Float32Array): Float32Array {
  const copy = kernel.floats(numbers.length);
  copy.set(numbers);
  return copy;
}

describe("the kernel of plain arrays", () => {
  const x = copied(some(64, 1));

  it.each([1, 3, 4, 7])("multiplies %i rows", (rows) => {
    const [k, n] = [5, 16];
    const [weight, bias, a] = [some(n * k, 2), some(n, 3), some(rows * k, 4)];
    const matrix = pack(kernel, weight, bias);
    const c = kernel.floats(rows * n);
    kernel.multiply(copied(a), rows, matrix, c);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < n; column++) {
        let sum = bias[column];
        for (let i = 0; i < k; i++) sum += a[row * k + i] * weight[column * k + i];
        expect(c[row * n + column]).toBeCloseTo(sum, 4);
      }
    }
    const u = some(n, 5);
    const product = Array.from({ length: k }, (_, i) => u.reduce((sum, one, o) => sum + weight[o * k + i] * one, 0));
    timesColumn(matrix, u).forEach((number, i) => {
      expect(number).toBeCloseTo(product[i], 4);
    });
    expect([...columnOf(matrix, 11)]).toEqual([...weight.slice(11 * k, 12 * k)]);
  });

  it("sums exponentials", () => {
    const { largest, sum, weighted } = kernel.spread(x);
    expect(largest).toBe(Math.max(...x));
    expect(sum).toBeCloseTo(
      x.reduce((total, one) => total + Math.exp(one - largest), 0),
      4,
    );
    expect(weighted).toBeCloseTo(
      x.reduce((total, one) => total + Math.exp(one - largest) * (one - largest), 0),
      4,
    );
    const to = kernel.floats(64);
    kernel.exps(x, largest, to);
    to.forEach((e, i) => {
      expect(e / Math.exp(x[i] - largest)).toBeCloseTo(1, 5);
    });
  });

  it("has exponentials of what is far below", () => {
    const far = copied(Float32Array.from([0, -20, -80, -1000]));
    const to = kernel.floats(4);
    kernel.exps(far, 0, to);
    expect(to[0]).toBe(1);
    expect(to[1] / Math.exp(-20)).toBeCloseTo(1, 5);
    expect(to[2] / Math.exp(-80)).toBeCloseTo(1, 4);
    expect(to[3]).toBeLessThan(1e-37);
  });

  it("scales, multiplies and counts", () => {
    const y = copied(some(64, 6));
    const to = kernel.floats(64);
    kernel.scaled(x, 0.5, y, to);
    to.forEach((one, i) => {
      expect(one).toBeCloseTo(0.5 * x[i] + y[i], 5);
    });
    expect(kernel.dot(x, y)).toBeCloseTo(
      x.reduce((sum, one, i) => sum + one * y[i], 0),
      3,
    );
    const bounds = [x[7], x[1], 0, -9, 9];
    expect(kernel.above(x, bounds)).toEqual(bounds.map((bound) => x.filter((one) => one > bound).length));
  });
});

describe("where there is no SIMD", () => {
  it("there is no such kernel", () => {
    expect(simdKernel(new Uint8Array([0, 97, 115, 109, 9]), 10)).toBeNull();
  });
});

describe("the largest numbers", () => {
  it("are found in order, the first of equal ones first", () => {
    expect(best(Float32Array.from([1, 5, 3, 5, -2, 4]), 3)).toEqual([1, 3, 5]);
    expect(best(Float32Array.from([1, 2]), 5)).toEqual([1, 0]);
  });
});

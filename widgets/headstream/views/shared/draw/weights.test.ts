import { describe, expect, it } from "vitest";
import { numbers } from "../testing/fake";
import { strongest, Weights } from "./weights";

// One layer, two heads, three positions, packed: head 0 looks at itself, head 1 at the first position.
const PACKED = Float32Array.of(1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0);
const weights = (norms: Float32Array | null = null, weighted = false) =>
  new Weights(numbers(PACKED, [1, 2, 6]), true, 3, norms && numbers(norms, [1, 2, 3]), weighted);

describe("Weights", () => {
  it("reads packed triangles, and nothing above the diagonal", () => {
    const w = weights();
    expect([w.layers, w.heads, w.length]).toEqual([1, 2, 3]);
    for (let q = 0; q < 3; q++) {
      for (let k = 0; k < 3; k++) {
        expect(w.at(0, 0, q, k)).toBe(q === k ? 1 : 0);
        expect(w.at(0, 1, q, k)).toBe(k === 0 ? 1 : 0);
      }
    }
  });

  it("reads full squares", () => {
    const w = new Weights(numbers(Float32Array.of(0.25, 0.75, 0.5, 0.5), [1, 1, 4]), false, 2, null, false);
    expect(w.at(0, 0, 0, 1)).toBe(0.75);
    expect([...w.raster(0, 0, { query: 0, key: 0, span: 2 }, 2)]).toEqual([0.25, 0.75, 0.5, 0.5]);
  });

  it("value-weighting multiplies by the norm over the head's largest", () => {
    const norms = Float32Array.of(1, 2, 4, 0, 0, 0);
    const w = weights(norms, true);
    expect([w.at(0, 0, 0, 0), w.at(0, 0, 1, 1), w.at(0, 0, 2, 2)]).toEqual([0.25, 0.5, 1]);
    expect(w.at(0, 1, 2, 0)).toBe(0);
    expect(weights(norms).at(0, 0, 0, 0)).toBe(1);
  });

  it("a raster keeps the largest weight of what falls together, and leaves clear what no query sees", () => {
    const length = 64;
    const p = new Float32Array((length * (length + 1)) / 2);
    for (let q = 1; q < length; q++) p[(q * (q + 1)) / 2 + q - 1] = 1;
    const w = new Weights(numbers(p, [1, 1, p.length]), true, length, null, false);
    const raster = w.raster(0, 0, { query: 0, key: 0, span: length }, 8);
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 8; column++) {
        const expected = column > row ? Number.NaN : column >= row - 1 ? 1 : 0;
        expect(raster[row * 8 + column]).toBe(expected);
      }
    }
  });

  it("a raster of a part begins where the part does", () => {
    const raster = weights().raster(0, 1, { query: 1, key: 0, span: 2 }, 2);
    expect([...raster]).toEqual([1, 0, 1, 0]);
    expect([...weights().raster(0, 0, { query: 0, key: 1, span: 2 }, 2)]).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      Number.NaN,
    ]);
  });
});

describe("strongest", () => {
  it("orders by weight, drops what would show as nothing", () => {
    const values = [0.1, 0.7, 0.001, 0.2];
    expect(strongest((i) => values[i], 4, 3)).toEqual([1, 3, 0]);
    expect(strongest((i) => values[i], 4, 1)).toEqual([1]);
  });
});

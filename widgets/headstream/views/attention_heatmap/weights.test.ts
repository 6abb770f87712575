import { describe, expect, it } from "vitest";
import { wire } from "../shared/testing/fake";
import { panned, strongest, Weights, zoomed } from "./weights";

// One layer, two heads, three positions, packed: head 0 looks at itself, head 1 at the first position.
const packed = Uint8Array.of(255, 0, 255, 0, 0, 255, 255, 255, 0, 255, 0, 0);
const weights = (norms: Float32Array | null = null, weighted = false) =>
  new Weights(wire(packed, [1, 2, 6]), true, 3, norms && wire(norms, [1, 2, 3]), weighted);

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

  it("a byte b stands for (b/255)²", () => {
    const w = new Weights(wire(Uint8Array.of(128), [1, 1, 1]), true, 1, null, false);
    expect(w.at(0, 0, 0, 0)).toBeCloseTo((128 / 255) ** 2, 6);
  });

  it("reads full squares of numbers as they are", () => {
    const w = new Weights(wire(Float32Array.of(0.25, 0.75, 0.5, 0.5), [1, 1, 2, 2]), false, 2, null, false);
    expect(w.at(0, 0, 0, 1)).toBe(0.75);
  });

  it("value-weighting multiplies by the norm over the head's largest", () => {
    const w = weights(Float32Array.of(1, 2, 4, 0, 0, 0), true);
    expect([w.at(0, 0, 0, 0), w.at(0, 0, 1, 1), w.at(0, 0, 2, 2)]).toEqual([0.25, 0.5, 1]);
    expect(w.at(0, 1, 2, 0)).toBe(0);
  });

  it("a raster keeps the largest weight of what falls together, and marks what no query sees", () => {
    const length = 64;
    const codes = new Uint8Array((length * (length + 1)) / 2);
    for (let q = 1; q < length; q++) codes[(q * (q + 1)) / 2 + q - 1] = 255;
    const w = new Weights(wire(codes, [1, 1, codes.length]), true, length, null, false);
    const raster = w.raster(0, 0, { query: 0, key: 0, span: length }, 8);
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 8; column++) {
        const value = raster[row * 8 + column];
        expect(value).toBe(column > row ? -1 : column === row ? 1 : column === row - 1 ? 1 : 0);
      }
    }
  });
});

describe("the window", () => {
  it("zooms about a cell and stays inside", () => {
    const all = { query: 0, key: 0, span: 100 };
    const close = zoomed(all, 0.5, { query: 99, key: 0 }, 100);
    expect(close).toEqual({ query: 50, key: 0, span: 50 });
    expect(zoomed(close, 100, { query: 60, key: 10 }, 100)).toEqual(all);
    expect(zoomed(all, 0.0001, { query: 50, key: 50 }, 100).span).toBe(8);
  });

  it("pans and stays inside", () => {
    const window = { query: 10, key: 10, span: 20 };
    expect(panned(window, 5, -50, 40)).toEqual({ query: 15, key: 0, span: 20 });
    expect(panned(window, 500, 0, 40).query).toBe(20);
  });
});

describe("strongest", () => {
  it("orders by weight, drops what would show as nothing", () => {
    const values = [0.1, 0.7, 0.001, 0.2];
    expect(strongest((i) => values[i], 4, 3)).toEqual([1, 3, 0]);
    expect(strongest((i) => values[i], 4, 1)).toEqual([1]);
  });
});

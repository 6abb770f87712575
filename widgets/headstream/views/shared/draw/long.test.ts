import { describe, expect, it } from "vitest";
import { numbers } from "../testing/fake";
import { around, LongWeights } from "./long";
import { Weights } from "./weights";

// One layer, two heads, six tokens in blocks of two; every weight is its own number.
const LENGTH = 6;
const coded = (values: number[], shape: number[]) => ({
  shape,
  data: Uint8Array.from(values, (_, index) => index),
  values: Float32Array.from(values),
});
const full = Float32Array.from({ length: 2 * 21 }, (_, index) => (index + 1) / 100);
const exact = new Weights(numbers(full, [1, 2, 21]), true, LENGTH, null, false);
const cells = [0, 1, 2, 3, 4, 5];

function pooledOf(head: number): number[] {
  const out: number[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column <= row; column++) {
      const inside = [0, 1].flatMap((q) => [0, 1].map((k) => exact.at(0, head, 2 * row + q, 2 * column + k)));
      out.push(Math.max(...inside));
    }
  }
  return out;
}

const long = (part: number[], norms: Float32Array | null = null) => {
  const [head, query, key, span] = part;
  const sent = cells.slice(query, query + span).flatMap((q) =>
    cells
      .slice(key, key + span)
      .filter((k) => k <= q)
      .map((k) => exact.at(0, head, q, k)),
  );
  return new LongWeights({
    pooled: coded([...pooledOf(0), ...pooledOf(1)], [1, 2, 6]),
    pool: 2,
    packed: true,
    length: LENGTH,
    part: { layer: 0, head, query, key, span },
    pattern: coded(sent, [1, 1, sent.length]),
    norms: norms && numbers(norms, [1, 2, LENGTH]),
  });
};

describe("LongWeights", () => {
  it.each([[[1, 0, 0, 6]], [[1, 2, 1, 3]], [[1, 1, 3, 2]]])("knows part %s and bounds the rest", (part) => {
    const weights = long(part);
    const [, query, key, span] = part;
    for (const head of [0, 1]) {
      for (const q of cells) {
        for (const k of cells) {
          const inside = head === 1 && q >= query && q < query + span && k >= key && k < key + span;
          const expected = exact.at(0, head, q, k);
          expect(weights.block(0, head, q, k)).toBe(inside ? 1 : 2);
          if (inside || k > q) expect(weights.at(0, head, q, k)).toBeCloseTo(expected, 6);
          else expect(weights.at(0, head, q, k)).toBeCloseTo(pooledOf(head)[indexOf(q >> 1, k >> 1)], 6);
        }
      }
    }
  });

  it("draws a window of the part weight by weight, another one in blocks", () => {
    const weights = long([1, 1, 1, 4]);
    const window = { query: 2, key: 2, span: 2 };
    expect([...weights.raster(0, 1, window, 2)]).toEqual([...exact.raster(0, 1, window, 2)]);
    const blocks = pooledOf(0);
    const own = Math.fround(blocks[2]);
    expect([...weights.raster(0, 0, window, 2)]).toEqual([own, Number.NaN, own, own]);
    const whole = weights.raster(0, 0, { query: 0, key: 0, span: 6 }, 3);
    const none = Number.NaN;
    const rows = [blocks[0], none, none, blocks[1], blocks[2], none, blocks[3], blocks[4], blocks[5]];
    expect([...whole]).toEqual(rows.map((one) => (Number.isNaN(one) ? none : Math.fround(one))));
  });

  it("weighs the part by the norms of its keys over the largest of the head", () => {
    const norms = Float32Array.of(9, 9, 9, 9, 9, 9, 4, 1, 2, 2, 2, 2);
    const weights = long([1, 2, 1, 3], norms);
    expect(weights.at(0, 1, 3, 1)).toBeCloseTo(exact.at(0, 1, 3, 1) / 4, 6);
    expect(weights.at(0, 1, 4, 3)).toBeCloseTo(exact.at(0, 1, 4, 3) / 2, 6);
    expect(weights.weighted).toBe(true);
  });
});

describe("what is asked for", () => {
  it("is as much around a window as is sent at once, inside the text", () => {
    expect(around({ query: 40, key: 10, span: 10 }, 100, 30)).toEqual({ query: 30, key: 0, span: 30 });
    expect(around({ query: 95, key: 0, span: 5 }, 100, 30)).toEqual({ query: 70, key: 0, span: 30 });
    expect(around({ query: 5, key: 5, span: 8 }, 20, 4096)).toEqual({ query: 0, key: 0, span: 20 });
    expect(around({ query: 0, key: 0, span: 100 }, 100, 30)).toBeNull();
  });
});

function indexOf(row: number, column: number): number {
  return (row * (row + 1)) / 2 + column;
}

import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { decimalsFor, halfStep, power, show, supported } from "../shared/text/numbers";
import { type Component, Contributions, extentOf, type Options } from "./bars";
import { Words } from "./words";

const head = (layer: number, index: number): Component => ({
  label: `${layer}.${index}`,
  kind: "head",
  layer,
  head: index,
});
const COMPONENTS: Component[] = [
  { label: "embedding", kind: "embed", layer: null, head: null },
  head(0, 0),
  head(0, 1),
  { label: "0.mlp", kind: "mlp", layer: 0, head: null },
  head(1, 0),
  head(1, 1),
];
const VALUES = [
  [1, 5],
  [0.25, -3],
  [0.5, 2],
  [0, 0.5],
  [-1, 0.125],
  [2, 4],
];
// [head, query 0 key 0 | query 1 key 0, key 1]
const SOURCES = [0.25, -2, -1, 0.5, 2, 0, -1, 0, 0.125, 2, 1, 3];
const PLAIN: Options = { grouped: false, order: "stream", cumulative: false, opened: [], showAll: false, head: null };

function contributions(additive = true, note = "", sources = true): Contributions {
  const total = numbers(Float32Array.of(2.75, 8.625), [2]);
  return new Contributions(
    numbers(Float32Array.from(VALUES.flat()), [6, 2]),
    total,
    sources ? numbers(Float32Array.from(SOURCES), [4, 3]) : null,
    COMPONENTS,
    additive,
    note,
  );
}

const ids = (options: Partial<Options>, position = 1, data = contributions()) =>
  data.rows({ ...PLAIN, ...options }, position).map(({ id }) => id);

describe("rows", () => {
  it("are the components in stream order, or by size at the position shown", () => {
    expect(ids({})).toEqual([0, 1, 2, 3, 4, 5].map((i) => `component-${i}`));
    expect(ids({ order: "size" })).toEqual([0, 5, 1, 2, 3, 4].map((i) => `component-${i}`));
    expect(ids({ order: "size" }, 0)).toEqual([5, 0, 4, 2, 1, 3].map((i) => `component-${i}`));
  });

  it("put a layer's heads in one row whose value is their sum, and open it", () => {
    const data = contributions();
    const rows = data.rows({ ...PLAIN, grouped: true }, 1);
    expect(rows.map(({ id, value }) => [id, value])).toEqual([
      ["component-0", 5],
      ["heads-0", -1],
      ["component-3", 0.5],
      ["heads-1", 4.125],
    ]);
    expect(ids({ grouped: true, opened: [1] })).toEqual([
      "component-0",
      "heads-0",
      "component-3",
      "heads-1",
      "component-4",
      "component-5",
    ]);
    // The marks of a closed layer are within the axis.
    expect(extentOf(rows)).toEqual([-3, 5]);
  });

  it("open the selected head to its sources, and the layer it is in", () => {
    const rows = contributions().rows({ ...PLAIN, grouped: true, head: { layer: 0, head: 0 } }, 1);
    expect(rows.map(({ id, depth, value }) => [id, depth, value])).toEqual([
      ["component-0", 0, 5],
      ["heads-0", 0, -1],
      ["component-1", 1, -3],
      ["source-0", 2, -2],
      ["source-1", 2, -1],
      ["component-2", 1, 2],
      ["component-3", 0, 0.5],
      ["heads-1", 0, 4.125],
    ]);
  });

  it("keep as many places at every position", () => {
    const options = { head: { layer: 1, head: 1 } };
    expect(ids(options, 0)).toHaveLength(ids(options, 1).length);
    expect(ids(options, 0)).toContain("empty-1");
  });

  it("end where the next begins when cumulative, inside an open head too", () => {
    const rows = contributions().rows({ ...PLAIN, cumulative: true, head: { layer: 0, head: 0 } }, 1);
    expect(rows.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["component-0", 0, 5],
      ["component-1", 5, 2],
      ["source-0", 5, 3],
      ["source-1", 3, 2],
      ["component-2", 2, 4],
      ["component-3", 4, 4.5],
      ["component-4", 4.5, 4.625],
      ["component-5", 4.625, 8.625],
      ["sum", 0, 8.625],
    ]);
  });

  it("say why there are no sources, where there is a reason", () => {
    const options = { head: { layer: 0, head: 1 } };
    expect(ids(options, 1, contributions(true, "too large", false))).toContain("note");
    const closed = contributions(true, "", false).rows({ ...PLAIN, ...options }, 1);
    expect(closed.every(({ expanded }) => expanded === null)).toBe(true);
  });

  it("do not add up lengths", () => {
    const rows = contributions(false).rows({ ...PLAIN, grouped: true, order: "size" }, 1);
    expect(rows.map(({ id, value, size }) => [id, value, size])).toEqual([
      ["component-0", 5, 5],
      ["heads-1", null, 4],
      ["heads-0", null, 3],
      ["component-3", 0.5, 0.5],
    ]);
  });

  it("fold the smaller of many, last, with their sum; never the selected head", () => {
    const many = Array.from({ length: 40 }, (_, i) => head(0, i));
    const values = Float32Array.from(many, (_, i) => 40 - i);
    const data = new Contributions(numbers(values, [40, 1]), null, null, many, true, "");
    const rows = data.rows({ ...PLAIN, order: "size" }, 0);
    expect(rows).toHaveLength(25);
    expect(rows[24]).toMatchObject({ id: "smaller", value: (16 * 17) / 2, expanded: false });
    expect(data.rows({ ...PLAIN, showAll: true }, 0)).toHaveLength(41);
    expect(ids({ head: { layer: 0, head: 39 } }, 0, data)).toContain("component-39");
  });

  it("know what a head brings from each token up to the position, where that was sent", () => {
    expect(contributions().sourcesOf({ layer: 1, head: 0 }, 1)).toEqual([0, 0.125]);
    expect(contributions().sourcesOf({ layer: 1, head: 0 }, 0)).toEqual([-1]);
    expect(contributions().sourcesOf({ layer: 7, head: 0 }, 1)).toEqual([]);
    expect(contributions().sourcesOf(null, 1)).toEqual([]);
    expect(contributions(true, "too large", false).sourcesOf({ layer: 1, head: 0 }, 1)).toEqual([]);
  });

  it("find a head or a source that is not among those drawn", () => {
    const data = contributions();
    expect(data.rowOf(1, 0, null, 1)).toMatchObject({ kind: "component", value: 0.125 });
    expect(data.rowOf(1, 0, 1, 1)).toMatchObject({ kind: "source", key: 1, value: 0.125 });
    expect(data.rowOf(1, 0, 1, 0)).toMatchObject({ kind: "component", value: -1 });
    expect(data.rowOf(7, 0, null, 0)).toBeNull();
  });
});

describe("numbers", () => {
  it("have three digits or four of the largest", () => {
    expect([0, 0.5, 3.2, 12, 99.9, 115, 4321].map(decimalsFor)).toEqual([2, 3, 2, 2, 2, 1, 0]);
    expect([1e-5, 2e6].map(decimalsFor)).toEqual([null, null]);
  });

  it("have no more digits than float16 holds", () => {
    for (const value of [0.013, 0.7, 3.2, 9.48, 15.9, 31, 900, 1000]) {
      const decimals = supported(6, halfStep(value)) as number;
      expect(halfStep(value) / 2).toBeLessThanOrEqual(0.5 * 10 ** -decimals);
    }
    expect(supported(2, halfStep(15.9))).toBe(2);
    expect(supported(2, halfStep(16.1))).toBe(1);
    expect(supported(2, 0)).toBe(2);
    expect(supported(null, 0.1)).toBeNull();
  });

  it("are readable when tiny", () => {
    expect(power(0.0000123)).toBe("1.2 × 10⁻⁵");
    expect(power(0)).toBe("0");
    expect(show(-3e-6, null, true)).toBe("−3.0 × 10⁻⁶");
    expect(show(1.5, 2, true)).toBe("+1.50");
    expect(show(1.5, 2, false)).toBe("1.50");
  });
});

describe("words", () => {
  const quantity = "logit of ' Mr' less the vocabulary's mean";
  const say = (id: string, options: Partial<Options> = {}, data = contributions()) => {
    const rows = data.rows({ ...PLAIN, ...options }, 1);
    const words = new Words(data, [" Mr", " Dursley"], quantity);
    return words.sentence(rows.find((row) => row.id === id)!, 1);
  };

  it("say who adds how much to what, and where", () => {
    const end = `to the ${quantity}, at ‘ Dursley’ (position 1).`;
    expect(say("component-5")).toBe(`Layer 1, head 1 adds +4.00 ${end}`);
    expect(say("component-3")).toBe(`The MLP of layer 0 adds +0.50 ${end}`);
    expect(say("component-0")).toBe(`The embedding adds +5.00 ${end}`);
    expect(say("heads-0", { grouped: true })).toBe(
      `The 2 heads of layer 0 together add −1.00 ${end} The largest is head 0, −3.00.`,
    );
    expect(say("source-0", { head: { layer: 0, head: 0 } })).toBe(
      `Layer 0, head 0 brings −2.00 from ‘ Mr’ (position 0) ${end}`,
    );
  });

  it("do not speak of adding where nothing adds up", () => {
    const data = contributions(false);
    expect(say("component-0", {}, data)).toBe(`The embedding: +5.00 (${quantity}), at ‘ Dursley’ (position 1).`);
    expect(say("heads-1", { grouped: true }, data)).toContain("the largest is head 1, +4.00");
  });

  it("begin with the whole and its largest parts", () => {
    const data = contributions();
    const words = new Words(data, [" Mr", " Dursley"], quantity);
    expect(words.overview(data.rows(PLAIN, 1), 1)).toBe(
      `The ${quantity} is 8.63 at ‘ Dursley’ (position 1). Largest: embedding +5.00, 1.1 +4.00, 0.0 −3.00.`,
    );
  });

  it("put the sum beside the exact value, and say whether they differ", () => {
    const data = contributions();
    const compared = new Words(data, [" Mr", " Dursley"], quantity).compared(1, "the model's\nown");
    expect(compared.map(({ name, number }) => `${name}: ${number}`)).toEqual([
      "sum of the bars: +8.6250",
      "the model's↵own: +8.6250",
      "difference: 0",
    ]);
    expect(data.differs(1)).toBe(false);
    const lengths = contributions(false);
    const words = new Words(lengths, [" Mr", " Dursley"], quantity);
    expect(words.compared(0, "‖r‖")).toEqual([{ id: "total", name: "‖r‖", number: "+2.7500" }]);
    expect(words.title).toBe("Logit of ' Mr' less the vocabulary's mean, by component");
  });

  it("tell a small difference from none, and a large one in plain decimals", () => {
    const words = new Words(contributions(), ["a", "b"], quantity);
    expect(words.difference(0)).toBe("0");
    expect(words.difference(2e-6)).toBe("2.0 × 10⁻⁶");
    expect(words.difference(1.25)).toBe("1.2500");
  });
});

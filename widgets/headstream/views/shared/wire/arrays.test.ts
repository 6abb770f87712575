import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { wire } from "../testing/fake";
import { Damaged, type Dtype, decode, decodeCodes, inflatedAhead, type WireArray } from "./arrays";

const ALL: Dtype[] = ["uint8", "uint16", "int32", "float16", "float32"];
const read = (value: unknown, axes = 1) => decode(value, "pattern", ALL, axes);

describe("decode", () => {
  it("reads every dtype from an unaligned view", () => {
    for (const values of [
      Uint8Array.of(0, 7, 255),
      Uint16Array.of(0, 513, 65535),
      Int32Array.of(-1, 0, 2 ** 30),
      Float32Array.of(-1.5, 0, 3.25),
    ]) {
      const { shape, data } = read({ ...wire(values, [3]), scale: "linear" });
      expect(shape).toEqual([3]);
      expect(data).toEqual(values);
    }
  });

  it("reads float16: normal, subnormal, infinite, negative", () => {
    const half = wire(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555), [5]);
    const { data, half: rounded } = read({ ...half, dtype: "float16" });
    expect([...data]).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY, 0.333251953125]);
    expect(rounded).toBe(true);
  });

  it("undoes the square root that a byte of probability carries", () => {
    expect([...read(wire(Uint8Array.of(0, 51, 255), [3])).data]).toEqual([0, expect.closeTo(0.04, 6), 1]);
  });
});

describe("numbers left as they were sent", () => {
  const bytes = wire(Uint8Array.of(0, 51, 255), [3]);
  it.each<[string, WireArray]>([
    ["bytes of a probability", bytes],
    ["bytes", { ...bytes, scale: "linear" }],
    ["float16", { ...wire(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x3555), [4]), dtype: "float16" }],
  ])("stand for the same: %s", (_, sent) => {
    const { shape, data, values } = decodeCodes(sent, "pattern", ["uint8", "float16"], 1);
    expect(shape).toEqual(sent.shape);
    expect(Array.from(data, (code) => values[code])).toEqual([...read(sent).data]);
  });
});

describe("what is damaged is said, and nothing of its size is made", () => {
  const good = wire(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
  const cases: [string, Partial<Record<keyof WireArray, unknown>> | null, string][] = [
    ["nothing", null, "pattern: expected an array, got null"],
    ["another dtype", { dtype: "int8" }, "expected uint8 or uint16 or int32 or float16 or float32, got 'int8'"],
    ["no bytes", { data: undefined }, "pattern: its bytes are missing"],
    ["bytes as text", { data: "AAAA" }, "pattern: its bytes are missing"],
    ["too few bytes", { shape: [2, 4] }, "pattern: float32 of shape [2,4] takes 32 bytes, 24 came"],
    ["a shape of a thousand million", { shape: [1e9, 1e9] }, "bytes, 24 came"],
    ["the same beside nothing", { shape: [1e9, 0], data: new DataView(new ArrayBuffer(0)) }, "takes 0 bytes, 0 came"],
    ["half a count", { shape: [2.5, 3] }, "pattern: expected 2 axes, got shape [2.5,3]"],
    ["a negative count", { shape: [-2, -3] }, "expected 2 axes, got shape [-2,-3]"],
    ["a shape that is none", { shape: "23" }, "expected 2 axes, got shape '23'"],
    ["another number of axes", { shape: [6] }, "pattern: expected 2 axes, got shape [6]"],
  ];
  it.each(cases)("%s", (_, change, message) => {
    const value = change && { ...good, ...change };
    expect(() => read(value, 2)).toThrow(Damaged);
    expect(() => read(value, 2)).toThrow(message);
  });
});

describe("a deflated array", () => {
  const values = Float32Array.from({ length: 40_000 }, (_, index) => index % 7);
  const small = deflateSync(new Uint8Array(values.buffer));
  const packed = (data: Uint8Array, shape = [200, 200]) => ({
    ...wire(values, shape),
    deflated: true,
    data: new DataView(data.slice().buffer),
  });

  it("is the same numbers", () => {
    expect(small.length).toBeLessThan(values.byteLength / 20);
    expect(read(packed(small), 2).data).toEqual(values);
  });

  const bomb = deflateSync(new Uint8Array(2 ** 24));
  const cases: [string, unknown, string][] = [
    ["cut short", packed(small.subarray(0, small.length - 40)), "pattern: its bytes cannot be inflated"],
    ["changed", packed(small.map((byte, index) => (index === 60 ? byte ^ 255 : byte))), "pattern: it"],
    ["of fewer numbers", packed(small, [201, 200]), "pattern: it inflates to 160000 bytes instead of 160800"],
    ["of more numbers", packed(small, [199, 200]), "pattern: it inflates to more than 159200 bytes"],
    ["that says it is huge", packed(small, [1e6, 1e6]), "takes 4000000000000 bytes, "],
    ["huge beside nothing", packed(Uint8Array.of(3, 0), [1e9, 0]), "takes 0 bytes, 2 deflated came"],
    ["that is a bomb", packed(bomb), "pattern: it inflates to more than 160000 bytes"],
  ];
  it.each(cases)("%s is said", (_, value, message) => {
    expect(() => read(value, 2)).toThrow(Damaged);
    expect(() => read(value, 2)).toThrow(message);
  });

  let random = 1;
  const noise = new Uint8Array(2 ** 18).map(() => {
    random = (random * 48271) % 0x7fffffff;
    return random & 127;
  });
  const large = packed(deflateSync(noise), [2 ** 16]);

  it("is inflated by the browser where it is large, to the same numbers", async () => {
    const ahead = await inflatedAhead(large);
    expect(ahead).toMatchObject({ deflated: false });
    expect(read(ahead).data).toEqual(new Float32Array(noise.buffer));
    expect(inflatedAhead(packed(small))).toBeNull();
    expect(inflatedAhead(wire(values, [200, 200]))).toBeNull();
    expect(inflatedAhead(null)).toBeNull();
  });

  it.each([
    ["of fewer numbers", { shape: [2 ** 16 + 1] }],
    ["of more numbers", { shape: [2 ** 16 - 1] }],
    ["huge", { shape: [1e9, 1e9] }],
    ["without a shape", { shape: null }],
    ["that is none", { data: new DataView(new ArrayBuffer(2 ** 18)) }],
  ])("%s stays as it came", async (_, change) => {
    const sent = { ...large, ...change };
    expect(await inflatedAhead(sent)).toBe(sent);
  });
});

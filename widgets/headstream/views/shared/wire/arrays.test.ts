import { describe, expect, it } from "vitest";
import { wire } from "../testing/fake";
import { decode } from "./arrays";

describe("decode", () => {
  it("reads every dtype from an unaligned view", () => {
    for (const values of [
      Uint8Array.of(0, 7, 255),
      Uint16Array.of(0, 513, 65535),
      Int32Array.of(-1, 0, 2 ** 30),
      Float32Array.of(-1.5, 0, 3.25),
    ]) {
      const { shape, data } = decode(wire(values, [3]));
      expect(shape).toEqual([3]);
      expect(data).toEqual(values);
    }
  });

  it("reads float16: normal, subnormal, infinite, negative", () => {
    const half = wire(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555), [5]);
    const { data } = decode({ ...half, dtype: "float16" });
    expect([...data]).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY, 0.333251953125]);
  });

  it("says which dtype it does not know", () => {
    const unknown = { dtype: "int8" as "uint8", shape: [1], data: new DataView(new ArrayBuffer(1)) };
    expect(() => decode(unknown)).toThrow("unknown dtype int8");
  });
});

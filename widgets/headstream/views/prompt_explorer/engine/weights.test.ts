import { describe, expect, it } from "vitest";
import { type Config, DamagedWeights, fold, tensorsOf } from "./weights";

function safetensors(header: object, numbers: number[]): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + 2 * numbers.length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  numbers.forEach((bits, i) => {
    view.setUint16(8 + text.length + 2 * i, bits, true);
  });
  return file.buffer;
}

describe("a file of weights", () => {
  it("holds tensors by name, wherever they begin", () => {
    const header = {
      a: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
      bb: { dtype: "F16", shape: [1], data_offsets: [4, 6] },
    };
    const tensors = tensorsOf(safetensors(header, [0x3c00, 0xc000, 0x3800]));
    expect([...tensors.get("a")!, ...tensors.get("bb")!]).toEqual([1, -2, 0.5]);
  });

  it("that is cut, of other numbers or none at all is said to be so", () => {
    const one = (dtype: string, end: number) => ({ a: { dtype, shape: [2], data_offsets: [0, end] } });
    expect(() => tensorsOf(safetensors(one("F16", 6), [1, 2]))).toThrow("a: expected 6 bytes of float16");
    expect(() => tensorsOf(safetensors(one("F32", 4), [1, 2]))).toThrow(DamagedWeights);
    expect(() => tensorsOf(new ArrayBuffer(4))).toThrow("no header that can be read");
    expect(() => tensorsOf(new TextEncoder().encode("<!doctype html><html>").buffer)).toThrow(DamagedWeights);
  });
});

describe("a model without LayerNorm", () => {
  it("is left as it is", () => {
    const tensors = new Map([["embed.weight", Float32Array.from([1, 2])]]);
    fold(tensors, { ln: false, n_layers: 0, d_model: 2, d_mlp: 0 } as Config);
    expect([...tensors.get("embed.weight")!]).toEqual([1, 2]);
  });
});

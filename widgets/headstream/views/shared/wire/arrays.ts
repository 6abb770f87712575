// Arrays as they cross the wire: bytes with dtype, shape and scale, deflated where that pays. A saved notebook's
// state can be anything: what does not fit is named.

import { Inflate } from "fflate";

export type Dtype = "uint8" | "uint16" | "int32" | "float16" | "float32";

export interface WireArray {
  dtype: Dtype;
  shape: number[];
  /** "sqrt": a byte holds 255·√p. */
  scale: "linear" | "sqrt";
  /** Whether `data` is a raw deflate stream (RFC 1951) of the bytes. */
  deflated: boolean;
  data: DataView;
}

export interface NumericArray {
  shape: number[];
  data: Uint8Array | Uint16Array | Int32Array | Float32Array;
  /** Whether the numbers have the eleven bits of float16. */
  half: boolean;
}

/** A deflated byte stands for at most so many. */
const MOST_DEFLATED = 1032;

/** What was sent or saved cannot be drawn; the message is in the reader's words. */
export class Damaged extends Error {}

const BYTES: Record<Dtype, number> = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };

export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The numbers: float16 becomes float32, and bytes of a "sqrt" scale the probabilities they stand for. Throws Damaged where the bytes
 * that came are not what dtype and shape say, before anything of that size is made.
 */
export function decode(value: unknown, name: string, dtypes: readonly Dtype[], axes: number): NumericArray {
  const wire = value as WireArray | null;
  if (typeof wire !== "object" || wire === null) throw new Damaged(`${name}: expected an array, got ${shown(value)}`);
  const { dtype, shape, scale, deflated, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!counts || shape.length !== axes) throw new Damaged(`${name}: expected ${axes} axes, got shape ${shown(shape)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const size = shape.reduce((product, count) => product * count, 1);
  const wanted = size * BYTES[dtype];
  const fits = deflated ? wanted <= MOST_DEFLATED * data.byteLength : wanted === data.byteLength;
  // An axis longer than all numbers would be walked for ever, beside one of length 0.
  if (!fits || shape.some((count) => count > Math.max(1, size))) {
    const came = deflated ? `${data.byteLength} deflated` : data.byteLength;
    throw new Damaged(`${name}: ${dtype} of shape [${shape}] takes ${wanted} bytes, ${came} came`);
  }
  const sent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // Copied: a DataView need not be aligned.
  const bytes = deflated ? inflated(sent, wanted, name) : sent.slice();
  return { shape, data: typed(bytes.buffer as ArrayBuffer, dtype, scale), half: dtype === "float16" };
}

/** Exactly so many bytes. */
function inflated(sent: Uint8Array, wanted: number, name: string): Uint8Array {
  let at = 0;
  let bytes: Uint8Array;
  const stream = new Inflate((piece) => {
    if (at + piece.length > wanted) throw new Damaged(`${name}: it inflates to more than ${wanted} bytes`);
    bytes.set(piece, at);
    at += piece.length;
  });
  // A piece at a time, so that a bomb stops early.
  const step = Math.min(2 ** 17, Math.max(2 ** 11, wanted >> 6));
  try {
    bytes = new Uint8Array(wanted);
    for (let start = 0; start < sent.length; start += step) {
      stream.push(sent.subarray(start, start + step), start + step >= sent.length);
    }
  } catch (error) {
    throw error instanceof Damaged ? error : new Damaged(`${name}: its bytes cannot be inflated`);
  }
  if (at < wanted) throw new Damaged(`${name}: it inflates to ${at} bytes instead of ${wanted}`);
  return bytes;
}

/** Float32Array.from takes ten times as long: .3 s for twelve heads of 512 tokens. */
function floats(codes: Uint8Array | Uint16Array, value: (code: number) => number): Float32Array {
  const out = new Float32Array(codes.length);
  for (let i = 0; i < out.length; i++) out[i] = value(codes[i]);
  return out;
}

function typed(bytes: ArrayBuffer, dtype: Dtype, scale: WireArray["scale"]): NumericArray["data"] {
  switch (dtype) {
    case "uint8":
      return scale === "sqrt" ? floats(new Uint8Array(bytes), (b) => (b / 255) ** 2) : new Uint8Array(bytes);
    case "uint16":
      return new Uint16Array(bytes);
    case "int32":
      return new Int32Array(bytes);
    case "float32":
      return new Float32Array(bytes);
    case "float16":
      return floats(new Uint16Array(bytes), halfToFloat);
  }
}

export function shown(value: unknown): string {
  const text = typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `one ${typeof value}` : text;
}

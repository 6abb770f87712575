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

/** Numbers as they were sent, which takes a quarter of the room: item i is `values[data[i]]`. */
export interface CodedArray {
  shape: number[];
  data: Uint8Array | Uint16Array;
  values: Float32Array;
}

/** A deflated byte stands for at most so many. */
const MOST_DEFLATED = 1032;

/** In bytes: what is smaller is inflated before a stream has begun. */
const LARGE = 2 ** 17;

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
  const { shape, dtype, scale, bytes } = received(value, name, dtypes, axes);
  return { shape, data: typed(bytes, dtype, scale), half: dtype === "float16" };
}

/** The same of uint8 and float16, which stay as they came. */
export function decodeCodes(
  value: unknown,
  name: string,
  dtypes: readonly ("uint8" | "float16")[],
  axes: number,
): CodedArray {
  const { shape, dtype, scale, bytes } = received(value, name, dtypes, axes);
  if (dtype === "float16") return { shape, data: new Uint16Array(bytes), values: numbersOf(2 ** 16, halfToFloat) };
  return { shape, data: new Uint8Array(bytes), values: scale === "sqrt" ? PROBABILITIES : numbersOf(256, (b) => b) };
}

function received(value: unknown, name: string, dtypes: readonly Dtype[], axes: number) {
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
  return { shape, dtype, scale, bytes: bytes.buffer as ArrayBuffer };
}

/**
 * A large array as the browser itself inflates it, in a fifth of the time that `decode` takes for that, but not at once; null for anything else.
 * Where it fails the array stays as it came: `decode` says what is damaged.
 */
export function inflatedAhead(value: unknown): Promise<unknown> | null {
  const wire = value as WireArray | null;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}

async function natively(wire: WireArray): Promise<WireArray> {
  const { shape, dtype, data } = wire;
  const wanted = shape.reduce((product, count) => product * count, BYTES[dtype]);
  if (!(wanted <= MOST_DEFLATED * data.byteLength)) return wire;
  const bytes = new Uint8Array(wanted);
  const sent = new ReadableStream<BufferSource>({
    start(stream) {
      stream.enqueue(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
      stream.close();
    },
  });
  const reader = sent.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes.set(piece.value, at); // throws where more comes than is wanted
    at += piece.value.length;
  }
  return at === wanted ? { ...wire, deflated: false, data: new DataView(bytes.buffer) } : wire;
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

/** Float32Array.from takes ten times as long. */
function numbersOf(length: number, value: (index: number) => number): Float32Array {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = value(i);
  return out;
}

/** Of the bytes of a "sqrt" scale. */
const PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);

function typed(bytes: ArrayBuffer, dtype: Dtype, scale: WireArray["scale"]): NumericArray["data"] {
  switch (dtype) {
    case "uint8": {
      const codes = new Uint8Array(bytes);
      return scale === "sqrt" ? numbersOf(codes.length, (at) => PROBABILITIES[codes[at]]) : codes;
    }
    case "uint16":
      return new Uint16Array(bytes);
    case "int32":
      return new Int32Array(bytes);
    case "float32":
      return new Float32Array(bytes);
    case "float16": {
      const codes = new Uint16Array(bytes);
      return numbersOf(codes.length, (at) => halfToFloat(codes[at]));
    }
  }
}

export function shown(value: unknown): string {
  const text = typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `one ${typeof value}` : text;
}

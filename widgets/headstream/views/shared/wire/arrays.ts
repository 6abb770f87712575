// Arrays as they cross the wire: bytes with dtype, shape and scale. A saved notebook's state can be anything: what does not fit is named.

export type Dtype = "uint8" | "uint16" | "int32" | "float16" | "float32";

export interface WireArray {
  dtype: Dtype;
  shape: number[];
  /** "sqrt": a byte holds 255·√p. */
  scale: "linear" | "sqrt";
  data: DataView;
}

export interface NumericArray {
  shape: number[];
  data: Uint8Array | Uint16Array | Int32Array | Float32Array;
  /** Whether the numbers have the eleven bits of float16. */
  half: boolean;
}

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
  const { dtype, shape, scale, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!counts || shape.length !== axes) throw new Damaged(`${name}: expected ${axes} axes, got shape ${shown(shape)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const numbers = data.byteLength / BYTES[dtype];
  const size = shape.reduce((product, count) => product * count, 1);
  // An axis longer than all that came would be walked for ever, even beside one of length 0.
  if (size !== numbers || shape.some((count) => count > Math.max(1, numbers))) {
    throw new Damaged(
      `${name}: ${dtype} of shape [${shape}] takes ${size * BYTES[dtype]} bytes, ${data.byteLength} came`,
    );
  }
  // Copied: a DataView need not be aligned.
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
  return { shape, data: typed(bytes, dtype, scale), half: dtype === "float16" };
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

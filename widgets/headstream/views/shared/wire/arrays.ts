// Arrays as they cross the wire: bytes with dtype and shape.

export interface WireArray {
  dtype: "uint8" | "uint16" | "int32" | "float16" | "float32";
  shape: number[];
  data: DataView;
}

export interface NumericArray {
  shape: number[];
  data: Uint8Array | Uint16Array | Int32Array | Float32Array;
}

function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** float16 becomes float32; the others keep their type. The bytes are copied: a DataView need not be aligned. */
export function decode(wire: WireArray): NumericArray {
  const { buffer, byteOffset, byteLength } = wire.data;
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const shape = wire.shape;
  switch (wire.dtype) {
    case "uint8":
      return { shape, data: new Uint8Array(bytes) };
    case "uint16":
      return { shape, data: new Uint16Array(bytes) };
    case "int32":
      return { shape, data: new Int32Array(bytes) };
    case "float32":
      return { shape, data: new Float32Array(bytes) };
    case "float16":
      return { shape, data: Float32Array.from(new Uint16Array(bytes), halfToFloat) };
    default:
      throw new Error(`headstream: unknown dtype ${String(wire.dtype)}`);
  }
}

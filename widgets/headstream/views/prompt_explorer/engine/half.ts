// float16 as Python sends it.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest float16 number's bits; of two as near, the even one. */
export function halfOf(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const size = bits[0] & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  if (size >= 0x477ff000) return sign | 0x7c00;
  // Below 2^-14 the steps get no smaller: 2^-24.
  if (size < 0x38800000) return sign | toEven(Math.abs(float[0]) * 2 ** 24);
  // Thirteen bits go; a carry out of the fraction makes the next power of two.
  return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
}

export function halves(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  const all = new Uint16Array(values.length);
  for (let i = 0; i < all.length; i++) all[i] = halfOf(values[i]);
  return all;
}

/** The nearest whole number; of two as near, the even one. */
export function toEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

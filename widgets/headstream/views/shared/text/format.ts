// Numbers as a reader sees them.

const MINUS = "−";

/** Fixed decimals, with a real minus sign: -1.204 -> "−1.20". No number at all is a dash. */
export function fixed(value: number, decimals: number): string {
  const text = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** The same with a plus sign in front of positive numbers. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A probability in two decimals; what rounds to nothing, or to certainty, is not said to be that. */
export function probability(p: number): string {
  if (p > 0 && p < 0.005) return "<.01";
  if (p < 1 && p >= 0.995) return ">.99";
  return p.toFixed(2).replace(/^0/, "");
}

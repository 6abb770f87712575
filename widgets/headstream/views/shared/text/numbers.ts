// How many digits a number is shown with: three or more of the largest, and never more than were sent.
import { fixed, signed } from "./format";

/** Decimals at which the largest number has three digits or four; null where only powers of ten are readable. */
export function decimalsFor(largest: number): number | null {
  if (largest === 0) return 2;
  if (largest < 1e-4 || largest >= 1e6) return null;
  if (largest < 10) return 2 - Math.floor(Math.log10(largest));
  return largest < 100 ? 2 : largest < 1000 ? 1 : 0;
}

/** The step between float16 numbers of this size. */
export function halfStep(value: number): number {
  return 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 2 ** -14))) - 10);
}

/** Decimals of which the last is right to one unit, for a sum of numbers whose rounding steps are these. */
export function supported(decimals: number | null, steps: number): number | null {
  if (decimals === null || steps === 0) return decimals;
  return Math.max(0, Math.min(decimals, Math.floor(-Math.log10(steps))));
}

export function show(value: number, decimals: number | null, plus: boolean): string {
  if (decimals !== null) return plus ? signed(value, decimals) : fixed(value, decimals);
  if (value === 0) return "0";
  const text = power(Math.abs(value));
  return `${value < 0 ? "−" : plus ? "+" : ""}${text}`;
}

/** 0.0000123 -> "1.2 × 10⁻⁵". */
export function power(value: number): string {
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
  return `${digits} × 10${raised}`;
}

// The scales of plots, by d3.
import { scaleLinear, scaleLog } from "d3-scale";

export interface AxisScale {
  (value: number): number;
  ticks(count?: number): number[];
}

export function linear(domain: [number, number], range: [number, number]): AxisScale {
  return scaleLinear(domain, range);
}

/** Ranks and counts, which begin at 0: the logarithm of 1 + n. Its ticks are 0 and powers of ten. */
export function logOfCounts(largest: number, range: [number, number]): AxisScale {
  const scale = scaleLog([1, 1 + Math.max(1, largest)], range);
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, largest))) + 1 }, (_, power) => 10 ** power);
  return Object.assign((count: number) => scale(1 + count), { ticks: () => [0, ...powers] });
}

/** A logarithm between two sizes; what is smaller or larger stands at its end, 0 too. */
export function logarithm([low, high]: [number, number], range: [number, number]): (size: number) => number {
  const scale = scaleLog([low, high], range).clamp(true);
  return (size) => scale(Math.max(low, size));
}

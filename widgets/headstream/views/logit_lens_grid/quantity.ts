// What a cell's colour can stand for. In all of them the deep end of the scale is where a row has arrived at an answer.

import type { Tick } from "../shared/draw/legend";
import { fixed, probability } from "../shared/text/format";
import type { Lens } from "./lens";

export const QUANTITIES = {
  final_rank: "rank of final",
  final_probability: "p of final",
  next_rank: "rank of true next",
  entropy: "entropy",
  kl: "KL to final",
};
export type QuantityName = keyof typeof QUANTITIES;

export interface Quantity {
  legend: string;
  ticks: Tick[];
  /** null where there is nothing to show: the last position has no next token. */
  value(row: number, position: number): number | null;
  /** Place on the colour scale, 0..1. */
  shade(value: number): number;
  format(value: number): string;
  /** The value in words. */
  say(value: number, position: number): string;
}

/** Rank 0 at 1, rank 10^decades - 1 at 0, in between by the logarithm of 1 + rank. */
export function rankShade(rank: number, decades: number): number {
  return Math.max(0, 1 - Math.log10(1 + rank) / decades);
}

/** How many decades a log scale must have to hold a rank. */
export function decadesFor(largest: number): number {
  return Math.max(1, Math.ceil(Math.log10(1 + largest)));
}

/** 0, 1, 10, 100, 1k ... */
export function rankTicks(decades: number): Tick[] {
  const ranks = [0, ...Array.from({ length: decades }, (_, power) => 10 ** power)];
  return ranks.map((rank) => ({ at: rankShade(rank, decades), label: rank < 1000 ? String(rank) : `${rank / 1000}k` }));
}

/** Round numbers from 0 up to a largest value. */
function roundTicks(largest: number, shade: (value: number) => number): Tick[] {
  const step = [1, 2, 5, 10, 20, 50].find((size) => largest / size <= 4) ?? 100;
  const values = Array.from({ length: Math.floor(largest / step) + 1 }, (_, i) => i * step);
  return values.map((value) => ({ at: shade(value), label: String(value) }));
}

export function quantity(name: QuantityName, lens: Lens, label: (candidate: number) => string): Quantity {
  if (name === "final_probability") {
    const ticks = [0, 0.1, 0.25, 0.5, 1];
    return {
      legend: "probability of the final prediction",
      ticks: ticks.map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) })),
      value: (row, position) => lens.probability(row, lens.final(position)),
      shade: Math.sqrt,
      format: probability,
      say: (value, position) =>
        `the final prediction ${label(lens.final(position))} has probability ${probability(value)}`,
    };
  }
  if (name === "final_rank" || name === "next_rank") {
    const decades = decadesFor(lens.largest.rank);
    const which = (position: number) => (name === "final_rank" ? lens.final(position) : lens.following(position));
    const noun = name === "final_rank" ? "the final prediction" : "the true next token";
    return {
      legend: `rank of ${noun} (0: on top), log scale`,
      // On so short a scale 1 and 0 would read as 10.
      ticks: rankTicks(decades).filter(({ label }) => label !== "1"),
      value: (row, position) => (which(position) < 0 ? null : lens.rank(row, which(position))),
      shade: (rank) => rankShade(rank, decades),
      format: String,
      say: (rank, position) => `${noun} ${label(which(position))} has rank ${rank}`,
    };
  }
  const value = (row: number, position: number) =>
    name === "entropy" ? lens.entropy(row, position) : lens.kl(row, position);
  const largest = Math.max(1, Math.ceil(lens.largest[name]));
  // Few cells have a large divergence: √ leaves room for the many small ones.
  const shade = name === "entropy" ? (x: number) => 1 - x / largest : (x: number) => 1 - Math.sqrt(x / largest);
  return {
    legend: name === "entropy" ? "entropy, nats" : "KL(final row ‖ this row), nats",
    ticks: roundTicks(largest, shade),
    value,
    shade,
    format: nats,
    say: (x) => (name === "entropy" ? `the entropy is ${nats(x)} nats` : `KL to the final row is ${nats(x)} nats`),
  };
}

export function nats(value: number): string {
  return fixed(value, 2);
}

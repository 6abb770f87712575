// What a cell's colour can stand for. In all of them the deep end of the scale is where a row has arrived at an answer.
import type { Quantity } from "../shared/draw/encoding";
import type { Tick } from "../shared/draw/legend";
import { wholeStep } from "../shared/draw/plot";
import { type AxisScale, logOfCounts } from "../shared/draw/scale";
import { fixed, probability, signed } from "../shared/text/format";
import type { Lens } from "./lens";

export const QUANTITIES = {
  final_rank: "rank of final",
  final_probability: "p of final",
  next_rank: "rank of true next",
  entropy: "entropy",
  kl: "KL to final",
  change: "change",
};
export type QuantityName = keyof typeof QUANTITIES;

export interface LensQuantity extends Quantity {
  /** null where there is nothing to show: the last position has no next token. */
  value(row: number, position: number): number | null;
  format(value: number): string;
  /** The value in words. */
  say(value: number, position: number): string;
}

/** Rank 0 at the second end; at the first the end of the decade that holds the largest rank. */
export function rankScale(largest: number, range: [number, number]): AxisScale {
  const decades = Math.max(1, Math.ceil(Math.log10(1 + largest)));
  return logOfCounts(10 ** decades - 1, [range[1], range[0]]);
}

/** 0, 1, 10, 100, 1k … */
export function rankTicks(scale: AxisScale): Tick[] {
  return scale.ticks().map((rank) => ({ at: scale(rank), label: rank < 1000 ? String(rank) : `${rank / 1000}k` }));
}

export function nats(value: number): string {
  return fixed(value, 2);
}

export function quantity(name: QuantityName, lens: Lens, label: (candidate: number) => string): LensQuantity {
  if (name === "final_probability") return finalProbability(lens, label);
  if (name === "final_rank") return rankOf("the final prediction", lens, (position) => lens.final(position), label);
  if (name === "next_rank") return rankOf("the true next token", lens, (position) => lens.following(position), label);
  if (name === "change") return changeOf(lens, label);
  const largest = Math.max(1, Math.ceil(lens.largest[name]));
  // Few cells have a large divergence: √ leaves room for the many small ones.
  const place = name === "entropy" ? (x: number) => 1 - x / largest : (x: number) => 1 - Math.sqrt(x / largest);
  const step = wholeStep(largest / 4);
  const round = Array.from({ length: Math.floor(largest / step) + 1 }, (_, i) => i * step);
  return {
    name: name === "entropy" ? "entropy, nats" : "KL(final row ‖ this row), nats",
    scale: "sequential",
    place,
    ticks: round.map((value) => ({ at: place(value), label: String(value) })),
    value: (row, position) => lens[name](row, position),
    format: nats,
    say: (x) => (name === "entropy" ? `the entropy is ${nats(x)} nats` : `KL to the final row is ${nats(x)} nats`),
  };
}

function finalProbability(lens: Lens, label: (candidate: number) => string): LensQuantity {
  const ticks = [0, 0.1, 0.25, 0.5, 1];
  return {
    name: "probability of the final prediction",
    scale: "sequential",
    place: Math.sqrt,
    ticks: ticks.map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) })),
    value: (row, position) => lens.probability(row, lens.final(position)),
    format: probability,
    say: (p, position) => `the final prediction ${label(lens.final(position))} has probability ${probability(p)}`,
  };
}

/** How much more or less is said of the final prediction than in another run. */
function changeOf(lens: Lens, label: (candidate: number) => string): LensQuantity {
  const most = Math.max(1, Math.ceil(lens.largest.change));
  const place = (x: number) => (1 + Math.sign(x) * Math.sqrt(Math.abs(x) / most)) / 2;
  return {
    name: "change in ln p of the final prediction, nats",
    scale: "diverging",
    place,
    ticks: [-most, 0, most].map((x) => ({ at: place(x), label: signed(x, 0) })),
    value: (row, position) => lens.change(row, position),
    format: (x) => signed(x, 2),
    say: (x, position) => `ln p of the final prediction ${label(lens.final(position))} changes by ${signed(x, 2)} nats`,
  };
}

function rankOf(
  noun: string,
  lens: Lens,
  which: (position: number) => number,
  label: (candidate: number) => string,
): LensQuantity {
  const scale = rankScale(lens.largest.rank, [0, 1]);
  return {
    name: `rank of ${noun} (0: on top), log scale`,
    scale: "sequential",
    place: scale,
    // On so short a scale 1 and 0 would read as 10.
    ticks: rankTicks(scale).filter(({ label }) => label !== "1"),
    value: (row, position) => (which(position) < 0 ? null : lens.rank(row, which(position))),
    format: String,
    say: (rank, position) => `${noun} ${label(which(position))} has rank ${rank}`,
  };
}

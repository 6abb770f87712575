// The scales of the bars: the axis they stand on, and the colours of bars and of the text that a head reads.
import type { Quantity } from "../shared/draw/encoding";
import { type AxisTick, decimalsOfStep, readable } from "../shared/draw/plot";
import { linear } from "../shared/draw/scale";
import { decimalsFor, show } from "../shared/text/numbers";
import type { Row } from "./bars";
import type { Words } from "./words";

export interface Axis {
  /** Where a value stands, in percent of the axis. */
  place(value: number): number;
  /** Where rules are drawn: at round numbers, and at zero. */
  rules: { at: number; zero: boolean }[];
  /** The numbers at those that have room for one. */
  ticks: AxisTick[];
}

/** An axis over values between two ends, so many em wide. */
export function axisOf([least, most]: readonly [number, number], ems: number, signed: boolean): Axis {
  let [low, high] = [Math.min(0, least), Math.max(0, most)];
  if (low === high) high = 1;
  // A little room at the ends; round ends would leave half of a narrow axis empty.
  const room = 0.02 * (high - low);
  [low, high] = [low && low - room, high && high + room];
  const place = linear([low, high], [0, 100]);
  const wide = decimalsFor(Math.max(-low, high)) === null;
  let count = Math.max(2, Math.floor(ems / (wide ? 9 : 5)));
  // Zero alone is no scale.
  while (place.ticks(count).length < 2) count += 1;
  const values = place.ticks(count);
  const decimals = wide ? null : decimalsOfStep(values[1] - values[0]);
  const format = (value: number) => show(value, decimals, signed && value !== 0);
  return {
    place,
    rules: values.map((value) => ({ at: place(value), zero: value === 0 })),
    ticks: readable(
      values.map((value) => ({ at: place(value), label: format(value) })),
      (100 * CHARACTER) / ems,
    ),
  };
}

// Em that a digit is wide in the small type of ticks.
const CHARACTER = 0.53;

/** The colour of bars: by sign where there is one; pale where a bar is open, for its parts repeat it. */
export function barColors(signed: boolean): Quantity<Row> {
  const open = ({ expanded, parts }: Row) => expanded === true && parts.length > 0;
  return {
    name: "",
    scale: signed ? "diverging" : "sequential",
    place(row) {
      if (!signed) return open(row) ? 0.3 : 0.72;
      const strength = open(row) ? 0.16 : 0.36;
      return (row.value ?? 0) < 0 ? 0.5 - strength : 0.5 + strength;
    },
    ticks: [],
  };
}

/** The colours of the text: what the open head brings from each token. */
export function sourceColors(head: string, values: readonly number[], signed: boolean, words: Words): Quantity {
  const largest = Math.max(...values.map(Math.abs)) || 1;
  const tick = (at: number, value: number) => ({ at, label: value ? words.source(value, largest) : "0" });
  return {
    name: `${head}, from each token `,
    scale: signed ? "diverging" : "sequential",
    place: (value) => (signed ? 0.5 + (0.5 * value) / largest : value / largest),
    ticks: signed ? [tick(0, -largest), tick(0.5, 0), tick(1, largest)] : [tick(0, 0), tick(1, largest)],
  };
}

// How one quantity becomes colour: where its values stand on a scale, and the legend that says so.
import { ramp, type Scale, type Theme } from "./color";
import { scaleLegend, type Tick } from "./legend";

export interface Quantity<V = number> {
  /** What it is, as the legend says it. */
  name: string;
  scale: Scale;
  /** Where a value stands on the scale, 0..1. */
  place(value: V): number;
  ticks: Tick[];
}

export interface Encoding<V = number> {
  rgb: Uint8Array;
  place(value: V): number;
  /** The colour of a value, and the black or white that reads best on it. */
  color(value: V): string;
  ink(value: V): string;
  legend(): HTMLElement;
}

export function encode<V = number>(quantity: Quantity<V>, theme: Theme): Encoding<V> {
  const { css, ink, rgb } = ramp(theme, quantity.scale);
  return {
    rgb,
    place: quantity.place,
    color: (value) => css(quantity.place(value)),
    ink: (value) => ink(quantity.place(value)),
    legend: () => scaleLegend(theme, quantity.scale, quantity.name, quantity.ticks),
  };
}

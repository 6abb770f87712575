// A scale legend: what the colours stand for.
import { ramp, type Scale, type Theme } from "./color";
import { element } from "./dom";

export interface Tick {
  /** Where on the scale, 0..1. */
  at: number;
  label: string;
}

export function scaleLegend(theme: Theme, scale: Scale, name: string, ticks: Tick[]): HTMLElement {
  const colors = ramp(theme, scale);
  const steps = Array.from({ length: 17 }, (_, i) => colors.css(i / 16)).join(",");
  const bar = element("span", "hs-legend-bar", { style: `background-image:linear-gradient(to right,${steps})` });
  const marks = ticks.map(({ at, label }) => element("span", "hs-legend-tick", { style: `left:${100 * at}%` }, label));
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks),
  );
}

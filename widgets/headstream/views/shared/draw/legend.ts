// A scale legend: what the colours stand for.
import { ramp, type Scale, type Theme } from "./color";
import { element } from "./dom";
import { paintRaster } from "./raster";

export interface Tick {
  /** Where on the scale, 0..1. */
  at: number;
  label: string;
}

export function scaleLegend(theme: Theme, scale: Scale, name: string, ticks: Tick[]): HTMLElement {
  // A canvas, as the pictures are: then it is also in a saved picture.
  const bar = element("canvas", "hs-legend-bar");
  paintRaster(
    bar,
    256,
    Float64Array.from({ length: 256 }, (_, step) => step / 255),
    ramp(theme, scale).rgb,
  );
  // A label at an end stands inside it: no number runs into the name, or out of the view.
  const marks = ticks.map(({ at, label }) => {
    const style = `left:${100 * at}%;transform:translateX(${at <= 0 ? 0 : at >= 1 ? -100 : -50}%)`;
    return element("span", "hs-legend-tick", { style }, label);
  });
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks),
  );
}

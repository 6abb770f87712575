// A scale legend: what the colours stand for.
import { ramp, type Scale, type Theme } from "./color";
import { element } from "./dom";

export interface Tick {
  /** Where on the scale, 0..1. */
  at: number;
  label: string;
}

export function scaleLegend(theme: Theme, scale: Scale, name: string, ticks: Tick[]): HTMLElement {
  // A canvas, as the pictures are: then it is also in a saved picture.
  const bar = element("canvas", "hs-legend-bar", { width: 256, height: 1 });
  const context = bar.getContext("2d");
  const { rgb } = ramp(theme, scale);
  const image = context?.createImageData(256, 1);
  if (context && image) {
    for (let step = 0; step < 256; step++) image.data.set([...rgb.subarray(3 * step, 3 * step + 3), 255], 4 * step);
    context.putImageData(image, 0, 0);
  }
  const marks = ticks.map(({ at, label }) => element("span", "hs-legend-tick", { style: `left:${100 * at}%` }, label));
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks),
  );
}

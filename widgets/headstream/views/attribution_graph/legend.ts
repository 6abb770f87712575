// What shapes and lines stand for.
import type { Theme } from "../shared/draw/color";
import { element, svg } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { show } from "../shared/text/numbers";
import { dashOf, strokeOf } from "./canvas";
import type { Kind } from "./graph";
import { shape } from "./shapes";

/** Weights in colour: the sign by its side of the scale, small ones by their square root, or they would be as pale as the paper. */
export function encodingOf(largest: number, theme: Theme, decimals: number | null): Encoding {
  const most = largest || 1;
  const place = (weight: number) => 0.5 + 0.5 * Math.sign(weight) * Math.sqrt(Math.abs(weight) / most);
  const ticks = [-most, 0, most].map((weight) => ({
    at: place(weight),
    label: weight ? show(weight, decimals, true) : "0",
  }));
  return encode({ name: "an edge adds", scale: "diverging", place, ticks }, theme);
}

const KINDS: [Kind, string][] = [
  ["embed", "embedding"],
  ["feature", "feature"],
  ["error", "error"],
];

export function key(em: number, encoding: Encoding, largest: number): HTMLElement {
  const size = 0.95 * em;
  const shapes = KINDS.map(([kind, name]) => {
    const mark = svg("g", { class: `hs-graph-mark hs-${kind}`, transform: `translate(${size / 2} ${size / 2})` });
    mark.append(shape(kind, 0.4 * em));
    return sample(svg("svg", { width: size, height: size, "aria-hidden": "true" }, mark), name);
  });
  const [long, width] = [2.6 * em, strokeOf(0.5, em)];
  const lines = [1, -1].map((sign) => {
    const place = { x1: 0, x2: long, y1: size / 2, y2: size / 2 };
    const dash =
      sign < 0
        ? dashOf(width)
            .map((part) => part.toFixed(1))
            .join(" ")
        : "none";
    const stroke = encoding.color(sign * (largest || 1));
    const line = svg("line", { ...place, stroke, "stroke-width": width, "stroke-dasharray": dash });
    return sample(
      svg("svg", { width: long, height: size, "aria-hidden": "true" }, line),
      sign < 0 ? "takes away" : "adds",
    );
  });
  const said = "larger: more influence on the logits";
  return element("span", "hs-graph-key", {}, ...shapes, ...lines, element("span", "hs-quiet", {}, said));
}

function sample(drawing: SVGElement, name: string): HTMLElement {
  return element("span", "hs-graph-sample", {}, drawing, name);
}

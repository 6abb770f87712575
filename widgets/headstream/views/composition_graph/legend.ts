// What the lines and the colours are.
import { ramp, type Theme } from "../shared/draw/color";
import { element, svg } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { probability } from "../shared/text/format";
import { READS, STANDS_OUT } from "./edges";
import { dashes } from "./graph";
import { AS } from "./words";

export function encodingOf(theme: Theme): Encoding {
  const ticks = [0, 0.25, 1].map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) }));
  return encode({ name: "attention", scale: "sequential", place: Math.sqrt, ticks }, theme);
}

/** Gives style sheets the colours of Q and K; V has that of the ink. */
export function paintReads(node: HTMLElement, theme: Theme): void {
  node.style.setProperty("--hs-q", ramp(theme, "incoming").css(0.72));
  node.style.setProperty("--hs-k", ramp(theme, "sequential").css(0.7));
}

/** The lines of Q, K and V, from where on they are drawn, and what bold names are where there are some. */
export function lines(em: number, bold: boolean): HTMLElement {
  const [width, long, high] = [0.2 * em, 3 * em, 0.8 * em];
  const samples = READS.map((read, index) => {
    const place = { x1: 2, x2: long - 2, y1: high / 2, y2: high / 2 };
    const style = { "stroke-width": width, "stroke-dasharray": dashes(index, width) };
    const line = svg("line", { class: `hs-edge hs-${read}`, ...place, ...style });
    const drawing = svg("svg", { width: long, height: high, "aria-hidden": "true" }, line);
    return element("span", "hs-sample", {}, drawing, read, element("span", "hs-wide", {}, `as ${AS[index]}`));
  });
  const said = `drawn from ${STANDS_OUT} sd above the null on, wider the further${bold ? "; bold: a head with a role" : ""}`;
  return element("span", "hs-key", {}, ...samples, element("span", "hs-quiet", {}, said));
}

// A shape for each kind of node, around the origin: kinds are told apart without colour.
import { svg } from "../shared/draw/dom";
import type { Kind } from "./graph";

export function shape(kind: Kind, radius: number): SVGElement {
  const around = { class: "hs-graph-shape" };
  if (kind === "feature") return svg("circle", { ...around, r: radius });
  if (kind === "error") {
    const r = 1.15 * radius;
    return svg("path", { ...around, d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z` });
  }
  const half = 0.9 * radius;
  return svg("rect", { ...around, x: -half, y: -half, width: 2 * half, height: 2 * half });
}

/** A box with a name on it: a logit, or a group, which has a second line around it. */
export function box(width: number, height: number, group: boolean): SVGElement[] {
  const sized = (inset: number, corner: number) => ({
    x: -width / 2 + inset,
    y: -height / 2 + inset,
    width: Math.max(0, width - 2 * inset),
    height: Math.max(0, height - 2 * inset),
    rx: corner,
  });
  const corner = group ? height / 2 : 0.2 * height;
  const outer = svg("rect", { class: "hs-graph-shape", ...sized(0, corner) });
  return group ? [outer, svg("rect", { class: "hs-graph-inner", ...sized(2.5, corner - 2.5) })] : [outer];
}

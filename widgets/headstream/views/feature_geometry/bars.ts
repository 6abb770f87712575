// Two rows of bars, one a feature: its length above, its dimensionality below, with lines where the paper's shapes are.
import { element, svg } from "../shared/draw/dom";
import { drawAxis, type Plot, plot } from "../shared/draw/plot";
import { linear } from "../shared/draw/scale";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { fixed } from "../shared/text/format";
import { plain, shortened } from "../shared/text/tokens";
import { type Geometry, reach, SHAPES, spread } from "./geometry";
import { EDGES, type Layout } from "./layout";

export interface FeatureActs {
  point(feature: number | null): void;
  keep(feature: number): void;
}

export interface Bars {
  root: HTMLElement;
  paint(geometry: Geometry): void;
  select(shown: number | null, pinned: number | null): void;
}

const NAME = 12;

export function barsPlot(room: Layout["bars"], em: number, labels: readonly string[], acts: FeatureActs): Bars {
  const height = EDGES.top + room.lengths + EDGES.between + room.dimensionality + EDGES.bottom;
  const [width, tall] = [room.width * em, height * em];
  const sides = { left: EDGES.left * em, right: (room.names + 0.4) * em };
  const lower = EDGES.top + room.lengths + EDGES.between;
  const above = { ...sides, top: EDGES.top * em, bottom: (height - EDGES.top - room.lengths) * em };
  const area = plot(width, tall, { ...sides, top: lower * em, bottom: EDGES.bottom * em });
  const upper: Plot = { ...area, y: [tall - above.bottom, above.top] };
  const band = (area.x[1] - area.x[0]) / labels.length;
  const at = (feature: number) => area.x[0] + (feature + 0.5) * band;
  const thick = Math.max(1, Math.min(0.72 * band, 2.4 * em));
  const y = linear([0, 1], area.y);

  const items = labels.map((_, feature) => {
    const column = { x: at(feature) - band / 2, y: upper.y[1], width: band, height: area.y[0] - upper.y[1] };
    const parts = ["hs-length", "hs-own"].map((kind) =>
      svg("rect", { class: kind, x: at(feature) - thick / 2, width: thick }),
    );
    const hit = svg("rect", { class: "hs-geometry-column", ...column });
    const attributes = { class: "hs-geometry-bar", role: "radio", tabindex: -1, "data-key": `feature-${feature}` };
    return svg("g", { ...attributes, "data-feature": feature }, hit, ...parts);
  });
  area.marks.append(...items);
  const root = element("div", "hs-geometry-bars", { role: "radiogroup", "aria-label": "Features" }, area.root);
  const reached = pointAndKeep<number>({
    root,
    at(event) {
      const item = (event.target as Element).closest<SVGElement>(".hs-geometry-bar");
      return item ? Number(item.dataset.feature) : null;
    },
    element: (feature) => items[feature],
    step: (feature, key) => listStep(feature, key, items.length),
    point: acts.point,
    keep: acts.keep,
  });

  function axes(longest: number): (length: number) => number {
    const up = linear([0, longest], upper.y);
    area.axes.replaceChildren();
    const ticks = (values: number[], scale: (value: number) => number) =>
      values.map((value) => ({ at: scale(value), label: String(value) }));
    drawAxis(upper, {
      side: "left",
      ticks: ticks(longest > 3 ? [0, longest] : [0, 1], up),
      gap: 0.4 * em,
      fontSize: em,
      rules: true,
    });
    drawAxis(area, { side: "left", ticks: ticks([0, 0.5, 1], y), gap: 0.4 * em, fontSize: em, rules: false });
    const feet = labels.map((label, feature) => ({ at: at(feature), label: shortened(plain(label), NAME) }));
    drawAxis(area, { side: "bottom", ticks: feet, gap: 0.5 * em, fontSize: em, rules: false });
    for (const [name, top] of [
      ["length ‖W‖", EDGES.top],
      ["D, the dimensions that a feature has to itself", lower],
    ] as const) {
      const most = Math.floor(room.width / 0.5);
      area.axes.append(svg("text", { class: "hs-axis-name", x: 0, y: (top - 0.7) * em }, shortened(name, most)));
    }
    shapes();
    return up;
  }

  /** The paper's shapes as lines, each with its name beside the plot. */
  function shapes(): void {
    const ends: [number, number] = [area.y[1] - 0.3 * em, area.y[0]];
    const places = spread(
      SHAPES.map((shape) => y(shape.at)),
      1.15 * em,
      ends,
    );
    SHAPES.forEach(({ at: value, fraction, name }, index) => {
      const [line, text] = [y(value), places[index]];
      const [from, to] = [area.x[1], area.x[1] + 0.7 * em];
      area.axes.append(
        svg("line", { class: "hs-geometry-shape", "data-at": fraction, x1: area.x[0], x2: from, y1: line, y2: line }),
        svg("path", { class: "hs-geometry-leader", d: `M${from},${line}L${to},${text}` }),
        svg(
          "text",
          { x: to + 0.2 * em, y: text, "dominant-baseline": "central" },
          room.names > 4 ? `${fraction} ${name}` : fraction,
        ),
      );
    });
  }

  return {
    root,
    paint(geometry) {
      const up = axes(reach(Math.max(...geometry.lengths)));
      items.forEach((item, feature) => {
        const [length, own] = [geometry.lengths[feature], geometry.dimensionality[feature]];
        const [, first, second] = item.children;
        stand(first, up(length), upper.y[0]);
        stand(second, y(own), area.y[0]);
        item.dataset.value = own.toFixed(4);
        item.dataset.length = length.toFixed(4);
        const said = `length ${fixed(length, 2)}, D ${fixed(own, 2)}`;
        item.setAttribute("aria-label", `feature ${shortened(plain(labels[feature]), 48)}: ${said}`);
      });
    },
    select(shown, pinned) {
      items.forEach((item, feature) => {
        item.classList.toggle("hs-current", feature === shown);
        item.setAttribute("aria-checked", String(feature === pinned));
      });
      reached.offer(items[shown ?? 0]);
    },
  };
}

function stand(bar: Element, top: number, foot: number): void {
  bar.setAttribute("y", top.toFixed(2));
  bar.setAttribute("height", Math.max(0, foot - top).toFixed(2));
}

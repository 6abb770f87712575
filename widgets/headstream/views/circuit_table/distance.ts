// The position terms of a QK circuit: the mean score by how far the key stands behind the query.
import { line } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { decimalsOfStep, drawAxis, pictured, plot } from "../shared/draw/plot";
import { linear } from "../shared/draw/scale";
import { fixed } from "../shared/text/format";
import { Signed } from "./entries";

/** In em. */
const HEIGHT = 8;

export function distancePanel(scores: ArrayLike<number>, width: number, em: number): HTMLElement {
  const values = Array.from(scores);
  const numbers = new Signed(values);
  const margin = { top: 1.6 * em, right: em, bottom: 1.5 * em, left: 3.6 * em };
  const area = plot(width, HEIGHT * em, margin);
  const x = linear([0, Math.max(1, values.length - 1)], area.x);
  const y = linear([Math.min(0, ...values), Math.max(0, ...values) || (values.some(Boolean) ? 0 : 1)], area.y);
  const whole = x.ticks(5).filter(Number.isInteger);
  drawAxis(area, {
    side: "bottom",
    ticks: whole.map((at) => ({ at: x(at), label: String(at) })),
    gap: 0.4 * em,
    fontSize: em,
    rules: false,
  });
  const heights = y.ticks(3);
  const decimals = decimalsOfStep(heights.length > 1 ? heights[1] - heights[0] : 1);
  const ticks = heights.map((at) => ({ at: y(at), label: at ? fixed(at, decimals) : "0" }));
  drawAxis(area, { side: "left", ticks, gap: 0.5 * em, fontSize: em, rules: true });
  area.axes.append(
    svg("text", { class: "hs-axis-name", x: 0, y: 0.8 * em }, "score of the positions, by distance to the key"),
  );
  const points = values.map((value, distance): [number, number] => [x(distance), y(value)]);
  area.marks.append(svg("path", { class: "hs-circuit-line", d: line()(points) ?? "" }));
  pictured(
    area,
    `Score of the positions by distance: ${values.map((value, distance) => `${distance}: ${numbers.text(value)}`).join(", ")}`,
  );
  return element("div", "hs-circuit-distance", {}, area.root);
}

// The loss over the steps of a training, the toy's own above those of the others.
import { line } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { drawAxis, plot } from "../shared/draw/plot";
import { linear, logarithm } from "../shared/draw/scale";
import { EDGES } from "./layout";

export function lossCurve(width: number, height: number, em: number) {
  const area = plot(width, height, { top: 1.4 * em, right: 1.8 * em, bottom: 1.9 * em, left: EDGES.left * em });
  const root = element("div", "hs-geometry-loss", { role: "img" }, area.root);
  return {
    root,
    /** loss: [toy, entry]. Its axis is a logarithm. */
    paint(steps: ArrayLike<number>, loss: ArrayLike<number>, toy: number): void {
      const count = steps.length;
      area.axes.replaceChildren(svg("text", { class: "hs-axis-name", x: 0, y: 0.8 * em }, "loss (log), by step"));
      area.marks.replaceChildren();
      if (count < 2) return;
      const own = Array.from({ length: count }, (_, entry) => loss[toy * count + entry]);
      const positive = own.filter((value) => value > 0);
      const [low, high] = [Math.min(...positive), Math.max(...positive)];
      if (!(high > low)) return;
      const x = linear([0, steps[count - 1] + 1], area.x);
      const y = logarithm([low, high], area.y);
      const ends = [low, high].map((value) => ({ at: y(value), label: value.toPrecision(1).replace(/^0\./, ".") }));
      drawAxis(area, { side: "left", ticks: ends, gap: 0.4 * em, fontSize: em, rules: true });
      const ticks = x.ticks(4).map((step) => ({ at: x(step), label: step.toLocaleString("en") }));
      drawAxis(area, { side: "bottom", ticks, gap: 0.4 * em, fontSize: em, rules: false });
      const shape = line<number>(
        (_, entry) => x(steps[entry]),
        (value) => y(value),
      );
      area.marks.append(svg("path", { class: "hs-geometry-curve", d: shape(own) ?? "" }));
      root.setAttribute("aria-label", `The loss, from ${own[0].toPrecision(2)} to ${own[count - 1].toPrecision(2)}`);
    },
  };
}

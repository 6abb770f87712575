// Curves over the steps of a training: one plot, in which the step that is pointed at is a line across.
import { line } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { decimalsOfStep, drawAxis, plot } from "../shared/draw/plot";
import { type AxisScale, linear } from "../shared/draw/scale";
import { fixed } from "../shared/text/format";
import { plain } from "../shared/text/tokens";
import { nearest, rangeOf, stepScale } from "./steps";

export interface Curve {
  values: number[];
  /** Of the style sheet: how its line is drawn. */
  kind: string;
}

export interface Drawn {
  /** What the plot shows, above it: the first of these that fits. */
  names: string[];
  curves: Curve[];
  /** Where a dashed line crosses it. */
  level?: number;
  /** Numbers that the axis reaches to at least. */
  ends?: number[];
}

export interface StepActs {
  point(index: number | null): void;
  keep(index: number): void;
}

/** Of the name's type, in em. */
const CHARACTER = 0.52;

export function curvePlot(key: string, width: number, height: number, em: number, acts: StepActs) {
  const area = plot(width, height, { top: 1.9 * em, right: 0.9 * em, bottom: 2 * em, left: 3.2 * em });
  const root = element(
    "div",
    "hs-curves",
    {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "curves over the steps of a training",
      "data-key": key,
      style: `width:${width}px;height:${height}px`,
    },
    area.root,
  );
  const now = svg("line", { class: "hs-film-now", y1: area.y[0], y2: area.y[1] });
  const dots = svg("g", {});
  let steps: ArrayLike<number> = [0];
  let x: AxisScale = linear([0, 1], area.x);
  let y: (value: number) => number = () => 0;
  let drawn: Drawn;
  let at = 0;

  const under = (event: MouseEvent): number => {
    const place = event.clientX - root.getBoundingClientRect().left;
    const places = Array.from(steps, (step) => x(step));
    return nearest(places, place);
  };
  root.addEventListener("pointermove", (event) => acts.point(under(event)));
  root.addEventListener("pointerleave", () => acts.point(null));
  root.addEventListener("blur", () => acts.point(null));
  root.addEventListener("click", (event) => acts.keep(under(event)));
  root.addEventListener("keydown", (event) => {
    const last = steps.length - 1;
    const leads: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    if (event.key in leads) acts.point(Math.min(last, Math.max(0, leads[event.key])));
    else if (event.key === "Enter" || event.key === " ") acts.keep(at);
    else return;
    event.preventDefault();
  });

  return {
    root,
    paint(recorded: ArrayLike<number>, next: Drawn) {
      [steps, drawn] = [recorded, next];
      const scale = stepScale(steps, area.x);
      const by = scale.log ? "by step (log)" : "by step";
      const all = drawn.names.map((name) => `${plain(name)}, ${by}`);
      root.setAttribute(
        "aria-label",
        `${all[0]}. Left and right arrow move from step to step, Enter pins, Escape goes to the last.`,
      );
      x = scale;
      const ends = [...rangeOf(drawn.curves.flatMap(({ values }) => values)), ...(drawn.ends ?? [])];
      const [low, high] = [Math.min(...ends), Math.max(...ends)];
      const up = linear([low, high], area.y);
      const inside = (value: number) => Math.min(area.y[0], Math.max(area.y[1], up(value)));
      y = inside;
      area.axes.replaceChildren();
      const heights = up.ticks(height > 9 * em ? 5 : 3);
      const decimals = decimalsOfStep(heights.length > 1 ? heights[1] - heights[0] : 1);
      // In little height every second.
      const shown = heights.length > 2 && up(heights[0]) - up(heights[1]) < em ? 2 : 1;
      const read = heights.filter((_, at) => at % shown === 0);
      const ticks = read.map((value) => ({ at: up(value), label: fixed(value, decimals) }));
      drawAxis(area, { side: "left", ticks, gap: 0.5 * em, fontSize: em, rules: true });
      const stepTicks = scale
        .ticks(Math.max(2, Math.floor(width / em / 6)))
        .filter((step) => Number.isInteger(step))
        .map((step) => ({ at: x(step), label: step.toLocaleString("en") }));
      drawAxis(area, { side: "bottom", ticks: stepTicks, gap: 0.4 * em, fontSize: em, rules: false });
      const name = all.find((one) => one.length * CHARACTER * em < width) ?? plain(drawn.names[drawn.names.length - 1]);
      area.axes.append(svg("text", { class: "hs-axis-name", x: 0, y: 0.9 * em }, name));
      const shape = line<number>(
        (_, index) => x(steps[index]),
        (value) => inside(value),
      );
      area.marks.replaceChildren();
      if (drawn.level !== undefined) {
        const place = inside(drawn.level);
        area.marks.append(svg("line", { class: "hs-film-level", x1: area.x[0], x2: area.x[1], y1: place, y2: place }));
      }
      for (const { values, kind } of drawn.curves) {
        area.marks.append(svg("path", { class: `hs-film-curve ${kind}`, d: shape(values) ?? "" }));
        for (const [index, value] of values.entries()) {
          if (value >= low && value <= high) continue;
          const [place, tip] = [x(steps[index]), inside(value)];
          const down = up(value) > tip ? 1 : -1;
          const d = `M${place},${tip}l${-0.35 * em},${-0.6 * down * em}h${0.7 * em}Z`;
          area.marks.append(svg("path", { class: "hs-film-outside", d, "data-value": value }));
        }
      }
      area.marks.append(now, dots);
    },
    /** The step that is shown, and the curves that are dotted there. */
    mark(index: number, kinds: string) {
      at = index;
      const place = x(steps[index]);
      now.setAttribute("x1", String(place));
      now.setAttribute("x2", String(place));
      const dotted = drawn.curves.filter(({ kind }) => kind.includes(kinds));
      dots.replaceChildren(
        ...dotted.map(({ values, kind }) =>
          svg("circle", { class: `hs-film-dot ${kind}`, cx: place, cy: y(values[index]), r: 0.3 * em }),
        ),
      );
    },
  };
}

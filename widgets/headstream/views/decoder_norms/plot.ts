// The histogram, over which one drags to choose a range.
import { element, svg } from "../shared/draw/dom";
import { drawAxis, pictured, plot, wholeStep } from "../shared/draw/plot";
import { linear } from "../shared/draw/scale";
import { plain, shortened } from "../shared/text/tokens";
import { BINS, type Norms } from "./norms";

/** In em. */
const CHARACTER = 0.62;

export interface PlotActs {
  point(bin: number | null): void;
  /** Both ends of the range; `done` when the pointer is let go. */
  brush(low: number, high: number, done: boolean): void;
}

export function normsPlot(norms: Norms, names: readonly string[], size: [number, number], em: number, acts: PlotActs) {
  const margin = { top: 0.8 * em, right: 0.5 * em, bottom: 3.2 * em, left: 3 * em };
  const area = plot(...size, margin);
  const counts = norms.histogram();
  const most = Math.max(...counts);
  const x = linear([0, 1], area.x);
  const y = linear([0, most], area.y);
  const step = wholeStep(most / 3);
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
  const places = ticks.map((count) => ({ at: y(count), label: String(count) }));
  drawAxis(area, { side: "left", ticks: places, gap: 0.4 * em, fontSize: em, rules: true });
  const bars = counts.map((count, bin) => {
    const [left, right] = [x(bin / BINS), x((bin + 1) / BINS)];
    const size = { x: left + 0.5, width: Math.max(0.5, right - left - 1), y: y(count), height: y(0) - y(count) };
    return svg("rect", { class: "hs-norms-bar", "data-count": count, ...size });
  });
  // Each place's name below it, as much of it as there is room for.
  const room = Math.max(3, Math.floor((area.x[1] - area.x[0]) / names.length / (CHARACTER * em)));
  names.forEach((name, place) => {
    const at = place / (names.length - 1);
    const anchor = at === 0 ? "start" : at === 1 ? "end" : "middle";
    const own = { x: x(at), y: area.y[0] + 0.5 * em, "text-anchor": anchor, "dominant-baseline": "hanging" };
    area.axes.append(svg("text", { class: "hs-tick", ...own }, shortened(plain(name), room)));
  });
  const middle = { x: x(0.5), y: area.y[0] + 2 * em, "text-anchor": "middle", "dominant-baseline": "hanging" };
  const fits = Math.floor((area.x[1] - area.x[0]) / (0.5 * em));
  area.axes.append(svg("text", { class: "hs-axis-name", ...middle }, shortened(norms.axis, fits)));
  const range = svg("rect", { class: "hs-norms-range", y: area.y[1], height: area.y[0] - area.y[1] });
  const mark = svg("line", { class: "hs-norms-mark", y1: area.y[1], y2: area.y[0], visibility: "hidden" });
  const ground = svg("rect", {
    class: "hs-norms-ground",
    x: area.x[0],
    y: area.y[1],
    width: area.x[1] - area.x[0],
    height: area.y[0] - area.y[1],
  });
  area.marks.append(range, ...bars, mark, ground);
  pictured(area, "How many features have their decoder's norm where");

  let from: number | null = null;
  const at = (event: PointerEvent) => {
    const box = area.root.getBoundingClientRect();
    const place = (event.clientX - box.left - area.x[0]) / (area.x[1] - area.x[0]);
    return Math.min(1, Math.max(0, Math.round(place * BINS) / BINS));
  };
  const bin = (event: PointerEvent) => {
    const box = area.root.getBoundingClientRect();
    return norms.bin((event.clientX - box.left - area.x[0]) / (area.x[1] - area.x[0]));
  };
  const brush = (event: PointerEvent, done: boolean) => {
    if (from === null) return;
    const to = at(event);
    // A click is no range: it gives back the whole.
    if (from === to) {
      if (done) acts.brush(0, 1, true);
    } else acts.brush(Math.min(from, to), Math.max(from, to), done);
  };
  ground.addEventListener("pointerdown", (event) => {
    from = at(event);
    ground.setPointerCapture?.(event.pointerId);
  });
  ground.addEventListener("pointermove", (event) => {
    acts.point(bin(event));
    brush(event, false);
  });
  ground.addEventListener("pointerup", (event) => {
    brush(event, true);
    from = null;
  });
  ground.addEventListener("pointercancel", () => {
    from = null;
  });
  ground.addEventListener("pointerleave", () => acts.point(null));

  return {
    root: element("div", "hs-norms-plot", {}, area.root),
    count: (bin: number) => counts[bin],
    paint(low: number, high: number): void {
      range.setAttribute("x", String(x(low)));
      range.setAttribute("width", String(x(high) - x(low)));
      bars.forEach((bar, bin) => {
        const inside = (bin + 0.5) / BINS >= low && (bin + 0.5) / BINS <= high;
        bar.classList.toggle("hs-norms-outside", !inside);
      });
    },
    mark(feature: number | null): void {
      mark.setAttribute("visibility", feature === null ? "hidden" : "visible");
      if (feature === null) return;
      const place = String(x(norms.centre(feature)));
      mark.setAttribute("x1", place);
      mark.setAttribute("x2", place);
    },
  };
}

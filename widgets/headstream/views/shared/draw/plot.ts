// A plot: an area with margins, and axes whose ticks and rules stand at round numbers.
import { svg } from "./dom";

export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Plot {
  /** With no role: what is a picture by itself says so by `pictured`. */
  root: SVGSVGElement;
  /** The ends of the area, for the ranges of scales. */
  x: [number, number];
  y: [number, number];
  /** Axes are drawn behind marks. */
  axes: SVGGElement;
  marks: SVGGElement;
}

export function plot(width: number, height: number, margin: Margin): Plot {
  const axes = svg("g", { class: "hs-axes" });
  const marks = svg("g", { class: "hs-marks" });
  return {
    root: svg("svg", { class: "hs-plot", width, height }, axes, marks),
    x: [margin.left, width - margin.right],
    y: [height - margin.bottom, margin.top],
    axes,
    marks,
  };
}

/** One picture for a screen reader, with what it shows in words. */
export function pictured({ root }: Plot, words: string): void {
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", words);
}

export interface AxisTick {
  at: number;
  label: string;
}

export interface Axis {
  /** Where it stands: its labels are outside the plot's area on that side. */
  side: "top" | "bottom" | "left";
  ticks: AxisTick[];
  /** Between a label and the area, in CSS pixels; and the size of the type. */
  gap: number;
  fontSize: number;
  /** Whether a line crosses the area at every tick. */
  rules: boolean;
  /** What the axis shows, beside its end. */
  name?: string;
}

/** Ticks with labels, drawn into the plot's axes; labels that would touch the one before are left out. */
export function drawAxis({ axes, x, y }: Plot, { side, ticks, gap, fontSize, rules, name }: Axis): void {
  const across = side === "left";
  const outside = side === "left" ? x[0] - gap : side === "top" ? y[1] - gap : y[0] + gap;
  const baseline = { top: "auto", bottom: "hanging", left: "central" }[side];
  for (const { at, label } of across ? ticks : readable(ticks, 0.6 * fontSize)) {
    if (rules) {
      const ends = across ? { x1: x[0], x2: x[1], y1: at, y2: at } : { x1: at, x2: at, y1: y[0], y2: y[1] };
      axes.append(svg("line", { class: "hs-rule", ...ends }));
    }
    const place = across ? { x: outside, y: at, "text-anchor": "end" } : { x: at, y: outside, "text-anchor": "middle" };
    axes.append(svg("text", { class: "hs-tick", ...place, "dominant-baseline": baseline }, label));
  }
  if (name) {
    const place = across
      ? { x: x[0], y: y[1] - 0.6 * fontSize }
      : { x: x[0], y: outside + (side === "top" ? -1.4 : 1.85) * fontSize };
    axes.append(svg("text", { class: "hs-axis-name", ...place }, name));
  }
}

/** Ticks whose labels do not run into each other, the first of two kept. */
export function readable(ticks: AxisTick[], character: number): AxisTick[] {
  const kept: AxisTick[] = [];
  for (const tick of [...ticks].sort((a, b) => a.at - b.at)) {
    const last = kept.at(-1);
    const half = ({ label }: AxisTick) => 0.5 * [...label].length * character;
    if (!last || tick.at - last.at >= half(last) + half(tick) + character) kept.push(tick);
  }
  return kept;
}

/** 1, 2, 5, 10, 20, 50 … at least `least`, for axes of whole numbers. */
export function wholeStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** Decimals at which numbers a step apart differ. */
export function decimalsOfStep(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

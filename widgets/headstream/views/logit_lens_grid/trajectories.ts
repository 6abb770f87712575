// How tokens fare through the rows: one line a token, the rows upwards as in the grid, so that beside it they are the same rows.
import {
  line,
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from "d3-shape";
import { svg } from "../shared/draw/dom";
import { type AxisTick, drawAxis, pictured, plot } from "../shared/draw/plot";
import { type AxisScale, linear } from "../shared/draw/scale";
import { probability } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import { type Layout, SIDE } from "./layout";
import { rankScale, rankTicks } from "./quantity";
import type { Scene } from "./scene";
import { pinOf, type Shown, type Track } from "./state";

/** Told apart by shape, not by colour; the circle is what is shown and not pinned. */
const SHAPES = [symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar];
export const shapeOf = (pin: number): SymbolType => SHAPES[pin] ?? symbolCircle;

/** Under the rows: the ticks' labels, in em. */
const FOOT = 2.2;

export type Kind = "rank" | "probability";

export function trajectories(room: Layout, em: number, labels: readonly string[]) {
  const rows = labels.length;
  const left = room.beside ? 0.8 * em : room.label;
  const margin = { top: room.row, right: 0.8 * em, bottom: FOOT * em, left };
  const area = plot(Math.min(room.side, SIDE.most * em), room.row * (rows + 1) + FOOT * em, margin);
  const y = linear([-0.5, rows - 0.5], area.y);
  const kept = svg("g");
  const current = svg("g");
  area.marks.append(kept, current);
  let scene: Scene;
  let kind: Kind;
  let x: AxisScale;
  let pins: Track[] = [];
  let lines: SVGElement[] = [];

  const value = (row: number, candidate: number) =>
    kind === "rank" ? scene.lens.rank(row, candidate) : scene.lens.probability(row, candidate);
  /** The number in words; a bound is told as one. */
  function said(row: number, candidate: number): string {
    const number = kind === "rank" ? String(value(row, candidate)) : probability(value(row, candidate));
    return scene.lens.bounded(row, candidate) ? `${kind === "rank" ? "≥" : "≤"} ${number}` : number;
  }

  function paintAxes(): void {
    area.axes.replaceChildren();
    const all: AxisTick[] =
      kind === "rank" ? rankTicks(x) : [0, 0.5, 1].map((p) => ({ at: x(p), label: p % 1 ? ".5" : String(p) }));
    // 1 and 0 side by side would read as 10.
    const close = kind === "rank" && x(0) - x(1) < 1.4 * em;
    const ticks = all.filter(({ label }) => !(close && label === "1"));
    drawAxis(area, { side: "bottom", ticks, gap: 0.4 * em, fontSize: em, rules: true });
    const places = labels.map((label, row) => ({ at: y(row), label: room.beside ? "" : label }));
    drawAxis(area, { side: "left", ticks: places, gap: 0.8 * em, fontSize: em, rules: true });
    const name = kind === "rank" ? "rank of the token" : "probability of the token";
    area.axes.append(svg("text", { class: "hs-axis-name", x: left, y: 0.65 * room.row }, name));
  }

  function draw({ position, token }: Track, className: string, shape: SymbolType, now: number | null): SVGElement {
    const candidate = scene.lens.candidate(position, token);
    const points = labels.map((_, row): [number, number] => [x(value(row, candidate)), y(row)]);
    const group = svg("g", { class: className, "data-position": position, "data-token": token });
    group.append(svg("path", { class: "hs-lens-path", d: line()(points) ?? "" }));
    points.forEach(([px, py], row) => {
      const d = symbol(shape, (row === now ? 0.65 : 0.25) * em ** 2)() ?? "";
      const number = said(row, candidate);
      group.append(svg("path", { d, transform: `translate(${px},${py})`, "data-row": row, "data-value": number }));
    });
    if (now !== null) group.append(numberAt(points[now], said(now, candidate)));
    return group;
  }

  /** A number beside its point, on the side that has room. */
  function numberAt([px, py]: [number, number], text: string): SVGElement {
    const toLeft = px > (area.x[0] + area.x[1]) / 2;
    const place = { x: px + (toLeft ? -0.7 : 0.7) * em, y: py - 0.35 * em, "text-anchor": toLeft ? "end" : "start" };
    return svg("text", { class: "hs-lens-here", ...place }, text);
  }

  function describe({ position, token }: Track): string {
    const candidate = scene.lens.candidate(position, token);
    const numbers = scene.rowNames.map((name, row) => `${name} ${said(row, candidate)}`).join(", ");
    return `${kind === "rank" ? "Rank" : "Probability"} of ${quoted(scene.vocabulary[token])} at position ${scene.first + position}: ${numbers}`;
  }

  return {
    root: area.root,
    paint(next: Scene, nextKind: Kind, nextPins: Track[]): void {
      scene = next;
      kind = nextKind;
      pins = nextPins;
      x = kind === "rank" ? rankScale(scene.lens.largest.rank, area.x) : linear([0, 1], area.x);
      paintAxes();
      lines = pins.map((pin, index) => draw(pin, "hs-lens-line", shapeOf(index), null));
    },
    /** What is shown is drawn over what is pinned, with its number in the row that is shown. */
    show(shown: Shown): void {
      const own = pinOf(pins, shown);
      kept.replaceChildren(...lines.filter((_, index) => index !== own));
      current.replaceChildren(draw(shown, "hs-lens-line hs-current", shapeOf(own), shown.row));
      pictured(area, describe(shown));
    },
  };
}

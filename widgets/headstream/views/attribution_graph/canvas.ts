// The lines between what is drawn, on a canvas: ten thousand of them are drawn in some strokes, one a sign and a width.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import type { Link } from "./drawn";
import type { Place } from "./layout";

const WIDTHS = 8;
/** Pixels of the canvas a CSS pixel, so that a saved picture is sharp; fewer where it would be too large for a canvas. */
const SHARP = 2;
const MOST_PIXELS = 12e6;

/** CSS pixels of a line, by its share of the largest. */
export const strokeOf = (share: number, em: number) => 0.7 + 0.3 * em * share;

/** What takes away is dashed: the sign is seen without colour. */
export const dashOf = (width: number) => [Math.max(4, 2.4 * width), Math.max(2.5, 1.3 * width)];

/** How lines stand out: so much wider, in em, and in clear colours. */
export interface Style {
  more: number;
  clear: boolean;
}
const PLAIN: Style = { more: 0, clear: false };
/** Shares of the largest below which no colour is paler where it must be seen. */
const CLEAR = 0.3;

/** The weight whose colour a line or bar has that must be seen, however little it is. */
export const cleared = (weight: number, largest: number) => {
  return Math.sign(weight) * Math.max(Math.abs(weight), CLEAR * largest);
};

export function linesCanvas(name: string) {
  const canvas = element("canvas", `hs-graph-lines ${name}`, { "aria-hidden": "true" });
  let scale = 1;
  return {
    canvas,
    size(width: number, height: number): void {
      scale = Math.min(SHARP, Math.sqrt(MOST_PIXELS / (width * height)));
      const [wide, high] = [Math.ceil(width * scale), Math.ceil(height * scale)];
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    },
    /** The links from the weakest to the strongest, as wide as their share of the largest says. */
    draw(
      links: readonly Link[],
      places: readonly Place[],
      encoding: Encoding,
      largest: number,
      em: number,
      { more, clear } = PLAIN,
    ): void {
      const context = canvas.getContext("2d");
      if (!context) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      for (const { weight, links: some } of batches(links, largest)) {
        const width = strokeOf(Math.abs(weight) / largest, em) + more * em;
        context.strokeStyle = encoding.color(clear ? cleared(weight, largest) : weight);
        context.lineWidth = width;
        context.setLineDash(weight < 0 ? dashOf(width) : []);
        context.beginPath();
        for (const { from, to } of some) trace(context, places[from], places[to], em);
        context.stroke();
      }
    },
  };
}

/** Links of one sign and about one weight, to be drawn in one stroke; the weakest first. */
export function batches(links: readonly Link[], largest: number): { weight: number; links: Link[] }[] {
  const found = new Map<number, Link[]>();
  for (const link of links) {
    const step = Math.min(WIDTHS - 1, Math.floor((WIDTHS * Math.abs(link.weight)) / (largest || 1)));
    const id = 2 * step + (link.weight < 0 ? 0 : 1);
    const list = found.get(id);
    if (list) list.push(link);
    else found.set(id, [link]);
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([, some]) => {
      const mean = some.reduce((sum, { weight }) => sum + weight, 0) / some.length;
      return { weight: mean, links: some };
    });
}

function trace(context: CanvasRenderingContext2D, from: Place, to: Place, em: number): void {
  const [y, end] = [from.y - from.height / 2, to.y + to.height / 2];
  const bend = Math.max(1.2 * em, 0.45 * Math.abs(y - end));
  // Straight up it would pass behind the marks between; names stand on the right of them.
  const bow = Math.abs(from.x - to.x) < 0.7 * em && Math.abs(y - end) > 3 * em ? 1.6 * em : 0;
  context.moveTo(from.x, y);
  context.bezierCurveTo(from.x - bow, y - bend, to.x - bow, end + bend, to.x, end);
}

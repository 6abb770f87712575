// The lines between what is drawn, on a canvas. Without a graphics card a line of a pixel's width or less takes a tenth of the time of another,
// and one stroke for many lines takes longer than a stroke for each.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import type { Link } from "./drawn";
import type { Place } from "./layout";

/** Lines that are drawn at once, the strongest: more could not be told apart. */
export const MOST_LINES = 2500;
/** Pixels of the canvas: fewer a CSS pixel where there would be more. */
const MOST_PIXELS = 12e6;
/** Below this width a line that takes away is no longer dashed: neither could be seen. */
const FINE = 1;

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
      scale = Math.min(window.devicePixelRatio || 1, 2, Math.sqrt(MOST_PIXELS / (width * height)));
      canvas.width = Math.ceil(width * scale);
      canvas.height = Math.ceil(height * scale);
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
      for (const { from, to, weight } of links.slice(-MOST_LINES)) {
        const width = strokeOf(Math.abs(weight) / (largest || 1), em) + more * em;
        context.strokeStyle = encoding.color(clear ? cleared(weight, largest) : weight);
        context.lineWidth = width;
        context.setLineDash(weight < 0 && width > FINE ? dashOf(width) : []);
        context.beginPath();
        trace(context, places[from], places[to], em);
        context.stroke();
      }
    },
  };
}

function trace(context: CanvasRenderingContext2D, from: Place, to: Place, em: number): void {
  const [y, end] = [from.y - from.height / 2, to.y + to.height / 2];
  const bend = Math.max(1.2 * em, 0.45 * Math.abs(y - end));
  // Straight up it would pass behind the marks between; names stand on the right of them.
  const bow = Math.abs(from.x - to.x) < 0.7 * em && Math.abs(y - end) > 3 * em ? 1.6 * em : 0;
  context.moveTo(from.x, y);
  context.bezierCurveTo(from.x - bow, y - bend, to.x - bow, end + bend, to.x, end);
}

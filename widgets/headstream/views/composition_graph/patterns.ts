// The patterns of two heads and of the virtual head that they make, side by side: queries down, keys across.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { paintRaster } from "../shared/draw/raster";
import { Weights } from "../shared/draw/weights";
import { gridStep } from "../shared/parts/items";
import type { Edge, Head } from "./edges";
import { product } from "./product";

/** A cell of the earlier head's pattern, the later one's, or of both in turn. */
export interface Cell {
  which: number;
  query: number;
  key: number;
}

export interface CellActs {
  point(cell: Cell | null): void;
  keep(cell: Cell): void;
}

const NAMES = ["The earlier head's pattern", "The later head's pattern", "The virtual head's pattern"];
/** Tokens from which on the product is not made while the pointer moves: it takes longer than a frame. */
const LONG = 128;
/** Pixels of a side: where there are more tokens, the largest of several weights is kept. */
const PIXELS = 96;

export function patterns(length: number, side: number, acts: CellActs) {
  const made = NAMES.map((name, which) => {
    const canvas = element("canvas", "", {
      tabindex: 0,
      role: "application",
      "aria-label": `${name}: queries down, keys across. Arrow keys move, Enter pins.`,
      "data-key": `pattern-${which}`,
    });
    const cross = element("div", "hs-cross", { hidden: true });
    const caption = element("div", "hs-caption");
    const square = element("div", "hs-square", { style: `width:${side}px;height:${side}px` }, canvas, cross);
    listen(canvas, which);
    return {
      canvas,
      cross,
      caption,
      root: element("div", "hs-pattern", { style: `width:${side}px` }, caption, square),
    };
  });
  const root = element("div", "hs-patterns", {}, ...made.map((one) => one.root));
  let at = { query: 0, key: 0 };

  function listen(canvas: HTMLCanvasElement, which: number): void {
    const under = (event: MouseEvent): Cell => {
      const box = canvas.getBoundingClientRect();
      const index = (share: number) => Math.min(length - 1, Math.max(0, Math.floor(share * length)));
      const [query, key] = [
        index((event.clientY - box.top) / box.height),
        index((event.clientX - box.left) / box.width),
      ];
      return { which, query, key };
    };
    canvas.addEventListener("pointermove", (event) => acts.point(under(event)));
    canvas.addEventListener("click", (event) => acts.keep(under(event)));
    canvas.addEventListener("pointerleave", () => acts.point(null));
    canvas.addEventListener("blur", () => acts.point(null));
    canvas.addEventListener("keydown", (event) => {
      const next = gridStep([at.query, at.key], event.key, [length, length]);
      if (next) acts.point({ which, query: next[0], key: next[1] });
      else if (event.key === "Enter" || event.key === " ") acts.keep({ which, ...at });
      else if (next === undefined) return;
      event.preventDefault();
    });
  }

  let shown: { weights: Weights; encoding: Encoding; pair: string; whole: boolean } | null = null;
  let drawn: ((which: number, query: number, key: number) => number) | null = null;
  const products = new Map<string, Weights>();

  /** The virtual head's weights; the last ones are kept. */
  function virtual(weights: Weights, from: Head, to: Head, pair: string): Weights {
    const kept = products.get(pair);
    if (kept) return kept;
    const both = new Weights(product(weights, from, to), weights.packed, length, null, false);
    if (products.size > 50) products.clear();
    products.set(pair, both);
    return both;
  }

  function paint(canvas: HTMLCanvasElement, weights: Weights, { layer, head }: Head, { rgb, place }: Encoding): void {
    const pixels = Math.min(length, PIXELS);
    paintRaster(
      canvas,
      pixels,
      weights.raster(layer, head, { query: 0, key: 0, span: length }, pixels).map(place),
      rgb,
    );
  }

  return {
    root,
    /** Other weights: what was made of the last ones is let go. */
    renew() {
      products.clear();
      shown = null;
    },
    /** The patterns of an edge's heads; `moving`: the pointer is on its way. */
    show(
      weights: Weights,
      encoding: Encoding,
      edge: Edge | null,
      heads: readonly Head[],
      names: readonly string[],
      moving: boolean,
    ) {
      const pair = edge ? `${edge.from} ${edge.to}` : "";
      const whole = !moving || length < LONG || products.has(pair);
      const same = shown?.weights === weights && shown.encoding === encoding && shown.pair === pair;
      if (same && (shown?.whole || !whole)) return;
      shown = { weights, encoding, pair, whole };
      root.toggleAttribute("data-empty", edge === null);
      if (!edge) {
        drawn = null;
        for (const { canvas, caption } of made) {
          canvas.width = 1;
          caption.textContent = "";
        }
        return;
      }
      const [from, to] = [heads[edge.from], heads[edge.to]];
      const captions = [
        `A of ${names[0]}`,
        `A of ${names[1]}`,
        whole ? `${names[1]} · ${names[0]}, by value` : "click to multiply",
      ];
      made.forEach(({ caption }, which) => {
        caption.textContent = captions[which];
      });
      paint(made[0].canvas, weights, from, encoding);
      paint(made[1].canvas, weights, to, encoding);
      const both = whole ? virtual(weights, from, to, pair) : null;
      if (both) paint(made[2].canvas, both, { layer: 0, head: 0 }, encoding);
      else made[2].canvas.width = 1;
      drawn = (which, query, key) => {
        if (which === 2) return both ? both.at(0, 0, query, key) : Number.NaN;
        const { layer, head } = which ? to : from;
        return weights.at(layer, head, query, key);
      };
    },
    /** A weight of what is shown. */
    weight: (which: number, query: number, key: number) => drawn?.(which, query, key) ?? Number.NaN,
    mark(query: number | null, key: number | null) {
      at = { query: query ?? 0, key: key ?? 0 };
      const cell = side / length;
      for (const { cross } of made) {
        cross.hidden = query === null || !drawn;
        const [left, width] = key === null ? [0, side] : [key * cell, cell];
        cross.style.cssText = `left:${left}px;width:${Math.max(3, width)}px;top:${at.query * cell}px;height:${Math.max(3, cell)}px`;
      }
    },
  };
}

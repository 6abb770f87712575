// The patterns of heads, as views of them share it: every head small, the text, and one head in large.
import type { Theme } from "../draw/color";
import { element } from "../draw/dom";
import { type Encoding, encode } from "../draw/encoding";
import type { HeadWeights, Window } from "../draw/weights";
import { afterLayout } from "../frame/layout";
import type { Selection, SharedSelection } from "../frame/selection";
import { action } from "../parts/controls";
import { inSight, tokenStrip } from "../parts/strip";
import { probability } from "../text/format";
import { running, visible } from "../text/tokens";
import { headGrid } from "./heads";
import { type Box, type Input, layout } from "./layout";
import { square } from "./square";
import { whole } from "./window";
import type { Head } from "./words";

const TICKS = [0, 0.1, 0.25, 0.5, 1];
// Where the scale is short.
const FEW_TICKS = [0, 0.25, 1];
/** With no more tokens than this there is nothing to zoom into. */
const SMALL = 8;

export interface Patterns {
  root: HTMLElement;
  paint(weights: HeadWeights, to: Encoding, by: Encoding): void;
  select(head: Head, current: Selection, pinned: Selection): void;
}

/** Makes the parts anew for other tokens or another room; what part of the square is looked at is kept. `looked`: it is another. */
export function patternParts(selection: SharedSelection, role: (head: Head) => string, looked = () => {}) {
  const view: { window: Window; length: number } = { window: whole(0), length: 0 };
  let grid: { of: string; made: ReturnType<typeof headGrid> } | null = null;
  let large: ReturnType<typeof square>;
  const zoom = element("span", "hs-choice");
  zoom.append(
    element("span", "hs-quiet", {}, "Zoom"),
    action("−", "Zoom out", () => large.zoomOut()),
    action("+", "Zoom in", () => large.zoomIn()),
    action("All", "Show the whole pattern", () => large.reset()),
  );

  /** The one that is there, where it is the same: its pictures are painted on. */
  function gridOf(layers: number, heads: number, thumb: number, em: number): ReturnType<typeof headGrid> {
    const roles = Array.from({ length: layers * heads }, (_, i) =>
      role({ layer: Math.floor(i / heads), head: i % heads }),
    );
    const of = JSON.stringify([layers, heads, thumb, em, roles]);
    if (grid?.of !== of) grid = { of, made: headGrid(selection, layers, heads, thumb, em, role) };
    return grid.made;
  }

  return {
    zoom,
    /** What of the square is looked at. */
    window: () => view.window,
    /** Whether there is nothing to zoom into. */
    small: (tokens: readonly string[]) => tokens.length <= SMALL,
    /** `heightLeft` is asked when the controls are as they will be. */
    make(tokens: readonly string[], room: Omit<Input, "names" | "height">, heightLeft: () => number | null): Patterns {
      const { layers, heads: count, em } = room;
      // Other numbers of the same tokens are looked at through the same window.
      if (view.length !== tokens.length) Object.assign(view, { window: whole(tokens.length), length: tokens.length });
      const places = layout({ ...room, height: heightLeft(), names: running(tokens).map(visible) });
      const strip = tokenStrip(tokens, selection, "The text, token by token");
      strip.root.style.fontSize = `${places.text.size * em}px`;
      const heads = places.heads && gridOf(layers, count, places.heads.thumb, em);
      large = square(selection, tokens.map(visible), places.square, em, view, looked);
      const root = element("div", "hs-attention", { style: `height:${places.height}px` });
      if (heads && places.heads) root.append(put(heads.root, places.heads));
      root.append(put(strip.root, places.text), put(large.root, places.square));
      let weights: HeadWeights;
      let to: Encoding;
      let by: Encoding;
      // How each token is painted: most stay as they are from one place of the pointer to the next.
      const painted: string[] = [];

      let shown: { head: Head; current: Selection } | null = null;
      strip.root.addEventListener("scroll", paintStrip, { passive: true });

      /** Those in sight: of some thousand tokens a pointer that moves cannot paint all. */
      function paintStrip(): void {
        if (!shown) return;
        const { layer, head } = shown.head;
        const { position, key } = shown.current;
        const [first, end] = inSight(strip);
        strip.spans.slice(first, end).forEach((span, place) => {
          const other = first + place;
          const given = position === null ? 0 : weights.at(layer, head, position, other);
          const taken = position === null ? 0 : weights.at(layer, head, other, position);
          const style = [
            given !== 0 ? `background-color:${to.color(given)};color:${to.ink(given)}` : "",
            taken !== 0 ? `border-bottom-color:${by.color(taken)}` : "",
            key === other ? "text-decoration:underline" : "",
          ].join(";");
          if (style === painted[other]) return;
          painted[other] = style;
          span.style.cssText = style;
        });
      }

      return {
        root,
        paint(next, attends, attended) {
          [weights, to, by] = [next, attends, attended];
          heads?.paint(weights, to);
        },
        select(head, current, pinned) {
          heads?.mark(head, current);
          large.show(weights, to, head);
          large.mark(current, pinned);
          strip.mark(current.position);
          shown = { head, current };
          afterLayout(paintStrip);
        },
      };
    },
  };
}

function put(part: HTMLElement, { x, y, width, height }: Box): HTMLElement {
  Object.assign(part.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return part;
}

/** What a token attends to, and what attends to it. `tight`: in little room. */
export function encodings(theme: Theme, quantity: string, tight: boolean): [Encoding, Encoding] {
  const ticks = (tight ? FEW_TICKS : TICKS).map((p) => ({
    at: Math.sqrt(p),
    label: p % 1 ? probability(p) : String(p),
  }));
  const names = tight ? ["attends to", "attended to by"] : [`${quantity}: attends to`, "underline: attended to by"];
  return [
    encode({ name: names[0], scale: "sequential", place: Math.sqrt, ticks }, theme),
    encode({ name: names[1], scale: "incoming", place: Math.sqrt, ticks }, theme),
  ];
}

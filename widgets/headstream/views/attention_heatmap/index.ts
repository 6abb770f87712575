import type { Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { Weights, type Window } from "../shared/draw/weights";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { action, choice } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { probability, signed } from "../shared/text/format";
import { running, visible } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, oneOf, optional, texts } from "../shared/wire/readers";
import { headGrid } from "./heads";
import { type Box, layout } from "./layout";
import { square } from "./square";
import { whole } from "./window";
import { type Head, sentence } from "./words";

const READERS = {
  tokens: texts,
  pattern: array(["uint8", "float16"], 3),
  packed: flag,
  signed: flag,
  value_norm: optional(array("float32", 3)),
  roles: texts,
  weighting: oneOf("raw", "value"),
};
type HeatmapFrame = Frame<typeof READERS>;

const TICKS = [0, 0.1, 0.25, 0.5, 1];
// Where the scale is short.
const FEW_TICKS = [0, 0.25, 1];
/** With no more tokens than this there is nothing to zoom into. */
const SMALL = 8;

function create(frame: HeatmapFrame): View {
  const { traits, selection } = frame;
  let weights: Weights;
  let to: Encoding;
  let by: Encoding;
  let strip: ReturnType<typeof tokenStrip>;
  let heads: ReturnType<typeof headGrid> | null;
  let head: ReturnType<typeof square>;
  // How each token is painted: most stay as they are from one place of the pointer to the next.
  let painted: string[] = [];
  const view: { window: Window; length: number } = { window: whole(0), length: 0 };

  const zoom = element("span", "hs-choice");
  zoom.append(
    element("span", "hs-quiet", {}, "Zoom"),
    action("−", "Zoom out", () => head.zoomOut()),
    action("+", "Zoom in", () => head.zoomIn()),
    action("All", "Show the whole pattern", () => head.reset()),
  );
  const weighting = choice(frame, "weighting", "Weights", { raw: "raw", value: "× ‖v‖" });
  frame.controls.append(weighting.root, zoom);

  /** What stands around the picture. */
  function surround(): void {
    const weighted = traits.weighting === "value";
    weighting.root.hidden = traits.value_norm === null;
    weighting.update();
    zoom.hidden = traits.tokens.length <= SMALL;
    const tight = frame.room === "little" || frame.room === "some";
    if (traits.signed) {
      to = by = changes(frame.theme, tight);
      frame.legend.replaceChildren(to.legend());
      frame.title("Change in attention");
      return;
    }
    [to, by] = encodings(frame.theme, weighted, tight);
    frame.legend.replaceChildren(to.legend(), by.legend());
    frame.title(weighted ? "Value-weighted attention" : "Attention");
  }

  return {
    build() {
      const { tokens } = traits;
      const [layers, count] = checked(traits);
      selection.sizes = { layer: layers, head: count, position: tokens.length, key: tokens.length };
      // Other numbers of the same tokens are looked at through the same window.
      if (view.length !== tokens.length) Object.assign(view, { window: whole(tokens.length), length: tokens.length });
      surround();
      const { width, fontSize: em } = frame;
      const height = frame.heightLeft();
      const names = tokens.map(visible);
      const places = layout({ width, height, em, layers, heads: count, names: running(tokens).map(visible) });
      painted = [];
      strip = tokenStrip(tokens, selection, "The text, token by token");
      strip.root.style.fontSize = `${places.text.size * em}px`;
      heads = places.heads && headGrid(selection, layers, count, places.heads.thumb, em, role);
      head = square(selection, names, places.square, em, view);
      const picture = element("div", "hs-parts", { style: `height:${places.height}px` });
      if (heads && places.heads) picture.append(put(heads.root, places.heads));
      picture.append(put(strip.root, places.text), put(head.root, places.square));
      frame.picture.replaceChildren(picture);
    },

    paint() {
      checked(traits);
      const { pattern, packed, tokens, value_norm, weighting } = traits;
      weights = new Weights(pattern, packed, tokens.length, value_norm, weighting === "value");
      surround();
      heads?.paint(weights, to);
    },

    select(current, pinned) {
      const now = { layer: current.layer ?? 0, head: current.head ?? 0 };
      heads?.mark(now, current);
      head.show(weights, to, now);
      head.mark(current, pinned);
      strip.mark(current.position);
      paintStrip(now, current);
      frame.say(sentence(weights, traits.tokens, { ...now, role: role(now) }, current, traits.signed));
    },
  };

  function role({ layer, head }: Head): string {
    return traits.roles[layer * traits.pattern.shape[1] + head] ?? "";
  }

  function paintStrip({ layer, head }: Head, { position, key }: Selection): void {
    strip.spans.forEach((span, other) => {
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
}

function put(part: HTMLElement, { x, y, width, height }: Box): HTMLElement {
  Object.assign(part.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return part;
}

/** What a token attends to, and what attends to it. */
function encodings(theme: Theme, weighted: boolean, tight: boolean): [Encoding, Encoding] {
  const ticks = (tight ? FEW_TICKS : TICKS).map((p) => ({
    at: Math.sqrt(p),
    label: p % 1 ? probability(p) : String(p),
  }));
  const quantity = weighted ? "p·‖v‖ / max‖v‖" : "p";
  const names = tight ? ["attends to", "attended to by"] : [`${quantity}: attends to`, "underline: attended to by"];
  return [
    encode({ name: names[0], scale: "sequential", place: Math.sqrt, ticks }, theme),
    encode({ name: names[1], scale: "incoming", place: Math.sqrt, ticks }, theme),
  ];
}

/** How much more is attended, or less. */
function changes(theme: Theme, tight: boolean): Encoding {
  const place = (change: number) => (1 + Math.sign(change) * Math.sqrt(Math.abs(change))) / 2;
  const ticks = (tight ? [-1, 0, 1] : [-1, -0.25, 0, 0.25, 1]).map((p) => ({ at: place(p), label: signed(p, 2) }));
  const name = tight ? "change in p" : "change in p: attends to; underline: attended to by";
  return encode({ name, scale: "diverging", place, ticks }, theme);
}

/** Layers and heads, of arrays that belong together. */
function checked({ tokens, pattern, packed, value_norm, roles, weighting }: HeatmapFrame["traits"]): [number, number] {
  const [layers, heads] = pattern.shape;
  const { length } = tokens;
  if (!layers || !heads || !length) throw new Damaged("pattern: expected a layer, a head and a token at least");
  fits("pattern", pattern.shape, [layers, heads, packed ? (length * (length + 1)) / 2 : length * length]);
  if (roles.length) fits("roles", [roles.length], [layers * heads]);
  if (value_norm) fits("value_norm", value_norm.shape, [layers, heads, length]);
  else if (weighting === "value") throw new Damaged("weighting: 'value' needs value_norm");
  return [layers, heads];
}

export default defineView({
  name: "attention_heatmap",
  readers: READERS,
  structure: ({ tokens, pattern, roles }) => [tokens, pattern.shape.slice(0, 2), roles],
  create,
});

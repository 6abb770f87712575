import { type Ramp, ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { scaleLegend } from "../shared/draw/legend";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { action, choice } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { probability } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import { headGrid } from "./heads";
import { square } from "./square";
import { strongest, Weights } from "./weights";

// Between the two columns, in units of the type size.
const GAP = 2;
const TICKS = [0, 0.1, 0.25, 0.5, 1];

/** Heads and text beside the large head where there is room for both, else above it. */
function columns(width: number, fontSize: number, headsWidth: number): { beside: boolean; side: number } {
  const side = Math.max(headsWidth, Math.round(0.4 * width));
  return { beside: width - side >= 27 * fontSize, side };
}

function create(frame: Frame): View {
  const { model, selection } = frame;
  let tokens: string[] = [];
  let weights: Weights;
  let strip: ReturnType<typeof tokenStrip>;
  let heads: ReturnType<typeof headGrid>;
  let head: ReturnType<typeof square>;
  let painted: string[] = [];
  let shown = { layer: -1, head: -1 };
  let outgoing: Ramp;
  let incoming: Ramp;

  const zoom = element("span", "hs-choice");
  zoom.append(
    element("span", "hs-quiet", {}, "Zoom"),
    action("−", "Zoom out", () => head.zoom(1.6)),
    action("+", "Zoom in", () => head.zoom(1 / 1.6)),
    action("All", "Show the whole pattern", () => head.reset()),
  );
  const weighting = choice(model, "weighting", "Weights", { raw: "raw", value: "× ‖v‖" });
  frame.controls.append(weighting, zoom);

  /** Layer and head to show: the selection's, or the first. */
  const which = (current: Selection) => ({ layer: current.layer ?? 0, head: current.head ?? 0 });

  return {
    draw() {
      tokens = model.get("tokens");
      const weighted = model.get("weighting") === "value";
      weights = new Weights(
        model.get("pattern"),
        model.get("packed"),
        tokens.length,
        model.get("value_norm"),
        weighted,
      );
      selection.sizes = { layer: weights.layers, head: weights.heads, position: tokens.length, key: tokens.length };
      weighting.hidden = !weights.canWeight;
      zoom.hidden = tokens.length <= 8;
      outgoing = ramp(frame.theme, "sequential");
      incoming = ramp(frame.theme, "incoming");
      painted = [];
      strip = tokenStrip(tokens, selection, "The text, token by token");
      heads = headGrid(frame, weights, outgoing);
      const layout = columns(frame.width, frame.fontSize, heads.width);
      head = square(
        frame,
        weights,
        tokens,
        layout.beside ? frame.width - layout.side - GAP * frame.fontSize : frame.width,
        outgoing,
      );
      const side = element("div", layout.beside ? "hs-side hs-beside" : "hs-side", {
        style: `width:${layout.beside ? `${layout.side}px` : "100%"}`,
      });
      if (weights.layers * weights.heads > 1) side.append(heads.root);
      side.append(strip.root);
      frame.picture.replaceChildren(element("div", "hs-heads-and-head", {}, side, head.root));
      const ticks = TICKS.map((p) => ({ at: Math.sqrt(p), label: p === 0 ? "0" : p === 1 ? "1" : probability(p) }));
      frame.legend.replaceChildren(
        scaleLegend(frame.theme, "sequential", weighted ? "p·‖v‖ / max‖v‖: attends to" : "p: attends to", ticks),
        scaleLegend(frame.theme, "incoming", "underline: attended to by", ticks),
      );
      frame.title(weighted ? "Attention, weighted by the size of what is moved" : "Attention");
      shown = { layer: -1, head: -1 };
    },

    select(current, pinned) {
      const now = which(current);
      heads.mark(now.layer, now.head, current.layer !== null || current.head !== null);
      if (now.layer !== shown.layer || now.head !== shown.head) {
        head.show(now.layer, now.head);
        shown = now;
      }
      head.mark(current, pinned);
      strip.mark(current.position);
      paintStrip(now, current);
      frame.say(sentence(now, current));
    },
  };

  function paintStrip(now: { layer: number; head: number }, { position, key }: Selection): void {
    strip.spans.forEach((span, other) => {
      const to = position === null ? 0 : weights.at(now.layer, now.head, position, other);
      const from = position === null ? 0 : weights.at(now.layer, now.head, other, position);
      const style = [
        to > 0 ? `background-color:${outgoing.css(Math.sqrt(to))};color:${outgoing.ink(Math.sqrt(to))}` : "",
        from > 0 ? `border-bottom-color:${incoming.css(Math.sqrt(from))}` : "",
        key === other ? "text-decoration:underline" : "",
      ].join(";");
      // Most tokens stay as they are from one place of the pointer to the next.
      if (style === painted[other]) return;
      painted[other] = style;
      span.style.cssText = style;
    });
  }

  function sentence(now: { layer: number; head: number }, { position, key }: Selection): string {
    const name = `Layer ${now.layer}, head ${now.head}`;
    if (position === null) return `${name}: point at a token or a cell; click to keep it, Escape to let go.`;
    const word = weights.weighted ? "moves" : "attends";
    if (key !== null) {
      const weight = probability(weights.at(now.layer, now.head, position, key));
      if (weights.weighted)
        return `${name}: ${quoted(tokens[position])} takes ${weight} (p·‖v‖ / max‖v‖) from ${quoted(tokens[key])}.`;
      return `${name}: ${quoted(tokens[position])} ${word} ${weight} to ${quoted(tokens[key])}.`;
    }
    const to = (other: number) => weights.at(now.layer, now.head, position, other);
    const from = (other: number) => weights.at(now.layer, now.head, other, position);
    const list = (weight: (other: number) => number) =>
      strongest(weight, tokens.length, 3)
        .map((other) => `${quoted(tokens[other])} ${probability(weight(other))}`)
        .join(", ") || "nothing";
    return `${name}: ${quoted(tokens[position])} attends to ${list(to)}. Attended to by ${list(from)}.`;
  }
}

export default defineView("attention_heatmap", ["pattern", "value_norm", "weighting"], create);

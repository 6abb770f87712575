import type { Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import type { HeadWeights } from "../shared/draw/weights";
import { Kernel } from "../shared/frame/ask";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice } from "../shared/parts/controls";
import { encodings, type Patterns, patternParts } from "../shared/pattern/parts";
import { type Head, sentence } from "../shared/pattern/words";
import { signed } from "../shared/text/format";
import { array, codes, flag, oneOf, optional, texts, whole, wholes } from "../shared/wire/readers";
import { Asking, checked, weightsOf } from "./parts";

const READERS = {
  tokens: texts,
  pattern: optional(codes(["uint8", "float16"], 3)),
  packed: flag,
  signed: flag,
  value_norm: optional(array("float32", 3)),
  roles: texts,
  weighting: oneOf("raw", "value"),
  pooled: optional(codes(["uint8", "float16"], 4)),
  pool: whole,
  part: wholes,
  most: whole,
};
type HeatmapFrame = Frame<typeof READERS>;

function create(frame: HeatmapFrame): View {
  const { traits, selection } = frame;
  let weights: HeadWeights;
  let to: Encoding;
  let by: Encoding;
  let patterns: Patterns;

  const parts = patternParts(selection, role, () => frame.reselect());
  const asking = new Asking(new Kernel(frame.model, frame.signal), () => frame.reselect());
  /** What the legend was made for. */
  let explained = "";
  const note = element("div", "hs-quiet hs-attention-note", { role: "note" });
  /** Whether the weights are others than those that were asked about. */
  let anew = true;
  const weighting = choice(frame, "weighting", "Weights", { raw: "raw", value: "× ‖v‖" });
  frame.controls.append(weighting.root, parts.zoom);

  /** What stands around the picture. */
  function surround(): void {
    const weighted = traits.weighting === "value";
    weighting.root.hidden = traits.value_norm === null;
    weighting.update();
    parts.zoom.hidden = parts.small(traits.tokens);
    frame.title(traits.signed ? "Change in attention" : weighted ? "Value-weighted attention" : "Attention");
    const tight = frame.room === "little" || frame.room === "some";
    const wanted = JSON.stringify([frame.theme, weighted, traits.signed, tight]);
    if (wanted === explained && note.isConnected) return;
    explained = wanted;
    if (traits.signed) {
      to = by = changes(frame.theme, tight);
      frame.legend.replaceChildren(to.legend(), note);
      return;
    }
    [to, by] = encodings(frame.theme, weighted ? "p·‖v‖ / max‖v‖" : "p", tight);
    frame.legend.replaceChildren(to.legend(), by.legend(), note);
  }

  return {
    build() {
      const { tokens } = traits;
      const [layers, heads] = checked(traits);
      selection.sizes = { layer: layers, head: heads, position: tokens.length, key: tokens.length };
      weights = weightsOf(traits);
      surround();
      // Before what is left of the height is asked.
      explain(keptHead(selection.pinned()));
      const { width, fontSize: em } = frame;
      patterns = parts.make(tokens, { width, em, layers, heads }, () => frame.heightLeft());
      frame.picture.replaceChildren(patterns.root);
    },

    paint() {
      checked(traits);
      weights = weightsOf(traits);
      anew = true;
      surround();
      patterns.paint(weights, to, by);
    },

    select(current, pinned) {
      const now = { layer: current.layer ?? 0, head: current.head ?? 0 };
      patterns.select(now, current, pinned);
      const kept = keptHead(pinned);
      // With no kernel the answer comes at once, and selects again.
      const isNew = anew;
      anew = false;
      asking.look(traits, weights, kept, parts.window(), isNew);
      if (explain(kept)) frame.fit();
      frame.say(sentence(weights, traits.tokens, { ...now, role: role(now) }, current, traits.signed));
    },
  };

  /** Says what is drawn of a head; whether that is something else than before. */
  function explain(head: Head): boolean {
    const said = asking.says(traits, weights, head, parts.window());
    if (said === note.textContent) return false;
    note.textContent = said;
    return true;
  }

  function role({ layer, head }: Head): string {
    return traits.roles[layer * (selection.sizes.head ?? 0) + head] ?? "";
  }
}

/** The head that is asked about: the first, where none is pinned. */
function keptHead({ layer, head }: Selection): Head {
  return { layer: layer ?? 0, head: head ?? 0 };
}

/** How much more is attended, or less. */
function changes(theme: Theme, tight: boolean): Encoding {
  const place = (change: number) => (1 + Math.sign(change) * Math.sqrt(Math.abs(change))) / 2;
  const ticks = [-1, 0, 1].map((p) => ({ at: place(p), label: signed(p, 2) }));
  const name = tight ? "change in p" : "change in p: attends to; underline: attended to by";
  return encode({ name, scale: "diverging", place, ticks }, theme);
}

export default defineView({
  name: "attention_heatmap",
  readers: READERS,
  structure: ({ tokens, pattern, pooled, roles }) => [
    tokens,
    pooled?.shape.slice(1, 3) ?? pattern?.shape.slice(0, 2),
    roles,
  ],
  create,
});

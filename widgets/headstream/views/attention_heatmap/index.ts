import type { Theme } from "../shared/draw/color";
import { type Encoding, encode } from "../shared/draw/encoding";
import { Weights } from "../shared/draw/weights";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice } from "../shared/parts/controls";
import { encodings, type Patterns, patternParts } from "../shared/pattern/parts";
import { type Head, sentence } from "../shared/pattern/words";
import { signed } from "../shared/text/format";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, oneOf, optional, texts } from "../shared/wire/readers";

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

function create(frame: HeatmapFrame): View {
  const { traits, selection } = frame;
  let weights: Weights;
  let to: Encoding;
  let by: Encoding;
  let patterns: Patterns;

  const parts = patternParts(selection, role);
  const weighting = choice(frame, "weighting", "Weights", { raw: "raw", value: "× ‖v‖" });
  frame.controls.append(weighting.root, parts.zoom);

  /** What stands around the picture. */
  function surround(): void {
    const weighted = traits.weighting === "value";
    weighting.root.hidden = traits.value_norm === null;
    weighting.update();
    parts.zoom.hidden = parts.small(traits.tokens);
    const tight = frame.room === "little" || frame.room === "some";
    if (traits.signed) {
      to = by = changes(frame.theme, tight);
      frame.legend.replaceChildren(to.legend());
      frame.title("Change in attention");
      return;
    }
    [to, by] = encodings(frame.theme, weighted ? "p·‖v‖ / max‖v‖" : "p", tight);
    frame.legend.replaceChildren(to.legend(), by.legend());
    frame.title(weighted ? "Value-weighted attention" : "Attention");
  }

  return {
    build() {
      const { tokens } = traits;
      const [layers, heads] = checked(traits);
      selection.sizes = { layer: layers, head: heads, position: tokens.length, key: tokens.length };
      surround();
      const { width, fontSize: em } = frame;
      patterns = parts.make(tokens, { width, em, layers, heads }, () => frame.heightLeft());
      frame.picture.replaceChildren(patterns.root);
    },

    paint() {
      checked(traits);
      const { pattern, packed, tokens, value_norm, weighting } = traits;
      weights = new Weights(pattern, packed, tokens.length, value_norm, weighting === "value");
      surround();
      patterns.paint(weights, to, by);
    },

    select(current, pinned) {
      const now = { layer: current.layer ?? 0, head: current.head ?? 0 };
      patterns.select(now, current, pinned);
      frame.say(sentence(weights, traits.tokens, { ...now, role: role(now) }, current, traits.signed));
    },
  };

  function role({ layer, head }: Head): string {
    return traits.roles[layer * traits.pattern.shape[1] + head] ?? "";
  }
}

/** How much more is attended, or less. */
function changes(theme: Theme, tight: boolean): Encoding {
  const place = (change: number) => (1 + Math.sign(change) * Math.sqrt(Math.abs(change))) / 2;
  const ticks = [-1, 0, 1].map((p) => ({ at: place(p), label: signed(p, 2) }));
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

import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { tokenStrip } from "../shared/parts/strip";
import { plain, quoted } from "../shared/text/tokens";
import { array, fits, text, texts } from "../shared/wire/readers";
import { Values } from "./values";

const READERS = { tokens: texts, values: array("float32", 1), quantity: text };

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  let strip: ReturnType<typeof tokenStrip>;
  let values: Values;

  return {
    build() {
      selection.sizes = { position: traits.tokens.length };
      strip = tokenStrip(traits.tokens, selection, "The text, token by token");
      frame.picture.replaceChildren(element("div", "hs-values", {}, strip.root));
    },

    paint() {
      fits("values", traits.values.shape, [traits.tokens.length]);
      values = new Values(traits.values.data);
      const colors: Encoding = encode({ ...values.scale(), name: plain(traits.quantity) }, frame.theme);
      strip.spans.forEach((span, position) => {
        const value = values.at(position);
        span.dataset.value = values.shown(position);
        span.style.backgroundColor = colors.color(value);
        span.style.color = colors.ink(value);
      });
      frame.legend.replaceChildren(colors.legend());
      frame.title(`One number a token: ${traits.quantity}`);
    },

    select({ position }) {
      strip.mark(position);
      frame.say(position === null ? overview() : `${name(position)}: ${values.shown(position)}.`);
    },
  };

  function name(position: number): string {
    return `${quoted(traits.tokens[position])} (position ${position})`;
  }

  /** When nothing is pointed at: where the largest number stands. */
  function overview(): string {
    const largest = values.largest();
    return `Largest at ${name(largest)}: ${values.shown(largest)}. Point at a token for its number; click to keep it.`;
  }
}

export default defineView({ name: "token_values", readers: READERS, structure: ({ tokens }) => tokens, create });

import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice } from "../shared/parts/controls";
import { plain } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import {
  array,
  fits,
  listOf,
  number,
  oneOf,
  optional,
  record,
  text,
  texts,
  whole,
  wholes,
} from "../shared/wire/readers";
import { Effects } from "./effects";
import { grid, type Place, type Prompts } from "./grid";
import { layout } from "./layout";
import { Words } from "./words";

const READERS = {
  tokens: texts,
  clean_tokens: texts,
  components: listOf(record({ label: text, name: text, layer: optional(whole), head: optional(whole) })),
  patched: array("float32", 2),
  clean: number,
  corrupted: number,
  quantity: text,
  read_at: whole,
  unit: oneOf("share", "logit"),
  cell: optional(wholes),
};
const NOWHERE: Place = { row: null, position: null };

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  let effects: Effects;
  let words: Words;
  let picture: ReturnType<typeof grid>;
  /** What the pointer or the keyboard is on, in this view. */
  let pointed: Place | null = null;
  let last: Place = NOWHERE;

  const unit = choice(frame, "unit", "Effect as", { share: "share of the gap", logit: "logits" });
  frame.controls.append(unit.root);
  frame.onClear(() => {
    if (traits.cell) frame.set({ cell: null });
  });

  /** What pointing at a place selects. */
  function partOf({ row, position }: Place): Partial<Selection> {
    const at = position === null ? {} : { position };
    if (row === null) return at;
    const { layer, head } = traits.components[row];
    return { layer, head, ...at };
  }

  /** The row of a head, or of its layer: the one that was pointed at or pinned here, if it is that layer's. */
  function rowOf({ layer, head, position }: Selection): number | null {
    const own = [pointed?.row, traits.cell?.[0]];
    const same = (row: number) => {
      const part = traits.components[row];
      return part.layer === layer && part.head === head && (layer !== null || position !== null);
    };
    const found = own.find((row) => row !== null && row !== undefined && row < traits.components.length && same(row));
    if (found !== undefined) return found ?? null;
    const first = layer === null ? -1 : traits.components.findIndex((_, row) => same(row));
    return first < 0 ? null : first;
  }

  const acts = {
    point(place: Place | null) {
      pointed = place;
      selection.preview(place && partOf(place));
    },
    keep(place: Place) {
      pointed = null;
      if (place.row !== null && place.position !== null) frame.set({ cell: [place.row, place.position] });
      selection.pin(partOf(place));
    },
  };

  function surround(): Encoding {
    const colors = encode(effects.scale(traits.unit), frame.theme);
    frame.legend.replaceChildren(colors.legend());
    frame.title(`Patched from the clean run: ${plain(traits.quantity)}`);
    unit.update();
    return colors;
  }

  function read(): Prompts {
    const { tokens, clean_tokens, components, patched, clean, corrupted, quantity, read_at } = traits;
    fits("patched", patched.shape, [components.length, tokens.length]);
    if (clean_tokens.length !== tokens.length) {
      throw new Damaged(`clean_tokens: expected ${tokens.length}, got ${clean_tokens.length}`);
    }
    effects = new Effects(patched.data, components.length, tokens.length, clean, corrupted);
    const prompts = { clean: clean_tokens, corrupted: tokens, readAt: read_at };
    words = new Words(effects, components, prompts, quantity);
    return prompts;
  }

  return {
    build() {
      const { tokens, clean_tokens, components } = traits;
      const prompts = read();
      surround();
      const count = (values: (number | null)[]) => Math.max(-1, ...values.map((value) => value ?? -1)) + 1;
      const layers = count(components.map(({ layer }) => layer));
      selection.sizes = { layer: layers, head: count(components.map(({ head }) => head)), position: tokens.length };
      const longest = (texts: readonly string[]) => Math.max(0, ...texts.map((each) => [...each].length));
      const { width, fontSize: em } = frame;
      const room = layout({
        width,
        height: frame.heightLeft(),
        em,
        name: longest([...components.map(({ label }) => label), "corrupted"]),
        // A start token at the first position is long, and may be cut.
        longest: longest([...tokens.slice(1), ...clean_tokens.slice(1)]),
        rows: components.length,
        layers,
        positions: tokens.length,
      });
      picture = grid(components, prompts, room, em, acts);
      frame.picture.replaceChildren(element("div", "hs-patch-view", {}, picture.root));
    },

    paint() {
      read();
      picture.paint(effects, traits.unit, surround());
    },

    select(current, pinned) {
      const shown = { row: rowOf(current), position: current.position };
      const kept = { row: rowOf(pinned), position: pinned.position };
      picture.mark(shown, kept);
      if (kept.row !== last.row || kept.position !== last.position) picture.reveal(kept);
      last = kept;
      frame.say(words.sentence(shown));
    },
  };
}

export default defineView({
  name: "patch_grid",
  readers: READERS,
  structure: ({ tokens, clean_tokens, components, read_at }) => [tokens, clean_tokens, components, read_at],
  create,
});

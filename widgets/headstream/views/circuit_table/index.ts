import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { Kernel } from "../shared/frame/ask";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { type Control, choice } from "../shared/parts/controls";
import { type Column, table } from "../shared/parts/table";
import { quoted, shortened, visible } from "../shared/text/tokens";
import { array, fits, oneOf, optional, text, vocabulary, whole } from "../shared/wire/readers";
import { distancePanel } from "./distance";
import { ENDS, type Entry, entriesOf, place, Signed, sentence } from "./entries";
import { blockMap, type Cell } from "./map";
import { tokenPanel } from "./panel";

const READERS = {
  kind: oneOf("ov", "qk"),
  layer: whole,
  head: whole,
  text,
  size: whole,
  vocabulary,
  weight_ids: array("int32", 2),
  weight_numbers: array("float32", 2),
  text_ids: optional(array("int32", 2)),
  text_numbers: optional(array("float32", 2)),
  blocks: array("float32", 2),
  by_distance: optional(array("float32", 1)),
  ranked: oneOf("on text", "by weights"),
};

/** In em: the side of the map and of the panels beside the table, or below it, and what stands under the map; characters of a token in a cell. */
const SIDE = { least: 17, most: 42, below: 32 };
const UNDER = 7;
const LABEL = 40;

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  const kernel = new Kernel(frame.model, frame.signal);
  let labels: Record<string, string> = {};
  let blocks: unknown = null;
  let entries: Entry[] = [];
  let numbers: Signed;
  let pointed: Entry | Cell | null = null;
  let shown: ReturnType<typeof table<Entry>> | undefined;
  let map: ReturnType<typeof blockMap> | null = null;
  let panel: ReturnType<typeof tokenPanel>;
  let ranked: Control | null = null;
  frame.onClear(() => map?.back());

  const label = (token: number) => labels[token] ?? `token ${token}`;
  const learn = (some: Record<string, string>) => Object.assign(labels, some);
  const cell = (token: number) => shortened(visible(label(token)), LABEL);
  const look = (item: Entry | Cell | null) => {
    pointed = item;
    frame.reselect();
  };

  function read(): void {
    const of = (name: "weight" | "text") => {
      const [ids, values] = [traits[`${name}_ids`], traits[`${name}_numbers`]];
      if (!ids || !values) return null;
      fits(`${name}_ids`, ids.shape, [ids.shape[0], 3]);
      fits(`${name}_numbers`, values.shape, [ids.shape[0], 2]);
      return entriesOf(ids.data, values.data);
    };
    const [weights, onText] = [of("weight") ?? [], of("text")];
    fits("blocks", traits.blocks.shape, [traits.blocks.shape[0], traits.blocks.shape[0]]);
    entries = traits.ranked === "on text" && onText ? onText : weights;
    numbers = new Signed(entries.map(({ value }) => value));
    if (blocks === traits.blocks) return;
    blocks = traits.blocks;
    labels = { ...traits.vocabulary };
    map = null;
    // What is still asked is of another circuit.
    for (const kind of ["part", "search", "token"]) kernel.drop(kind);
  }

  function entryTable() {
    const scores = new Signed(entries.map(({ score }) => score));
    const [row, column] = ENDS[traits.kind];
    const columns: Column<Entry>[] = [
      { name: row, value: (entry) => cell(entry.row) },
      { name: column, value: (entry) => cell(entry.column) },
      { name: "weight", value: (entry) => entry.value, format: numbers.text },
      { name: "score", value: (entry) => entry.score, format: scores.text },
    ];
    const name = traits.kind === "ov" ? "Entries of the OV circuit" : "Entries of the QK circuit";
    const acts = {
      point(entry: Entry | null) {
        pointed = entry;
        selection.preview(entry && { token: entry.column });
        frame.reselect();
      },
      keep: (entry: Entry) => selection.pin({ token: entry.column }),
    };
    return table<Entry>(name, entries, columns, acts, { before: shown });
  }

  return {
    build() {
      read();
      pointed = null;
      selection.sizes = { token: traits.size };
      const em = frame.fontSize;
      const wide = frame.room === "plenty" || frame.room === "much";
      const left = frame.heightLeft() ?? Number.POSITIVE_INFINITY;
      // No wider than the map, which is square: the table takes the rest.
      const tall = Math.max(SIDE.least * em, left - UNDER * em);
      const side = wide ? Math.min(0.42 * frame.width, SIDE.most * em, tall) : Math.min(frame.width, SIDE.below * em);
      shown = entryTable();
      panel = tokenPanel({
        kind: traits.kind,
        entries,
        kernel,
        labels,
        label,
        learn,
        pick: (token) => selection.pin({ token }),
      });
      map ??= blockMap({
        kind: traits.kind,
        size: traits.size,
        blocks: traits.blocks,
        kernel,
        learn,
        point: look,
        pick: (token) => selection.pin({ token }),
      });
      const beside = element("div", "hs-circuit-side", { style: `width:${side}px` }, map.root);
      if (traits.by_distance) beside.append(distancePanel(traits.by_distance.data, side, em));
      const list = element("div", "hs-circuit-left", {}, panel.root, shown.root);
      const whole = element("div", `hs-circuit ${wide ? "hs-beside" : ""}`, {}, list, beside);
      whole.toggleAttribute("data-distance", traits.by_distance !== null);
      frame.picture.replaceChildren(whole);
      ranked?.root.remove();
      ranked = traits.text_ids
        ? choice(frame, "ranked", "ranked", { "on text": "on text", "by weights": "by weights" })
        : null;
      if (ranked) frame.controls.prepend(ranked.root);
    },

    paint() {
      const name = traits.kind === "ov" ? "change of the logit" : "attention score";
      const colors: Encoding = encode(numbers.quantity(name), frame.theme);
      shown?.paint(2, (box, { value }) => {
        box.style.backgroundColor = colors.color(value);
        box.style.color = colors.ink(value);
      });
      map?.paint(frame.theme);
      panel.paint(colors);
      ranked?.update();
      frame.legend.replaceChildren(colors.legend());
      const how = traits.ranked === "on text" && traits.text ? `on ${traits.text}` : "by weights";
      frame.title(`${traits.kind.toUpperCase()} circuit of head ${traits.layer}.${traits.head}, ranked ${how}`);
    },

    select({ token }, pinned) {
      shown?.mark((entry) => entry.column === token);
      panel.show(pinned.token);
      frame.say(words(token));
    },
  };

  function words(token: number | null): string {
    const { kind } = traits;
    if (pointed && "rank" in pointed) {
      const { row, column, value } = pointed;
      return `${sentence(kind, label(row), label(column), value, numbers)} ${place(pointed)}.`;
    }
    if (pointed) {
      const { rows, columns, value } = pointed;
      const own = new Signed([value]);
      if (rows[1] - rows[0] === 1 && columns[1] - columns[0] === 1) {
        return `${sentence(kind, label(rows[0]), label(columns[0]), value, own)}.`;
      }
      const run = ([first, end]: readonly [number, number]) => `${first} to ${end - 1}`;
      const [row, column] = ENDS[kind];
      return `Token ids ${run(rows)} (${row}) by ${run(columns)} (${column}): the largest entry is ${own.text(value)}. A click or Enter looks inside.`;
    }
    if (token !== null) return `${quoted(label(token))}: its row and its column stand above the table.`;
    const [best] = entries;
    if (!best) return "There are no entries.";
    return `First: ${sentence(kind, label(best.row), label(best.column), best.value, numbers)} ${place(best)}. Point at a row or a block; click to keep a token.`;
  }
}

export default defineView({
  name: "circuit_table",
  readers: READERS,
  structure: ({
    ranked,
    kind,
    vocabulary,
    weight_ids,
    weight_numbers,
    text_ids,
    text_numbers,
    blocks,
    by_distance,
  }) => [
    ranked,
    kind,
    vocabulary,
    ...[weight_ids, weight_numbers, text_ids, text_numbers, blocks, by_distance].map(
      (numbers) => numbers && Array.from(numbers.data),
    ),
  ],
  create,
});

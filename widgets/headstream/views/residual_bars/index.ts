import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice, toggle } from "../shared/parts/controls";
import { type Strip, tokenStrip } from "../shared/parts/strip";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, listOf, oneOf, optional, record, text, texts, whole, wholes } from "../shared/wire/readers";
import { Contributions, extentOf, type Options, type Row } from "./bars";
import { checkLine, markLegend } from "./check";
import { barList } from "./list";
import { longestName, marked, rowsShown } from "./rows";
import { axisOf, barColors, sourceColors } from "./scales";
import { Words } from "./words";

const READERS = {
  tokens: texts,
  values: array("float32", 2),
  total: optional(array("float32", 1)),
  total_name: text,
  sources: optional(array(["float16", "float32"], 2)),
  sources_note: text,
  components: listOf(record({ label: text, kind: text, layer: optional(whole), head: optional(whole) })),
  quantity: text,
  additive: flag,
  default_position: whole,
  grouped: flag,
  order: oneOf("stream", "size"),
  cumulative: flag,
  opened: wholes,
  show_all: flag,
};
// Em, with a little to spare.
const DIGIT = 0.62;
type BarsFrame = Frame<typeof READERS>;

function create(frame: BarsFrame): View {
  const { traits, selection } = frame;
  let data: Contributions;
  let words: Words;
  let totalName = "";
  let colors: Encoding<Row>;
  let strip: Strip;
  let list: ReturnType<typeof barList>;
  let rows: Row[] = [];
  /** The row that the pointer or the keyboard is on, in this view. */
  let pointed: string | null = null;
  /** What the text is coloured for. */
  let colored = "";
  /** The token that the open head reads, where one is pointed at. */
  let readSpan: HTMLElement | null = null;

  const check = checkLine();
  const order = choice(frame, "order", "Order", { stream: "stream", size: "size" });
  const grouped = toggle(frame, "grouped", "Heads by layer");
  const cumulative = toggle(frame, "cumulative", "Cumulative");
  frame.controls.append(order.root, element("span", "hs-choice", {}, grouped.root, cumulative.root));

  return {
    build() {
      const { tokens, components } = traits;
      const count = (values: (number | null)[]) => Math.max(-1, ...values.map((value) => value ?? -1)) + 1;
      selection.sizes = {
        layer: count(components.map(({ layer }) => layer)),
        head: count(components.map(({ head }) => head)),
        position: tokens.length,
        key: tokens.length,
      };
      strip = tokenStrip(tokens, selection, "The text: choose the position at which the bars are read");
      list = barList({ point, open });
      const parts = [...(tokens.length > 1 ? [strip.root] : []), list.root, check.root];
      frame.picture.replaceChildren(element("div", "hs-bars-view", {}, ...parts));
    },

    paint() {
      data = read(traits);
      words = new Words(data, traits.tokens, traits.quantity);
      totalName = traits.total_name; // here, where the frame says what is damaged
      colors = encode(barColors(data.signed), frame.theme);
      colored = "";
      cumulative.root.hidden = !data.additive;
      grouped.root.hidden = !data.canGroup;
      for (const control of [order, grouped, cumulative]) control.update();
      frame.title(words.title);
      drawRows(selection.current(), selection.pinned());
    },

    select(current, pinned) {
      const position = shown(current);
      const isMarked = drawRows(current, pinned);
      strip.mark(position);
      colorText(openHead(pinned), position, isMarked);
      const key = openHead(pinned) !== null && data.hasSources ? current.key : null;
      const reading = key === null ? null : (strip.spans[key] ?? null);
      if (reading !== readSpan) readSpan?.classList.remove("hs-bars-read");
      reading?.classList.add("hs-bars-read");
      readSpan = reading;
      // Two more decimals than in the rows; and "4.1 × 10⁻⁶".
      const whole = Math.max(words.width + 2, 10) * DIGIT;
      check.write(words.compared(position, totalName), data.differs(position), whole);
      frame.say(sentence(position, current));
      list.follow();
    },
  };

  /** Returns whether closed layers show their heads as marks. */
  function drawRows(current: Selection, pinned: Selection): boolean {
    const options = optionsFor(pinned);
    const position = shown(current);
    rows = data.rows(options, position);
    // The axis is the selected position's; a preview of another widens it where it must, so that the two can be compared.
    const home = shown(pinned) === position ? rows : data.rows(options, shown(pinned));
    const widths = columns();
    const axis = axisOf(extentOf(rows.concat(home)), track(widths), data.signed);
    const sight = { position, axis, current, pinned, cumulative: options.cumulative, color: colors.color };
    const drawn = rowsShown(rows, words, sight);
    list.update({ rows: drawn, axis, widths, moving: !selection.previewing });
    return marked(drawn);
  }

  function openHead({ layer, head }: Selection): Options["head"] {
    return layer !== null && head !== null ? { layer, head } : null;
  }

  function optionsFor(pinned: Selection): Options {
    const { grouped, order, cumulative, opened, show_all } = traits;
    const head = openHead(pinned);
    return { grouped, order, cumulative: cumulative && traits.additive, opened, showAll: show_all, head };
  }

  function shown(current: Selection): number {
    return current.position ?? traits.default_position;
  }

  /** Of names, which may be bold, and of numbers, in em. */
  function columns(): { label: number; value: number } {
    const names = longestName(
      traits.components.map(({ label }) => label),
      data.canGroup,
      data.hasSources,
    );
    return {
      label: Math.min(names * 0.66 + 2, (0.4 * frame.width) / frame.fontSize),
      value: words.width * DIGIT + 0.6,
    };
  }

  /** The axis' width in em; in little room bars stand below their names. Paddings as in the style sheet. */
  function track({ label, value }: { label: number; value: number }): number {
    const beside = frame.room === "little" ? 0 : label + value + 0.9;
    return frame.width / frame.fontSize - beside - 1.6;
  }

  function point(id: string | null): void {
    pointed = id;
    const row = rows.find((other) => other.id === id);
    selection.preview(row ? partOf(row) : null);
  }

  /** What pointing at a row selects. */
  function partOf({ kind, layer, key, component }: Row): Partial<Selection> {
    const head = component?.head ?? null;
    if (kind === "source") return { layer, head, position: shown(selection.pinned()), key };
    return layer === null ? {} : { layer, head };
  }

  function open(id: string): void {
    choose(id);
    // At once, not on the next frame: an arrow key may follow within it, and leads to the rows that this one opened.
    drawRows(selection.current(), selection.pinned());
  }

  function choose(id: string): void {
    const row = rows.find((other) => other.id === id);
    if (!row) return;
    const { kind, layer, expanded } = row;
    const head = row.component?.head ?? null;
    const pinned = selection.pinned();
    if (kind === "smaller" || kind === "rest") frame.set({ show_all: !expanded });
    else if (kind === "heads" && layer !== null) {
      const others = traits.opened.filter((other) => other !== layer);
      frame.set({ opened: expanded ? others : [...others, layer] });
      selection.pin({ layer, head: null, key: null });
    } else if (kind === "source") selection.pin(partOf(row));
    else if (kind === "component" && layer !== null && (pinned.layer !== layer || pinned.head !== head)) {
      selection.pin({ layer, head, key: null });
    } else selection.pin({ layer: null, head: null, key: null });
  }

  /** The text in the colours of what the open head brings from each token, and what they stand for. */
  function colorText(head: Options["head"], position: number, isMarked: boolean): void {
    const values = data.sourcesOf(head, position);
    // Without colours the position is none of their matter: a pointer that moves leaves a long text alone.
    const wanted = JSON.stringify([head, values.length ? position : null, isMarked]);
    if (wanted === colored) return;
    colored = wanted;
    const name = head && `${head.layer}.${head.head}`;
    const source = name && values.length ? encode(sourceColors(name, values, data.signed, words), frame.theme) : null;
    strip.spans.forEach((span, key) => {
      const here = source && key <= position ? source : null;
      span.style.backgroundColor = here?.color(values[key]) ?? "";
      span.style.color = here?.ink(values[key]) ?? "";
    });
    const scale = source && traits.tokens.length > 1 ? [source.legend()] : [];
    frame.legend.replaceChildren(...scale, ...(isMarked ? [markLegend()] : []));
    frame.fit();
  }

  function sentence(position: number, { layer, head, key }: Selection): string {
    const own = rows.find(({ id }) => id === pointed);
    const row = own ?? (layer !== null && head !== null ? data.rowOf(layer, head, key, position) : null);
    return row ? words.sentence(row, position) : words.overview(rows, position);
  }
}

function read(traits: BarsFrame["traits"]): Contributions {
  const { tokens, components, values, total, sources, default_position } = traits;
  const length = tokens.length;
  if (!length || !components.length) throw new Damaged("values: expected at least one component and one position");
  fits("values", values.shape, [components.length, length]);
  if (total) fits("total", total.shape, [length]);
  const heads = components.filter(({ kind }) => kind === "head").length;
  if (sources) fits("sources", sources.shape, [heads, (length * (length + 1)) / 2]);
  for (const [name, numbers] of Object.entries({ values, total, sources })) {
    if (numbers && !numbers.data.every(Number.isFinite)) throw new Damaged(`${name}: expected finite numbers`);
  }
  if (!(default_position >= 0 && default_position < length)) {
    throw new Damaged(`default_position: expected 0 to ${length - 1}, got ${default_position}`);
  }
  return new Contributions(values, total, sources, components, traits.additive, traits.sources_note);
}

export default defineView({
  name: "residual_bars",
  readers: READERS,
  structure: ({ tokens, components }) => [tokens, components],
  create,
});

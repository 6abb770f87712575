import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { scaleLegend } from "../shared/draw/legend";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice, toggle } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { Contributions, extentOf, type Options, type Row } from "./bars";
import { barList } from "./list";
import { capital, Words } from "./words";

const DATA = ["values", "total", "total_name", "sources", "sources_note", "components", "quantity", "additive"];
const OPTIONS = ["grouped", "order", "cumulative", "opened", "show_all"];

function create(frame: Frame): View {
  const { model, selection } = frame;
  let tokens: string[] = [];
  let data: Contributions | undefined;
  let words: Words;
  let strip: ReturnType<typeof tokenStrip>;
  let list: ReturnType<typeof barList>;
  /** The row that the pointer or the keyboard is on, in this view. */
  let pointed: string | null = null;

  const cumulative = toggle(model, "cumulative", "Cumulative");
  const grouped = toggle(model, "grouped", "Heads by layer");
  frame.controls.append(
    choice(model, "order", "Order", { stream: "stream", size: "size" }),
    element("span", "hs-choice", {}, grouped, cumulative),
  );
  const check = element("div", "hs-bars-check");
  for (const trait of OPTIONS) {
    model.on(`change:${trait}`, () => {
      if (data) select(selection.current(), selection.pinned());
    });
  }

  const options = ({ layer, head }: Selection): Options => ({
    grouped: model.get("grouped"),
    order: model.get("order"),
    cumulative: model.get("cumulative") && model.get("additive"),
    opened: model.get("opened"),
    showAll: model.get("show_all"),
    head: layer !== null && head !== null ? { layer, head } : null,
  });

  const shown = (current: Selection) => current.position ?? Math.min(model.get("default_position"), tokens.length - 1);

  function draw(): void {
    tokens = model.get("tokens");
    const components = model.get("components");
    data = new Contributions(
      model.get("values"),
      model.get("total"),
      model.get("sources"),
      components,
      model.get("additive"),
      model.get("sources_note"),
    );
    words = new Words(data, tokens, model.get("quantity"));
    const sizeOf = (values: (number | null)[]) => Math.max(-1, ...values.map((value) => value ?? -1)) + 1;
    selection.sizes = {
      layer: sizeOf(data.components.map(({ layer }) => layer)),
      head: sizeOf(data.components.map(({ head }) => head)),
      position: tokens.length,
      key: tokens.length,
    };
    cumulative.hidden = !data.additive;
    grouped.hidden = !data.canGroup;
    strip = tokenStrip(tokens, selection, "The text: choose the position at which the bars are read");
    list = barList(frame, words, tokens, widths(data), data.signed, { point, open });
    frame.picture.replaceChildren(...(tokens.length > 1 ? [strip.root] : []), list.root, check);
    frame.title(
      data.additive ? `What each component adds to the ${words.quantity}` : `${capital(words.quantity)}, by component`,
    );
  }

  /** Of the columns of names and of numbers, in CSS pixels. */
  function widths({ components, canGroup, hasSources }: Contributions): { label: number; value: number } {
    const em = frame.fontSize;
    const longest = Math.max(
      ...components.map(({ label }) => [...label].length),
      canGroup ? 11 : 0,
      hasSources ? 12 : 0,
    );
    const label = Math.min((Math.min(longest, 24) * 0.58 + 2) * em, 0.4 * frame.width);
    return { label: Math.round(label), value: Math.round((words.width * 0.62 + 0.6) * em) };
  }

  function select(current: Selection, pinned: Selection): void {
    if (!data) return;
    const now = options(pinned);
    const position = shown(current);
    const rows = data.rows(now, position);
    // The axis is the selected position's; a preview of another widens it where it must, so that the two can be compared.
    const home = shown(pinned) === position ? rows : data.rows(now, shown(pinned));
    const extent = extentOf(rows.concat(home));
    const moving = !selection.previewing;
    list.update({ rows, position, extent, current, pinned, cumulative: now.cumulative, moving });
    strip.mark(position);
    const marked = !now.cumulative && rows.some(({ kind, expanded }) => kind === "heads" && !expanded);
    paintSources(data, now, position, current.key, marked);
    compare(data, position);
    frame.say(sentence(data, rows, position, current));
  }

  function point(row: Row | null): void {
    pointed = row?.id ?? null;
    if (!row) selection.preview(null);
    else if (row.kind === "source") {
      const { layer, key } = row;
      selection.preview({ layer, head: row.component?.head ?? null, position: shown(selection.pinned()), key });
    } else if (row.layer !== null) selection.preview({ layer: row.layer, head: row.component?.head ?? null });
    else selection.preview({});
  }

  function open(row: Row): void {
    const { kind, layer } = row;
    const head = row.component?.head ?? null;
    const pinned = selection.pinned();
    if (kind === "smaller" || kind === "rest") commit("show_all", !row.expanded);
    else if (kind === "heads") {
      const others = model.get("opened").filter((other: number) => other !== layer);
      commit("opened", row.expanded ? others : [...others, layer]);
      selection.pin({ layer, head: null, key: null });
    } else if (kind === "source") selection.pin({ layer, head, position: shown(pinned), key: row.key });
    else if (kind === "component" && layer !== null && (pinned.layer !== layer || pinned.head !== head)) {
      selection.pin({ layer, head, key: null });
    } else selection.pin({ layer: null, head: null, key: null });
  }

  function commit(trait: string, value: unknown): void {
    model.set(trait, value);
    model.save_changes();
  }

  /** The text in the colours of what the open head brings from each token. */
  function paintSources(
    from: Contributions,
    { head }: Options,
    position: number,
    key: number | null,
    marked: boolean,
  ): void {
    const index = head && from.hasSources ? from.indexOf(head.layer, head.head) : -1;
    const values = tokens.map((_, other) => (index < 0 ? 0 : from.source(index, position, other)));
    const largest = Math.max(...values.map(Math.abs)) || 1;
    const colors = ramp(frame.theme, from.signed ? "diverging" : "sequential");
    const at = (value: number) => (from.signed ? 0.5 + (0.5 * value) / largest : value / largest);
    strip.spans.forEach((span, other) => {
      const colored = index >= 0 && other <= position;
      span.style.backgroundColor = colored ? colors.css(at(values[other])) : "";
      span.style.color = colored ? colors.ink(at(values[other])) : "";
      span.style.textDecoration = index >= 0 && key === other ? "underline" : "";
    });
    explain(from, index < 0 ? null : head, largest, marked);
  }

  /** What the colours in the text stand for, and the marks in closed layers. */
  function explain(from: Contributions, head: Options["head"], largest: number, marked: boolean): void {
    const parts: HTMLElement[] = [];
    if (head && tokens.length > 1) {
      const label = (at: number, value: number) => ({ at, label: value ? words.source(value, largest) : "0" });
      const ticks = from.signed
        ? [label(0, -largest), label(0.5, 0), label(1, largest)]
        : [label(0, 0), label(1, largest)];
      const scale = from.signed ? "diverging" : "sequential";
      parts.push(scaleLegend(frame.theme, scale, `${head.layer}.${head.head}, from each token `, ticks));
    }
    if (marked) {
      const mark = element("span", "hs-bars-mark-sample", { "aria-hidden": "true" });
      parts.push(element("span", "hs-quiet", {}, mark, "one head of a layer"));
    }
    frame.legend.replaceChildren(...parts);
  }

  /** The sum of the bars and the exact value beside each other. */
  function compare(from: Contributions, position: number): void {
    const total = from.total(position);
    const sum = from.sum(position);
    const pairs: [string, string, string][] = [];
    if (from.additive) pairs.push(["sum of the bars", "sum", words.whole(sum)]);
    if (total !== null) pairs.push([model.get("total_name"), "total", words.whole(total)]);
    if (from.additive && total !== null)
      pairs.push(["difference", "difference", words.difference(Math.abs(sum - total))]);
    const size = Math.max(Math.abs(total ?? 0), from.largest());
    const differ = from.additive && total !== null && Math.abs(sum - total) > 1e-3 * size;
    check.classList.toggle("hs-bars-off", differ);
    check.replaceChildren(
      ...pairs.map(([name, id, number]) =>
        element(
          "span",
          "",
          {},
          element("span", "hs-quiet", {}, `${name} `),
          element("b", "", { [`data-${id}`]: number }, number),
        ),
      ),
      ...(differ ? [element("span", "hs-bars-differ", {}, "≠ they differ")] : []),
    );
  }

  function sentence(from: Contributions, rows: Row[], position: number, { layer, head, key }: Selection): string {
    const row =
      rows.find(({ id }) => id === pointed) ??
      (layer !== null && head !== null ? from.rowOf(layer, head, key, position) : null);
    return row ? words.sentence(row, position) : words.overview(rows, position);
  }

  return { draw, select };
}

export default defineView("residual_bars", DATA, create);

// The nodes: marks and boxes that are pointed at and kept, above the lines and between the names of layers and the tokens.
import { element, svg } from "../shared/draw/dom";
import { pointAndKeep } from "../shared/parts/items";
import { reveal } from "../shared/parts/strip";
import { probability } from "../shared/text/format";
import { shortened, visible } from "../shared/text/tokens";
import type { Drawn, Item } from "./drawn";
import { type Layout, type Place, type Placed, TOKEN } from "./layout";
import { box, shape } from "./shapes";
import { type Words, written } from "./words";

export interface Acts {
  point(item: number | null): void;
  keep(item: number): void;
  /** A key that is none of the arrows, on an item. */
  press(item: number, event: KeyboardEvent): boolean;
  /** A click with the shift key. */
  choose(item: number): void;
}

/** Characters in an em of a name's type, of the interface's and of the monospace font. */
const PER_EM = { plain: 2.05, mono: 1.75 };
const LEAST_MARK = 0.5;

export function marks(acts: Acts) {
  const bands = svg("g", { class: "hs-graph-bands" });
  const layer = svg("g");
  const front = svg("svg", { class: "hs-graph-nodes" }, layer);
  // Chromium takes an SVG element with listeners for the focus to be one that takes it: they are on an element around.
  const root = element("div", "hs-graph-surface", { role: "group", "aria-label": "Nodes by layer and position" });
  const back = svg("svg", { class: "hs-graph-back", "aria-hidden": "true" }, bands);
  let nodes: SVGGElement[] = [];
  let places: readonly Place[] = [];
  let rows: readonly number[] = [];
  let scroller: HTMLElement | null = null;
  const itemAt = (event: Event) => {
    const found = (event.target as Element).closest<SVGElement>("[data-item]")?.dataset.item;
    return found === undefined ? null : Number(found);
  };
  let shifted = false;
  root.addEventListener(
    "click",
    (event) => {
      shifted = event.shiftKey;
    },
    true,
  );
  const reach = pointAndKeep<number>({
    root,
    at: itemAt,
    element: (item) => nodes[item],
    step: (item, key, event) => (acts.press(item, event) ? null : next(places, rows, item, key)),
    point: acts.point,
    keep: (item) => {
      if (shifted) acts.choose(item);
      else acts.keep(item);
      shifted = false;
    },
  });

  let marked: SVGGElement[] = [];
  let revealed: number | null = null;
  return {
    root,
    back,
    front,
    paint(
      drawn: Drawn,
      layout: Layout,
      placed: readonly Placed[],
      names: readonly string[],
      words: Words,
      em: number,
    ): void {
      for (const drawing of [front, back]) {
        drawing.setAttribute("width", String(layout.width));
        drawing.setAttribute("height", String(layout.height));
      }
      bands.replaceChildren(...around(layout, names, words.tokens, em));
      places = layout.places;
      rows = placed.map(({ row }) => row);
      const largest = Math.max(1e-12, ...drawn.items.map(({ kind, influence }) => (kind === "logit" ? 0 : influence)));
      nodes = drawn.items.map((item, index) => {
        return node(item, index, layout.places[index], item.influence / largest, words, em);
      });
      layer.replaceChildren(...nodes);
      marked = [];
      scroller = root.parentElement;
      reach.offer(nodes[0]);
    },
    /** `current`: what is pointed at or else kept; those near it are connected with it; `pressed`: what is kept. */
    mark(current: number | null, near: ReadonlySet<number>, pressed: number | null): void {
      for (const made of marked) made.classList.remove("hs-current", "hs-near");
      marked = [];
      const add = (index: number, name: string) => {
        const made = nodes[index];
        if (!made) return;
        made.classList.add(name);
        marked.push(made);
      };
      for (const index of near) add(index, "hs-near");
      if (current !== null) add(current, "hs-current");
      nodes.forEach((made, index) => {
        const wanted = String(index === pressed);
        if (made.getAttribute("aria-pressed") !== wanted) made.setAttribute("aria-pressed", wanted);
      });
      reach.offer(nodes[current ?? -1]);
      if (pressed !== null && pressed !== revealed && scroller)
        reveal(nodes[pressed] as unknown as HTMLElement, scroller);
      revealed = pressed;
    },
    /** Says which are pinned, and which are chosen for a group. */
    flag(drawn: Drawn, pinned: ReadonlySet<number>, chosen: ReadonlySet<number>, words: Words): void {
      nodes.forEach((made, index) => {
        const item = drawn.items[index];
        const all = (set: ReadonlySet<number>) => item.nodes.every((node) => set.has(node));
        // A flag, so that what is pinned is seen without colour.
        made.querySelector(".hs-graph-flag")?.remove();
        if (all(pinned)) made.append(flagOf(places[index]));
        made.classList.toggle("hs-pinned", all(pinned));
        made.classList.toggle("hs-chosen", all(chosen));
        made.setAttribute("aria-label", words.label(item, all(pinned), all(chosen)));
      });
    },
  };
}

function node(item: Item, index: number, place: Place, share: number, words: Words, em: number): SVGGElement {
  const { kind, group } = item;
  const made = svg("g", {
    class: `hs-graph-mark hs-${group === null ? kind : "group"}`,
    role: "button",
    tabindex: -1,
    "aria-pressed": "false",
    "data-item": index,
    "data-key": item.key,
    transform: `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`,
  });
  const hit = {
    class: "hs-graph-hit",
    x: -place.width / 2 - 1,
    y: -place.height / 2 - 1,
    rx: group === null ? 3 : place.height / 2,
  };
  const wide = place.width + 2 + place.beside;
  made.append(svg("rect", { ...hit, width: wide, height: place.height + 2 }));
  if (group !== null || kind === "logit") {
    made.append(...box(place.width, place.height, group !== null));
    const said =
      kind === "logit" && group === null ? ` ${probability(words.graph.nodes[item.nodes[0]].activation)}` : "";
    const room = Math.floor((place.width / em - 0.7) * (group === null ? PER_EM.mono : PER_EM.plain)) - said.length;
    const text = svg("text", { "text-anchor": "middle", y: 0.31 * em }, shortened(written(item), Math.max(1, room)));
    if (said) text.append(svg("tspan", { class: "hs-graph-said" }, said));
    made.append(text);
    return made;
  }
  made.append(shape(kind, 0.5 * place.width * (LEAST_MARK + (1 - LEAST_MARK) * Math.sqrt(Math.min(1, share)))));
  const beside = place.beside - 0.5 * em;
  if (beside > em && kind !== "embed") {
    const room = Math.floor((beside / em) * PER_EM.plain);
    made.append(svg("text", { x: place.width / 2 + 0.35 * em, y: 0.3 * em }, shortened(written(item), room)));
  }
  return made;
}

function flagOf({ width, height }: Place): SVGElement {
  const [x, y, size] = [width / 2, -height / 2, Math.max(6, 0.5 * height)];
  return svg("path", {
    class: "hs-graph-flag",
    d: `M${x} ${y + 0.4 * size}V${y - size}L${x + size} ${y - 0.55 * size}L${x} ${y - 0.1 * size}Z`,
  });
}

/** The bands of the layers with their names, and the tokens below. */
function around(
  { rows, columns, width, height, tokens, left }: Layout,
  names: readonly string[],
  labels: readonly string[],
  em: number,
) {
  const bands = rows.flatMap(({ y, height }, row) => [
    svg("rect", { class: "hs-graph-band", x: 0, y, width, height }),
    svg(
      "text",
      { class: "hs-graph-row", x: left - 0.7 * em, y: y + height / 2 + 0.3 * em, "text-anchor": "end" },
      names[row],
    ),
  ]);
  const top = height - tokens.height;
  const words = columns.map(({ x, width }, position) => {
    const text = visible(labels[position]);
    const room = tokens.turned ? TOKEN.most : Math.max(1, Math.floor((width / em - 0.2) * PER_EM.mono));
    const place = tokens.turned
      ? { "text-anchor": "end", transform: `translate(${x + 0.95 * em} ${top + 0.75 * em}) rotate(-45)` }
      : { x: x + 0.2 * em, y: top + em };
    return svg("text", { class: "hs-graph-token", "data-position": position, ...place }, shortened(text, room));
  });
  return [...bands, ...words];
}

/** The item that an arrow leads to: the next in its row, or the nearest in the next row that has any. */
export function next(
  places: readonly Place[],
  rows: readonly number[],
  item: number,
  key: string,
): number | null | undefined {
  const all = places.map((_, index) => index);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const beyond = all.filter((other) => (key === "ArrowUp" ? rows[other] > rows[item] : rows[other] < rows[item]));
    if (!beyond.length) return null;
    const row = beyond.reduce(
      (nearest, other) => (Math.abs(rows[other] - rows[item]) < Math.abs(nearest - rows[item]) ? rows[other] : nearest),
      rows[beyond[0]],
    );
    const away = (other: number) => Math.hypot(places[other].x - places[item].x, places[other].y - places[item].y);
    return beyond
      .filter((other) => rows[other] === row)
      .reduce((best, other) => (away(other) < away(best) ? other : best));
  }
  const beside = all
    .filter((other) => rows[other] === rows[item])
    .sort((a, b) => places[a].x - places[b].x || places[b].y - places[a].y);
  const at = beside.indexOf(item);
  const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: beside.length - 1 }[key];
  if (target === undefined) return undefined;
  return beside[target] ?? null;
}

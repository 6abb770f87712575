// Heads as nodes in rows of layers, the first at the bottom; edges between them.
import { curveBumpY, line } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { pointAndKeep } from "../shared/parts/items";
import { reveal } from "../shared/parts/strip";
import { type Edge, READS } from "./edges";
import { entry, type Graph, route, rowY } from "./layout";
import { isMarked, type Marked } from "./looked";
import type { Words } from "./words";

export type Item = { head: number } | { edge: Edge };

export interface Acts {
  point(item: Item | null): void;
  keep(item: Item): void;
}

const isOne = ({ head, pair }: Marked, index: number) => index === head || index === pair?.from || index === pair?.to;

const NONE: Marked = { head: null, pair: null };

const curve = line().curve(curveBumpY);

/** CSS pixels of a line, by its share of the largest. */
export const strokeOf = (share: number, em: number) => 1.4 + 0.3 * em * share;

/** The lines of Q, K and V: dotted, whole and dashed. */
export function dashes(read: number, width: number): string {
  return ["1 1", "none", "4 1.5"][read].replace(/[\d.]+/g, (part) => (Number(part) * Math.max(1.6, width)).toFixed(1));
}

export function graph(words: Words, count: number, places: Graph, em: number, acts: Acts) {
  const lines = svg("g", { class: "hs-lines" });
  const letters = svg("g", { class: "hs-letters" });
  const hits = svg("g", { class: "hs-hits" });
  const size = { width: places.width, height: places.height };
  const drawing = svg("svg", { ...size, "aria-hidden": "true" }, lines, letters, hits);
  const inner = element(
    "div",
    `hs-heads hs-${places.naming}`,
    { style: `width:${places.width}px;height:${places.height}px` },
    drawing,
  );
  if (places.naming !== "full") {
    places.layers.forEach((layer, row) => {
      inner.append(element("span", "hs-layer", { style: `top:${rowY(places, row)}px` }, String(layer)));
    });
  }
  const nodes = Array.from({ length: count }, (_, index) => node(words, index, places));
  inner.append(...nodes);
  const root = element(
    "div",
    "hs-graph",
    { role: "group", "aria-label": "Heads by layer, the first at the bottom" },
    inner,
  );

  const made = new Map<Edge, { line: SVGPathElement; hit: SVGPathElement }>();
  /** An edge's line and what of it is pointed at: made once, for a threshold is dragged. */
  function pathsOf(edge: Edge, width: number) {
    const kept = made.get(edge);
    if (kept) return kept;
    const d = curve(route(places, edge)) ?? "";
    const style = { "stroke-width": width.toFixed(2), "stroke-dasharray": dashes(edge.read, width) };
    const line = svg("path", { class: `hs-edge hs-${READS[edge.read]}`, d, fill: "none", ...style });
    const hit = svg("path", { d, fill: "none", "stroke-width": Math.max(9, width + 4) });
    made.set(edge, { line, hit });
    return { line, hit };
  }

  let drawn: Edge[] = [];
  let paths: SVGPathElement[] = [];
  const itemAt = (event: Event): Item | null => {
    const { index, edge } =
      (event.target as Element).closest<HTMLElement | SVGElement>("[data-index], [data-edge]")?.dataset ?? {};
    if (index !== undefined) return { head: Number(index) };
    return edge === undefined ? null : { edge: drawn[Number(edge)] };
  };
  const reach = pointAndKeep<Item>({
    root,
    at: itemAt,
    // Only heads take the focus; a line is named by itself.
    element: (item) =>
      "head" in item ? nodes[item.head] : (paths[drawn.indexOf(item.edge)] as unknown as HTMLElement),
    step: (item, key) => ("head" in item ? next(places, item.head, key) : undefined),
    point: acts.point,
    keep: acts.keep,
  });
  reach.offer(nodes[0]);

  let revealed: number | null = null;
  let marked: [Marked, Marked] = [NONE, NONE];
  return {
    root,
    paint(edges: Edge[], largest: number) {
      drawn = edges;
      const shown = edges.map((edge, index) => {
        const lines = pathsOf(edge, strokeOf(edge.excess / largest, em));
        lines.hit.dataset.edge = String(index);
        return lines;
      });
      paths = shown.map(({ line }) => line);
      // The strongest is drawn last.
      lines.replaceChildren(...[...paths].reverse());
      hits.replaceChildren(...shown.map(({ hit }) => hit).reverse());
      letters.replaceChildren(...(places.naming === "dot" ? [] : lettersOf(edges, places, em)));
      this.mark(...marked);
    },
    /** What is pointed at, or else pinned; and what is pinned. */
    mark(current: Marked, pinned: Marked) {
      marked = [current, pinned];
      const { head, pair } = current;
      const near = new Set<number>();
      drawn.forEach((edge, index) => {
        const on = isMarked(current, edge);
        paths[index].classList.toggle("hs-on", on);
        if (on) near.add(edge.from).add(edge.to);
      });
      inner.classList.toggle("hs-faded", head !== null || pair !== null);
      nodes.forEach((item, index) => {
        item.classList.toggle("hs-current", isOne(current, index));
        item.classList.toggle("hs-near", near.has(index));
        const pressed = String(isOne(pinned, index));
        if (item.getAttribute("aria-pressed") !== pressed) item.setAttribute("aria-pressed", pressed);
      });
      reach.offer(nodes[head ?? pair?.to ?? -1]);
      // To what is pinned anew; else the reader's own place is kept.
      const kept = pinned.head ?? pinned.pair?.to ?? null;
      if (kept !== null && kept !== revealed) reveal(nodes[kept], root);
      revealed = kept;
    },
  };
}

function node(words: Words, index: number, places: Graph): HTMLButtonElement {
  const { node, x, rows, naming } = places;
  const [layer, head] = words.name(index).split(".");
  const role = words.role(index);
  const attributes = {
    type: "button",
    "aria-pressed": "false",
    tabindex: -1,
    "data-index": index,
    "data-key": `head-${layer}-${head}`,
    style: `left:${x[index] - node.width / 2}px;top:${rowY(places, rows[index]) - node.height / 2}px;width:${node.width}px;height:${node.height}px`,
  };
  const made = element("button", "hs-node", attributes);
  if (role) made.classList.add("hs-named");
  if (naming === "full") made.append(words.name(index));
  else if (naming === "head") made.append(head);
  if (role && places.roles) made.append(" ", element("span", "hs-role", {}, role));
  // Its name begins with what is written on it.
  const written = made.textContent ?? "";
  const rest = `Layer ${layer}, head ${head}${role && !places.roles ? `, ${role}` : ""}`;
  made.setAttribute("aria-label", written ? `${written}: ${rest}` : rest);
  return made;
}

/** The letter of every read that enters a head, once. */
function lettersOf(edges: readonly Edge[], places: Graph, em: number): SVGTextElement[] {
  const seen = new Set<string>();
  return edges.flatMap(({ to, read }) => {
    if (seen.has(`${to} ${read}`)) return [];
    seen.add(`${to} ${read}`);
    const [x, y] = entry(places, to, read);
    const attributes = { class: `hs-letter hs-${READS[read]}`, x, y: y - 0.12 * em, "text-anchor": "middle" };
    return [svg("text", attributes, READS[read])];
  });
}

/** The head that an arrow leads to: beside it in its layer, or the nearest in the next. */
export function next({ rows, x }: Pick<Graph, "rows" | "x">, index: number, key: string): Item | null | undefined {
  const all = rows.map((_, other) => other);
  const row = { ArrowUp: rows[index] + 1, ArrowDown: rows[index] - 1 }[key];
  if (row !== undefined) {
    const above = all.filter((other) => rows[other] === row);
    const away = (other: number) => Math.abs(x[other] - x[index]);
    return above.length ? { head: above.reduce((best, other) => (away(other) < away(best) ? other : best)) } : null;
  }
  const beside = all.filter((other) => rows[other] === rows[index]).sort((a, b) => x[a] - x[b]);
  const place = beside.indexOf(index);
  const target = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: beside.length - 1 }[key];
  if (target === undefined) return undefined;
  return target in beside ? { head: beside[target] } : null;
}

// What enters a node or leaves it, the strongest first: rows to point at and to go along.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { cleared } from "./canvas";
import type { Drawn, Link } from "./drawn";
import type { Words } from "./words";

/** Rows of a list; what is weaker is summed. */
export const MOST = 40;

export interface ListActs {
  point(link: Link | null): void;
  /** Goes on to the node at the other end. */
  go(item: number): void;
}

export function ranked(name: "Inputs" | "Outputs", acts: ListActs) {
  const other = name === "Inputs" ? "from" : "to";
  const head = element("div", "hs-graph-list-head hs-quiet", {}, name);
  const box = element("div", "hs-graph-rows", { role: "listbox", "aria-label": name, tabindex: -1 });
  const root = element("div", "hs-graph-list", {}, head, box);
  let rows: HTMLElement[] = [];
  let links: readonly Link[] = [];
  const reach = pointAndKeep<number>({
    root: box,
    at(event) {
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
      return row ? Number(row.dataset.row) : null;
    },
    element: (row) => rows[row],
    step(row, key) {
      const next = listStep(row, key, rows.length);
      return key === "ArrowLeft" || key === "ArrowRight" ? undefined : next;
    },
    point: (row) => acts.point(row === null ? null : links[row]),
    keep: (row) => acts.go(links[row][other]),
  });

  return {
    root,
    show(all: readonly Link[], drawn: Drawn, words: Words, encoding: Encoding): void {
      links = all.slice(0, MOST);
      const most = Math.max(1e-12, ...links.map(({ weight }) => Math.abs(weight)));
      rows = links.map((link, row) => {
        const item = drawn.items[link[other]];
        const weight = words.weight(link.weight);
        const share = Math.abs(link.weight) / most;
        const style = `width:${(100 * share).toFixed(1)}%;background:${encoding.color(cleared(link.weight, drawn.largest))}`;
        const attributes = {
          role: "option",
          tabindex: -1,
          "aria-selected": "false",
          "aria-label": `${words.listed(item)}: ${weight}`,
          "data-row": row,
          "data-key": `${name}-${item.key}`,
        };
        const label = element("span", "hs-graph-label", {}, words.short(item));
        const where = words.isPlaced(item) ? words.where(item) : "";
        label.append(element("span", "hs-quiet", {}, where && ` ${where}`));
        const bar = element("span", `hs-graph-bar${link.weight < 0 ? " hs-minus" : ""}`, { style });
        const track = element("span", "hs-graph-track", {}, bar);
        const number = element("span", "hs-number", {}, weight);
        return element("div", "hs-graph-link", attributes, label, track, number);
      });
      const weaker = all.slice(MOST);
      const sum = weaker.reduce((total, { weight }) => total + weight, 0);
      const note = weaker.length ? [`${weaker.length} weaker: ${words.weight(sum)}`] : all.length ? [] : ["none drawn"];
      const focused = box.contains((box.getRootNode() as Document | ShadowRoot).activeElement);
      box.replaceChildren(...rows, ...note.map((text) => element("div", "hs-graph-note hs-quiet", {}, text)));
      box.setAttribute("role", rows.length ? "listbox" : "group");
      box.scrollTop = 0;
      head.textContent = `${name}${all.length ? ` (${all.length})` : ""}`;
      if (rows.length) reach.offer(rows[0]);
      // Who has gone on from a row goes on in the list of what is there.
      if (focused) (rows[0] ?? box).focus({ preventScroll: true });
    },
  };
}

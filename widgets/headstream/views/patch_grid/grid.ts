// Rows are parts, columns are positions; above them both prompts, token by token. The names and the tokens stay in sight.
import { element, svg } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { gridStep, pointAndKeep } from "../shared/parts/items";
import { reveal } from "../shared/parts/strip";
import { shortened, visible } from "../shared/text/tokens";
import type { Cell, Effects, Unit } from "./effects";
import type { Layout } from "./layout";

export interface Part {
  label: string;
  name: string;
  layer: number | null;
  head: number | null;
}

/** What is pointed at: a cell, a row by its name, a column by its tokens. */
export interface Place {
  row: number | null;
  position: number | null;
}

export interface Acts {
  point(place: Place | null): void;
  keep(place: Place): void;
}

export interface Prompts {
  clean: readonly string[];
  corrupted: readonly string[];
  /** Where the number is read. */
  readAt: number;
}

const HELP =
  "Rows are parts, layer 0 on top; columns are positions, under the tokens of both prompts. Arrow keys move, Enter pins, Escape clears.";
/** In columns narrower than this, in em, only every fifth position has its number. */
const NUMBERED = 1.9;

export function grid(parts: readonly Part[], prompts: Prompts, room: Layout, em: number, acts: Acts) {
  const { clean, corrupted, readAt } = prompts;
  const differs = clean.map((token, position) => token !== corrupted[position]);
  const columns = clean.map((_, position) => position);
  const name = (text: string, role = "rowheader") => element("span", "hs-patch-name", { role }, text);
  const line = (first: HTMLElement, items: HTMLElement[]) =>
    element("div", "hs-patch-row", { role: "row" }, first, ...items);

  function token(label: string, position: number, which: string): HTMLElement {
    const item = element("span", "hs-patch-token", {
      role: "columnheader",
      "aria-label": `${position}, ${which}: ${visible(label)}`,
      "data-position": position,
    });
    const text = shortened(visible(label), room.limit);
    const middle = room.column / 2;
    const along = {
      transform: `translate(${middle},${room.head - 0.4 * em}) rotate(-90)`,
      "dominant-baseline": "central",
    };
    item.append(
      room.across
        ? text
        : svg("svg", { width: room.column, height: room.head, "aria-hidden": "true" }, svg("text", along, text)),
    );
    item.classList.toggle("hs-differs", differs[position]);
    return item;
  }
  const heads = [clean, corrupted].map((labels, which) =>
    labels.map((label, position) => token(label, position, which ? "corrupted" : "clean")),
  );
  const step = room.column < NUMBERED * em ? 5 : 1;
  const numbers = columns.map((position) => {
    const shown = position % step === 0 || position === readAt ? String(position) : "";
    // Beside the place that is always named there is no room for another number.
    const text = step > 1 && position !== readAt && Math.abs(position - readAt) < 2 ? "" : shown;
    const item = element("span", "hs-patch-number", { "aria-hidden": "true", "data-position": position }, text);
    item.classList.toggle("hs-read", position === readAt);
    return item;
  });
  const labels = parts.map(({ label }, row) => {
    const item = name(label);
    item.dataset.row = String(row);
    return item;
  });
  const cells = parts.map((_, row) =>
    columns.map((position) =>
      element("span", "hs-patch-cell", {
        role: "gridcell",
        tabindex: -1,
        "data-row": row,
        "data-position": position,
        "data-key": `cell-${row}-${position}`,
      }),
    ),
  );
  const box = element("div", "hs-patch-column", { hidden: true, style: `width:${room.column}px` });
  const above = element("div", "hs-patch-above", {});
  above.append(line(name("clean"), heads[0]), line(name("corrupted"), heads[1]), line(name("position"), numbers));
  const rows = cells.map((items, row) => line(labels[row], items));
  rows.forEach((item, row) => {
    item.classList.toggle("hs-begins", row > 0 && parts[row].layer !== parts[row - 1].layer);
  });
  const table = element(
    "div",
    "hs-patch-grid",
    { role: "grid", "aria-label": HELP, "aria-rowcount": parts.length + 2, "aria-colcount": clean.length + 1 },
    above,
    ...rows,
    box,
  );
  const style = { label: room.label, column: room.column, row: room.row, head: room.head };
  const root = element("div", "hs-patch", {}, table);
  for (const [key, size] of Object.entries(style)) root.style.setProperty(`--hs-patch-${key}`, `${size}px`);
  table.style.width = `${room.label + clean.length * room.column}px`;

  const cellAt = ({ row, position }: Place): HTMLElement | null =>
    row === null || position === null ? null : (cells[row]?.[position] ?? null);
  const reach = pointAndKeep<Place>({
    root,
    at(event) {
      const found = (event.target as Element).closest<HTMLElement>("[data-row], [data-position]");
      if (!found) return null;
      const number = (text: string | undefined) => (text === undefined ? null : Number(text));
      return { row: number(found.dataset.row), position: number(found.dataset.position) };
    },
    element(place) {
      if (place.row === null) return place.position === null ? null : heads[0][place.position];
      return place.position === null ? labels[place.row] : cellAt(place);
    },
    step({ row, position }, key) {
      if (row === null || position === null) return undefined;
      const next = gridStep([row, position], key, [parts.length, clean.length]);
      return next && { row: next[0], position: next[1] };
    },
    point: acts.point,
    keep: acts.keep,
  });
  let marked: Element[] = [];

  return {
    root,
    paint(effects: Effects, unit: Unit, colors: Encoding): void {
      cells.forEach((items, row) => {
        items.forEach((item, position) => {
          const cell: Cell = { row, position };
          const value = effects.value(cell, unit);
          const shown = effects.shown(cell, unit);
          item.dataset.value = shown;
          item.style.backgroundColor = colors.color(value);
          item.style.color = colors.ink(value);
          item.textContent = room.numbers && shown !== "0" ? shown : "";
          item.setAttribute("aria-label", `${parts[row].label} at ${position}: ${shown}`);
        });
      });
    },
    /** What is shown, and the cell that is pinned. */
    mark(shown: Place, pinned: Place): void {
      for (const item of marked) {
        item.classList.remove("hs-current", "hs-pinned");
        item.removeAttribute("aria-selected");
      }
      marked = [];
      const mark = (item: Element | null | undefined, className: string) => {
        if (!item) return;
        item.classList.add(className);
        marked.push(item);
      };
      const kept = cellAt(pinned);
      mark(kept, "hs-pinned");
      kept?.setAttribute("aria-selected", "true");
      mark(cellAt(shown), "hs-current");
      if (shown.row !== null) mark(labels[shown.row], "hs-current");
      if (shown.position !== null) for (const head of [...heads, numbers]) mark(head[shown.position], "hs-current");
      box.hidden = shown.position === null;
      box.style.left = `${room.label + (shown.position ?? 0) * room.column}px`;
      reach.offer(cellAt(shown) ?? cells[0]?.[0]);
    },
    /** Scrolls to a cell that is pinned elsewhere. */
    reveal(place: Place): void {
      const item = cellAt(place);
      if (!item) return;
      reveal(item, root);
      const before = item.offsetLeft - room.label - root.scrollLeft;
      const beyond = item.offsetLeft + room.column - root.clientWidth - root.scrollLeft;
      if (before < 0) root.scrollLeft += before;
      else if (beyond > 0) root.scrollLeft += beyond;
    },
  };
}

// The grid: rows of the stream, the embedding at the bottom; columns are positions. Only a window of whole columns is in the page.
import { element } from "../shared/draw/dom";
import { pointAndKeep } from "../shared/parts/items";
import { reveal } from "../shared/parts/strip";
import { probability } from "../shared/text/format";
import { shortened, visible } from "../shared/text/tokens";
import type { Layout } from "./layout";
import { rowLabels, type Scene } from "./scene";
import { type Cell, type Columns, cellStep, inSight, type Place, reaching, type Shown } from "./state";

export interface Acts {
  point(place: Place | null): void;
  keep(place: Place): void;
  /** Pins the token of rank k in a cell. */
  choose(cell: Cell, k: number): void;
  /** Shows another window of columns. */
  look(first: number): void;
}

const HELP =
  "Rows of the stream, the model's output on top; columns are positions. Arrow keys move, Enter pins, a digit pins the token of that rank, Escape clears.";

/** The elements: for every row one a column of the window. */
function elements(rows: readonly string[], { label, column, columns, row: height, foot }: Layout) {
  const many = (className: string, role: string) =>
    Array.from({ length: columns }, () => element("span", className, { role, style: `width:${column}px` }));
  const name = (text: string) =>
    element("span", "hs-lens-name", { role: "rowheader", style: `width:${label}px` }, text);
  const line = (first: HTMLElement, items: HTMLElement[]) =>
    element("div", "hs-lens-row", { role: "row" }, first, ...items);
  const following = many("hs-lens-next", "gridcell");
  const heads = many("hs-lens-head", "columnheader");
  const labels = rowLabels(rows).map(name);
  const cells = rows.map(() => many("hs-lens-cell", "gridcell"));
  rows.forEach((_, row) => {
    labels[row].dataset.row = String(row);
    for (const cell of cells[row]) {
      cell.dataset.row = String(row);
      cell.tabIndex = -1;
    }
  });
  const box = element("div", "hs-lens-column", { style: `width:${column}px`, hidden: true });
  const root = element("div", "hs-lens-grid", {
    role: "grid",
    "aria-label": HELP,
    "aria-rowcount": rows.length + 2,
    style: `--hs-lens-row:${height}px;--hs-lens-foot:${foot}px;width:${label + columns * column}px`,
  });
  root.append(line(name("true next"), following));
  for (let row = rows.length - 1; row >= 0; row--) root.append(line(labels[row], cells[row]));
  const last = line(name("token"), heads);
  last.classList.add("hs-lens-foot");
  root.append(last, box);
  return { root, following, heads, labels, cells, box };
}

export function grid(rows: readonly string[], room: Layout, em: number, acts: Acts) {
  const { root, following, heads, labels, cells, box } = elements(rows, room);
  const limit = Math.max(3, Math.floor((room.column - 0.8 * em) / (0.602 * 0.92 * em)));
  const short = (label: string) => shortened(visible(label), limit);
  let columns: Columns;
  let marked: HTMLElement[] = [];

  function paintColumn(scene: Scene, position: number, next: HTMLElement, head: HTMLElement): void {
    const { tokens, first, lens, vocabulary } = scene;
    const follower: string | undefined = tokens[position + 1] ?? vocabulary[lens.ids[lens.following(position)]];
    next.textContent = follower === undefined ? "–" : short(follower);
    next.setAttribute("aria-label", follower === undefined ? "nothing follows" : `followed by ${visible(follower)}`);
    head.replaceChildren(short(tokens[position]), element("span", "hs-lens-number", {}, String(first + position)));
    head.setAttribute("aria-label", `position ${first + position}: ${visible(tokens[position])}`);
    for (const item of [next, head]) item.dataset.position = String(position);
  }

  function paintCell({ lens, quantity, colors, vocabulary }: Scene, cell: HTMLElement, { row, position }: Cell): void {
    const best = lens.best(row, position);
    const token = vocabulary[lens.ids[best]];
    const value = quantity.value(row, position);
    const said = value === null ? "nothing follows" : quantity.say(value, position);
    cell.textContent = short(token);
    cell.classList.toggle("hs-lens-arrived", best === lens.final(position));
    cell.classList.toggle("hs-lens-none", value === null);
    cell.style.backgroundColor = value === null ? "" : colors.color(value);
    cell.style.color = value === null ? "" : colors.ink(value);
    cell.dataset.position = String(position);
    cell.dataset.key = `cell-${row}-${position}`;
    cell.dataset.token = String(lens.ids[best]);
    cell.dataset.value = value === null ? "" : quantity.format(value);
    cell.setAttribute("aria-label", `${visible(token)} ${probability(lens.probability(row, best))}; ${said}`);
    cell.setAttribute("aria-colindex", String(position + 2));
  }

  const cellAt = ({ row, position }: Cell): HTMLElement | undefined => cells[row][position - columns.first];
  const reach = pointAndKeep<Place>({
    root,
    at(event) {
      const found = (event.target as HTMLElement).closest<HTMLElement>("[data-row], [data-position]");
      if (!found) return null;
      const number = (text: string | undefined) => (text === undefined ? null : Number(text));
      return { row: number(found.dataset.row), position: number(found.dataset.position) };
    },
    element({ row, position }) {
      if (position === null) return row === null ? null : labels[row];
      return row === null ? heads[position - columns.first] : cellAt({ row, position });
    },
    step({ row, position }, key) {
      if (row === null || position === null) return undefined;
      if (/^[0-9]$/.test(key)) {
        acts.choose({ row, position }, Number(key));
        return null;
      }
      const next = cellStep({ row, position }, key, rows.length, columns);
      if (next) acts.look(reaching(columns, next.position));
      return next;
    },
    point: acts.point,
    keep: acts.keep,
  });

  return {
    root,
    paint(scene: Scene, window: Columns): void {
      columns = window;
      root.setAttribute("aria-colcount", String(columns.positions + 1));
      for (let i = 0; i < columns.count; i++) {
        const position = columns.first + i;
        paintColumn(scene, position, following[i], heads[i]);
        for (let row = 0; row < rows.length; row++) paintCell(scene, cells[row][i], { row, position });
      }
      scene.rowNames.forEach((name, row) => {
        labels[row].setAttribute("aria-label", name);
      });
    },
    /** The cell that is shown and the one that is pinned, and the rows of a layer. */
    mark(shown: Shown, pinned: Cell | null, layer: number | null, rowLayer: readonly number[]): void {
      for (const item of marked) {
        item.classList.remove("hs-current", "hs-pinned", "hs-layer");
        item.removeAttribute("aria-selected");
      }
      marked = [];
      const mark = (item: HTMLElement | undefined, className: string) => {
        if (!item) return;
        item.classList.add(className);
        marked.push(item);
      };
      const inside = inSight(columns, shown.position);
      const shownCell = cellAt(shown);
      const pinnedCell = pinned ? cellAt(pinned) : undefined;
      mark(shownCell, "hs-current");
      mark(labels[shown.row], "hs-current");
      mark(pinnedCell, "hs-pinned");
      pinnedCell?.setAttribute("aria-selected", "true");
      labels.forEach((label, row) => {
        if (layer !== null && rowLayer[row] === layer) mark(label, "hs-layer");
      });
      mark(heads[shown.position - columns.first], "hs-current");
      box.hidden = !shown.pointed || !inside;
      box.style.left = `${room.label + (shown.position - columns.first) * room.column}px`;
      // The Tab key reaches the cell that is shown, or one in sight.
      reach.offer(shownCell ?? cells[shown.row][0]);
    },
    /** Scrolls to a row, where rows are scrolled through. */
    reveal(row: number): void {
      if (root.parentElement) reveal(labels[row], root.parentElement);
    },
  };
}

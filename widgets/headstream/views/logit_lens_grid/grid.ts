// The grid: rows of the stream, the embedding at the bottom; columns are positions. Only a window of whole columns is in the page.
import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Frame } from "../shared/frame/view";
import { probability } from "../shared/text/format";
import { shortened, visible } from "../shared/text/tokens";
import type { Layout } from "./layout";
import type { Lens } from "./lens";
import type { Quantity } from "./quantity";

/** A cell; without a position a whole row, without a row a whole column. */
export interface Place {
  row: number | null;
  position: number | null;
}
export interface Cell {
  row: number;
  position: number;
}

export interface Drawing {
  frame: Frame;
  lens: Lens;
  quantity: Quantity;
  layout: Layout;
  tokens: string[];
  /** Row labels as they are shown, and in words. */
  rowLabels: string[];
  rowNames: string[];
  vocabulary: Record<string, string>;
}

export interface Hooks {
  point(place: Place | null): void;
  keep(place: Place): void;
  /** Pins the token of rank k in a cell. */
  choose(cell: Cell, k: number): void;
  /** Another window of columns is shown. */
  moved(first: number): void;
}

export function grid(drawing: Drawing, start: number, hooks: Hooks) {
  const { frame, lens, quantity, layout, tokens, rowLabels, rowNames, vocabulary } = drawing;
  const { columns, column } = layout;
  const colors = ramp(frame.theme, "sequential");
  const limit = Math.max(3, Math.floor((column - 0.8 * frame.fontSize) / (0.602 * 0.92 * frame.fontSize)));
  const short = (label: string) => shortened(visible(label), limit);
  const last = lens.rows - 1;
  let first = start;
  let tabbable: HTMLElement | null = null;
  let marked: HTMLElement[] = [];

  const cells: HTMLElement[][] = [];
  const labels: HTMLElement[] = [];
  const line = (label: HTMLElement, items: HTMLElement[]) =>
    element("div", "hs-lens-row", { role: "row" }, label, ...items);
  const many = (className: string, role: string) =>
    Array.from({ length: columns }, () => element("span", className, { role, style: `width:${column}px` }));
  const name = (text: string, full: string) =>
    element("span", "hs-lens-name", { role: "rowheader", "aria-label": full, style: `width:${layout.label}px` }, text);

  const following = many("hs-lens-next", "gridcell");
  const heads = many("hs-lens-head", "columnheader");
  const box = element("div", "hs-lens-column", { style: `width:${column}px`, hidden: true });
  const root = element("div", "hs-lens-grid", {
    role: "grid",
    "aria-label":
      "Rows of the stream, the model's output on top; columns are positions. Arrow keys move, Enter pins, a digit pins the token of that rank, Escape clears.",
    "aria-rowcount": lens.rows + 2,
    "aria-colcount": lens.positions + 1,
    style: `--hs-lens-row:${layout.row}px;width:${layout.label + columns * column}px`,
  });
  root.append(line(name("true next", "the true next token"), following));
  for (let row = last; row >= 0; row--) {
    cells[row] = many("hs-lens-cell", "gridcell");
    labels[row] = name(rowLabels[row], rowNames[row]);
    labels[row].dataset.row = String(row);
    for (const cell of cells[row]) {
      cell.dataset.row = String(row);
      cell.tabIndex = -1;
    }
    root.append(line(labels[row], cells[row]));
  }
  root.append(line(name("token", "the token read"), heads), box);

  function paint(): void {
    for (let i = 0; i < columns; i++) {
      const position = first + i;
      const next = position + 1 < tokens.length ? tokens[position + 1] : null;
      following[i].textContent = next === null ? "" : short(next);
      following[i].setAttribute("aria-label", next === null ? "nothing follows" : `followed by ${visible(next)}`);
      heads[i].replaceChildren(short(tokens[position]), element("span", "hs-lens-number", {}, String(position)));
      heads[i].setAttribute("aria-label", `position ${position}: ${visible(tokens[position])}`);
      for (const item of [following[i], heads[i]]) item.dataset.position = String(position);
      for (let row = 0; row < lens.rows; row++) paintCell(cells[row][i], row, position);
    }
  }

  function paintCell(cell: HTMLElement, row: number, position: number): void {
    const best = lens.best(row, position);
    const token = vocabulary[lens.ids[best]];
    const value = quantity.value(row, position);
    const shade = value === null ? null : quantity.shade(value);
    cell.textContent = short(token);
    cell.classList.toggle("hs-lens-arrived", best === lens.final(position));
    cell.style.background = shade === null ? "" : colors.css(shade);
    cell.style.color = shade === null ? "" : colors.ink(shade);
    cell.dataset.position = String(position);
    cell.dataset.token = String(lens.ids[best]);
    cell.dataset.value = value === null ? "" : quantity.format(value);
    const said = value === null ? "nothing follows" : quantity.say(value, position);
    cell.setAttribute("aria-label", `${visible(token)} ${probability(lens.probability(row, best))}; ${said}`);
    cell.setAttribute("aria-colindex", String(position + 2));
  }

  function look(wanted: number): void {
    const next = Math.min(lens.positions - columns, Math.max(0, Math.round(wanted)));
    if (next === first) return;
    first = next;
    paint();
    hooks.moved(first);
  }

  /** Moves the window, when a position is not in it, so that it is in the middle. */
  function show(position: number): void {
    if (position < first || position >= first + columns) look(position - (columns - 1) / 2);
  }

  /** Moves the window by as little as keeps a position in it, with a neighbour where there is room. */
  function reach(position: number): void {
    const margin = columns > 4 ? 1 : 0;
    if (position < first + margin) look(position - margin);
    else if (position >= first + columns - margin) look(position - columns + 1 + margin);
  }

  function cellAt({ row, position }: Place): HTMLElement | undefined {
    return row === null || position === null ? undefined : cells[row][position - first];
  }

  function placeOf(event: Event): Place | null {
    const found = (event.target as HTMLElement).closest<HTMLElement>("[data-row], [data-position]");
    if (!found) return null;
    const { row, position } = found.dataset;
    return { row: row === undefined ? null : Number(row), position: position === undefined ? null : Number(position) };
  }

  root.addEventListener("pointerover", (event) => hooks.point(placeOf(event)));
  root.addEventListener("pointerleave", () => hooks.point(null));
  root.addEventListener("focusin", (event) => hooks.point(placeOf(event)));
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget as Node | null)) hooks.point(null);
  });
  root.addEventListener("click", (event) => {
    const place = placeOf(event);
    if (place && !swipe?.moved) hooks.keep(place);
  });
  root.addEventListener("keydown", (event) => {
    const place = placeOf(event);
    if (!place || place.row === null || place.position === null) return;
    const { row, position } = place;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [1, 0],
      ArrowDown: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [0, columns],
      PageUp: [0, -columns],
      Home: [0, -position],
      End: [0, lens.positions],
    };
    const move = moves[event.key];
    if (move) {
      const next = {
        row: Math.min(last, Math.max(0, row + move[0])),
        position: Math.min(lens.positions - 1, Math.max(0, position + move[1])),
      };
      reach(next.position);
      // The element may be the one that has focus already, with another column in it.
      cellAt(next)?.focus();
      hooks.point(next);
    } else if (event.key === "Enter" || event.key === " ") hooks.keep(place);
    else if (/^[0-9]$/.test(event.key)) hooks.choose({ row, position }, Number(event.key));
    else return;
    event.preventDefault();
  });

  let rolled = 0;
  root.addEventListener(
    "wheel",
    (event) => {
      const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (columns === lens.positions || Math.abs(across) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      rolled += across;
      const steps = Math.trunc(rolled / column);
      rolled -= steps * column;
      look(first + steps);
    },
    { passive: false },
  );
  let swipe: { x: number; from: number; moved: boolean } | null = null;
  root.addEventListener("pointerdown", (event) => {
    swipe = event.pointerType === "touch" ? { x: event.clientX, from: first, moved: false } : null;
  });
  root.addEventListener("pointermove", (event) => {
    if (!swipe || event.pointerType !== "touch") return;
    const steps = Math.round((swipe.x - event.clientX) / column);
    if (steps) swipe.moved = true;
    look(swipe.from + steps);
  });

  paint();
  return {
    root,
    look,
    show,
    get first() {
      return first;
    },
    /** `shown`: the cell that the panel describes. `pointed`: whether the reader chose it. `layer`: rows to name. */
    mark(shown: Cell, pointed: boolean, pinned: Cell | null, layer: number | null, rowLayer: number[]): void {
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
      const shownCell = cellAt(shown);
      mark(shownCell, "hs-current");
      mark(labels[shown.row], "hs-current");
      if (pinned) mark(cellAt(pinned), "hs-pinned");
      if (pinned) cellAt(pinned)?.setAttribute("aria-selected", "true");
      labels.forEach((label, row) => {
        if (layer !== null && rowLayer[row] === layer) mark(label, "hs-layer");
      });
      const inside = shown.position >= first && shown.position < first + columns;
      if (inside) mark(heads[shown.position - first], "hs-current");
      box.hidden = !pointed || !inside;
      box.style.left = `${layout.label + (shown.position - first) * column}px`;
      // The Tab key reaches the cell that is shown, or one in sight.
      const entrance = shownCell ?? cells[shown.row][0];
      if (tabbable !== entrance && !(tabbable && tabbable === document.activeElement)) {
        if (tabbable) tabbable.tabIndex = -1;
        tabbable = entrance;
        tabbable.tabIndex = 0;
      }
    },
  };
}

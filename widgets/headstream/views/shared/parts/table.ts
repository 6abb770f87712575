// A table that is sorted by a click on a column's head and searched by typing; its rows are pointed at and kept.
import { element } from "../draw/dom";
import { plain } from "../text/tokens";
import { listStep, pointAndKeep } from "./items";
import { reveal } from "./strip";

export interface Column<Row> {
  name: string;
  /** What a cell holds, and sorts by: words or a number. */
  value(row: Row): string | number;
  /** How a number is written. */
  format?(value: number): string;
}

export interface TableActs<Row> {
  point(row: Row | null): void;
  keep(row: Row): void;
}

export interface TableOptions<Row> {
  /** Rows that are put on the page at a time, more of them as one scrolls or walks on; without it, all. */
  chunk?: number;
  /** Whether a row is one that is searched for; without it, whether a cell has the text in it. */
  found?(row: Row, wanted: string): boolean;
  placeholder?: string;
  /** The table that stood in its place: how that was sorted and what was searched in it is kept. */
  before?: { state(): TableState };
}

export interface TableState {
  /** The column it is sorted by and in which direction; null: as it was given. */
  sorted: { column: number; down: boolean } | null;
  search: string;
}

/** The rows that are shown, as indices, in their order. */
export function arranged<Row>(
  rows: readonly Row[],
  columns: Column<Row>[],
  { sorted, search }: TableState,
  found = (row: Row, wanted: string) =>
    columns.some((column) => text(column.value(row), column).toLowerCase().includes(wanted)),
): number[] {
  const cell = (row: number, column: number) => columns[column].value(rows[row]);
  const wanted = search.trim().toLowerCase();
  const shown = rows.map((_, index) => index).filter((row) => !wanted || found(rows[row], wanted));
  if (!sorted) return shown;
  const { column, down } = sorted;
  const compare = (a: number, b: number) => {
    const [one, other] = [cell(a, column), cell(b, column)];
    const order =
      typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
    return (down ? -order : order) || a - b;
  };
  return shown.sort(compare);
}

function text<Row>(value: string | number, { format }: Column<Row>): string {
  return typeof value === "number" ? (format ?? String)(value) : plain(value);
}

export function table<Row>(
  name: string,
  rows: readonly Row[],
  columns: Column<Row>[],
  acts: TableActs<Row>,
  { chunk = rows.length, found, placeholder = "Search", before }: TableOptions<Row> = {},
) {
  let state: TableState = before?.state() ?? { sorted: null, search: "" };
  if (state.sorted && !columns[state.sorted.column]) state = { ...state, sorted: null };
  let shown: number[] = [];
  const search = element("input", "hs-search", {
    type: "search",
    "aria-label": `Search ${name}`,
    placeholder,
    "data-key": "search",
  });
  search.value = state.search;
  const count = element("span", "hs-quiet", { role: "status" });
  const heads = columns.map((column, index) => {
    const button = element("button", "hs-sort", { type: "button", "data-key": `sort-${index}` }, column.name);
    button.addEventListener("click", () => {
      const { sorted } = state;
      // Numbers are looked at from the largest down, words from A on; then the other way; then as they were given.
      const first = typeof (rows[0] && column.value(rows[0])) === "number";
      const again = sorted?.column === index;
      const down = again ? !sorted.down : first;
      state = { ...state, sorted: again && sorted.down !== first ? null : { column: index, down } };
      arrange();
    });
    return element("th", "", { scope: "col" }, button);
  });
  const made: HTMLElement[] = [];
  const painters = new Map<number, (cell: HTMLElement, row: Row) => void>();
  const make = (index: number): HTMLElement => {
    const row = rows[index];
    const cells = columns.map((column) => {
      const value = column.value(row);
      return element("td", typeof value === "number" ? "hs-number" : "", {}, text(value, column));
    });
    for (const [column, run] of painters) run(cells[column], row);
    const attributes = { tabindex: -1, "data-row": index, "data-key": `row-${index}`, "aria-selected": "false" };
    made[index] = element("tr", "hs-row", attributes, ...cells);
    show(index);
    return made[index];
  };
  const marked = rows.map(() => false);
  const body = element("tbody");
  const whole = element(
    "table",
    "hs-table",
    { "aria-label": name },
    element("thead", "", {}, element("tr", "", {}, ...heads)),
    body,
  );
  const root = element(
    "div",
    "hs-table-box",
    {},
    element("div", "hs-table-tools", { "data-hs-unsaved": true }, search, count),
    whole,
  );
  const reach = pointAndKeep<number>({
    root: body,
    at(event) {
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
      return row ? Number(row.dataset.row) : null;
    },
    element: (index) => made[index],
    step(index, key) {
      const next = listStep(shown.indexOf(index), key, shown.length);
      if (next === undefined || key === "ArrowLeft" || key === "ArrowRight") return undefined;
      extend(next + 1);
      return shown[next];
    },
    point: (index) => acts.point(index === null ? null : rows[index]),
    keep: (index) => acts.keep(rows[index]),
  });
  search.addEventListener("input", () => {
    state = { ...state, search: search.value };
    arrange();
  });

  root.addEventListener("scroll", () => {
    if (root.scrollTop + 2 * root.clientHeight > root.scrollHeight) extend(body.children.length + 1);
  });

  /** Puts at least so many rows on the page. */
  function extend(count: number): void {
    const drawn = body.children.length;
    if (drawn >= Math.min(count, shown.length)) return;
    const more = shown.slice(drawn, Math.ceil(count / chunk) * chunk);
    body.append(...more.map((index) => made[index] ?? make(index)));
  }

  function show(index: number): void {
    made[index]?.classList.toggle("hs-current", marked[index]);
    made[index]?.setAttribute("aria-selected", String(marked[index]));
  }

  function arrange(): void {
    shown = arranged(rows, columns, state, found);
    body.replaceChildren();
    extend(chunk);
    count.textContent = shown.length < rows.length ? `${shown.length} of ${rows.length}` : `${rows.length} rows`;
    heads.forEach((head, index) => {
      const { sorted } = state;
      head.setAttribute("aria-sort", sorted?.column !== index ? "none" : sorted.down ? "descending" : "ascending");
    });
    reach.offer(made[shown[0]]);
  }
  arrange();

  return {
    root,
    state: () => state,
    /** Paints on the cells of a column. */
    paint(column: number, run: (cell: HTMLElement, row: Row) => void): void {
      painters.set(column, run);
      made.forEach((row, index) => {
        run(row.children[column] as HTMLElement, rows[index]);
      });
    },
    /** Brings a row into sight, if it is not searched away; the page itself is not scrolled. */
    reveal(index: number): void {
      const place = shown.indexOf(index);
      if (place < 0) return;
      extend(place + 1);
      reveal(made[index], root);
    },
    /** Marks the rows that are selected. */
    mark(selected: (row: Row) => boolean): void {
      rows.forEach((row, index) => {
        if (selected(row) === marked[index]) return;
        marked[index] = !marked[index];
        show(index);
      });
    },
  };
}

// A table that is sorted by a click on a column's head and searched by typing; its rows are pointed at and kept.
import { element } from "../draw/dom";
import { plain } from "../text/tokens";
import { listStep, pointAndKeep } from "./items";

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

export interface TableState {
  /** The column it is sorted by and in which direction; null: as it was given. */
  sorted: { column: number; down: boolean } | null;
  search: string;
}

/** The rows that are shown, as indices, in their order. */
export function arranged<Row>(rows: readonly Row[], columns: Column<Row>[], { sorted, search }: TableState): number[] {
  const cell = (row: number, column: number) => columns[column].value(rows[row]);
  const wanted = search.trim().toLowerCase();
  const shown = rows
    .map((_, index) => index)
    .filter(
      (row) =>
        !wanted || columns.some((_, column) => text(cell(row, column), columns[column]).toLowerCase().includes(wanted)),
    );
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

export function table<Row>(name: string, rows: readonly Row[], columns: Column<Row>[], acts: TableActs<Row>) {
  let state: TableState = { sorted: null, search: "" };
  let shown: number[] = [];
  const search = element("input", "hs-search", {
    type: "search",
    "aria-label": `Search ${name}`,
    placeholder: "Search",
    "data-key": "search",
  });
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
  const made = rows.map((row, index) => {
    const cells = columns.map((column) => {
      const value = column.value(row);
      return element("td", typeof value === "number" ? "hs-number" : "", {}, text(value, column));
    });
    return element(
      "tr",
      "hs-row",
      { tabindex: -1, "data-row": index, "data-key": `row-${index}`, "aria-selected": "false" },
      ...cells,
    );
  });
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
      return next === undefined || key === "ArrowLeft" || key === "ArrowRight" ? undefined : shown[next];
    },
    point: (index) => acts.point(index === null ? null : rows[index]),
    keep: (index) => acts.keep(rows[index]),
  });
  search.addEventListener("input", () => {
    state = { ...state, search: search.value };
    arrange();
  });

  function arrange(): void {
    shown = arranged(rows, columns, state);
    body.replaceChildren(...shown.map((index) => made[index]));
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
    /** Paints on the cells of a column. */
    paint(column: number, run: (cell: HTMLElement, row: Row) => void): void {
      rows.forEach((row, index) => {
        run(made[index].children[column] as HTMLElement, row);
      });
    },
    /** Marks the rows that are selected. */
    mark(selected: (row: Row) => boolean): void {
      rows.forEach((row, index) => {
        if (selected(row) === marked[index]) return;
        marked[index] = !marked[index];
        made[index].classList.toggle("hs-current", marked[index]);
        made[index].setAttribute("aria-selected", String(marked[index]));
      });
    },
  };
}

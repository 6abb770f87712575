import { beforeEach, describe, expect, it } from "vitest";
import { arranged, type Column, table } from "./table";

interface Head {
  name: string;
  score: number;
}

const ROWS: Head[] = [
  { name: "1.6", score: 0.34 },
  { name: "0.2", score: -0.5 },
  { name: "<b>0.4</b>", score: 0.9 },
];
const COLUMNS: Column<Head>[] = [
  { name: "head", value: ({ name }) => name },
  { name: "score", value: ({ score }) => score, format: (score) => score.toFixed(1) },
];

describe("the order of a table", () => {
  const order = (sorted: { column: number; down: boolean } | null, search = "") =>
    arranged(ROWS, COLUMNS, { sorted, search });

  it("is as given, or by a column, up or down", () => {
    expect(order(null)).toEqual([0, 1, 2]);
    expect(order({ column: 1, down: true })).toEqual([2, 0, 1]);
    expect(order({ column: 1, down: false })).toEqual([1, 0, 2]);
    expect(order({ column: 0, down: false })).toEqual([2, 1, 0]);
  });

  it("holds what is searched for, in words or in a number as it is written", () => {
    expect(order(null, "0.")).toEqual([0, 1, 2]);
    expect(order(null, " 1.6 ")).toEqual([0]);
    expect(order(null, "0.9")).toEqual([2]);
    expect(order(null, "no such")).toEqual([]);
  });
});

describe("a table on the page", () => {
  let told: string[];
  let root: HTMLElement;
  let mark: (selected: (row: Head) => boolean) => void;
  let before: ReturnType<typeof table<Head>>;
  const names = () => [...root.querySelectorAll("tbody tr")].map((row) => row.firstChild?.textContent);
  const head = (index: number) => root.querySelectorAll<HTMLElement>(".hs-sort")[index];

  beforeEach(() => {
    document.body.replaceChildren();
    told = [];
    const made = table("Heads", ROWS, COLUMNS, {
      point: (row) => told.push(`point ${row?.name}`),
      keep: (row) => told.push(`keep ${row.name}`),
    });
    ({ root, mark } = made);
    before = made;
    document.body.append(root);
  });

  it("sorts numbers from the largest down, then up, then as they were given", () => {
    head(1).click();
    expect(names()).toEqual(["<b>0.4</b>", "1.6", "0.2"]);
    expect(root.querySelectorAll("th")[1].getAttribute("aria-sort")).toBe("descending");
    head(1).click();
    expect(names()).toEqual(["0.2", "1.6", "<b>0.4</b>"]);
    head(1).click();
    expect(names()).toEqual(["1.6", "0.2", "<b>0.4</b>"]);
    expect(root.querySelectorAll("th")[1].getAttribute("aria-sort")).toBe("none");
  });

  it("searches while one types, and says how many are left", () => {
    const search = root.querySelector<HTMLInputElement>("input")!;
    search.value = "0.";
    search.dispatchEvent(new Event("input"));
    expect(root.querySelector("[role=status]")?.textContent).toBe("3 rows");
    search.value = "1.6";
    search.dispatchEvent(new Event("input"));
    expect(names()).toEqual(["1.6"]);
    expect(root.querySelector("[role=status]")?.textContent).toBe("1 of 3");
  });

  it("is walked in the order that is shown, and keeps a row", () => {
    head(1).click();
    const rows = () => [...root.querySelectorAll<HTMLElement>("tbody tr")];
    rows()[0].focus();
    rows()[0].dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    expect(document.activeElement).toBe(rows()[1]);
    rows()[1].dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    expect(told).toEqual(["point 1.6", "keep 1.6"]);
  });

  it("marks what is selected, and shows text as text", () => {
    mark(({ score }) => score > 0.5);
    expect([...root.querySelectorAll(".hs-current")].map((row) => row.textContent)).toEqual(["<b>0.4</b>0.9"]);
    expect(root.querySelector("b")).toBeNull();
  });

  it("puts many rows on the page a chunk at a time, and finds and marks those that are not there yet", () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `row ${index}`, score: index }));
    const acts = { point: () => {}, keep: () => {} };
    const made = table("Many", many, COLUMNS, acts, { chunk: 20, found: (row, wanted) => row.name.endsWith(wanted) });
    const rows = () => [...made.root.querySelectorAll<HTMLElement>("tbody tr")];
    document.body.append(made.root);
    expect(rows().length).toBe(20);
    made.mark(({ score }) => score === 45);
    made.paint(0, (cell, { score }) => cell.setAttribute("data-painted", String(score)));
    made.reveal(45);
    expect(rows().length).toBe(50);
    expect(
      rows()
        .filter((row) => row.classList.contains("hs-current"))
        .map((row) => row.dataset.row),
    ).toEqual(["45"]);
    expect(rows()[45].children[0].getAttribute("data-painted")).toBe("45");
    const search = made.root.querySelector<HTMLInputElement>("input")!;
    search.value = "9";
    search.dispatchEvent(new Event("input"));
    expect(rows().map((row) => row.dataset.row)).toEqual(["9", "19", "29", "39", "49"]);
    search.value = "";
    search.dispatchEvent(new Event("input"));
    rows()[0].focus();
    rows()[0].dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    expect((document.activeElement as HTMLElement).dataset.row).toBe("49");
  });

  it("keeps how the one before it was sorted and searched", () => {
    head(1).click();
    const search = root.querySelector<HTMLInputElement>(".hs-search")!;
    search.value = "0.5";
    search.dispatchEvent(new Event("input"));
    const acts = { point: () => {}, keep: () => {} };
    const next = table("Heads", [...ROWS, { name: "2.0", score: 0.5 }], COLUMNS, acts, { before });
    root.replaceWith(next.root);
    root = next.root;
    expect(names()).toEqual(["2.0", "0.2"]);
    expect(root.querySelector<HTMLInputElement>(".hs-search")!.value).toBe("0.5");
    const fewer = table("Heads", ROWS, COLUMNS.slice(0, 1), acts, { before: next });
    expect(fewer.state().sorted).toBeNull();
  });
});

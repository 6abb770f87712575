// The virtual head that two heads make: its numbers.
import { element } from "../shared/draw/dom";
import type { Edge, Edges } from "./edges";
import { AS, share, type Words } from "./words";

const COLUMNS = ["score", "null", "above it"];

export function numbers() {
  const title = element("div", "hs-pair");
  const rows = AS.map((as) => {
    const cells = COLUMNS.map((name) => element("td", "hs-number", { "data-number": name }));
    const row = element(
      "tr",
      "",
      { "data-read": as },
      element("th", "", { scope: "row" }, element("span", "hs-wide", {}, "as "), as),
      ...cells,
    );
    return { row, cells };
  });
  const head = [element("td"), ...COLUMNS.map((name) => element("th", "hs-quiet", { scope: "col" }, name))];
  const virtual = element("div", "hs-virtual");
  const table = element(
    "table",
    "",
    { "aria-label": "What the later head reads of the earlier one" },
    element("thead", "", {}, element("tr", "", {}, ...head)),
    element("tbody", "", {}, ...rows.map(({ row }) => row)),
  );
  return {
    root: element("div", "hs-numbers", {}, title, table, virtual),
    /** `edges`: of one pair of heads, as query, key and value; `read`: the one that is meant; `selected`: by the reader. */
    show(edges: readonly Edge[] | null, read: number, words: Words, all: Edges, selected: boolean) {
      const pair = edges ? `${words.label(edges[0].from)} → ${words.label(edges[0].to)}` : "no edge";
      title.textContent = selected ? pair : `Strongest: ${pair}`;
      rows.forEach(({ row, cells }, index) => {
        const edge = edges?.[index];
        const [score, mean, above] = cells;
        score.textContent = edge ? words.number(edge.score) : "–";
        mean.textContent = edge ? words.null(edge) : "–";
        above.replaceChildren(
          element("span", "hs-wide", {}, edge ? `${words.number(edge.excess)}, ` : ""),
          edge ? words.deviations(edge) : "–",
        );
        row.classList.toggle("hs-current", index === read && edge !== undefined);
      });
      const of = edges && all.virtual(edges[0]);
      virtual.textContent = `virtual head: copying ${of ? share(of.copying) : "–"}, matching ${of ? share(of.matching) : "–"}`;
    },
  };
}

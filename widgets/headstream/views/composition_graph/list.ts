// The edges that are drawn, as a table: sorted and searched, and worked by the keyboard.
import { element } from "../shared/draw/dom";
import { table } from "../shared/parts/table";
import { type Edge, READS } from "./edges";
import type { Acts } from "./graph";
import { isMarked, type Marked } from "./looked";
import type { Words } from "./words";

export function edgeList(words: Words, acts: Acts) {
  const format = (value: number) => words.number(value);
  const columns = [
    { name: "heads", value: (edge: Edge) => `${words.label(edge.from)} → ${words.label(edge.to)}` },
    { name: "as", value: (edge: Edge) => READS[edge.read] },
    { name: "score", value: (edge: Edge) => edge.score, format },
    { name: "null", value: (edge: Edge) => edge.null, format },
    { name: "above", value: (edge: Edge) => edge.excess, format },
  ];
  const made = (edges: readonly Edge[]) =>
    table("edges", edges, columns, {
      point: (edge) => acts.point(edge && { edge }),
      keep: (edge) => acts.keep({ edge }),
    });
  const root = element("div", "hs-list");
  let shown: { edges: readonly Edge[]; table: ReturnType<typeof made> } | null = null;

  return {
    root,
    /** The same edges again leave the table as it is, with what is searched in it. */
    paint(edges: readonly Edge[]) {
      if (shown?.edges.length === edges.length && shown.edges.every((edge, index) => edge === edges[index])) return;
      shown = { edges, table: made(edges) };
      root.replaceChildren(shown.table.root);
    },
    mark(marked: Marked) {
      shown?.table.mark((edge) => isMarked(marked, edge));
    },
  };
}

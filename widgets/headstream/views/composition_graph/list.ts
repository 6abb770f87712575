// The edges that are drawn, as a table: sorted and searched, and worked by the keyboard.
import { element } from "../shared/draw/dom";
import { table } from "../shared/parts/table";
import { type Edge, READS } from "./edges";
import type { Acts } from "./graph";
import { isMarked, type Marked } from "./looked";
import type { Words } from "./words";

type Table = ReturnType<typeof table<Edge>>;

export function edgeList(words: Words, acts: Acts, before?: { table(): Table | undefined }) {
  const format = (value: number) => words.number(value);
  const columns = [
    { name: "heads", value: (edge: Edge) => `${words.label(edge.from)} → ${words.label(edge.to)}` },
    { name: "as", value: (edge: Edge) => READS[edge.read] },
    { name: "score", value: (edge: Edge) => edge.score, format },
    { name: "null", value: (edge: Edge) => edge.null, format },
    { name: "above", value: (edge: Edge) => edge.excess, format },
  ];
  const on = {
    point: (edge: Edge | null) => acts.point(edge && { edge }),
    keep: (edge: Edge) => acts.keep({ edge }),
  };
  const root = element("div", "hs-list");
  let drawn: readonly Edge[] | null = null;
  let shown = before?.table();

  return {
    root,
    table: () => shown,
    /** The same edges again leave the table as it is, with what is searched in it. */
    paint(edges: readonly Edge[]) {
      if (drawn?.length === edges.length && drawn.every((edge, index) => edge === edges[index])) return;
      drawn = edges;
      shown = table("edges", edges, columns, on, { before: shown });
      root.replaceChildren(shown.root);
    },
    mark(marked: Marked) {
      shown?.mark((edge) => isMarked(marked, edge));
    },
  };
}

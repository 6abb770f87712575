// What a selection is here: a head, or the edges from one head to another; and the edge that is shown large.
import type { Selection } from "../shared/frame/selection";
import type { Edge, Edges } from "./edges";

/** A head with its edges, or the edges between two; neither: nothing is selected. */
export interface Marked {
  head: number | null;
  pair: { from: number; to: number } | null;
}

export type Ends = Pick<Selection, "layer" | "head" | "to_layer" | "to_head">;

/** Whether an edge is among what is marked. */
export function isMarked({ head, pair }: Marked, { from, to }: Edge): boolean {
  return pair ? from === pair.from && to === pair.to : from === head || to === head;
}

/**
 * Of two heads' three edges, the one that is meant (the first of `meant` that is between them), else the strongest; of a head, the
 * strongest that is drawn; else the strongest of all.
 */
export function lookedAt(
  edges: Edges,
  drawn: readonly Edge[],
  { layer, head, to_layer, to_head }: Ends,
  meant: readonly (Edge | null)[],
): { marked: Marked; edge: Edge | null } {
  const [from, to] = [edges.find(layer, head), edges.find(to_layer, to_head)];
  const between = from !== null && to !== null ? edges.between(from, to) : null;
  if (between && from !== null && to !== null) {
    const one = meant.find((edge) => edge?.from === from && edge.to === to);
    const strongest = between.reduce((best, edge) => (edge.excess > best.excess ? edge : best));
    return { marked: { head: null, pair: { from, to } }, edge: one ? between[one.read] : strongest };
  }
  const marked = { head: from ?? to, pair: null };
  return { marked, edge: drawn.find((edge) => marked.head === null || isMarked(marked, edge)) ?? null };
}

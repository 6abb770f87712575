// What a selection is here: one node.
import type { Selection } from "../shared/frame/selection";
import type { Graph, GraphNode } from "./graph";

type Part = Pick<Selection, "layer" | "position" | "feature" | "token">;

/** A feature by its layer, position and number; an error by layer and position, a logit by position and token, an embedding by its position. */
export function partOf({ kind, layer, position, feature, token }: GraphNode): Part {
  return { layer, position, feature, token: kind === "logit" ? token : null };
}

/**
 * The node that is selected, `meant` of several that it may be. Where another view has selected it: of a feature without a place the one with
 * the most influence, of a position with something that is no node here its embedding.
 */
export function nodeAt(graph: Graph, current: Part, meant: number | null, influence: ArrayLike<number>): number | null {
  const { layer, position, feature, token } = current;
  if (layer === null && position === null && feature === null && token === null) return null;
  const exact = found(graph, (node) => {
    const part = partOf(node);
    return part.layer === layer && part.position === position && part.feature === feature && part.token === token;
  });
  if (meant !== null && exact.includes(meant)) return meant;
  if (exact.length) return exact[0];
  if (feature !== null) {
    const same = found(graph, (node) => {
      const here = position === null || node.position === position;
      return node.feature === feature && here && (layer === null || node.layer === layer);
    });
    return same.length ? same.reduce((best, node) => (influence[node] > influence[best] ? node : best)) : null;
  }
  if (position === null) return null;
  return found(graph, ({ kind, position: at }) => kind === "embed" && at === position)[0] ?? null;
}

function found({ nodes }: Graph, is: (node: GraphNode) => boolean): number[] {
  return nodes.flatMap((node, at) => (is(node) ? [at] : []));
}

// What reaches the logits through the graph. With A[t, s] = |w(s → t)| / Σ|w(· → t)| and p the logits' probabilities, a node's influence is
// p ((I − A)⁻¹ − I). Sources stand before their targets, so that I − A is triangular: one pass from the last node to the first solves it, and no
// matrix is made. headstream/features/graph_scores.py has the same in numpy.
import type { Graph } from "./graph";

/** By edge, |w| as a share of all that enters its target, by those edges alone that are `kept` where that is given. */
export function sharesOf({ targets, weights, size }: Graph, kept?: Uint8Array): Float64Array {
  const sums = new Float64Array(size);
  const found = weights.map((weight, edge) => (kept && !kept[edge] ? 0 : Math.abs(weight)));
  for (let edge = 0; edge < found.length; edge++) sums[targets[edge]] += found[edge];
  for (let edge = 0; edge < found.length; edge++) if (found[edge]) found[edge] /= sums[targets[edge]];
  return found;
}

/** By node, the probability of a logit and 0 elsewhere; the same for all logits where none has any. */
export function logitWeights({ nodes }: Graph): Float64Array {
  const found = Float64Array.from(nodes, ({ kind, activation }) => (kind === "logit" ? activation : 0));
  if (found.some((p) => p > 0)) return found;
  return Float64Array.from(nodes, ({ kind }) => (kind === "logit" ? 1 : 0));
}

/** By node, the strength of all paths from it to the logits; paths go no further back than a node that stops them. */
export function influenceOf(graph: Graph, share: Float64Array, p: Float64Array, stops?: Uint8Array): Float64Array {
  const { sources, into, size } = graph;
  const found = new Float64Array(size);
  for (let target = size - 1; target >= 0; target--) {
    const through = found[target] + p[target];
    if (through === 0 || stops?.[target]) continue;
    for (let at = into.start[target]; at < into.start[target + 1]; at++) {
      const edge = into.edge[at];
      found[sources[edge]] += through * share[edge];
    }
  }
  return found;
}

/** The largest scores, as few as hold this share of the sum: the least of them, which all that equal it share. Infinity where the sum is 0. */
export function leastOf(scores: Float64Array, share: number): number {
  const ordered = scores.slice().sort();
  const sum = ordered.reduceRight((total, value) => total + value, 0);
  if (!(sum > 0)) return Number.POSITIVE_INFINITY;
  let reached = 0;
  for (let at = ordered.length - 1; at > 0; at--) {
    reached += ordered[at];
    if (share < 1 && reached / sum >= share) return ordered[at];
  }
  return ordered[0];
}

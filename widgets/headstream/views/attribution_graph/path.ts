// The strongest path from an embedding to a logit: the one along which the product of the shares, and of the logit's probability, is largest.
import type { Graph } from "./graph";
import type { Kept } from "./prune";

/** Its nodes from the embedding on; through `through` where that is given. Null where no path leads there by the edges kept. */
export function strongestPath(graph: Graph, share: Float64Array, kept: Kept, through: number | null): number[] | null {
  const { size, nodes, sources, targets } = graph;
  // The strongest way from a node to the logits, and from the embeddings to it: its strength and its edge.
  const [up, down] = [new Float64Array(size), new Float64Array(size)];
  const [next, previous] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)];
  for (let node = 0; node < size; node++) {
    if (!kept.nodes[node]) continue;
    if (nodes[node].kind === "embed") down[node] = 1;
    for (const edge of graph.edges(graph.into, node)) {
      const strength = down[sources[edge]] * share[edge];
      if (kept.edges[edge] && strength > down[node]) [down[node], previous[node]] = [strength, edge];
    }
  }
  for (let node = size - 1; node >= 0; node--) {
    if (!kept.nodes[node]) continue;
    if (nodes[node].kind === "logit") up[node] = nodes[node].activation;
    for (const edge of graph.edges(graph.outOf, node)) {
      const strength = up[targets[edge]] * share[edge];
      if (kept.edges[edge] && strength > up[node]) [up[node], next[node]] = [strength, edge];
    }
  }
  const middle = through ?? best(up, down);
  if (middle === null || !(up[middle] * down[middle] > 0)) return null;
  const path = [middle];
  for (let edge = previous[middle]; edge >= 0; edge = previous[sources[edge]]) path.unshift(sources[edge]);
  for (let edge = next[middle]; edge >= 0; edge = next[targets[edge]]) path.push(targets[edge]);
  return path;
}

function best(up: Float64Array, down: Float64Array): number | null {
  let found: number | null = null;
  for (let node = 0; node < up.length; node++) {
    const here = up[node] * down[node];
    if (here > 0 && (found === null || here > up[found] * down[found])) found = node;
  }
  return found;
}

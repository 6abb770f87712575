// The graph that is drawn as a file of circuit-tracer's schema, which Neuronpedia reads too: metadata, qParams, nodes, links.
import type { Graph, GraphNode } from "./graph";
import type { Groups } from "./groups";
import type { Kept } from "./prune";

const TYPES = {
  embed: "embedding",
  feature: "cross layer transcoder",
  error: "mlp reconstruction error",
  logit: "logit",
} as const;

export interface About {
  name: string;
  tokens: readonly string[];
  pinned: readonly number[];
  supernodes: Groups;
  influence: Float64Array;
  node_threshold: number;
  edge_threshold: number;
}

export function toSchema(graph: Graph, kept: Kept, about: About): object {
  const { nodes, sources, targets, weights } = graph;
  const layers = 1 + Math.max(-1, ...graph.layers);
  const ids = nodes.map((node) => idOf(node, layers));
  const shown = nodes.flatMap((_, node) => (kept.nodes[node] ? [node] : []));
  const cumulative = cumulated(about.influence);
  const top = Math.max(...nodes.map(({ kind, activation }) => (kind === "logit" ? activation : 0)));
  return {
    metadata: {
      slug: about.name,
      scan: about.name,
      transcoder_list: [],
      prompt_tokens: about.tokens,
      prompt: about.tokens.join(""),
      node_threshold: about.node_threshold,
      schema_version: 1,
      pruning_settings: { node_threshold: about.node_threshold, edge_threshold: about.edge_threshold },
    },
    qParams: {
      pinnedIds: about.pinned.filter((node) => kept.nodes[node]).map((node) => ids[node]),
      supernodes: Object.entries(about.supernodes).map(([name, members]) => [
        name,
        ...members.map((node) => ids[node]),
      ]),
      linkType: "both",
      clickedId: "",
      sg_pos: "",
    },
    nodes: shown.map((node) => ({
      ...described(nodes[node], about.tokens.length, layers, top),
      node_id: ids[node],
      influence: cumulative[node],
      clerp: nodes[node].label,
    })),
    links: Array.from(weights.keys()).flatMap((edge) => {
      if (!kept.edges[edge]) return [];
      return [{ source: ids[sources[edge]], target: ids[targets[edge]], weight: weights[edge] }];
    }),
  };
}

/** One number for a layer and a feature: (x + y)(x + y + 1) / 2 + y. */
export const cantor = (x: number, y: number) => ((x + y) * (x + y + 1)) / 2 + y;

function idOf({ kind, layer, position, feature, token }: GraphNode, layers: number): string {
  if (kind === "embed") return `E_${token ?? position}_${position}`;
  if (kind === "logit") return `${layers + 1}_${token}_${position}`;
  return kind === "error" ? `${layer}_-1_${position}` : `${layer}_${feature}_${position}`;
}

function described(node: GraphNode, positions: number, layers: number, top: number) {
  const { kind, layer, position, feature, token, activation } = node;
  const common = { ctx_idx: position, feature_type: TYPES[kind], run_idx: 0, reverse_ctx_idx: 0 };
  if (kind === "feature") {
    const id = `${layer}_${feature}-0`;
    return { ...common, layer: String(layer), feature: cantor(layer ?? 0, feature ?? 0), jsNodeId: id, activation };
  }
  if (kind === "error") return { ...common, layer: String(layer), feature: -1, jsNodeId: `${layer}_-1-${position}` };
  if (kind === "embed") {
    return { ...common, layer: "E", feature: position, jsNodeId: `E_${token ?? position}-${position}` };
  }
  const probability = { token_prob: activation, is_target_logit: activation === top };
  return {
    ...common,
    layer: String(layers + 1),
    feature: token,
    jsNodeId: `L_${token}-${positions - 1}`,
    ...probability,
  };
}

/** By node, the share of the influence that it and all with more have: what a threshold is compared with. */
function cumulated(influence: Float64Array): Float64Array {
  const order = Array.from(influence.keys()).sort((a, b) => influence[b] - influence[a] || a - b);
  const sum = influence.reduce((total, value) => total + value, 0);
  const found = new Float64Array(influence.length);
  let reached = 0;
  for (const node of order) {
    reached += influence[node];
    found[node] = sum > 0 ? reached / sum : 1;
  }
  return found;
}

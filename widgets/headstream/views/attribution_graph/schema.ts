// The graph that is drawn as a file of circuit-tracer's schema, which Neuronpedia reads too; as headstream/features/graph_json.py writes it.
import type { Graph, GraphNode } from "./graph";
import type { Groups } from "./groups";
import type { Kept } from "./prune";

export interface About {
  name: string;
  tokens: readonly string[];
  pinned: readonly number[];
  supernodes: Groups;
  /** By node, in the graph that is pruned. */
  influence: Float64Array;
  node_threshold: number;
  edge_threshold: number;
}

export function toSchema(graph: Graph, kept: Kept, about: About): object {
  const { sources, targets, weights, totals, constants } = graph;
  const { tokens, node_threshold, edge_threshold } = about;
  const layers = 1 + Math.max(-1, ...graph.layers);
  const ids = graph.nodes.map((node) => idOf(node, layers));
  const named = (nodes: readonly number[]) => nodes.filter((node) => kept.nodes[node]).map((node) => ids[node]);
  const entered = cumulated(about.influence);
  const likeliest = graph.nodes.reduce((best, { kind, activation }, node) => {
    return kind === "logit" && !(activation <= (graph.nodes[best]?.activation ?? -1)) ? node : best;
  }, -1);
  const known = (values: ArrayLike<number>, node: number) => (Number.isFinite(values[node]) ? values[node] : undefined);
  return {
    metadata: {
      slug: about.name || "graph",
      scan: about.name,
      transcoder_list: [],
      prompt_tokens: tokens,
      prompt: tokens.join(""),
      info: { generator: { name: "headstream" } },
      node_threshold,
      pruning_settings: { node_threshold, edge_threshold },
    },
    qParams: {
      pinnedIds: named(about.pinned),
      supernodes: Object.entries(about.supernodes).map(([name, members]) => [name, ...named(members)]),
      linkType: "both",
      clickedId: "",
      sg_pos: "",
    },
    nodes: graph.nodes.flatMap((node, at) => {
      if (!kept.nodes[at]) return [];
      const { kind, position, activation, label } = node;
      const isLogit = kind === "logit";
      return {
        node_id: ids[at],
        ...typed(node, layers),
        ctx_idx: position,
        token_prob: isLogit ? activation : 0,
        is_target_logit: at === likeliest,
        run_idx: 0,
        reverse_ctx_idx: 0,
        jsNodeId: ids[at],
        clerp: isLogit ? `Output "${label}" (p=${activation.toFixed(3)})` : label,
        influence: isLogit ? null : entered[at],
        activation: kind === "feature" ? activation : null,
        // Fields of ours; what is not known is left out.
        total: known(totals, at),
        constant: known(constants, at),
      };
    }),
    links: Array.from(weights.keys()).flatMap((edge) => {
      return kept.edges[edge] ? { source: ids[sources[edge]], target: ids[targets[edge]], weight: weights[edge] } : [];
    }),
  };
}

/** A name of three parts, as they have it. */
function idOf({ kind, layer, position, feature, token, label }: GraphNode, layers: number): string {
  switch (kind) {
    case "embed":
      return `E_${token ?? ""}_${position}`;
    case "feature":
      return `${layer}_${feature}_${position}`;
    case "error":
      return `error_${layer}_${position}`;
    case "logit":
      return `${layers + 1}_${token ?? label}_${position}`;
  }
}

function typed({ kind, layer, position, feature, token }: GraphNode, layers: number) {
  switch (kind) {
    case "embed":
      return { feature: position, layer: "E", feature_type: "embedding" };
    case "feature":
      return { feature, layer: String(layer), feature_type: "cross layer transcoder" };
    case "error":
      return { feature: -1, layer: String(layer), feature_type: "mlp reconstruction error" };
    case "logit":
      return { feature: token, layer: String(layers + 1), feature_type: "logit" };
  }
}

/** By node, the share of all influence that it and all with more of it hold: from this threshold on it is kept. */
function cumulated(influence: Float64Array): Float64Array {
  const order = Array.from(influence.keys()).sort((a, b) => influence[b] - influence[a] || a - b);
  const sum = influence.reduce((total, value) => total + value, 0);
  const found = new Float64Array(influence.length);
  let reached = 0;
  for (const node of order) {
    reached += influence[node];
    found[node] = sum > 0 ? reached / sum : 0;
  }
  return found;
}

// The part of a graph with the most influence on the logits, and how well it explains the whole; as headstream/features/graph_scores.py has it.
import type { Graph } from "./graph";
import { influenceOf, leastOf, logitWeights, sharesOf } from "./influence";

/** What pruning keeps: a 1 for each node and for each edge. */
export interface Kept {
  nodes: Uint8Array;
  edges: Uint8Array;
}

/** From 0 to 1: of the paths that end at an embedding or an error, those at an embedding; and of the inputs, weighted by what they are for, those from no error. */
export interface Scores {
  replacement: number;
  completeness: number;
}

/** The shares of the influence that what is kept holds at least. */
export interface Thresholds {
  nodes: number;
  edges: number;
}

/** Nodes and edges that can be read at once, and the shares that are tried until no more are kept. */
const READABLE = { whole: 60, inner: 60, edges: 300 };
const NODES = [0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3];
const EDGES = [0.98, 0.95, 0.9, 0.85, ...NODES];

export class Pruning {
  /** By edge, its share of what enters its target; by node, its influence on the logits: in the whole graph. */
  readonly share: Float64Array;
  readonly influence: Float64Array;
  readonly whole: Scores;
  private readonly p: Float64Array;

  constructor(readonly graph: Graph) {
    this.share = sharesOf(graph);
    this.p = logitWeights(graph);
    this.influence = influenceOf(graph, this.share, this.p);
    this.whole = this.scores(new Uint8Array(graph.size).fill(1));
  }

  /**
   * The features and errors of most influence, as few as hold the share `nodes` of all nodes' influence; then the same of the edges between
   * what is kept. Embeddings, logits and nodes that are `held` stay.
   */
  prune(nodes: number, edges: number, held: Iterable<number> = []): Kept {
    const { graph, influence, p } = this;
    const { sources, targets, size } = graph;
    const stays = Uint8Array.from(graph.nodes, ({ kind }) => (kind === "embed" || kind === "logit" ? 1 : 0));
    for (const node of held) if (node < size) stays[node] = 1;
    const least = leastOf(influence, nodes);
    const kept = influence.reduce((found, value, node) => {
      found[node] = stays[node] || value >= least ? 1 : 0;
      return found;
    }, new Uint8Array(size));
    const inside = Uint8Array.from(sources, (source, edge) => kept[source] & kept[targets[edge]]);
    const share = sharesOf(graph, inside);
    const reach = influenceOf(graph, share, p);
    const carried = share.map((part, edge) => part * (reach[targets[edge]] + p[targets[edge]]));
    const lightest = leastOf(carried, edges);
    const chosen = inside.map((within, edge) => (within && carried[edge] >= lightest ? 1 : 0));
    this.dropLoose(kept, chosen, stays);
    return { nodes: kept, edges: chosen };
  }

  /** As much as can be read, where `given` does not say: of a small graph all nodes, of another .8 of the influence or less. */
  readable(given: { [Name in keyof Thresholds]: number | null }): Thresholds {
    const { graph } = this;
    const inner = graph.nodes.map(({ kind }) => kind === "feature" || kind === "error");
    const few = graph.size <= READABLE.whole;
    const count = (kept: Uint8Array, of: (at: number) => boolean) =>
      kept.reduce((sum, one, at) => sum + (of(at) ? one : 0), 0);
    const fits = (share: number) => count(this.prune(share, 1).nodes, (node) => inner[node]) <= READABLE.inner;
    const nodes = given.nodes ?? (few ? 1 : (NODES.find(fits) ?? NODES[NODES.length - 1]));
    const light = (share: number) => count(this.prune(nodes, share).edges, () => true) <= READABLE.edges;
    const edges = given.edges ?? [...(few ? [1] : []), ...EDGES].find(light) ?? EDGES[EDGES.length - 1];
    return { nodes, edges };
  }

  /** What nothing leaves, and features that nothing enters, lead nowhere; without them others may lead nowhere. */
  private dropLoose(nodes: Uint8Array, edges: Uint8Array, stays: Uint8Array): void {
    const { graph } = this;
    const { sources, targets, size } = graph;
    for (let changed = true; changed; ) {
      changed = false;
      const [left, entered] = [new Uint8Array(size), new Uint8Array(size)];
      for (let edge = 0; edge < edges.length; edge++) {
        if (edges[edge]) left[sources[edge]] = entered[targets[edge]] = 1;
      }
      for (let node = 0; node < size; node++) {
        const alive = left[node] && (entered[node] || graph.nodes[node].kind !== "feature");
        if (!nodes[node] || stays[node] || alive) continue;
        nodes[node] = 0;
        changed = true;
      }
      for (let edge = 0; edge < edges.length; edge++) edges[edge] &= nodes[sources[edge]] & nodes[targets[edge]];
    }
  }

  /** Those of the whole graph, if all features but the ones `told` counted as errors. */
  scores(told: Uint8Array): Scores {
    const { graph, share, p } = this;
    const { nodes, sources, targets, size } = graph;
    const unexplained = Uint8Array.from(nodes, ({ kind }, node) => {
      return kind === "error" || (kind === "feature" && !told[node]) ? 1 : 0;
    });
    const reach = influenceOf(graph, share, p, unexplained);
    const [failed, fed] = [new Float64Array(size), new Uint8Array(size)];
    for (let edge = 0; edge < share.length; edge++) {
      fed[targets[edge]] = 1;
      if (unexplained[sources[edge]]) failed[targets[edge]] += share[edge];
    }
    let [read, lost, explained, all] = [0, 0, 0, 0];
    for (let node = 0; node < size; node++) {
      if (unexplained[node]) {
        lost += reach[node];
        continue;
      }
      if (nodes[node].kind === "embed") read += reach[node];
      if (!fed[node]) continue;
      all += reach[node] + p[node];
      explained += (reach[node] + p[node]) * (1 - failed[node]);
    }
    return { replacement: read + lost ? read / (read + lost) : 0, completeness: all ? explained / all : 0 };
  }
}

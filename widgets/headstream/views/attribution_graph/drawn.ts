// What is drawn: the nodes that are kept, and groups of them as one, with the edges between these.
import type { Graph, Kind } from "./graph";
import type { Groups } from "./groups";
import type { Kept } from "./prune";

/** A node, or several under one name. */
export interface Item {
  /** Of a group its name, else null. */
  group: string | null;
  /** The one that it stands where it stands for first. */
  nodes: readonly number[];
  kind: Kind;
  layer: number | null;
  position: number;
  label: string;
  /** Of all its nodes together. */
  influence: number;
  /** For the focus to find it again. */
  key: string;
}

export interface Link {
  from: number;
  to: number;
  weight: number;
}

export class Drawn {
  readonly items: readonly Item[];
  /** By node, the item that it is in; -1 for one that is not drawn. */
  readonly itemOf: Int32Array;
  /** Between items, the weakest first. */
  readonly links: readonly Link[];
  readonly largest: number;
  private readonly incoming: Link[][];
  private readonly outgoing: Link[][];

  constructor(
    readonly graph: Graph,
    readonly kept: Kept,
    influence: Float64Array,
    groups: Groups,
  ) {
    this.itemOf = new Int32Array(graph.size).fill(-1);
    this.items = itemsOf(graph, kept, influence, groups);
    this.items.forEach(({ nodes }, item) => {
      for (const node of nodes) this.itemOf[node] = item;
    });
    this.links = this.linked();
    this.largest = this.links.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
    this.incoming = this.items.map(() => []);
    this.outgoing = this.items.map(() => []);
    // From the strongest on.
    for (const link of [...this.links].reverse()) {
      this.incoming[link.to].push(link);
      this.outgoing[link.from].push(link);
    }
  }

  /** Its links, the strongest first. */
  into(item: number): readonly Link[] {
    return this.incoming[item];
  }
  outOf(item: number): readonly Link[] {
    return this.outgoing[item];
  }

  private linked(): Link[] {
    const { graph, kept, itemOf, items } = this;
    const sums = new Map<number, Link>();
    for (let edge = 0; edge < graph.weights.length; edge++) {
      const [from, to] = [itemOf[graph.sources[edge]], itemOf[graph.targets[edge]]];
      if (!kept.edges[edge] || from < 0 || to < 0 || from === to) continue;
      const id = from * items.length + to;
      const link = sums.get(id);
      if (link) link.weight += graph.weights[edge];
      else sums.set(id, { from, to, weight: graph.weights[edge] });
    }
    return [...sums.values()].sort((a, b) => Math.abs(a.weight) - Math.abs(b.weight));
  }

  /** What enters an item by edges that are not drawn, and what no edge brings; nan where a file does not tell. */
  rest(item: number): { pruned: number; constant: number; total: number } {
    const { graph, kept, itemOf } = this;
    let [pruned, constant, total] = [0, 0, 0];
    for (const node of this.items[item].nodes) {
      constant += graph.constants[node];
      total += graph.totals[node];
      for (const edge of graph.edges(graph.into, node)) {
        const within = itemOf[graph.sources[edge]] === item;
        if (within) total -= graph.weights[edge];
        else if (!kept.edges[edge]) pruned += graph.weights[edge];
      }
    }
    return { pruned, constant, total };
  }
}

/** Embeddings below all layers, logits above them. */
const rank = ({ kind, layer }: Pick<Item, "kind" | "layer">) => {
  return kind === "embed" ? -1 : kind === "logit" ? Number.POSITIVE_INFINITY : (layer ?? 0);
};

function itemsOf(graph: Graph, { nodes: kept }: Kept, influence: Float64Array, groups: Groups): Item[] {
  const taken = new Uint8Array(graph.size);
  const grouped = Object.entries(groups).flatMap(([name, members]) => {
    const nodes = members.filter((node) => node >= 0 && node < graph.size && kept[node] && !taken[node]);
    for (const node of nodes) taken[node] = 1;
    if (!nodes.length) return [];
    const all = nodes.reduce((sum, node) => sum + influence[node], 0);
    nodes.sort((a, b) => influence[b] - influence[a] || a - b);
    const { kind, layer, position } = graph.nodes[nodes[0]];
    return [{ group: name, nodes, kind, layer, position, label: name, influence: all, key: `group-${name}` }];
  });
  const single = graph.nodes.flatMap(({ kind, layer, position, label }, node) => {
    if (!kept[node] || taken[node]) return [];
    return [
      { group: null, nodes: [node], kind, layer, position, label, influence: influence[node], key: `node-${node}` },
    ];
  });
  // From the bottom left on; in a cell those of most influence first, which is how they fill it.
  return [...single, ...grouped].sort((a, b) => {
    return rank(a) - rank(b) || a.position - b.position || b.influence - a.influence || a.nodes[0] - b.nodes[0];
  });
}

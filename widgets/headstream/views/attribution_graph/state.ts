// What the traits make together: the graph, what is kept of it, its scores and its strongest path. Each is made anew only where it changes.
import { Drawn } from "./drawn";
import { Graph, type Sent } from "./graph";
import type { Groups } from "./groups";
import { strongestPath } from "./path";
import { Pruning, type Scores, type Thresholds } from "./prune";
import { Words } from "./words";

export interface Traits extends Sent {
  /** Null: as much as can be read. */
  node_threshold: number | null;
  edge_threshold: number | null;
  pinned: readonly number[];
  supernodes: Groups;
}

/** What the graph itself is made of. */
const SENT = [
  "nodes",
  "labels",
  "activations",
  "totals",
  "constants",
  "sources",
  "targets",
  "weights",
  "tokens",
] as const;
const SETTINGS = ["node_threshold", "edge_threshold", "pinned", "supernodes"] as const;

export class State {
  graph!: Graph;
  pruning!: Pruning;
  words!: Words;
  drawn!: Drawn;
  scores!: Scores;
  thresholds!: Thresholds;
  /** Items of the strongest path, from an embedding to a logit; none where there is no path. */
  path: readonly number[] = [];
  private sent: unknown[] = [];
  private settings: unknown[] = [];

  /** Whether another graph has come. */
  update(traits: Traits): boolean {
    const sent = SENT.map((name) => traits[name]);
    const other = sent.some((value, at) => value !== this.sent[at]);
    if (other) {
      this.graph = new Graph(traits);
      this.pruning = new Pruning(this.graph);
      this.words = new Words(this.graph, traits.tokens);
      this.sent = sent;
    }
    const settings = SETTINGS.map((name) => traits[name]);
    if (!other && settings.every((value, at) => value === this.settings[at])) return false;
    this.settings = settings;
    this.prune(traits);
    return other;
  }

  private prune({ node_threshold, edge_threshold, pinned, supernodes }: Traits): void {
    const { graph, pruning } = this;
    this.thresholds = pruning.readable({ nodes: node_threshold, edges: edge_threshold });
    const { nodes, edges } = this.thresholds;
    const held = [...pinned, ...Object.values(supernodes).flat()];
    const kept = pruning.prune(nodes, edges, held);
    this.drawn = new Drawn(graph, kept, pruning.influence, supernodes);
    this.scores = pruning.scores(kept.nodes);
    this.path = this.along(null);
  }

  /** The strongest path, through a node where one is given, as items. */
  along(node: number | null): readonly number[] {
    const { graph, pruning, drawn } = this;
    const nodes = strongestPath(graph, pruning.share, drawn.kept, node) ?? [];
    return nodes.map((one) => drawn.itemOf[one]).filter((item, at, all) => item !== all[at - 1]);
  }

  /** The item of the most probable logit; of a graph without one, the last. */
  get top(): number {
    const { items } = this.drawn;
    const p = (item: number) => (items[item].kind === "logit" ? this.graph.nodes[items[item].nodes[0]].activation : -1);
    return items.reduce((best, _, item) => (p(item) > p(best) ? item : best), items.length - 1);
  }
}

// The graph as it was sent: nodes with what they are, edges by their ends, and for each node which edges enter and leave it.
import { Damaged, type NumericArray } from "../shared/wire/arrays";
import { fits } from "../shared/wire/readers";

/** In the order in which kinds are numbered. */
export const KINDS = ["embed", "feature", "error", "logit"] as const;
export type Kind = (typeof KINDS)[number];

export interface Sent {
  nodes: NumericArray;
  labels: readonly string[];
  activations: NumericArray;
  totals: NumericArray;
  constants: NumericArray;
  sources: NumericArray;
  targets: NumericArray;
  weights: NumericArray;
  tokens: readonly string[];
}

/** What one node is; null where it has no layer, feature or token. */
export interface GraphNode {
  kind: Kind;
  layer: number | null;
  position: number;
  feature: number | null;
  token: number | null;
  activation: number;
  label: string;
}

/** Edges by one of their ends: those of node n are `edge[start[n]]` up to `edge[start[n + 1]]`. */
export interface Ends {
  start: Int32Array;
  edge: Int32Array;
}

/** A feature's number is more than 32 bits hold where a file numbers features otherwise: it is sent in two parts. */
export const PART = 2 ** 24;
const FIELDS = 6;

export class Graph {
  readonly nodes: readonly GraphNode[];
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  readonly totals: ArrayLike<number>;
  readonly constants: ArrayLike<number>;
  readonly into: Ends;
  readonly outOf: Ends;
  /** The layers that there are, from the first on. */
  readonly layers: readonly number[];

  constructor(sent: Sent) {
    const { nodes, labels, activations, totals, constants, sources, targets, weights, tokens } = sent;
    const [size, edges] = [nodes.shape[0], weights.shape[0]];
    fits("nodes", nodes.shape, [size, FIELDS]);
    for (const [name, array] of Object.entries({ activations, totals, constants })) fits(name, array.shape, [size]);
    for (const [name, array] of Object.entries({ sources, targets })) fits(name, array.shape, [edges]);
    fits("labels", [labels.length], [size]);
    this.nodes = labels.map((label, at) => nodeOf(nodes.data, at, activations.data[at], label, tokens.length));
    this.layers = [...new Set(this.nodes.flatMap(({ layer }) => layer ?? []))].sort((a, b) => a - b);
    this.sources = Int32Array.from(sources.data);
    this.targets = Int32Array.from(targets.data);
    this.weights = Float64Array.from(weights.data);
    this.totals = totals.data;
    this.constants = constants.data;
    for (let edge = 0; edge < edges; edge++) {
      const [source, target] = [this.sources[edge], this.targets[edge]];
      if (!(source >= 0 && source < target && target < size)) {
        throw new Damaged(`sources: expected one before its target, of ${size} nodes, got ${source} to ${target}`);
      }
    }
    this.into = endsOf(this.targets, size);
    this.outOf = endsOf(this.sources, size);
  }

  get size(): number {
    return this.nodes.length;
  }

  /** The edges into a node, or out of it. */
  edges(ends: Ends, node: number): Int32Array {
    return ends.edge.subarray(ends.start[node], ends.start[node + 1]);
  }
}

function nodeOf(data: ArrayLike<number>, at: number, activation: number, label: string, positions: number): GraphNode {
  const field = (index: number) => {
    const value = data[FIELDS * at + index];
    return value < 0 ? null : value;
  };
  const [kind, position, high] = [KINDS[field(0) ?? -1], field(2), field(4)];
  if (!kind) throw new Damaged(`nodes: expected a kind from 0 to ${KINDS.length - 1}, got ${data[FIELDS * at]}`);
  if (position === null || position >= positions) {
    throw new Damaged(`nodes: expected positions below ${positions}, got ${data[FIELDS * at + 2]}`);
  }
  const feature = high === null ? null : PART * high + (field(3) ?? 0);
  return { kind, layer: field(1), position, feature, token: field(5), activation, label };
}

function endsOf(nodes: Int32Array, size: number): Ends {
  const start = new Int32Array(size + 1);
  for (const node of nodes) start[node + 1] += 1;
  for (let node = 0; node < size; node++) start[node + 1] += start[node];
  const next = start.slice();
  const edge = new Int32Array(nodes.length);
  nodes.forEach((node, at) => {
    edge[next[node]++] = at;
  });
  return { start, edge };
}

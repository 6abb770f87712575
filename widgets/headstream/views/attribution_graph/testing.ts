// Graphs for unit tests.
import { numbers } from "../shared/testing/fake";
import { Graph, KINDS, type Kind, PART, type Sent } from "./graph";

export interface Made {
  kind: Kind;
  layer?: number;
  position?: number;
  feature?: number;
  token?: number;
  activation?: number;
  label?: string;
}

export type Edge = [source: number, target: number, weight: number];

export function sentOf(nodes: readonly Made[], edges: readonly Edge[], tokens = ["a", "b", "c"]): Sent {
  const rows = nodes.flatMap(({ kind, layer = -1, position = 0, feature, token = -1 }) => {
    const [low, high] = feature === undefined ? [-1, -1] : [feature % PART, Math.floor(feature / PART)];
    return [KINDS.indexOf(kind), layer, position, low, high, token];
  });
  const floats = (values: readonly number[]) => numbers(Float32Array.from(values), [values.length]);
  const totals = nodes.map((_, node) => edges.reduce((sum, [, to, weight]) => (to === node ? sum + weight : sum), 0));
  return {
    nodes: numbers(Int32Array.from(rows), [nodes.length, 6]),
    labels: nodes.map(
      ({ label, kind, layer, feature }) => label ?? (kind === "feature" ? `feature ${layer}.${feature}` : kind),
    ),
    activations: floats(nodes.map(({ activation = 1 }) => activation)),
    totals: floats(totals),
    constants: floats(nodes.map(() => 0)),
    sources: numbers(
      Uint16Array.from(edges, ([from]) => from),
      [edges.length],
    ),
    targets: numbers(
      Uint16Array.from(edges, ([, to]) => to),
      [edges.length],
    ),
    weights: floats(edges.map(([, , weight]) => weight)),
    tokens,
  };
}

export const graphOf = (...given: Parameters<typeof sentOf>) => new Graph(sentOf(...given));

/** Two embeddings, a feature and an error that read them, a feature that reads these, two logits. */
export const NODES: Made[] = [
  { kind: "embed", position: 0, token: 7, label: "a" },
  { kind: "embed", position: 1, token: 8, label: "b" },
  { kind: "feature", layer: 0, position: 0, feature: 5, activation: 2 },
  { kind: "feature", layer: 0, position: 1, feature: 9, activation: 1 },
  { kind: "error", layer: 0, position: 1, label: "error 0" },
  { kind: "feature", layer: 1, position: 1, feature: 3, activation: 4 },
  { kind: "logit", position: 1, token: 30, activation: 0.75, label: " x" },
  { kind: "logit", position: 1, token: 31, activation: 0.25, label: " y" },
];
export const EDGES: Edge[] = [
  [0, 2, 2],
  [0, 3, 0.5],
  [1, 3, -0.5],
  [2, 5, 3],
  [3, 5, -0.5],
  [4, 5, 0.5],
  [5, 6, 4],
  [1, 6, -1],
  [4, 7, 1],
  [5, 7, 1],
];

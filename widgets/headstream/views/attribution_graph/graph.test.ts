import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { Graph } from "./graph";
import { EDGES, graphOf, NODES, sentOf } from "./testing";

describe("a graph", () => {
  const graph = graphOf(NODES, EDGES);

  it("has nodes with what they are", () => {
    expect(graph.nodes[2]).toEqual({
      kind: "feature",
      layer: 0,
      position: 0,
      feature: 5,
      token: null,
      activation: 2,
      label: "feature 0.5",
    });
    expect(graph.nodes[0]).toMatchObject({ kind: "embed", layer: null, feature: null, token: 7 });
    expect(graph.layers).toEqual([0, 1]);
  });

  it("has features of any number, as files number them", () => {
    const feature = 26 * 2 ** 40 + 12345;
    expect(graphOf([{ kind: "feature", layer: 3, feature }], []).nodes[0].feature).toBe(feature);
  });

  it("finds the edges of a node", () => {
    const ends = (list: Int32Array) => [...list].map((edge) => EDGES[edge]);
    expect(ends(graph.edges(graph.into, 5))).toEqual(EDGES.filter(([, to]) => to === 5));
    expect(ends(graph.edges(graph.outOf, 1))).toEqual(EDGES.filter(([from]) => from === 1));
    expect(graph.edges(graph.into, 0)).toHaveLength(0);
  });

  it("that does not fit together is damaged", () => {
    const sent = sentOf(NODES, EDGES);
    const damaged = (changed: object) => () => new Graph({ ...sent, ...changed });
    expect(damaged({ labels: ["a"] })).toThrow("labels: expected shape [8], got [1]");
    expect(damaged({ totals: numbers(Float32Array.of(1), [1]) })).toThrow("totals: expected shape [8], got [1]");
    expect(damaged({ weights: numbers(Float32Array.of(1), [1]) })).toThrow("sources: expected shape [1], got [10]");
    expect(damaged({ targets: sent.sources })).toThrow(
      "sources: expected one before its target, of 8 nodes, got 0 to 0",
    );
    expect(damaged({ tokens: ["a"] })).toThrow("nodes: expected positions below 1, got 1");
    const kind = numbers(Int32Array.from(sent.nodes.data).fill(9, 0, 1), [8, 6]);
    expect(damaged({ nodes: kind })).toThrow("nodes: expected a kind from 0 to 3, got 9");
  });
});

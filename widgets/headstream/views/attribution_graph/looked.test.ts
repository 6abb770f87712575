import { describe, expect, it } from "vitest";
import { cleared } from "./canvas";
import { cards } from "./card";
import { nodeAt, partOf } from "./looked";
import { Pruning } from "./prune";
import { toSchema } from "./schema";
import { EDGES, graphOf, NODES } from "./testing";

const graph = graphOf(NODES, EDGES);
const pruning = new Pruning(graph);
const none = { layer: null, position: null, feature: null, token: null };
const at = (current: object, meant: number | null = null) => {
  return nodeAt(graph, { ...none, ...current }, meant, pruning.influence);
};

describe("a selection", () => {
  it("is every node by what it is", () => {
    graph.nodes.forEach((node, index) => {
      expect(at(partOf(node))).toBe(index);
    });
  });

  it("of a feature without a place is the one with the most influence", () => {
    expect([at({ feature: 9 }), at({ feature: 3, layer: 1 }), at({ feature: 3, layer: 0 })]).toEqual([3, 5, null]);
  });

  it("of a position is its embedding, whatever else another view means", () => {
    expect([at({ position: 1 }), at({ position: 1, layer: 7 }), at({ position: 2 })]).toEqual([1, 1, null]);
    expect([at({}), at({ layer: 1 })]).toEqual([null, null]);
  });

  it("of several that it may be is the one that is meant", () => {
    const twins = graphOf([NODES[2], { ...NODES[2], label: "twin" }], []);
    const part = { ...none, ...partOf(twins.nodes[0]) };
    expect([0, 1].map((meant) => nodeAt(twins, part, meant, [1, 0]))).toEqual([0, 1]);
  });
});

describe("lines and bars", () => {
  it("that must be seen are never pale", () => {
    expect([cleared(0.1, 10), cleared(-0.1, 10), cleared(7, 10)]).toEqual([3, -3, 7]);
  });
});

describe("cards", () => {
  const card = { promotes: ["a"], suppresses: [], examples: [{ tokens: ["x"], activations: [1] }] };
  it("are found by label", () => {
    expect(cards({ "feature 1.2": card }, "cards").get("feature 1.2")).toEqual(card);
  });
  it("that are none are damaged", () => {
    expect(() => cards([], "cards")).toThrow("cards: expected a card by label");
    expect(() => cards({ x: { ...card, promotes: 3 } }, "cards")).toThrow(
      "cards[x].promotes: expected a list of texts",
    );
  });
});

describe("the file", () => {
  const about = {
    name: "m",
    tokens: ["a", "b"],
    pinned: [3, 5],
    supernodes: { g: [2, 3] },
    influence: pruning.influence,
  };
  const kept = pruning.prune(0.75, 1);
  const file = toSchema(graph, kept, { ...about, node_threshold: 0.75, edge_threshold: 1 }) as unknown as {
    nodes: Record<string, unknown>[];
    links: { source: string; target: string; weight: number }[];
    qParams: Record<string, unknown>;
  };

  it("has what is drawn, and no link that dangles", () => {
    const ids = file.nodes.map(({ node_id }) => node_id);
    expect(ids).toEqual(["E_7_0", "E_8_1", "0_5_0", "1_3_1", "3_30_1", "3_31_1"]);
    expect(file.links).toHaveLength(5);
    for (const { source, target } of file.links) for (const id of [source, target]) expect(ids).toContain(id);
    expect(file.qParams).toMatchObject({ pinnedIds: ["1_3_1"], supernodes: [["g", "0_5_0"]] });
  });

  it("tells from which threshold on a node is kept", () => {
    const entered = Object.fromEntries(file.nodes.map(({ node_id, influence }) => [node_id, influence as number]));
    expect(entered["1_3_1"]).toBeCloseTo(
      Math.max(...pruning.influence) / pruning.influence.reduce((a, b) => a + b),
      12,
    );
    expect(entered["3_30_1"]).toBeNull();
  });
});

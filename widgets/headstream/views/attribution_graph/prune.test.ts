import { describe, expect, it } from "vitest";
import { influenceOf, leastOf, logitWeights, sharesOf } from "./influence";
import { Pruning } from "./prune";
import { EDGES, graphOf, NODES } from "./testing";

const graph = graphOf(NODES, EDGES);

/** p (A + A² + …), with whole matrices. */
function byMatrix(stops: number[] = []): number[] {
  const size = NODES.length;
  const share = sharesOf(graph);
  let step: number[] = Array.from(logitWeights(graph));
  const total = Array(size).fill(0);
  for (let power = 0; power < size; power++) {
    const next = Array(size).fill(0);
    EDGES.forEach(([from, to], edge) => {
      if (!stops.includes(to)) next[from] += step[to] * share[edge];
    });
    step = next;
    for (let node = 0; node < size; node++) total[node] += step[node];
  }
  return total;
}

describe("shares", () => {
  it("are of all that enters a node, whatever its sign", () => {
    const share = sharesOf(graph);
    expect(share[3]).toBeCloseTo(3 / 4, 12);
    expect(share[4]).toBeCloseTo(1 / 8, 12);
    expect([share[7], share[8]]).toEqual([0.2, 0.5]);
  });

  it("of some edges are of what these bring", () => {
    const kept = Uint8Array.from(EDGES, ([from]) => (from === 4 ? 0 : 1));
    const share = sharesOf(graph, kept);
    expect([share[5], share[8], share[9]]).toEqual([0, 0, 1]);
    expect(share[3]).toBeCloseTo(6 / 7, 12);
  });

  it("are 0 where nothing but nothing enters", () => {
    expect([...sharesOf(graphOf(NODES, [[0, 2, 0]]))]).toEqual([0]);
  });
});

describe("influence", () => {
  it("is the sum over all paths to the logits", () => {
    const found = influenceOf(graph, sharesOf(graph), logitWeights(graph));
    byMatrix().forEach((value, node) => {
      expect(found[node]).toBeCloseTo(value, 12);
    });
    // By hand: .75 · .8 + .25 · .5 reaches the feature of layer 1.
    expect(found[5]).toBeCloseTo(0.725, 12);
    expect([found[6], found[7]]).toEqual([0, 0]);
  });

  it("goes no further back than what stops it", () => {
    const stops = Uint8Array.from(NODES, (_, node) => (node === 5 ? 1 : 0));
    const found = influenceOf(graph, sharesOf(graph), logitWeights(graph), stops);
    byMatrix([5]).forEach((value, node) => {
      expect(found[node]).toBeCloseTo(value, 12);
    });
    expect(found[2]).toBe(0);
  });

  it("counts logits alike where none has a probability", () => {
    const none = graphOf(
      NODES.map((node) => ({ ...node, activation: node.kind === "logit" ? 0 : 1 })),
      EDGES,
    );
    expect([...logitWeights(none)]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
  });
});

describe("the least of the most", () => {
  it("is the last that the share needs", () => {
    const scores = Float64Array.of(1, 5, 3, 1);
    expect([0, 0.5, 0.51, 0.8, 0.81, 1].map((share) => leastOf(scores, share))).toEqual([5, 5, 3, 3, 1, 1]);
  });

  it("of nothing is nothing", () => {
    expect(leastOf(Float64Array.of(), 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(leastOf(Float64Array.of(0, 0), 0.5)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("pruning", () => {
  const pruning = new Pruning(graph);
  const nodes = (kept: { nodes: Uint8Array }) => [...kept.nodes.keys()].filter((node) => kept.nodes[node]);

  it("keeps all at 1, and embeddings and logits always", () => {
    expect(nodes(pruning.prune(1, 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(nodes(pruning.prune(0, 1))).toEqual([0, 1, 6, 7]);
  });

  it("takes out what leads nowhere any more, and what that leaves", () => {
    // Influence: the embedding a .61, feature 1.3 .73, feature 0.5 .54: their share of 2.45 is .77.
    const kept = pruning.prune(0.75, 1);
    expect(nodes(kept)).toEqual([0, 1, 2, 5, 6, 7]);
    // Its edges carry .85, .85, .6, .25 and .15.
    const edges = (share: number) => pruning.prune(0.75, share).edges.reduce((sum, one) => sum + one, 0);
    expect([edges(1), edges(0.9)]).toEqual([5, 4]);
    // Half of it is in the first two, which then lead to no logit.
    expect(nodes(pruning.prune(0.75, 0.5))).toEqual([0, 1, 6, 7]);
    expect(edges(0.5)).toBe(0);
    // Where no embedding enters the features of layer 0 they are out; what an error enters is not.
    const cut = new Pruning(graphOf(NODES, EDGES.slice(3)));
    expect(nodes(cut.prune(0.9, 1))).toEqual([0, 1, 4, 5, 6, 7]);
  });

  it("keeps what is held", () => {
    // The feature of most influence has an input again.
    expect(nodes(pruning.prune(0, 1, [3, 99]))).toEqual([0, 1, 3, 5, 6, 7]);
  });

  it("has the scores of the whole", () => {
    const error = pruning.influence[4];
    const embeds = pruning.influence[0] + pruning.influence[1];
    expect(pruning.whole.replacement).toBeCloseTo(embeds / (embeds + error), 12);
    const inputs = [2, 3, 5, 6, 7].map((node) => pruning.influence[node] + logitWeights(graph)[node]);
    const good = [1, 1, 7 / 8, 1, 0.5].reduce((sum, share, at) => sum + share * inputs[at], 0);
    expect(pruning.whole.completeness).toBeCloseTo(good / inputs.reduce((sum, value) => sum + value, 0), 12);
  });

  it("counts a feature that is left out as an error", () => {
    const told = Uint8Array.from(NODES, (_, node) => (node === 2 ? 0 : 1));
    const { replacement, completeness } = pruning.scores(told);
    expect(replacement).toBeLessThan(pruning.whole.replacement);
    expect(completeness).toBeLessThan(pruning.whole.completeness);
    const none = pruning.scores(Uint8Array.from(NODES, ({ kind }) => (kind === "feature" ? 0 : 1)));
    // Only the embedding b reaches a logit by itself.
    expect(none.replacement).toBeCloseTo(0.75 * 0.2, 12);
  });
});

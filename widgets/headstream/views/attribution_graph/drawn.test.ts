import { describe, expect, it } from "vitest";
import { Drawn } from "./drawn";
import { grouped, groups, ungrouped } from "./groups";
import { strongestPath } from "./path";
import { Pruning } from "./prune";
import { EDGES, graphOf, NODES } from "./testing";

const graph = graphOf(NODES, EDGES);
const pruning = new Pruning(graph);
const all = pruning.prune(1, 1);
const drawn = (by = {}) => new Drawn(graph, all, pruning.influence, by);
const links = (made: Drawn) => {
  return made.links.map(({ from, to, weight }) => `${made.items[from].label} ${weight} ${made.items[to].label}`).sort();
};

describe("what is drawn", () => {
  it("is every node kept, from the bottom left on, with its edges", () => {
    const made = drawn();
    expect(made.items.map(({ nodes }) => nodes[0])).toEqual([0, 1, 2, 4, 3, 5, 6, 7]);
    expect(made.links).toHaveLength(EDGES.length);
    expect(made.largest).toBe(4);
    const item = made.itemOf[5];
    expect(made.into(item).map(({ weight }) => weight)).toEqual([3, 0.5, -0.5]);
    expect(made.outOf(item).map(({ weight }) => weight)).toEqual([4, 1]);
  });

  it("has groups as one, with their edges summed and none within", () => {
    const made = drawn({ both: [2, 3, 5] });
    expect(made.items.map(({ label }) => label)).toEqual(["a", "b", "error 0", "both", " x", " y"]);
    expect(links(made)).toEqual(
      ["a 2.5 both", "b -0.5 both", "error 0 0.5 both", "both 4  x", "both 1  y", "b -1  x", "error 0 1  y"].sort(),
    );
    const group = made.items[made.itemOf[3]];
    expect(group).toMatchObject({ group: "both", nodes: [5, 2, 3], layer: 1, position: 1 });
    expect(group.influence).toBeCloseTo(pruning.influence[2] + pruning.influence[3] + pruning.influence[5], 12);
  });

  it("has a node in the first of the groups that name it, and no group of nodes that are not there", () => {
    const made = drawn({ one: [2, 3], other: [3, 5, 77], none: [99] });
    expect(made.items.flatMap(({ group, nodes }) => (group ? [[group, [...nodes].sort()]] : []))).toEqual([
      ["one", [2, 3]],
      ["other", [5]],
    ]);
  });

  it("knows what enters a node besides the edges drawn", () => {
    const few = new Drawn(graph, pruning.prune(0.75, 1), pruning.influence, {});
    const item = few.itemOf[5];
    expect(few.into(item).map(({ weight }) => weight)).toEqual([3]);
    expect(few.rest(item)).toEqual({ pruned: 0, constant: 0, total: 3 });
    const group = drawn({ both: [2, 5] });
    // 2 into the one; -.5 and .5 into the other; what the one adds to the other is within.
    expect(group.rest(group.itemOf[2])).toEqual({ pruned: 0, constant: 0, total: 2 });
  });
});

describe("groups", () => {
  it("take their nodes out of others", () => {
    expect(grouped({ a: [1, 2], b: [3] }, "c", [2, 3])).toEqual({ a: [1], c: [2, 3] });
    expect(grouped({ a: [1, 2] }, "a", [5])).toEqual({ a: [1, 2, 5] });
    expect(ungrouped({ a: [1], b: [2] }, "a")).toEqual({ b: [2] });
  });

  it("may have any name", () => {
    for (const name of ["__proto__", "constructor", "<b>"]) {
      const made = grouped({}, name, [1]);
      expect(Object.entries(made)).toEqual([[name, [1]]]);
      expect(Object.entries(grouped(made, "x", [2]))).toHaveLength(2);
      expect(drawn(made).items.filter(({ group }) => group === name)).toHaveLength(1);
    }
  });

  it("that are none are damaged", () => {
    expect(() => groups([], "supernodes")).toThrow("supernodes: expected nodes by name, got []");
    expect(() => groups({ a: ["x"] }, "supernodes")).toThrow("supernodes[a]: expected a list of whole numbers");
  });
});

describe("the strongest path", () => {
  it("is the one with the largest product of shares", () => {
    expect(strongestPath(graph, pruning.share, all, null)).toEqual([0, 2, 5, 6]);
  });

  it("goes through a node where one is asked", () => {
    expect(strongestPath(graph, pruning.share, all, 3)?.slice(1)).toEqual([3, 5, 6]);
    // Nothing enters an error.
    expect(strongestPath(graph, pruning.share, all, 4)).toBeNull();
  });

  it("is none where no edge is kept", () => {
    expect(strongestPath(graph, pruning.share, pruning.prune(0, 1), null)).toEqual([1, 6]);
    const none = { nodes: all.nodes, edges: new Uint8Array(EDGES.length) };
    expect(strongestPath(graph, pruning.share, none, null)).toBeNull();
  });
});

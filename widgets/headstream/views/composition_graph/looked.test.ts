import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { Edges } from "./edges";
import { lookedAt } from "./looked";

// 0.0 and 0.1, 1.0, 2.0; pairs 0.0 → 1.0, 0.0 → 2.0, 0.1 → 1.0, 0.1 → 2.0, 1.0 → 2.0, of which the third and the last stand out.
const scores = Float32Array.of(0, 0, 0.3, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0.4);
const zeros = (size: number) => numbers(new Float32Array(size), [size]);
const edges = new Edges({
  heads: numbers(Int32Array.of(0, 0, 0, 1, 1, 0, 2, 0), [4, 2]),
  scores: numbers(scores, [15]),
  null: zeros(15),
  null_sd: zeros(15),
  copying: zeros(5),
  matching: zeros(5),
});
const drawn = edges.shown(0, [true, true, true]).edges;
const NONE = { layer: null, head: null, to_layer: null, to_head: null };
const look = (ends: Partial<typeof NONE | Record<keyof typeof NONE, number>>, meant = [] as typeof drawn) => {
  const { marked, edge } = lookedAt(edges, drawn, { ...NONE, ...ends }, meant);
  return [marked.head, marked.pair && [marked.pair.from, marked.pair.to], edge && [edge.read, edge.from, edge.to]];
};

describe("what is looked at", () => {
  it("is the strongest edge where nothing is selected", () => {
    expect(look({})).toEqual([null, null, [1, 1, 2]]);
  });

  it("is a head with the strongest edge that is drawn of it", () => {
    expect(look({ layer: 2, head: 0 })).toEqual([3, null, [2, 2, 3]]);
    expect(look({ layer: 0, head: 0 })).toEqual([0, null, null]);
    expect(look({ layer: 7, head: 0 })).toEqual([null, null, [1, 1, 2]]);
  });

  it("is a pair with its strongest edge, or the one that is meant", () => {
    const pair = { layer: 0, head: 1, to_layer: 1, to_head: 0 };
    expect(look(pair)).toEqual([null, [1, 2], [1, 1, 2]]);
    const query = edges.between(1, 2)?.[0];
    expect(look(pair, query && [query])).toEqual([null, [1, 2], [0, 1, 2]]);
    const other = edges.between(2, 3)?.[0];
    expect(look(pair, other && [other])).toEqual([null, [1, 2], [1, 1, 2]]);
  });

  it("is the first head where the second is in no later layer, and the second where there is no first", () => {
    expect(look({ layer: 1, head: 0, to_layer: 0, to_head: 1 })).toEqual([2, null, [1, 1, 2]]);
    expect(look({ to_layer: 2, to_head: 0 })).toEqual([3, null, [2, 2, 3]]);
  });
});

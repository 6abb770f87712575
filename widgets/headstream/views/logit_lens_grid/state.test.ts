import { describe, expect, it } from "vitest";
import { EMPTY } from "../shared/frame/selection";
import type { Lens } from "./lens";
import * as state from "./state";

// embedding, 0.attn, 0.mlp, 1.attn
const LAYERS = [-1, 0, 0, 1];
/** Everywhere the candidates are tokens 10 to 13, and the row's own is on top. */
const LENS = {
  ids: [10, 11, 12, 13],
  best: (row: number) => row,
  candidate: (_: number, token: number | null) => (token === null ? -1 : [10, 11, 12, 13].indexOf(token)),
} as unknown as Lens;

describe("the row of a selection", () => {
  it("is the layer's last, or the one pinned here where it is of that layer", () => {
    expect(state.rowOf({ layer: 0, position: 1 }, LAYERS, null)).toBe(2);
    expect(state.rowOf({ layer: 0, position: 1 }, LAYERS, 1)).toBe(1);
    expect(state.rowOf({ layer: 1, position: 1 }, LAYERS, 1)).toBe(3);
  });

  it("is the output where nothing is selected, and the embedding where that is pinned at a position", () => {
    expect(state.rowOf({ layer: null, position: null }, LAYERS, 0)).toBe(3);
    expect(state.rowOf({ layer: null, position: 2 }, LAYERS, 0)).toBe(0);
    expect(state.rowOf({ layer: null, position: 2 }, LAYERS, 1)).toBe(3);
  });

  it("is the output for a layer that has no row, and for a pinned row that is not there", () => {
    expect(state.rowOf({ layer: 7, position: 0 }, LAYERS, null)).toBe(3);
    expect(state.rowOf({ layer: 0, position: 0 }, LAYERS, 9)).toBe(2);
    expect(state.rowOf({ layer: 0, position: null }, [-1], null)).toBe(0);
  });
});

describe("what pointing at a place selects", () => {
  it("a cell: layer, position and its top token; a row its layer; a column its position", () => {
    expect(state.partOf({ row: 2, position: 5 }, LENS, LAYERS)).toEqual({ layer: 0, position: 5, token: 12 });
    expect(state.partOf({ row: 0, position: null }, LENS, LAYERS)).toEqual({ layer: null });
    expect(state.partOf({ row: null, position: 5 }, LENS, LAYERS)).toEqual({ position: 5, token: null });
  });
});

describe("what is shown", () => {
  const ask = (question: Partial<state.Question>) => {
    const all = { current: EMPTY, pinned: EMPTY, previewing: false, pointer: state.NOWHERE, pinnedRow: null };
    return state.shown({ ...all, ...question }, LENS, LAYERS, 8);
  };
  const at = (position: number, layer: number | null = null, token: number | null = null) => ({
    ...EMPTY,
    position,
    layer,
    token,
  });

  it("the output at the last column in sight while nothing is selected", () => {
    expect(ask({})).toEqual({ row: 3, position: 8, token: 13, pointed: false, mine: false });
  });

  it("the row pointed at here, which its layer does not tell", () => {
    const pointer = { place: { row: 1, position: 4 }, token: null };
    const current = at(4, 0, 11);
    expect(ask({ current, pointer, previewing: true })).toMatchObject({ row: 1, token: 11, mine: true });
    // The same focus, while the pointer is in another view.
    expect(ask({ current: at(6, 0), pointer, previewing: true })).toMatchObject({ row: 2, position: 6, mine: false });
    expect(ask({ current, pointer, previewing: false })).toMatchObject({ row: 2, mine: false });
  });

  it("a token that is pinned, at its own position only, and only where it is a candidate", () => {
    const pinned = at(4, 1, 10);
    expect(ask({ current: pinned, pinned }).token).toBe(10);
    expect(ask({ current: at(5, 1, 10), pinned }).token).toBe(13);
    expect(ask({ current: at(4, 1, 99), pinned: at(4, 1, 99) }).token).toBe(13);
    expect(ask({ current: at(5, 1, 10), pinned, pointer: { place: null, token: 10 } }).token).toBe(10);
  });
});

describe("pins", () => {
  const pins = [1, 2, 3, 4, 5].map((position) => ({ position, token: 10 }));

  it("the newest five are kept, each once", () => {
    expect(state.withPin(pins, { position: 9, token: 10 }).map(([position]) => position)).toEqual([2, 3, 4, 5, 9]);
    expect(state.withPin(pins, pins[1]).map(([position]) => position)).toEqual([1, 3, 4, 5, 2]);
    expect(state.without(pins, pins[1]).map(([position]) => position)).toEqual([1, 3, 4, 5]);
  });

  it("are found by position and token; what is no candidate is no trajectory", () => {
    expect([state.pinOf(pins, pins[2]), state.pinOf(pins, { position: 3, token: 11 })]).toEqual([2, -1]);
    expect(state.tracks([[3, 12], [3, 99], [4]], LENS)).toEqual([{ position: 3, token: 12 }]);
  });
});

describe("the window of columns", () => {
  const columns = { first: 10, count: 6, positions: 40 };

  it("stays within the positions", () => {
    expect([-3, 7.6, 99].map((wanted) => state.clamped(columns, wanted))).toEqual([0, 8, 34]);
  });

  it("moves to what others select only where that is out of sight, by as little as it can for the keyboard", () => {
    expect([10, 15, 20, 39].map((position) => state.around(columns, position))).toEqual([10, 10, 18, 34]);
    expect([11, 10, 15, 39].map((position) => state.reaching(columns, position))).toEqual([10, 9, 11, 34]);
    expect(state.reaching({ first: 10, count: 3, positions: 40 }, 12)).toBe(10);
  });

  it("survives another size: what was shown in it stays in it", () => {
    expect(state.resized(columns, 6, 40, null)).toEqual(columns);
    expect(state.resized(columns, 3, 40, 15)).toEqual({ first: 13, count: 3, positions: 40 });
    expect(state.resized(columns, 3, 40, 30)).toEqual({ first: 10, count: 3, positions: 40 });
    expect(state.resized(columns, 6, 12, 11)).toEqual({ first: 6, count: 6, positions: 12 });
    expect(state.resized(columns, 40, 40, 15).first).toBe(0);
  });

  it("arrows go up from the embedding, pages by windows; edges hold", () => {
    const step = (key: string, row = 1, position = 12) => {
      const to = state.cellStep({ row, position }, key, 4, columns);
      return to && [to.row, to.position];
    };
    expect(["ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"].map((key) => step(key))).toEqual([
      [2, 12],
      [0, 12],
      [1, 13],
      [1, 11],
    ]);
    expect(["PageDown", "PageUp", "Home", "End"].map((key) => step(key)?.[1])).toEqual([18, 6, 0, 39]);
    expect([step("ArrowUp", 3), step("PageUp", 0, 2), step("a")]).toEqual([[3, 12], [0, 0], undefined]);
  });

  it("the overview's keys move it", () => {
    const keys = ["ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End", "Tab"];
    expect(keys.map((key) => state.windowStep(columns, key))).toEqual([11, 9, 16, 4, 0, 40, undefined]);
  });
});

import { describe, expect, it } from "vitest";
import { cellAt, center, followed, named, naming, outline, panned, whole, zoomed } from "./window";

const PART = { query: 10, key: 20, span: 20 };

describe("the window", () => {
  it("zooms about a cell and stays inside", () => {
    const close = zoomed(whole(100), 0.5, { query: 99, key: 0 }, 100);
    expect(close).toEqual({ query: 50, key: 0, span: 50 });
    expect(zoomed(close, 100, { query: 60, key: 10 }, 100)).toEqual(whole(100));
    expect(zoomed(whole(100), 0.0001, { query: 50, key: 50 }, 100).span).toBe(8);
    expect(zoomed(whole(3), 0.1, { query: 1, key: 1 }, 3)).toEqual(whole(3));
  });

  it("pans and stays inside", () => {
    expect(panned(PART, 5, -50, 40)).toEqual({ query: 15, key: 0, span: 20 });
    expect(panned(PART, 500, 0, 40).query).toBe(20);
  });

  it("follows a cell only as far as it must", () => {
    expect(followed(PART, { query: 29, key: 20 })).toBe(PART);
    expect(followed(PART, { query: 30, key: 19 })).toEqual({ query: 11, key: 19, span: 20 });
  });

  it("is zoomed about what is selected, else about its middle where a query can see", () => {
    expect(center(PART, { position: 12, key: 3 })).toEqual({ query: 12, key: 3 });
    expect(center(PART, { position: null, key: null })).toEqual({ query: 20, key: 20 });
  });

  it("knows the cell at a place, and the place of a cell", () => {
    expect(cellAt(PART, 0, 0.999)).toEqual({ query: 29, key: 20 });
    expect(cellAt(PART, 1.2, -3)).toEqual({ query: 10, key: 39 });
    expect(outline(PART, 15, 20)).toEqual({ x: 0, y: 0.25, width: 0.05, height: 0.05 });
    expect(outline(PART, 15, null)).toEqual({ x: 0, y: 0.25, width: 1, height: 0.05 });
    expect([outline(PART, 9, null), outline(PART, 15, 40), outline(PART, null, 25)]).toEqual([null, null, null]);
  });
});

describe("the axes", () => {
  it("name every token where there is room, else round positions", () => {
    expect(naming(13, 13, true)).toEqual({ tokens: true, step: 1 });
    expect(naming(13, 13, false)).toEqual({ tokens: false, step: 5 });
    expect(naming(2, 13, true)).toEqual({ tokens: false, step: 20 });
    expect(naming(40, 13, false)).toEqual({ tokens: false, step: 1 });
    expect(named(13, 20, 5)).toEqual([15, 20, 25, 30]);
    expect(named(0, 3, 1)).toEqual([0, 1, 2]);
    expect(named(1, 3, 10)).toEqual([]);
  });
});

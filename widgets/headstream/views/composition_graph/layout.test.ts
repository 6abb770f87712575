import { describe, expect, it } from "vitest";
import { next } from "./graph";
import { entry, type Graph, layout, route, rowY } from "./layout";

function places(width: number, height: number | null, layers: number, count: number, em = 13, role = "") {
  const heads = Array.from({ length: layers * count }, (_, index) => ({
    layer: Math.floor(index / count),
    head: index % count,
  }));
  return layout({ width, height, em, heads, roles: heads.map(() => role), patterns: true });
}

/** Whether nodes stand apart and inside. */
function apart({ x, rows, node, width, height, cell, ...graph }: Graph): boolean {
  const inside = x.every((at) => at - node.width / 2 >= 0 && at + node.width / 2 <= width + 0.5);
  const tall = rows.every((row) => rowY({ height, ...graph } as Graph, row) - node.height / 2 >= 0);
  return inside && tall && node.width < cell && node.height < graph.pitch;
}

describe("the layout", () => {
  it.each([
    [360, 12, 12, 13],
    [360, 12, 12, 22],
    [700, 12, 12, 22],
    [1280, 12, 12, 13],
    [1600, 2, 8, 22],
    [360, 24, 64, 22],
    [1000, 1, 1, 13],
  ])("keeps heads apart in %i pixels: %i layers of %i at %i px", (width, layers, count, em) => {
    for (const height of [null, 300, 600]) {
      const { graph, panel, square, beside } = places(width, height, layers, count, em);
      expect(apart(graph)).toBe(true);
      expect(3 * square).toBeLessThan(panel);
      expect(beside ? panel : 0).toBeLessThan(width);
    }
  });

  it("calls heads by as much as there is room for", () => {
    const naming = (width: number, count: number) => places(width, 600, 4, count).graph.naming;
    expect([naming(1280, 8), naming(360, 12), naming(360, 48)]).toEqual(["full", "head", "dot"]);
  });

  it("writes roles where a cell and a row hold them", () => {
    expect(places(1280, 600, 2, 8, 13, "previous token").graph.roles).toBe(true);
    expect(places(1280, 500, 12, 12, 13, "previous token").graph.roles).toBe(false);
    expect(places(1280, 600, 2, 8).graph.roles).toBe(false);
  });

  it("is no taller beside its panel than it may be, and the first layer is at the bottom", () => {
    const { height, graph } = places(1280, 400, 2, 8);
    expect([height, graph.height <= 400]).toEqual([400, true]);
    expect(rowY(graph, 0)).toBeGreaterThan(rowY(graph, 1));
    expect(places(1280, null, 2, 8).height).toBeNull();
  });

  it("makes patterns smaller rather than hide them below the numbers", () => {
    const [low, tall] = [places(1280, 390, 2, 8, 22), places(1280, 700, 2, 8, 22)];
    expect(low.square).toBeLessThan(tall.square);
    expect(low.square + (8.4 + 2.9) * 22).toBeLessThanOrEqual(low.height ?? 0);
  });

  it("takes layers and heads that are missing as they come", () => {
    const heads = [5, 9].flatMap((layer) => [2, 30].map((head) => ({ layer, head })));
    const { graph } = layout({ width: 900, height: 500, em: 13, heads, roles: [], patterns: false });
    expect([graph.layers, graph.rows]).toEqual([
      [5, 9],
      [0, 0, 1, 1],
    ]);
    expect(graph.x[0]).toBeLessThan(graph.x[1]);
  });
});

describe("a route", () => {
  const { graph } = places(1280, 700, 6, 8);
  const at = (layer: number, head: number) => 8 * layer + head;

  it("goes up from a head's top to where the other is entered", () => {
    const points = route(graph, { from: at(0, 3), to: at(1, 3), read: 1 });
    expect(points[0]).toEqual([graph.x[3], rowY(graph, 0) - graph.node.height / 2]);
    expect(points.at(-1)).toEqual(entry(graph, at(1, 3), 1));
    const entries = [0, 1, 2].map((read) => entry(graph, at(1, 3), read)[0]);
    expect(entries).toEqual([...new Set(entries)].sort((a, b) => a - b));
  });

  it("passes the rows between through no head", () => {
    for (const read of [0, 1, 2]) {
      for (let to = 0; to < 8; to++) {
        const points = route(graph, { from: at(0, 3), to: at(5, to), read });
        expect(points).toHaveLength(10);
        for (const [x] of points.slice(1, -1)) {
          expect(graph.x.every((middle) => Math.abs(middle - x) > graph.node.width / 2)).toBe(true);
        }
        const heights = points.map(([, y]) => y);
        expect(heights).toEqual([...heights].sort((a, b) => b - a));
      }
    }
  });
});

describe("an arrow key", () => {
  const graph = { rows: [0, 0, 0, 1, 1], x: [10, 20, 30, 12, 28] };
  it.each([
    [0, "ArrowRight", { head: 1 }],
    [0, "ArrowLeft", null],
    [1, "End", { head: 2 }],
    [2, "ArrowUp", { head: 4 }],
    [3, "ArrowDown", { head: 0 }],
    [4, "ArrowUp", null],
    [0, "x", undefined],
  ])("from head %i, %s", (index, key, wanted) => {
    expect(next(graph, index, key)).toEqual(wanted);
  });
});

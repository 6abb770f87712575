import { describe, expect, it } from "vitest";
import { EMPTY, type Selection } from "../shared/frame/selection";
import { numbers } from "../shared/testing/fake";
import { type Component, Contributions, extentOf, type Options } from "./bars";
import { keyLeads, longestName, type RowShown, rowsShown, tabRow } from "./rows";
import { axisOf } from "./scales";
import { Words } from "./words";

const head = (layer: number, index: number): Component => {
  return { label: `${layer}.${index}`, kind: "head", layer, head: index };
};
const COMPONENTS: Component[] = [
  { label: "embedding", kind: "embed", layer: null, head: null },
  head(0, 0),
  head(0, 1),
  { label: "0.mlp", kind: "mlp", layer: 0, head: null },
];
// At the first position and at the second; the sources are [head, query 0 key 0 | query 1 key 0, key 1].
const VALUES = Float32Array.of(1, 8, 0.5, -2, 0.25, 6, 0, 0.125);
const SOURCES = Float32Array.of(0.5, -3, 1, 0.25, 4, 2);

function shown(pinned: Partial<Selection> = {}, options: Partial<Options> = {}, current = pinned): RowShown[] {
  const data = new Contributions(numbers(VALUES, [4, 2]), null, numbers(SOURCES, [2, 3]), COMPONENTS, true, "");
  const { layer = null, head = null } = pinned;
  const position = current.position ?? 1;
  const all: Options = {
    grouped: false,
    order: "stream",
    cumulative: false,
    opened: [],
    showAll: false,
    head: layer !== null && head !== null ? { layer, head } : null,
    ...options,
  };
  const rows = data.rows(all, position);
  return rowsShown(rows, new Words(data, [" a", "b\n"], "logit"), {
    position,
    axis: axisOf(extentOf(rows), 40, true),
    current: { ...EMPTY, ...current },
    pinned: { ...EMPTY, ...pinned },
    cumulative: all.cumulative,
    color: ({ value }) => ((value ?? 0) < 0 ? "below" : "above"),
  });
}
const row = (rows: RowShown[], id: string) => rows.find((other) => other.id === id)!;
const OPEN = { layer: 0, head: 0 };

describe("what rows show", () => {
  it("a name, a number, and a bar from zero", () => {
    const found = row(shown(), "component-1");
    expect(found).toMatchObject({ label: "0.0", count: "", number: "−2.00", depth: 0, expanded: false, pinned: false });
    // The axis is from −2 to 8, with a fiftieth more at both ends.
    expect(found.bar?.left).toBeCloseTo((100 * 0.2) / 10.4);
    expect(found.bar?.width).toBeCloseTo((100 * 2) / 10.4);
    expect(found.bar?.color).toBe("below");
  });

  it("bold names for the large, quiet ones for the small, and no bar for nothing", () => {
    const classes = (rows: RowShown[]) => rows.map((one) => one.classes);
    expect(classes(shown())).toEqual([["hs-bars-large"], [], ["hs-bars-large"], ["hs-bars-small"]]);
    expect(row(shown({}, {}, { position: 0 }), "component-3").bar).toBeNull();
  });

  it("tokens by their visible text and position, deeper than their head", () => {
    const found = shown(OPEN);
    expect(found.map(({ label, count, depth }) => [label, count, depth])).toEqual([
      ["embedding", "", 0],
      ["0.0", "", 0],
      ["·a", "0", 1],
      ["b↵", "1", 1],
      ["0.1", "", 0],
      ["0.mlp", "", 0],
    ]);
    expect(row(found, "component-1")).toMatchObject({ expanded: true, pinned: true });
  });

  it("what is pinned and what is pointed at, apart", () => {
    const found = shown({ ...OPEN, key: 1 }, {}, { layer: 0, head: 1 });
    const having = (name: string) => found.filter(({ classes }) => classes.includes(name)).map(({ id }) => id);
    expect(having("hs-current")).toEqual(["component-2"]);
    expect(having("hs-pinned")).toEqual(["component-1", "source-1"]);
    const layer = shown({ layer: 0 });
    expect(layer.filter(({ pinned }) => pinned).map(({ id }) => id)).toEqual(["component-3"]);
  });

  it("a closed layer's heads as marks, of which one is pointed at", () => {
    const [, heads] = shown({}, { grouped: true }, { layer: 0, head: 1 });
    expect(heads).toMatchObject({
      id: "heads-0",
      label: "0.heads",
      count: "×2",
      classes: ["hs-bars-large", "hs-current"],
    });
    expect(heads.marks.map(({ current }) => current)).toEqual([false, true]);
    const { place } = axisOf([-2, 8], 40, true);
    expect(heads.marks.map(({ left }) => left)).toEqual([place(-2), place(6)]);
    expect(shown({}, { grouped: true, opened: [0] })[1].marks).toEqual([]);
    expect(shown({}, { grouped: true, cumulative: true })[1].marks).toEqual([]);
  });

  it("cumulative, a line from each bar's end to the next one's beginning; none where the next begins elsewhere", () => {
    const links = shown(OPEN, { cumulative: true }).map(({ id, link }) => [id, link !== null]);
    expect(links).toEqual([
      ["component-0", true],
      ["component-1", false], // its first source begins where it began
      ["source-0", true],
      ["source-1", true],
      ["component-2", true],
      ["component-3", true],
      ["sum", false],
    ]);
    expect(shown(OPEN).every(({ link }) => link === null)).toBe(true);
  });
});

describe("the keys", () => {
  it("the Tab key reaches what is pinned, else the first row", () => {
    expect(tabRow(shown())).toBe("component-0");
    expect(tabRow(shown(OPEN))).toBe("component-1");
    expect(tabRow([])).toBeUndefined();
  });

  it.each([
    ["component-1", "ArrowDown", { go: "source-0" }],
    ["source-0", "ArrowUp", { go: "component-1" }],
    ["component-0", "ArrowUp", { go: null }],
    ["component-3", "ArrowDown", { go: null }],
    ["source-1", "Home", { go: "component-0" }],
    ["source-1", "End", { go: "component-3" }],
    ["component-1", "ArrowRight", { go: "source-0" }],
    ["component-2", "ArrowRight", { toggle: true }],
    ["component-0", "ArrowRight", { go: null }],
    ["component-1", "ArrowLeft", { toggle: true }],
    ["source-1", "ArrowLeft", { go: "component-1" }],
    ["component-2", "ArrowLeft", { go: null }],
    ["component-2", "x", undefined],
  ])("from %s, %s", (id, key, led) => {
    expect(keyLeads(shown(OPEN), id, key)).toEqual(led);
  });

  it("pass over the places that are unused at an early position", () => {
    const early = shown(OPEN, {}, { position: 0 });
    expect(early.map(({ kind }) => kind)).toContain("empty");
    expect(keyLeads(early, "source-0", "ArrowDown")).toEqual({ go: "component-2" });
  });
});

it("names have the room that the longest needs, up to a limit", () => {
  expect(longestName(["1.mlp", "embedding"], false, false)).toBe(9);
  expect(longestName(["1.mlp"], true, false)).toBe(11);
  expect(longestName(["1.mlp"], true, true)).toBe(12);
  expect(longestName(["x".repeat(60)], false, false)).toBe(24);
});

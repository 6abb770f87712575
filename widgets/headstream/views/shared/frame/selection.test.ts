import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeModel, fakeHost, fakeModel, fakeSelection } from "../testing/fake";
import { EMPTY, SharedSelection } from "./selection";

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** A change is told on the next frame; one that a promise brings, on the one after. */
const settle = async () => {
  await frame();
  await frame();
};

describe("SharedSelection", () => {
  let pins: FakeModel;
  let other: FakeModel;
  let owner: FakeModel;
  let closing: AbortController;
  let changed: ReturnType<typeof vi.fn<() => void>>;
  let selection: SharedSelection;

  const follow = async (model: FakeModel, sizes = {}) => {
    const host = fakeHost({ "anywidget:one": pins, "anywidget:two": other });
    const result = new SharedSelection(model, host, closing.signal, changed, sizes);
    await result.follow();
    return result;
  };

  beforeEach(async () => {
    pins = fakeSelection({ layer: 1, position: 4 });
    other = fakeSelection({ layer: 0 });
    owner = fakeModel({ selection: "anywidget:one" });
    closing = new AbortController();
    changed = vi.fn();
    selection = await follow(owner, { layer: 2, position: 10 });
  });

  it("shows what is pinned", () => {
    expect(selection.pinned()).toEqual({ ...EMPTY, layer: 1, position: 4 });
  });

  it("keeps pins to this view where its model is missing, until there is one", async () => {
    owner.set("selection", "anywidget:gone");
    await settle();
    expect(selection.pinned()).toEqual(EMPTY);
    changed.mockClear();
    selection.pin({ layer: 1, head: 3 });
    await settle();
    expect(selection.pinned()).toEqual({ ...EMPTY, layer: 1, head: 3 });
    expect(changed).toHaveBeenCalled();
    expect(pins.sent).toEqual([]);
    owner.set("selection", "anywidget:two");
    await settle();
    expect(selection.pinned()).toEqual({ ...EMPTY, layer: 0 });
  });

  it("lays a preview over the pins, sends nothing to the kernel, and lets go of it", async () => {
    selection.preview({ position: 7 });
    await settle();
    expect(selection.current()).toMatchObject({ layer: 1, position: 7 });
    expect(selection.pinned().position).toBe(4);
    expect(pins.sent).toEqual([]);
    expect(pins.get("position")).toBe(4);
    selection.preview(null);
    expect(selection.current().position).toBe(4);
    expect(changed).toHaveBeenCalled();
  });

  it("a preview of null hides a pin; one out of range is ignored", () => {
    selection.preview({ layer: null, position: 99 });
    expect(selection.current()).toMatchObject({ layer: null, position: 4 });
  });

  it("previews reach other views of the same selection, and only those", async () => {
    const sameOwner = fakeModel({ selection: "anywidget:one" });
    const same = await follow(sameOwner);
    const apart = await follow(fakeModel({ selection: "anywidget:two" }));
    selection.preview({ head: 3 });
    expect(same.current().head).toBe(3);
    expect(apart.current().head).toBeNull();
  });

  it("pins reach the kernel in one message", () => {
    selection.pin({ layer: 0, head: 2 });
    expect(pins.sent).toEqual([{ layer: 0, head: 2 }]);
    expect(selection.current()).toMatchObject({ layer: 0, head: 2, position: 4 });
  });

  it("Escape's clear unpins everything", () => {
    selection.clear();
    expect(Object.values(selection.pinned()).every((value) => value === null)).toBe(true);
  });

  it("ignores a value out of this view's range and keeps it for the others", () => {
    pins.set("layer", 5);
    expect(selection.pinned().layer).toBeNull();
    expect(pins.get("layer")).toBe(5);
  });

  it("follows when the view is pointed at another selection", async () => {
    owner.set("selection", "anywidget:two");
    await settle();
    expect(selection.pinned().layer).toBe(0);
    expect(pins.listeners()).toBe(0);
    other.set("layer", 1);
    expect(selection.pinned().layer).toBe(1);
  });

  it("leaves no listener when the view is closed", () => {
    closing.abort();
    expect(pins.listeners()).toBe(0);
    expect(owner.listeners()).toBe(0);
  });
});

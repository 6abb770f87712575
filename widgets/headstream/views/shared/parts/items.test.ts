import { beforeEach, describe, expect, it } from "vitest";
import { element } from "../draw/dom";
import { gridStep, listStep, pointAndKeep, type Reach } from "./items";

let spans: HTMLElement[];
let told: string[];
let reach: Reach;

const press = (key: string) => {
  const target = document.activeElement as HTMLElement;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};

beforeEach(() => {
  document.body.replaceChildren();
  spans = [0, 1, 2].map((index) => element("span", "", { tabindex: -1, "data-index": index }));
  const root = element("div", "", {}, ...spans);
  document.body.append(root);
  told = [];
  reach = pointAndKeep<number>({
    root,
    at: (event) => {
      const index = (event.target as HTMLElement).dataset.index;
      return index === undefined ? null : Number(index);
    },
    element: (item) => spans[item],
    step: (item, key) => listStep(item, key, spans.length),
    point: (item) => told.push(`point ${item}`),
    keep: (item) => told.push(`keep ${item}`),
  });
  reach.offer(spans[0]);
});

describe("items", () => {
  it("follow the arrow keys, and the Tab key reaches where they led, at once", () => {
    spans[0].focus();
    expect(press("ArrowRight").defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(spans[1]);
    expect(spans.map((span) => span.tabIndex)).toEqual([-1, 0, -1]);
    press("Enter");
    press(" ");
    expect(told).toEqual(["point 1", "keep 1", "keep 1"]);
  });

  it("leave other keys to the page", () => {
    spans[0].focus();
    expect(press("x").defaultPrevented).toBe(false);
    expect(told).toEqual([]);
  });

  it("tell of the pointer once an item, and of its leaving", () => {
    for (const span of [spans[1], spans[1], spans[2]]) {
      span.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    }
    spans[0].parentElement?.dispatchEvent(new PointerEvent("pointerleave"));
    spans[2].click();
    expect(told).toEqual(["point 1", "point 2", "point null", "keep 2"]);
  });

  it("do not move the Tab key's place from under the reader", () => {
    spans[2].focus();
    reach.offer(spans[0]);
    expect(spans.map((span) => span.tabIndex)).toEqual([-1, -1, 0]);
    spans[2].blur();
    reach.offer(spans[0]);
    expect(spans.map((span) => span.tabIndex)).toEqual([0, -1, -1]);
  });
});

describe("steps", () => {
  it("stay in a list", () => {
    expect(["ArrowLeft", "ArrowDown", "End", "Home", "a"].map((key) => listStep(0, key, 3))).toEqual([
      0,
      1,
      2,
      0,
      undefined,
    ]);
  });

  it("stop at the edges of a table", () => {
    expect(gridStep([0, 1], "ArrowUp", [2, 3])).toBeNull();
    expect(gridStep([0, 1], "ArrowDown", [2, 3])).toEqual([1, 1]);
    expect(gridStep([1, 0], "End", [2, 3])).toEqual([1, 2]);
    expect(gridStep([1, 0], "Tab", [2, 3])).toBeUndefined();
  });
});

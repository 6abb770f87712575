import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineView } from "../frame/view";
import { type Mounted, mount } from "../testing/fake";
import { flag, number, oneOf, whole } from "../wire/readers";
import { choice, player, select, slider, toggle } from "./controls";

const READERS = { kind: oneOf("raw", "value"), shown: flag, threshold: number, step: whole };
/** A view with one of every control. */
const view = defineView({
  name: "controls",
  readers: READERS,
  structure: () => null,
  create(frame) {
    const all = [
      choice(frame, "kind", "Weights", { raw: "raw", value: "weighted" }),
      select(frame, "kind", "Weights", { raw: "raw", value: "weighted" }),
      toggle(frame, "shown", "Shown"),
      slider(frame, "threshold", "Threshold", { min: 0, max: 1, step: 0.1 }, (value) => `p > ${value}`),
      player(
        "step",
        {
          label: "Step",
          count: () => 4,
          at: () => frame.traits.step,
          go: (step) => frame.set({ step }),
          format: (step) => `step ${step}`,
        },
        frame.signal,
      ),
    ];
    return {
      build: () => frame.picture.replaceChildren(...all.map(({ root }) => root)),
      paint: () => {
        for (const control of all) control.update();
      },
      select() {},
    };
  },
});

let page: Mounted;
const find = <T extends HTMLElement>(key: string) => page.el.querySelector<T>(`[data-key="${key}"]`)!;

beforeEach(async () => {
  page = await mount(view, { kind: "raw", shown: false, threshold: 0.5, step: 0 });
});
afterEach(() => {
  page.close();
  vi.useRealTimers();
});

describe("controls", () => {
  it("show what Python has set", async () => {
    page.model.set("kind", "value");
    page.model.set("shown", true);
    page.model.set("threshold", 0.9);
    await page.settled();
    expect(find("kind-value").getAttribute("aria-pressed")).toBe("true");
    expect(find("kind-raw").getAttribute("aria-pressed")).toBe("false");
    expect(find<HTMLSelectElement>("kind").value).toBe("value");
    expect(find("shown").getAttribute("aria-pressed")).toBe("true");
    expect(find("threshold").getAttribute("aria-valuetext")).toBe("p > 0.9");
  });

  it("tell Python what is chosen", () => {
    find("kind-value").click();
    find("shown").click();
    const list = find<HTMLSelectElement>("kind");
    list.value = "raw";
    list.dispatchEvent(new Event("change"));
    expect(page.model.sent).toEqual([{ kind: "value" }, { shown: true }, { kind: "raw" }]);
  });

  it("tell of a slider only the value that is let go", () => {
    const input = find<HTMLInputElement>("threshold");
    for (const value of ["0.6", "0.7"]) {
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }
    expect([page.model.get("threshold"), page.model.sent]).toEqual([0.7, []]);
    input.dispatchEvent(new Event("change"));
    expect(page.model.sent).toEqual([{ threshold: 0.7 }]);
  });
});

describe("a film", () => {
  it("plays to its end", () => {
    vi.useFakeTimers();
    const button = find("step-play");
    button.click();
    expect(button.textContent).toBe("Pause");
    vi.advanceTimersByTime(500);
    expect(page.model.get("step")).toBe(2);
    vi.advanceTimersByTime(1000);
    expect([page.model.get("step"), button.textContent]).toEqual([3, "Play"]);
    expect(page.model.sent).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
  });

  it("is paused where it is, and begins again at its end", () => {
    vi.useFakeTimers();
    const button = find("step-play");
    button.click();
    vi.advanceTimersByTime(250);
    button.click();
    vi.advanceTimersByTime(1000);
    expect(page.model.sent).toEqual([{ step: 1 }]);
    page.model.set("step", 3);
    button.click();
    expect(page.model.get("step")).toBe(0);
  });

  it("is paused where the reader takes the slider", () => {
    vi.useFakeTimers();
    find("step-play").click();
    const input = find<HTMLInputElement>("step");
    input.value = "2";
    input.dispatchEvent(new Event("input"));
    vi.advanceTimersByTime(1000);
    expect([page.model.get("step"), find("step-play").textContent]).toEqual([2, "Play"]);
  });

  it("does not move for readers who prefer less motion", async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => {} }));
    const still = await mount(view, { kind: "raw", shown: false, threshold: 0.5, step: 0 });
    vi.unstubAllGlobals();
    expect(still.el.querySelector<HTMLElement>('[data-key="step-play"]')?.hidden).toBe(true);
    still.close();
  });

  it("stops when its view is closed", () => {
    vi.useFakeTimers();
    find("step-play").click();
    page.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

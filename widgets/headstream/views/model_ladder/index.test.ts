import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeModel, fakeHost, fakeModel, fakeSelection, wire } from "../shared/testing/fake";
import view from "./index";

const NAN = Number.NaN;
const TOKENS = [
  "<|endoftext|>",
  " Alice",
  " <img src=x onerror=alert(1)>",
  "\u202e",
  ".\n\n",
  "<0xF0><0x9F>",
  "<0x98><0x80>",
];
const settle = () => new Promise((resolve) => setTimeout(resolve, 40));

describe("the view of a ladder", () => {
  let model: FakeModel;
  let pins: FakeModel;
  let el: HTMLElement;
  let closing: AbortController;

  beforeEach(async () => {
    // happy-dom lays nothing out.
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
    pins = fakeSelection();
    model = fakeModel({
      selection: "anywidget:one",
      tokens: TOKENS,
      title: "",
      font_size: 13,
      models: ["small", "<b>large</b>"],
      next_prob: wire(Float32Array.of(NAN, 0.1, 0.9, 0.2, 0.7, 0.3, 0.2, NAN, 0.8, 0.9, 0.6, 0.1, 0.2, 0.1), [2, 7]),
      guesses: wire(Int32Array.of(-1, 4, 4, 4, 4, 4, 4, -1, 4, 4, 4, 4, 4, 4), [2, 7, 1]),
      guess_prob: wire(
        Float32Array.of(NAN, 0.1, 0.9, 0.3, 0.7, 0.3, 0.2, NAN, 0.8, 0.9, 0.6, 0.1, 0.2, 0.1),
        [2, 7, 1],
      ),
      vocabulary: { 4: " Alice" },
      threshold: 0.5,
      only: null,
    });
    el = document.createElement("div");
    document.body.append(el);
    closing = new AbortController();
    const host = fakeHost({ "anywidget:one": pins });
    const render = (view as { render(props: unknown): Promise<void> }).render;
    await render({ model, el, host, signal: closing.signal });
  });

  afterEach(() => {
    closing.abort();
    el.remove();
    vi.restoreAllMocks();
  });

  const all = (selector: string) => [...el.querySelectorAll<HTMLElement>(selector)];
  const firsts = () => all(".hs-token").map((span) => span.dataset.first);
  const numbers = () => all(".hs-rung").map((node) => node.textContent);
  const readout = () => el.querySelector(".hs-readout")?.textContent;

  it("marks each token by the first model, by a number too", () => {
    expect(firsts()).toEqual(["", "<b>large</b>", "small", "<b>large</b>", "small", "", ""]);
    expect(numbers()).toEqual(["", "2", "1", "2", "1", "", ""]);
    const counts = all("[role=row][data-model]").map((row) => row.children[1].textContent);
    expect(counts).toEqual(["2", "2", "2"]);
  });

  it("shows every token as text", () => {
    expect(el.querySelector("img, b")).toBeNull();
    const text = el.querySelector(".hs-prose")?.textContent;
    expect(text).toContain(" <img src=x onerror=alert(1)>");
    expect(text).toContain("<U+202E>");
    expect(text).toContain("😀");
    expect(text).not.toContain("\u202e");
  });

  it("keeps paragraphs, and marks a token without the space before it", () => {
    const spans = all(".hs-token");
    expect(spans[4].querySelector(".hs-paragraph")).not.toBeNull();
    expect(spans[1].querySelector(".hs-gap")?.textContent).toBe(" ");
    expect(spans[1].querySelector(".hs-mark")?.firstChild?.textContent).toBe("Alice");
  });

  it("follows the threshold while it is dragged; the kernel hears of the value that is let go", () => {
    const slider = el.querySelector<HTMLInputElement>("input[type=range]")!;
    slider.value = "0.85";
    slider.dispatchEvent(new Event("input"));
    expect(firsts()).toEqual(["", "", "small", "", "", "", ""]);
    expect(el.querySelector(".hs-title")?.textContent).toContain("p > .85");
    expect(model.sent).toEqual([]);
    slider.dispatchEvent(new Event("change"));
    expect(model.sent).toEqual([{ threshold: 0.85 }]);
  });

  it("follows a threshold that Python sets", () => {
    model.set("threshold", 0);
    expect(firsts()).toEqual(["", "small", "small", "small", "small", "small", "small"]);
  });

  it("leaves only one model's tokens marked, and all again", () => {
    const button = all(".hs-rung-button")[1];
    button.click();
    expect(model.sent).toEqual([{ only: "<b>large</b>" }]);
    expect(numbers()).toEqual(["", "2", "", "2", "", "", ""]);
    expect(button.getAttribute("aria-pressed")).toBe("true");
    button.click();
    expect(model.get("only")).toBeNull();
    expect(numbers()).toEqual(["", "2", "1", "2", "1", "", ""]);
  });

  it("says what each model gave to the token that is pointed at", async () => {
    all(".hs-token")[1].dispatchEvent(new Event("pointerover", { bubbles: true }));
    await settle();
    expect(readout()).toBe("‘ Alice’ after ‘<|endoftext|>’: first predicted by <b>large</b> (.80); small gave it .10.");
    expect(all(".hs-p").map((node) => node.textContent)).toEqual([".10", ".80"]);
    expect(all(".hs-first .hs-name").map((node) => node.textContent)).toEqual(["<b>large</b>"]);
    expect(all(".hs-true").map((node) => node.textContent)).toEqual(["✓·Alice.10", "✓·Alice.80"]);
    expect(pins.sent).toEqual([]);
  });

  it("shows nothing for the first token, which nothing predicts", async () => {
    pins.set("position", 0);
    await settle();
    expect(readout()).toContain("stands first");
    expect(all(".hs-p").map((node) => node.textContent)).toEqual(["", ""]);
    expect(all(".hs-guess")).toEqual([]);
  });

  it("is worked by keys: arrows, Home and End, Enter pins, Escape clears", async () => {
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    all(".hs-token")[0].focus();
    press("ArrowRight");
    press("ArrowRight");
    await settle();
    expect(readout()).toContain("onerror");
    press("Enter");
    expect(pins.get("position")).toBe(2);
    press("End");
    await settle();
    expect(readout()).toContain("‘<0x98><0x80>’ after ‘<0xF0><0x9F>’");
    expect(all(".hs-token").map((span) => span.tabIndex)).toEqual([-1, -1, -1, -1, -1, -1, 0]);
    expect(all(".hs-pinned").map((span) => span.dataset.position)).toEqual(["2"]);
    press("Home");
    press("Escape");
    await settle();
    expect(pins.get("position")).toBeNull();
    expect(readout()).toContain("Point at a token");
  });

  it("ignores a position that the text does not have", async () => {
    pins.set("position", 70);
    await settle();
    expect(readout()).toContain("Point at a token");
    expect(pins.get("position")).toBe(70);
  });
});

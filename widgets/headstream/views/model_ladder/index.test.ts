import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
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

describe("the view of a ladder", () => {
  let page: Mounted;

  beforeEach(async () => {
    page = await mount(view, {
      tokens: TOKENS,
      models: ["small", "<b>large</b>"],
      next_prob: wire(Float32Array.of(NAN, 0.1, 0.9, 0.2, 0.7, 0.3, 0.2, NAN, 0.8, 0.9, 0.6, 0.1, 0.2, 0.1), [2, 7]),
      loss: wire(Float32Array.of(1.21, 269), [2]),
      guesses: wire(Int32Array.of(-1, 4, 4, 4, 4, 4, 4, -1, 4, 4, 4, 4, 4, 4), [2, 7, 1]),
      guess_prob: wire(
        Float32Array.of(NAN, 0.1, 0.9, 0.3, 0.7, 0.3, 0.2, NAN, 0.8, 0.9, 0.6, 0.1, 0.2, 0.1),
        [2, 7, 1],
      ),
      vocabulary: { 4: " Alice" },
      threshold: 0.5,
      only: null,
    });
  });

  afterEach(() => page.close());

  const all = (selector: string) => page.all(selector);
  const firsts = () => all(".hs-token").map((span) => span.dataset.first);
  const numbers = () => all(".hs-rung").map((node) => node.textContent?.trim());

  it("marks each token by the first model, by a number too", () => {
    expect(firsts()).toEqual(["", "<b>large</b>", "small", "<b>large</b>", "small", "", ""]);
    expect(numbers()).toEqual(["", "2", "1", "2", "1", "", ""]);
    const counts = all("[role=row][data-model]").map((row) => row.children[1].textContent);
    expect(counts).toEqual(["2", "2", "2"]);
  });

  it("shows every token as text", () => {
    expect(page.el.querySelector("img, b")).toBeNull();
    const text = page.el.querySelector(".hs-prose")?.textContent;
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

  it("follows the threshold while it is dragged; the kernel hears of the value that is let go", async () => {
    const slider = page.el.querySelector<HTMLInputElement>("input[type=range]")!;
    slider.value = "0.85";
    slider.dispatchEvent(new Event("input"));
    await page.settled();
    expect(firsts()).toEqual(["", "", "small", "", "", "", ""]);
    expect(page.el.querySelector(".hs-title")?.textContent).toContain("p > .85");
    expect(page.model.sent).toEqual([]);
    slider.dispatchEvent(new Event("change"));
    expect(page.model.sent).toEqual([{ threshold: 0.85 }]);
  });

  it("follows a threshold that Python sets", async () => {
    page.model.set("threshold", 0);
    await page.settled();
    expect(firsts()).toEqual(["", "small", "small", "small", "small", "small", "small"]);
  });

  it("leaves only one model's tokens marked, and all again", async () => {
    const button = all(".hs-rung-button")[1];
    button.click();
    await page.settled();
    expect(page.model.sent).toEqual([{ only: "<b>large</b>" }]);
    expect(numbers()).toEqual(["", "2", "", "2", "", "", ""]);
    expect(button.getAttribute("aria-pressed")).toBe("true");
    button.click();
    await page.settled();
    expect(page.model.get("only")).toBeNull();
    expect(numbers()).toEqual(["", "2", "1", "2", "1", "", ""]);
  });

  it("says what each model gave to the token that is pointed at", async () => {
    all(".hs-token")[1].dispatchEvent(new Event("pointerover", { bubbles: true }));
    await page.settled();
    expect(page.readout()).toBe(
      "‘ Alice’ after ‘<|endoftext|>’: first predicted by <b>large</b> (.80); small gave it .10.",
    );
    expect(all(".hs-p").map((node) => node.textContent)).toEqual([".10", ".80"]);
    expect(all(".hs-first .hs-name").map((node) => node.textContent)).toEqual(["<b>large</b>"]);
    expect(all(".hs-true").map((node) => node.textContent)).toEqual(["✓·Alice.10", "✓·Alice.80"]);
    expect(page.pins.sent).toEqual([]);
  });

  it("marks the token that is predicted where the stream is read, one after it", async () => {
    page.pins.set("position", 2);
    await page.settled();
    expect(all(".hs-pinned").map((span) => span.dataset.position)).toEqual(["3"]);
    all(".hs-token")[5].click();
    expect(page.pins.get("position")).toBe(4);
  });

  it("says of the first token that nothing predicts it", async () => {
    all(".hs-token")[0].focus();
    page.pins.set("layer", 0); // any change of the selection
    await page.settled();
    expect(page.readout()).toContain("stands first");
    expect(all(".hs-p").map((node) => node.textContent)).toEqual(["", ""]);
    expect(all(".hs-guess")).toEqual([]);
  });

  it("takes each model's loss as it was sent", () => {
    expect(all("[role=row][data-model]").map((row) => row.children[3].textContent)).toEqual(["1.21", "269.00", ""]);
  });

  it("repaints another text's numbers on what stands, and keeps the focus", async () => {
    all(".hs-token")[3].focus();
    const span = document.activeElement;
    page.model.set("next_prob", wire(new Float32Array(14).fill(0.9), [2, 7]));
    await page.settled();
    expect(firsts()).toEqual(["", ...Array(6).fill("small")]);
    expect(document.activeElement).toBe(span);
    page.model.set("models", ["one", "two"]);
    await page.settled();
    expect(document.activeElement).not.toBe(span);
    expect((document.activeElement as HTMLElement).dataset.position).toBe("3");
  });

  it("is worked by keys: arrows, Home and End, Enter pins, Escape clears", async () => {
    all(".hs-token")[0].focus();
    page.press("ArrowRight");
    page.press("ArrowRight");
    await page.settled();
    expect(page.readout()).toContain("onerror");
    page.press("Enter");
    expect(page.pins.get("position")).toBe(1);
    page.press("End");
    await page.settled();
    expect(page.readout()).toContain("‘<0x98><0x80>’ after ‘<0xF0><0x9F>’");
    expect(all(".hs-token").map((span) => span.tabIndex)).toEqual([-1, -1, -1, -1, -1, -1, 0]);
    expect(all(".hs-pinned").map((span) => span.dataset.position)).toEqual(["2"]);
    page.press("Home");
    page.press("Escape");
    await page.settled();
    expect(page.pins.get("position")).toBeNull();
    expect(page.readout()).toContain("stands first");
  });

  it("ignores a position that the text does not have", async () => {
    page.pins.set("position", 70);
    await page.settled();
    expect(page.readout()).toContain("Point at a token");
    expect(page.pins.get("position")).toBe(70);
  });
});

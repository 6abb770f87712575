import type { AnyModel } from "@anywidget/types";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeModel, fakeHost, fakeModel, fakeSelection, wire } from "../shared/testing/fake";
import widget from "./index";

const POSITIONS = 40;
const ROWS = ["embedding", "0.attn", "0.mlp"];

/** Every position has the tokens 100, 101 and 102; token 100 + row is on top of a row, so 102 is the final prediction. */
function state(norms = ["own", "final"]): Record<string, unknown> {
  const cells = norms.length * ROWS.length * POSITIONS;
  const ranks = Array.from({ length: 3 * cells }, (_, i) => {
    const row = Math.floor(i / (3 * POSITIONS)) % ROWS.length;
    return ((i % 3) - row + 3) % 3;
  });
  const shape = [norms.length, ROWS.length, 3 * POSITIONS];
  const flat = (value: number) => wire(new Float32Array(cells).fill(value), [norms.length, ROWS.length, POSITIONS]);
  return {
    selection: "anywidget:pins",
    tokens: Array.from({ length: POSITIONS }, (_, i) => ` w${i}`),
    title: "",
    font_size: 13,
    rows: ROWS,
    row_layer: [-1, 0, 0],
    norms,
    vocabulary: { 100: " zero", 101: " one", 102: "<b>two" },
    starts: wire(
      Int32Array.from({ length: POSITIONS + 1 }, (_, i) => 3 * i),
      [POSITIONS + 1],
    ),
    ids: wire(
      Int32Array.from({ length: 3 * POSITIONS }, (_, i) => 100 + (i % 3)),
      [3 * POSITIONS],
    ),
    rank: wire(Uint16Array.from(ranks), shape),
    log_prob: wire(
      Float32Array.from(ranks, (rank) => Math.log([0.7, 0.2, 0.1][rank])),
      shape,
    ),
    entropy: flat(0.8),
    kl: flat(0.25),
    next_token: wire(
      Int32Array.from({ length: POSITIONS }, (_, i) => (i === POSITIONS - 1 ? -1 : 101)),
      [POSITIONS],
    ),
    top: 3,
    color: "final_rank",
    norm: norms[0],
    trajectory: "rank",
    row: null,
    pins: [],
  };
}

describe("LogitLensGrid", () => {
  let model: FakeModel;
  let pins: FakeModel;
  let el: HTMLElement;
  let closing: AbortController;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 40));
  const all = (query: string) => [...el.querySelectorAll<HTMLElement>(query)];
  const cell = (row: number, position: number) =>
    el.querySelector<HTMLElement>(`.hs-lens-cell[data-row="${row}"][data-position="${position}"]`)!;
  const fire = (target: HTMLElement, event: Event) => {
    target.dispatchEvent(event);
    return settle();
  };
  const press = (key: string) =>
    fire(document.activeElement as HTMLElement, new KeyboardEvent("keydown", { key, bubbles: true }));
  const over = (target: HTMLElement) => fire(target, new Event("pointerover", { bubbles: true }));
  const click = (target: HTMLElement) => fire(target, new Event("click", { bubbles: true }));
  const line = () => all(".hs-lens-line.hs-current path[data-row]").map((point) => point.dataset.value);

  async function show(traits: Record<string, unknown>): Promise<void> {
    model = fakeModel(traits);
    pins = fakeSelection();
    el.replaceChildren();
    const host = fakeHost({ "anywidget:pins": pins });
    const view = widget as { render(props: unknown): Promise<void> };
    await view.render({ model: model as AnyModel, el, host, signal: closing.signal });
    await settle();
  }

  beforeEach(async () => {
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
    el = document.createElement("div");
    document.body.replaceChildren(el);
    closing = new AbortController();
    await show(state());
  });
  afterEach(() => {
    closing.abort();
    vi.restoreAllMocks();
  });

  it("the embedding is at the bottom, the output on top, and only whole columns in sight are in the page", () => {
    expect(all(".hs-lens-name[data-row]").map((name) => name.textContent)).toEqual(["output", "0.attn", "embedding"]);
    const columns = all(".hs-lens-head").length;
    expect(columns).toBeLessThan(POSITIONS);
    expect(all(".hs-lens-cell").length).toBe(3 * columns);
    expect([cell(0, 0).textContent, cell(2, 0).textContent]).toEqual(["·zero", "<b>two"]);
    expect([cell(0, 0), cell(1, 0), cell(2, 0)].map((item) => item.dataset.value)).toEqual(["2", "1", "0"]);
    expect([cell(1, 0), cell(2, 0)].map((item) => item.classList.contains("hs-lens-arrived"))).toEqual([false, true]);
  });

  it("hover tells the cell's top tokens and sends nothing", async () => {
    await over(cell(1, 3));
    expect(all(".hs-lens-choice").map((choice) => choice.textContent)).toEqual(["0·one.70", "1<b>two.20", "2·zero.10"]);
    expect(el.querySelector(".hs-readout")!.textContent).toBe(
      "After 0.attn, at ‘ w3’: ‘ one’ .70; the final prediction ‘<b>two’ has rank 1.",
    );
    expect(line()).toEqual(["1", "0", "2"]);
    expect([model.sent, pins.sent]).toEqual([[], []]);
  });

  it("a click pins the cell, its layer and its token", async () => {
    await click(cell(1, 3));
    expect(pins.sent).toEqual([{ layer: 0, position: 3, token: 101 }]);
    expect([model.get("row"), model.get("pins")]).toEqual([1, [[3, 101]]]);
    expect(cell(1, 3).classList.contains("hs-pinned")).toBe(true);
    await click(cell(0, 2));
    expect([pins.get("layer"), pins.get("position"), model.get("row")]).toEqual([null, 2, 0]);
    expect(model.get("pins")).toEqual([
      [3, 101],
      [2, 100],
    ]);
  });

  it("at most five trajectories are kept, the newest", async () => {
    for (let position = 0; position < 6; position++) await click(cell(2, position));
    expect(model.get("pins")).toEqual([1, 2, 3, 4, 5].map((position) => [position, 102]));
    expect(all(".hs-lens-entry").length).toBe(5);
    await click(el.querySelector<HTMLElement>(".hs-lens-entry .hs-button")!);
    expect(model.get("pins")).toEqual([2, 3, 4, 5].map((position) => [position, 102]));
  });

  it("another of the top tokens, by mouse or by its rank on the keyboard", async () => {
    await click(cell(2, 3));
    await click(all(".hs-lens-choice")[2]);
    expect(pins.get("token")).toBe(101);
    expect(line()).toEqual(["1", "0", "2"]);
    cell(2, 3).focus();
    await press("1");
    expect(pins.get("token")).toBe(100);
    expect(model.get("pins")).toEqual([
      [3, 102],
      [3, 101],
      [3, 100],
    ]);
  });

  it("arrows move through all columns, Enter pins, Escape lets go of everything", async () => {
    const start = el.querySelector<HTMLElement>(".hs-lens-cell[tabindex='0']")!;
    expect(all(".hs-lens-cell[tabindex='0']").length).toBe(1);
    start.focus();
    await press("Home");
    await press("ArrowDown");
    for (let i = 0; i < 20; i++) await press("ArrowRight");
    expect(document.activeElement).toBe(cell(1, 20));
    await press("ArrowUp");
    await press("End");
    await press("Enter");
    expect([pins.get("layer"), pins.get("position"), model.get("row")]).toEqual([0, POSITIONS - 1, 2]);
    await press("Escape");
    expect([pins.get("layer"), pins.get("position"), pins.get("token")]).toEqual([null, null, null]);
    expect([model.get("row"), model.get("pins")]).toEqual([null, []]);
  });

  it("follows the others' position into view, keeps what is out of range to them", async () => {
    pins.set("position", 30);
    await settle();
    expect(cell(2, 30).classList.contains("hs-current")).toBe(true);
    pins.set("position", POSITIONS);
    await settle();
    expect(el.querySelector(".hs-readout")!.textContent).toMatch(/^Point at a cell/);
    expect(pins.get("position")).toBe(POSITIONS);
    pins.set("layer", 0);
    await settle();
    expect(all(".hs-lens-name.hs-layer").map((name) => name.dataset.row)).toEqual(["2", "1"]);
  });

  it("the window stays where the reader has moved it", async () => {
    await click(cell(2, 1));
    const slider = el.querySelector<HTMLElement>(".hs-lens-overview")!;
    await fire(slider, new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    expect(slider.getAttribute("aria-valuenow")).toBe(slider.getAttribute("aria-valuemax"));
    await over(cell(2, POSITIONS - 1));
    await fire(el.querySelector<HTMLElement>(".hs-lens-grid")!, new Event("pointerleave"));
    expect(cell(2, POSITIONS - 1)).not.toBeNull();
    model.set("color", "entropy");
    await settle();
    expect(cell(2, POSITIONS - 1).dataset.value).toBe("0.80");
  });

  it("pins set from Python are drawn, and a token that is no candidate is not", async () => {
    model.set("pins", [
      [3, 102],
      [3, 999],
    ]);
    await settle();
    expect(all(".hs-lens-line[data-token='102'][data-position='3']").length).toBe(1);
    expect(all(".hs-lens-line[data-token='999']").length).toBe(0);
  });

  it("says what the lens does with LayerNorm; a model without it offers no choice", async () => {
    expect(el.querySelector(".hs-lens-norm")!.textContent).toContain("its own standard deviation");
    model.set("norm", "final");
    await settle();
    expect(el.querySelector(".hs-lens-norm")!.textContent).toContain("the last row's standard deviation");
    await show(state(["none"]));
    expect(el.querySelector(".hs-lens-norm")!.textContent).toContain("no LayerNorm");
    expect(el.querySelector("[aria-label='LayerNorm']")).toBeNull();
  });

  it("tokens are text", () => {
    expect(el.querySelector(".hs-lens-grid b")).toBeNull();
  });

  it("lets go of its traits when it is closed", () => {
    const before = model.listeners();
    closing.abort();
    expect(model.listeners()).toBeLessThanOrEqual(before - 3);
  });
});

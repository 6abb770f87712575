import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import { POSITIONS, state } from "./example";
import view from "./index";

describe("the logit lens", () => {
  let page: Mounted;

  beforeEach(async () => {
    page = await mount(view, state(), 1000);
  });
  afterEach(() => page.close());

  const all = (selector: string) => page.all(selector);
  const one = (selector: string) => page.el.querySelector<HTMLElement>(selector)!;
  const cell = (row: number, position: number) => one(`.hs-lens-cell[data-row="${row}"][data-position="${position}"]`);
  const over = (target: HTMLElement) => {
    target.dispatchEvent(new Event("pointerover", { bubbles: true }));
    return page.settled();
  };
  const click = (target: HTMLElement) => {
    target.click();
    return page.settled();
  };
  const set = (name: string, value: unknown) => {
    page.model.set(name, value);
    return page.settled();
  };
  const pin = (field: string, value: number | null) => {
    page.pins.set(field, value);
    return page.settled();
  };
  const key = (target: HTMLElement, name: string) => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    return page.settled();
  };
  const line = () => all(".hs-lens-line.hs-current path[data-row]").map((point) => point.dataset.value);
  const values = (row: number) => all(`.hs-lens-cell[data-row="${row}"]`).map((item) => item.dataset.value);

  it("the embedding is at the bottom, the output on top, and only whole columns in sight are in the page", () => {
    expect(all(".hs-lens-name[data-row]").map((name) => name.textContent)).toEqual(["output", "0.attn", "embedding"]);
    const columns = all(".hs-lens-head").length;
    expect(columns).toBeLessThan(POSITIONS);
    expect(all(".hs-lens-cell").length).toBe(3 * columns);
    expect([cell(0, 0).textContent, cell(2, 0).textContent]).toEqual(["·zero", "<b>two"]);
    expect([cell(0, 0), cell(1, 0), cell(2, 0)].map((item) => item.dataset.value)).toEqual(["2", "1", "0"]);
    expect([cell(1, 0), cell(2, 0)].map((item) => item.classList.contains("hs-lens-arrived"))).toEqual([false, true]);
    expect(one(".hs-lens-grid b")).toBeNull();
  });

  it("a part of a longer text says which, and counts its positions from there", async () => {
    page.close();
    const following = wire(new Int32Array(POSITIONS).fill(101), [POSITIONS]);
    page = await mount(view, { ...state(), first: 3840, next_token: following }, 1000);
    expect(one(".hs-title").textContent).toContain(", positions 3840 to 3879 of a longer text");
    expect(
      all(".hs-lens-number")
        .slice(0, 2)
        .map((number) => number.textContent),
    ).toEqual(["3840", "3841"]);
    expect(one(".hs-lens-overview").getAttribute("aria-valuetext")).toMatch(/^positions 3840 to 38\d\d of 40$/);
    await pin("position", POSITIONS - 1);
    expect(all(".hs-lens-next").at(-1)!.textContent).toBe("·one"); // from its vocabulary: the text does not end there
    await over(all(".hs-lens-cell").at(-1)!);
    expect(one(".hs-lens-facts").textContent).toContain("at 3879");
  });

  it("hover tells the cell's top tokens and sends nothing", async () => {
    await over(cell(1, 3));
    expect(all(".hs-lens-choice").map((choice) => choice.textContent)).toEqual(["0·one.70", "1<b>two.20", "2·zero.10"]);
    expect(page.readout()).toBe("After 0.attn, at ‘ w3’: ‘ one’ .70; the final prediction ‘<b>two’ has rank 1.");
    expect(line()).toEqual(["1", "0", "2"]);
    expect([page.model.sent, page.pins.sent]).toEqual([[], []]);
  });

  it("a click pins the cell, its layer and its token", async () => {
    await click(cell(1, 3));
    expect(page.pins.sent).toEqual([{ layer: 0, position: 3, token: 101 }]);
    expect(page.model.sent).toEqual([{ row: 1, pins: [[3, 101]] }]);
    expect(cell(1, 3).classList.contains("hs-pinned")).toBe(true);
    await click(cell(0, 2));
    expect([page.pins.get("layer"), page.pins.get("position"), page.model.get("row")]).toEqual([null, 2, 0]);
    expect(page.model.get("pins")).toEqual([
      [3, 101],
      [2, 100],
    ]);
  });

  it("a row's name pins its layer, a column's head its position", async () => {
    await click(all(".hs-lens-name[data-row]")[1]);
    await click(all(".hs-lens-head")[4]);
    expect([page.pins.get("layer"), page.pins.get("position"), page.model.get("row")]).toEqual([0, 4, 1]);
    expect(cell(1, 4).classList.contains("hs-pinned")).toBe(true);
  });

  it("at most five trajectories are kept, the newest; one is let go without losing the focus", async () => {
    for (let position = 0; position < 6; position++) await click(cell(2, position));
    expect(page.model.get("pins")).toEqual([1, 2, 3, 4, 5].map((position) => [position, 102]));
    const shown = () => all(".hs-lens-entry").filter((entry) => !entry.style.display && !entry.style.visibility);
    expect(shown().map((entry) => entry.textContent)).toEqual([1, 2, 3, 4, 5].map((i) => `<b>twoat ${i}·w${i}×`));
    const drop = one(".hs-lens-entry .hs-button");
    drop.focus();
    await click(drop);
    expect(page.model.get("pins")).toEqual([2, 3, 4, 5].map((position) => [position, 102]));
    expect(document.activeElement).toBe(drop);
    expect(drop.title).toContain("<b>two");
  });

  it("another of the top tokens, by mouse or by its rank on the keyboard", async () => {
    await click(cell(2, 3));
    await click(all(".hs-lens-choice")[2]);
    expect(page.pins.get("token")).toBe(101);
    expect(line()).toEqual(["1", "0", "2"]);
    cell(2, 3).focus();
    page.press("1");
    expect(page.pins.get("token")).toBe(100);
    expect(page.model.get("pins")).toEqual([
      [3, 102],
      [3, 101],
      [3, 100],
    ]);
  });

  it("arrows move through all columns, Enter pins, Escape lets go of everything", async () => {
    const reached = all(".hs-lens-cell[tabindex='0']");
    expect(reached.length).toBe(1);
    reached[0].focus();
    page.press("Home");
    page.press("ArrowDown");
    for (let i = 0; i < 20; i++) page.press("ArrowRight");
    expect(document.activeElement).toBe(cell(1, 20));
    page.press("ArrowUp");
    page.press("End");
    page.press("Enter");
    await page.settled();
    expect([page.pins.get("layer"), page.pins.get("position"), page.model.get("row")]).toEqual([0, POSITIONS - 1, 2]);
    page.press("Escape");
    expect([page.pins.get("layer"), page.pins.get("position"), page.pins.get("token")]).toEqual([null, null, null]);
    expect([page.model.get("row"), page.model.get("pins")]).toEqual([null, []]);
  });

  it("follows the others' position into view, keeps what is out of range to them", async () => {
    await pin("position", 30);
    expect(cell(2, 30).classList.contains("hs-current")).toBe(true);
    await pin("position", POSITIONS);
    expect(page.readout()).toMatch(/^Point at a cell/);
    expect(page.pins.get("position")).toBe(POSITIONS);
    await pin("layer", 0);
    expect(all(".hs-lens-name.hs-layer").map((name) => name.dataset.row)).toEqual(["2", "1"]);
  });

  it("the window stays where the reader has moved it, whatever is painted", async () => {
    await click(cell(2, 1));
    const slider = one(".hs-lens-overview");
    await key(slider, "End");
    expect(slider.getAttribute("aria-valuenow")).toBe(slider.getAttribute("aria-valuemax"));
    await over(cell(2, POSITIONS - 1));
    one(".hs-lens-grid").dispatchEvent(new Event("pointerleave"));
    await set("color", "entropy");
    expect(cell(2, POSITIONS - 1).dataset.value).toBe("0.80");
  });

  it("options and other numbers are painted on what stands: focus and window stay", async () => {
    await key(one(".hs-lens-overview"), "End");
    const kept = cell(1, POSITIONS - 2);
    kept.focus();
    const elements = all(".hs-picture [data-key]");
    for (const [name, value] of [
      ["color", "kl"],
      ["norm", "final"],
      ["trajectory", "probability"],
      ["pins", [[3, 102]]],
      ["tokens", state().tokens],
      ["entropy", (state() as { entropy: unknown }).entropy],
      ["title", "Another"],
    ] as const) {
      await set(name, value);
    }
    expect(all(".hs-picture [data-key]")).toEqual(elements);
    expect(document.activeElement).toBe(kept);
    expect(kept.dataset.key).toBe(`cell-1-${POSITIONS - 2}`);
    expect(cell(1, POSITIONS - 2).dataset.value).toBe("0.25");
  });

  it("another size builds anew: the focused cell is in it, and has the focus", async () => {
    cell(2, 0).focus();
    page.press("End");
    await page.settled();
    const before = document.activeElement;
    await set("font_size", 22);
    expect(document.activeElement).not.toBe(before);
    expect(document.activeElement).toBe(cell(2, POSITIONS - 1));
  });

  it("where nothing follows there is no colour, and words say so", async () => {
    await set("color", "next_rank");
    await key(one(".hs-lens-overview"), "End");
    expect(values(1).at(-1)).toBe("");
    expect(cell(1, POSITIONS - 1).classList.contains("hs-lens-none")).toBe(true);
    expect(cell(1, POSITIONS - 2).classList.contains("hs-lens-none")).toBe(false);
    expect(one(".hs-legend").textContent).toContain("nothing follows");
    expect(all(".hs-lens-next").at(-1)?.textContent).toBe("–");
  });

  it("pins set from Python are drawn, and a token that is no candidate is not", async () => {
    await set("pins", [
      [3, 102],
      [3, 999],
    ]);
    expect(all(".hs-lens-line[data-token='102'][data-position='3']").length).toBe(1);
    expect(all(".hs-lens-line[data-token='999']").length).toBe(0);
  });

  it("says what the lens does with LayerNorm; a model without it offers no choice", async () => {
    expect(one(".hs-lens-norm").textContent).toContain("its own standard deviation");
    await set("norm", "final");
    expect(one(".hs-lens-norm").textContent).toContain("the last row's standard deviation");
    page.close();
    page = await mount(view, state(["none"]), 1000);
    expect(one(".hs-lens-norm").textContent).toContain("no LayerNorm");
    expect(one("[aria-label='LayerNorm']")).toBeNull();
  });

  it("in a height that is given keeps to it: the plot goes first", async () => {
    page.el.dataset.hsHeight = "900";
    await set("title", "a");
    expect([all(".hs-plot").length, all(".hs-lens-choice").length]).toEqual([1, 3]);
    page.el.dataset.hsHeight = "150";
    await set("title", "b");
    expect([all(".hs-plot").length, all(".hs-lens-choice").length]).toEqual([0, 3]);
    expect(one("[aria-label='Plot']").hidden).toBe(true);
    await set("color", "kl");
    expect(one("select").dataset.key).toBe("color");
  });

  it.each<[string, string, unknown]>([
    ["tokens", "starts: expected shape", ["one"]],
    ["vocabulary", "no label for token 101", { 100: " zero", 102: " two" }],
    ["row_layer", "row_layer: expected shape", [-1, 0]],
    ["norm", "norm: expected own or final, got none", "none"],
    ["rank", "rank: expected shape", wire(Uint16Array.of(0), [1, 1, 1])],
    ["rows", "rows, tokens: there are none", []],
    ["log_prob", "its bytes are missing", { dtype: "float16", shape: [1, 1, 1], scale: "linear" }],
  ])("says in the view that its %s are damaged, and recovers", async (name, message, value) => {
    const before = page.model.get(name);
    await set(name, value);
    expect(one(".hs-damaged").textContent).toContain(message);
    await set(name, before);
    expect(one(".hs-damaged")).toBeNull();
    expect(cell(1, 0).dataset.value).toBe("1");
  });

  it("a count of tokens that a damaged notebook holds hangs nothing", async () => {
    await set("top", 1e9);
    expect(all(".hs-lens-choice").length).toBeLessThanOrEqual(3 * POSITIONS);
  });
});

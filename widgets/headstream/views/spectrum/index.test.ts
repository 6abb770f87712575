import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

const PARTS = { tokens: Int32Array.from({ length: 16 }, (_, index) => index % 3), shape: [2, 1, 2, 2, 2] };

function state(): Record<string, unknown> {
  const weights = wire(
    Float32Array.from({ length: 16 }, (_, index) => (index % 4 < 2 ? 0.25 : -0.125)),
    PARTS.shape,
  );
  const tokens = wire(PARTS.tokens, PARTS.shape);
  return {
    kind: "ov",
    heads: wire(Int32Array.of(0, 0, 1, 2), [2, 2]),
    labels: ["0.0", "1.2 induction"],
    score: wire(Float32Array.of(-0.5, 0.75), [2]),
    null_score: wire(Float32Array.of(-0.25, 0.25), [2]),
    eigenvalues: wire(Float32Array.of(-3, 0, 1, 0, 2, 1, 2, -1), [2, 2, 2]),
    singular: wire(Float32Array.of(4, 2, 3, 1), [2, 2]),
    null_radius: wire(Float32Array.of(0.5, 0.1, 1, 0.2), [2, 2]),
    null_singular: wire(Float32Array.of(0.5, 0.1, 1, 0.2), [2, 2]),
    eigen_token: tokens,
    eigen_weight: weights,
    singular_token: tokens,
    singular_weight: weights,
    vocabulary: { 0: " a", 1: "<b>", 2: "\n" },
    values: "eigenvalues",
    direction: null,
  };
}

describe("spectrum", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, state(), 1300);
  });
  afterEach(() => page.close());

  const heads = () => page.all(".hs-spectrum-head");
  /** In the order of their places: the largest is drawn last, over the others. */
  const values = (kind: string) =>
    page
      .all(`${kind}[data-place]`)
      .sort((a, b) => Number(a.dataset.place) - Number(b.dataset.place))
      .map((dot) => dot.dataset.value);
  const click = (target: HTMLElement) => {
    target.dispatchEvent(new Event("click", { bubbles: true }));
    return page.settled();
  };
  const over = (target: HTMLElement) => {
    target.dispatchEvent(new Event("pointerover", { bubbles: true }));
    return page.settled();
  };

  it("shows every head's score, and the head with the highest one", () => {
    expect(heads().map((dot) => dot.dataset.value)).toEqual(["−0.50", "+0.75"]);
    expect(values(".hs-eigenvalue")).toEqual(["2.00 + 1.00i", "2.00 − 1.00i"]);
    expect(values(".hs-singular")).toEqual(["3.00", "1.00"]);
    expect(page.readout()).toContain("1 of 2 heads have a copying score");
  });

  it("previews the head that is pointed at, pins the one that is clicked", async () => {
    await over(heads()[0]);
    expect(values(".hs-eigenvalue")).toEqual(["−3.00", "1.00"]);
    expect(page.readout()).toContain("Head 0.0: copying score −0.50, below");
    expect(page.pins.sent).toEqual([]);
    await click(heads()[0]);
    expect(page.pins.sent).toEqual([{ layer: 0, head: 0 }]);
    expect(page.all(".hs-eigenvalue.hs-negative[data-place]").length).toBe(1);
  });

  it("shows a head that another view pins, and ignores one that it has not", async () => {
    page.pins.set("layer", 0);
    page.pins.set("head", 2);
    await page.settled();
    expect(values(".hs-singular")).toEqual(["3.00", "1.00"]);
    page.pins.set("head", 0);
    await page.settled();
    expect(values(".hs-singular")).toEqual(["4.00", "2.00"]);
  });

  it("reads the direction that is clicked, tells Python, and lets go at Escape", async () => {
    const dot = page.all(".hs-singular[data-place]")[0];
    await over(dot);
    expect(page.model.sent).toEqual([]);
    expect(page.readout()).toContain("singular value 1 of 2 is 3.00");
    await click(dot);
    expect(page.model.sent).toEqual([{ values: "singular values", direction: 0 }]);
    expect(page.all(".hs-readings-name")[0].textContent).toBe("Singular value 1 of 1.2 induction");
    const parts = page.all(".hs-readings-row .hs-number").map((cell) => cell.textContent);
    expect(parts.slice(0, 4)).toEqual(["+0.25", "+0.25", "−0.13", "−0.13"]);
    dot.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await page.settled();
    expect(page.model.get("direction")).toBeNull();
  });

  it("says of a direction that was not read that it was not", async () => {
    page.model.set("direction", 1);
    await page.settled();
    expect(page.all(".hs-readings-note")[0].textContent).toBe("Only the first direction was read as tokens.");
    page.model.set("direction", 7);
    await page.settled();
    expect(page.all(".hs-readings-name")[0].textContent).toBe("Eigenvalue 1 of 1.2 induction");
  });

  it("says which array does not fit, and which token has no label", async () => {
    const alert = () => page.el.querySelector("[role=alert]")?.textContent;
    page.model.set("null_radius", wire(Float32Array.of(1, 2), [2, 1]));
    await page.settled();
    expect(alert()).toContain("null_radius: expected shape [2,2], got [2,1]");
    page.model.set("null_radius", state().null_radius);
    page.model.set("vocabulary", { 0: "a" });
    await page.settled();
    expect(alert()).toContain("vocabulary: expected a label for token 1");
  });
});

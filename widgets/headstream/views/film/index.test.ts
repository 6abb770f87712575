import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

const TOKENS = ["a", "b", "c", "a", "b"];
const EACH = 15;
const STEPS = [0, 10, 20, 40];

/** One layer of two heads: head 0 looks at the token itself; head 1 at the first one, and from the third step on at the one before. */
function pattern(): Uint8Array {
  const out = new Uint8Array(STEPS.length * 2 * EACH);
  STEPS.forEach((_, step) => {
    for (let query = 0; query < TOKENS.length; query++) {
      const row = (query * (query + 1)) / 2;
      out[2 * step * EACH + row + query] = 255;
      out[(2 * step + 1) * EACH + row + (step < 2 ? 0 : Math.max(0, query - 1))] = 255;
    }
  });
  return out;
}

const traits = () => ({
  tokens: TOKENS,
  name: "toy",
  steps: wire(Int32Array.from(STEPS), [4]),
  losses: wire(
    Float32Array.from({ length: 20 }, (_, index) => 3 - 0.1 * index),
    [5, 4],
  ),
  scores_of_heads: wire(
    Float32Array.from([0.1, 0.1, 0.1, 0.2, 0.1, 0.5, 0.1, 0.8, ...Array(8).fill(0.3)]),
    [2, 4, 1, 2],
  ),
  nulls: wire(Float32Array.of(0.04, 0.1), [2]),
  frames: wire(Int32Array.of(0, 1, 2, 3), [4]),
  pattern: wire(pattern(), [4, 1, 2, EACH]),
  bands: ["early", "late"],
  roles: [] as string[],
  verdict: "It has formed.",
  curves: "loss",
  scores: "prefix matching",
});

let page: Mounted;
beforeEach(async () => {
  page = await mount(view, traits());
});
afterEach(() => page.close());

describe("a film", () => {
  it("shows the last step and the head with the highest score, and tells what became of the training", () => {
    expect(page.readout()).toBe("It has formed.");
    expect(page.all(".hs-thumb").map((thumb) => thumb.getAttribute("aria-checked"))).toEqual(["false", "true"]);
  });

  it("tells of the step that is pinned", async () => {
    page.pins.set("step", 20);
    await page.settled();
    expect(page.readout()).toBe(
      "Step 20 of 40: loss 2.80, in context −0.40; a first copy 1.60, a second 1.20. " +
        "Head 0.1: prefix matching .50, previous token .30.",
    );
    page.pins.set("position", 4);
    page.pins.set("step", 10);
    await page.settled();
    expect(page.readout()).toBe("Step 10. Layer 0, head 1: ‘b’ attends to ‘a’ 1.00. Attended to by nothing.");
    page.pins.set("step", 40);
    await page.settled();
    expect(page.readout()).toContain("‘b’ attends to ‘a’ 1.00");
  });

  it("calls heads by their roles", async () => {
    page.close();
    page = await mount(view, { ...traits(), roles: ["", "induction"] });
    page.pins.set("step", 20);
    await page.settled();
    expect(page.readout()).toContain("Head 0.1 induction: prefix matching .50");
    page.pins.set("position", 4);
    await page.settled();
    expect(page.readout()).toContain("Layer 0, head 1, induction: ‘b’");
    expect(page.all(".hs-thumb").map((thumb) => thumb.ariaLabel ?? thumb.getAttribute("aria-label"))).toEqual([
      "Layer 0, head 0",
      "Layer 0, head 1, induction",
    ]);
    page.model.set("roles", ["induction"]);
    await page.settled();
    expect(page.all("[role=alert]")[0].textContent).toContain("roles");
  });

  it("pins a step by keys, and follows the last one", async () => {
    const plot = page.all(".hs-curves")[0];
    plot.focus();
    page.press("ArrowLeft");
    await page.settled();
    expect(page.pins.sent).toEqual([]);
    expect(page.readout()).toContain("Step 20 of 40");
    page.press("Enter");
    await page.settled();
    expect(page.pins.get("step")).toBe(20);
    page.press("End");
    await page.settled();
    page.press("Enter");
    expect(page.pins.get("step")).toBeNull();
  });
});

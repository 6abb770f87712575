import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

const floats = (values: number[], ...shape: number[]) => wire(Float32Array.from(values), shape);

function state(): Record<string, unknown> {
  return {
    method: "SPD",
    model: "<b>two</b>",
    matrices: ["W", "Wᵀ"],
    axes: [{ labels: ["a", "<i>"] }, { labels: ["x"] }, { labels: ["a", "<i>"] }],
    weights: floats([2, 1, 2, 1], 4),
    reads: floats([1, 0, 0, 1, 1, 1], 6),
    writes: floats([2, 1, 2, 0, 0, 1], 6),
    bias: floats([0, 0], 2),
    inputs: floats([1, 0, 0, 1], 2, 2),
    input_names: ["a", "<i>"],
    importance: floats([1, 0, 0, 1, 1, 0.9, 0.2, 1], 2, 2, 2),
    importance_name: "causal importance",
    negligible: 0.05,
    component: null,
    off: [],
    input: null,
    show_all: false,
  };
}

describe("component gallery", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, state());
  });
  afterEach(() => page.close());

  const at = (id: string) => page.all("[data-key]").find((node) => node.dataset.key === id) as HTMLElement;
  const click = (id: string) => {
    at(id).dispatchEvent(new Event("click", { bubbles: true }));
    return page.settled();
  };
  const press = (label: string) => {
    page
      .all(".hs-button")
      .find((node) => node.textContent === label)!
      .dispatchEvent(new Event("click"));
    return page.settled();
  };
  const texts = (selector: string) => page.all(selector).map((node) => node.textContent);
  const distances = () => texts(".hs-gallery-distance");

  it("writes the weights, the sums and the error", () => {
    expect(page.all(".hs-gallery-matrix")[0].querySelectorAll(".hs-gallery-cell")[0].textContent).toBe("2.00");
    expect(distances()).toEqual(["0.0 % away", "0.0 % away"]);
    expect(texts(".hs-gallery-error")).toEqual(["0"]);
    expect(page.all("b, i")).toEqual([]);
  });

  it("switches a component: the sum and the error follow, and Python is told", async () => {
    await click("switch-0-1");
    expect(page.model.sent).toEqual([{ off: [[0, 1]] }]);
    expect(distances()[0]).toBe("44.7 % away"); // 1 / √5
    expect(texts(".hs-gallery-error")).toEqual(["1.250"]); // (2² + 1²) / 4
    expect(at("switch-0-1").getAttribute("aria-checked")).toBe("false");
    await click("switch-0-1");
    expect(page.model.sent[1]).toEqual({ off: [] });
    expect(distances()[0]).toBe("0.0 % away");
  });

  it("looks at one input, and keeps only what matters for it", async () => {
    await click("input-0");
    expect(page.model.sent).toEqual([{ input: 0 }]);
    await press("Only what matters");
    expect(page.model.sent[1]).toEqual({
      off: [
        [0, 1],
        [1, 1],
      ],
    });
    expect(texts(".hs-gallery-error")).toEqual(["2.000"]); // the second output is gone: 2² / 2
    await press("All on");
    expect(texts(".hs-gallery-error")).toEqual(["0"]);
  });

  it("pins a component, and lets it go", async () => {
    await click("part-1-0");
    expect(page.model.sent).toEqual([{ component: [1, 0] }]);
    expect(page.all(".hs-gallery-part.hs-pinned").map((node) => node.dataset.key)).toEqual(["part-1-0"]);
    expect(texts(".hs-gallery-heading")).toEqual(["Wᵀ, component 0: size 2.000"]);
  });

  it("switches what is a part of every matrix in all of them", async () => {
    page.model.set("method", "APD");
    await page.settled();
    await click("switch-1-0");
    expect(distances()).toEqual(["89.4 % away", "89.4 % away"]); // 2 / √5
    await click("switch-0-0");
    expect(page.model.sent.at(-1)).toEqual({ off: [] });
  });
});

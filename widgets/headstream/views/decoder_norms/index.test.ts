import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";
import { BINS, Norms } from "./norms";

const NORMS = Float32Array.of(1, 0, 0, 2, 1, 1, 3, 1, 0, 0);

describe("Norms", () => {
  const norms = new Norms(NORMS, ["base", "finetuned"]);
  it("are shares of the places, and one number along them", () => {
    expect([0, 1, 2, 3].map((feature) => norms.centre(feature))).toEqual([0, 1, 0.5, 0.25]);
    expect(norms.shares(3)).toEqual([0.75, 0.25]);
    // No decoder at all: nowhere more than elsewhere.
    expect(norms.shares(4)).toEqual([0.5, 0.5]);
  });

  it("of more places have their mean place", () => {
    const three = new Norms(Float32Array.of(0, 0, 1, 1, 0, 1, 3, 1, 0), ["a", "b", "c"]);
    expect([0, 1, 2].map((feature) => three.centre(feature))).toEqual([1, 0.5, 0.125]);
  });

  it("are counted in bins, both ends included, and found in a range", () => {
    const counts = norms.histogram();
    expect([counts[0], counts[BINS / 4], counts[BINS / 2], counts[BINS - 1]]).toEqual([1, 1, 2, 1]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(norms.within(0.25, 0.5)).toEqual([2, 3, 4]);
  });
});

describe("decoder norms", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, {
      name: "a crosscoder",
      places: ["base", "finetuned"],
      norms: wire(NORMS, [5, 2]),
      density: wire(Float32Array.of(0, 0.1, 0.2, 0.3, 0.4), [5]),
      low: 0,
      high: 1,
    });
  });
  afterEach(() => page.close());
  const rows = () => page.all(".hs-row").map((row) => row.textContent);

  it("lists what is in the range, with its share and how often it fires", async () => {
    expect(rows()).toEqual(["00.000.00 %", "11.0010.00 %", "20.5020.00 %", "30.2530.00 %", "40.5040.00 %"]);
    page.model.set("low", 0.4);
    await page.settled();
    expect(rows().map((text) => text?.[0])).toEqual(["1", "2", "4"]);
    expect(page.readout()).toContain("The list has 3 of 5 features, those from 0.40 to 1.00.");
  });

  it("takes the ends of the range in either order", async () => {
    page.model.set("low", 0.6);
    page.model.set("high", 0.4);
    await page.settled();
    expect(rows().map((text) => text?.[0])).toEqual(["2", "4"]);
  });

  it("keeps a feature, says its shares, and lets go of it and of the range", async () => {
    page.all(".hs-row")[3].click();
    await page.settled();
    expect(page.pins.get("feature")).toBe(3);
    expect(page.readout()).toBe("Feature 3 has 75 % in base, 25 % in finetuned of its decoder's norm.");
    expect(page.el.querySelector(".hs-norms-mark")?.getAttribute("visibility")).toBe("visible");
    page.model.set("high", 0.1);
    await page.settled();
    expect(page.readout()).toContain("Feature 3 has");
    page.all(".hs-row")[0].focus();
    page.press("Escape");
    await page.settled();
    expect([page.pins.get("feature"), page.model.get("high")]).toEqual([null, 1]);
  });

  it("brings a feature that is pinned into sight, in the list of a range too", async () => {
    page.model.set("low", 0.4);
    await page.settled();
    const asked: HTMLElement[] = [];
    vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(1000);
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
      asked.push(this);
      return new DOMRect();
    });
    page.pins.set("feature", 4);
    await page.settled();
    vi.restoreAllMocks();
    expect(asked.filter((item) => item.matches(".hs-row")).map((row) => row.textContent?.[0])).toEqual(["4"]);
  });

  it("says which array does not fit", async () => {
    page.model.set("density", wire(Float32Array.of(1), [1]));
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toContain("density: expected shape [5], got [1]");
  });
});

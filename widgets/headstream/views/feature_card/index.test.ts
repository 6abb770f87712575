import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import { type Features, percent, type Told } from "./features";
import view from "./index";
import { matches } from "./list";

/** float16 of numbers that are powers of two, or 3 times one, or 0. */
function half(values: number[], shape: number[]) {
  const bits = values.map((value) => {
    if (value === 0) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(value)));
    const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
    return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
  });
  return { ...wire(Uint16Array.from(bits), shape), dtype: "float16" as const };
}

/** Three features, two examples of three tokens each (one strongest, one drawn), two bins. */
function traits(): Record<string, unknown> {
  const words = [" Alice", " was", "<b>", "\n"];
  return {
    name: "a dictionary",
    place: "blocks.2.hook_in",
    text: "2 pages",
    words,
    labels: { 2: "names" },
    density: wire(Float32Array.of(0, 0.25, 0.00512), [3]),
    largest: wire(Float32Array.of(0, 4, 2), [3]),
    reach: wire(Float32Array.of(0, 8, 2), [3]),
    histogram: wire(Uint16Array.of(0, 0, 20, 1, 1, 0), [3, 2]),
    tokens_read: wire(Uint16Array.of(1, 2, 3, 0, 2, 1, 2, 2, 4, 1, 1, 1), [12]),
    starts: wire(Uint16Array.of(0, 0, 0, 3, 6, 9), [3, 2]),
    // 255·√share: 1, a quarter.
    shares: wire(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 255, 128, 0, 128, 0, 0, 0, 255, 128, 0, 0), [3, 2, 3]),
    at: wire(Uint16Array.of(0, 0, 2, 2, 3, 1), [3, 2]),
    strongest: 1,
    ends: wire(Uint16Array.of(1, 2, 3, 4, 2, 1, 4, 3, 1, 3, 2, 4), [3, 2, 2]),
    logits: half([1, 0.5, -1, -0.5, 2, 1, -2, -1, 3, 1, -4, -2], [3, 2, 2]),
    nearest: wire(Uint16Array.of(1, 0, 1), [3, 1]),
    cosine: half([0.5, 0.25, -0.125], [3, 1]),
  };
}

describe("feature card", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, traits());
  });
  afterEach(() => page.close());
  const card = () => page.el.querySelector<HTMLElement>(".hs-feature-card")!;
  const pin = async (feature: number | null) => {
    page.pins.set("feature", feature);
    await page.settled();
  };

  it("shows the first feature that fires, and says what the dictionary is", () => {
    expect(card().dataset.feature).toBe("1");
    expect(page.readout()).toContain("0.3 features fire at once, on average; 1 of them fire nowhere on this text.");
    expect(page.el.querySelector(".hs-title")?.textContent).toBe(
      "3 features of a dictionary (blocks.2.hook_in), on 2 pages",
    );
  });

  it("shows the tokens of its windows with their shares, and the one each was chosen for", async () => {
    const windows = page
      .all(".hs-feature-window")
      .map((line) =>
        [...line.querySelectorAll<HTMLElement>(".hs-feature-token")].map((token) => [
          token.textContent,
          Number(token.dataset.share).toFixed(2),
          token.classList.contains("hs-feature-chosen"),
        ]),
      );
    expect(windows).toEqual([
      [
        ["·Alice", "0.00", false],
        ["·was", "1.00", true],
        ["<b>", "0.25", false],
      ],
      // The window begins before its page: what is missing there is left out.
      [
        ["·was", "0.25", true],
        ["·Alice", "0.00", false],
      ],
    ]);
  });

  it("says of a token, a bar and a logit what they are", async () => {
    const said = (selector: string, index: number) => page.all(selector)[index].getAttribute("aria-label");
    expect(said(".hs-feature-token", 1)).toBe("‘ was’: feature 1 is at 4.0.");
    expect(said(".hs-feature-token", 0)).toBe("‘ Alice’: feature 1 is silent.");
    expect(said(".hs-marks > g", 0)).toBe("Feature 1 fires between 0.00 and 4.00 at 20 places.");
    expect(said(".hs-feature-logits li", 2)).toBe("An activation of 1 lowers the logit of ‘↵’ by 2.00.");
  });

  it("follows what is pinned elsewhere, names it by its label, and marks its row", async () => {
    await pin(2);
    expect(card().dataset.feature).toBe("2");
    expect(page.el.querySelector(".hs-feature-name")?.textContent).toBe("Feature 2: names");
    expect(page.readout()).toContain("Feature 2 (‘names’) fires at 0.51 % of the places");
    expect(page.all(".hs-row.hs-current").map((row) => row.dataset.row)).toEqual(["2"]);
    await pin(0);
    expect(page.readout()).toBe("Feature 0 fires nowhere on this text.");
    expect(page.all(".hs-feature-window").length).toBe(0);
  });

  it("chooses the feature of a near decoder", async () => {
    page.all(".hs-feature-near")[0].click();
    await page.settled();
    expect(page.pins.get("feature")).toBe(0);
  });

  it("is walked by arrows: along a line, and from group to group", () => {
    page.all(".hs-feature-token")[0].focus();
    page.press("ArrowRight");
    expect(document.activeElement).toBe(page.all(".hs-feature-token")[1]);
    expect(page.readout()).toBe("‘ was’: feature 1 is at 4.0.");
    page.press("ArrowDown");
    expect(document.activeElement).toBe(page.all(".hs-marks > g")[0]);
    page.press("End");
    expect(document.activeElement).toBe(page.all(".hs-feature-token").at(-1));
  });

  it("says which array does not fit", async () => {
    page.model.set("at", wire(Uint16Array.of(0, 0, 2, 2, 9, 1), [3, 2]));
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toContain("at: expected numbers up to 3");
  });

  it("draws other numbers on the card that stands", async () => {
    const standing = card();
    page.model.set("logits", half(new Array(12).fill(4), [3, 2, 2]));
    await page.settled();
    expect(card()).toBe(standing);
    expect(page.all(".hs-feature-logits .hs-number")[0].textContent).toBe("+4.00");
  });
});

describe("the list", () => {
  const told = { ...traits() } as unknown as Told;
  it("finds a feature by number, by token and by label", async () => {
    const page = await mount(view, told as unknown as Record<string, unknown>);
    const rows = async (text: string) => {
      const search = page.el.querySelector<HTMLInputElement>("input[type=search]")!;
      search.value = text;
      search.dispatchEvent(new Event("input"));
      return page.all(".hs-row").map((row) => row.dataset.row);
    };
    expect(await rows("2")).toEqual(["2"]);
    expect(await rows("name")).toEqual(["2"]);
    expect(await rows("·was")).toEqual(["0", "1"]);
    expect(await rows("<B>")).toEqual(["2"]);
    page.close();
  });

  it("has a number that begins so among those found", () => {
    const features = { label: () => "", fires: [["a"]], promotes: [[]] } as unknown as Features;
    expect([matches(features, 0, "0"), matches(features, 0, "A".toLowerCase()), matches(features, 0, "x")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("percent", () => {
  it("keeps two digits that say something", () => {
    expect([0, 0.5, 0.0123, 0.00123, 0.0000812].map(percent)).toEqual(["0 %", "50 %", "1.2 %", "0.12 %", "0.008 %"]);
  });
});

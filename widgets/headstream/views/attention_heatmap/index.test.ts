import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

const LENGTH = 12;
const TOKENS = Array.from({ length: LENGTH }, (_, index) => ` w${index}`);
const PACKED = (LENGTH * (LENGTH + 1)) / 2;

/** Two layers of three heads: every head looks at one distance, the number of the head. */
function pattern(shift = 0): Uint8Array {
  const out = new Uint8Array(2 * 3 * PACKED);
  for (let one = 0; one < 6; one++) {
    for (let query = 0; query < LENGTH; query++) {
      out[one * PACKED + (query * (query + 1)) / 2 + Math.max(0, query - ((one + shift) % 6))] = 255;
    }
  }
  return out;
}

const traits = (changes: Record<string, unknown> = {}) => ({
  tokens: TOKENS,
  pattern: wire(pattern(), [2, 3, PACKED]),
  packed: true,
  signed: false,
  // The last token's value vector is twice as long as the others.
  value_norm: wire(
    Float32Array.from({ length: 2 * 3 * LENGTH }, (_, index) => (index % LENGTH === LENGTH - 1 ? 2 : 1)),
    [2, 3, LENGTH],
  ),
  roles: [],
  weighting: "raw",
  pooled: null,
  pool: 1,
  part: [],
  most: 1,
  ...changes,
});

let page: Mounted;
afterEach(() => page.close());

const button = (name: string) => page.el.querySelector<HTMLElement>(`[aria-label="${name}"]`)!;
const axis = (name: string) => page.all(`text[data-axis=${name}]`).map((label) => Number(label.dataset.index));
const point = (token: number) =>
  page.all(".hs-token")[token].dispatchEvent(new Event("pointerover", { bubbles: true }));

describe("the view of attention patterns", () => {
  beforeEach(async () => {
    page = await mount(view, traits());
  });

  it("says what a token attends to and what attends to it", async () => {
    point(4);
    await page.settled();
    expect(page.readout()).toBe("Layer 0, head 0: ‘ w4’ attends to ‘ w4’ 1.00. Attended to by ‘ w4’ 1.00.");
    page.all(".hs-thumb")[4].dispatchEvent(new Event("pointerover", { bubbles: true }));
    await page.settled();
    expect(page.readout()).toContain("Layer 1, head 1: point at");
    expect(page.pins.sent).toEqual([]);
  });

  it("is worked by keys: heads by row and column, the square by cells", async () => {
    page.all(".hs-thumb")[0].focus();
    page.press("ArrowRight");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.press("Enter");
    expect([page.pins.get("layer"), page.pins.get("head")]).toEqual([1, 1]);
    expect(page.all(".hs-thumb").map((thumb) => thumb.tabIndex)).toEqual([-1, -1, -1, -1, 0, -1]);
    await page.settled();
    expect(page.all("[aria-checked=true]").map((thumb) => thumb.dataset.key)).toEqual(["head-1-1"]);
    page.el.querySelector<HTMLElement>("[data-key=square]")!.focus();
    page.press("End");
    page.press("ArrowDown");
    await page.settled();
    expect(page.readout()).toBe("Layer 1, head 1: ‘ w1’ attends .00 to ‘ w11’.");
    page.press("Enter");
    expect([page.pins.get("position"), page.pins.get("key")]).toEqual([1, 11]);
    page.press("Escape");
    expect([page.pins.get("layer"), page.pins.get("position"), page.pins.get("key")]).toEqual([null, null, null]);
  });

  it("zooms by its buttons and by keys, and follows the keyboard's cell", async () => {
    expect(axis("query")).toEqual(TOKENS.map((_, index) => index));
    button("Zoom in").click();
    expect(axis("query")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    page.el.querySelector<HTMLElement>("[data-key=square]")!.focus();
    page.press("ArrowDown");
    expect(axis("query")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    page.press("0");
    expect(axis("key")).toEqual(TOKENS.map((_, index) => index));
  });

  it("paints another weighting on what stands", async () => {
    page.pins.set("position", 4);
    const thumb = page.all(".hs-thumb")[2];
    thumb.focus();
    button("Weights").querySelectorAll("button")[1].click();
    await page.settled();
    expect(page.model.sent).toEqual([{ weighting: "value" }]);
    expect(document.activeElement).toBe(thumb);
    expect(page.el.querySelector(".hs-title")?.textContent).toBe("Value-weighted attention");
    expect(page.all(".hs-legend")[0].textContent).toContain("p·‖v‖ / max‖v‖");
    expect(page.readout()).toContain("‘ w4’ takes (p·‖v‖ / max‖v‖) from ‘ w4’ .50. Taken from it by ‘ w4’ .50.");
  });

  it("shows other numbers of the same tokens with the focus, the pin and the zoom where they were", async () => {
    button("Zoom in").click();
    page.pins.set("position", 5);
    const token = page.all(".hs-token")[5];
    token.focus();
    page.model.set("pattern", wire(pattern(1), [2, 3, PACKED]));
    await page.settled();
    expect(document.activeElement).toBe(token);
    expect(axis("query")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(page.readout()).toBe("Layer 0, head 0: ‘ w5’ attends to ‘ w4’ 1.00. Attended to by ‘ w6’ 1.00.");
  });

  it("keeps zoom and focus when it is built anew in larger type, and forgets the zoom with another text", async () => {
    button("Zoom in").click();
    page.all(".hs-token")[5].focus();
    page.model.set("font_size", 22);
    await page.settled();
    expect(axis("query")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect((document.activeElement as HTMLElement).dataset.key).toBe("token-5");
    page.model.set("tokens", TOKENS.slice(0, 9));
    page.model.set("pattern", wire(new Uint8Array(6 * 45).fill(90), [2, 3, 45]));
    page.model.set("value_norm", null);
    await page.settled();
    expect(axis("query")).toHaveLength(9);
    expect(button("Weights").hidden).toBe(true);
  });

  it.each([
    ["tokens that are too few", { tokens: TOKENS.slice(1) }, "pattern: expected shape [2,3,66], got [2,3,78]"],
    ["a square that is sent as a triangle", { packed: false }, "pattern: expected shape [2,3,144], got [2,3,78]"],
    ["nothing", { tokens: [], pattern: wire(new Uint8Array(), [1, 1, 0]) }, "a head and a token at least"],
    [
      "norms of other heads",
      { value_norm: wire(new Float32Array(12), [1, 1, 12]) },
      "value_norm: expected shape [2,3,12]",
    ],
    ["roles of other heads", { roles: ["induction"] }, "roles: expected"],
    ["a weighting without norms", { value_norm: null, weighting: "value" }, "weighting: 'value' needs value_norm"],
    [
      "no bytes",
      { pattern: { dtype: "uint8", shape: [2, 3, 78], scale: "sqrt", data: null } },
      "its bytes are missing",
    ],
  ])("names what is damaged: %s", async (_, changes, message) => {
    for (const [name, value] of Object.entries(changes)) page.model.set(name, value);
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toContain(message);
    for (const [name, value] of Object.entries(traits())) page.model.set(name, value);
    await page.settled();
    expect(page.el.querySelector("[role=alert]")).toBeNull();
    expect(page.all(".hs-thumb")).toHaveLength(6);
  });
});

describe("one head alone", () => {
  it("has no small pictures and no zoom for a few tokens", async () => {
    const changes = { tokens: ["<b>a</b>"], pattern: wire(Uint8Array.of(255), [1, 1, 1]), value_norm: null };
    page = await mount(view, traits(changes));
    expect(page.all(".hs-thumb, .hs-strip b")).toEqual([]);
    expect(button("Zoom in").parentElement?.hidden).toBe(true);
    point(0);
    await page.settled();
    expect(page.readout()).toContain("‘<b>a</b>’ attends to ‘<b>a</b>’ 1.00");
  });
});

describe("a change in attention", () => {
  it("is drawn on both sides of zero, and said with its sign", async () => {
    const change = new Uint16Array(2 * 3 * PACKED);
    // Head 0.0 at the last token: from the first key to the second.
    const row = (LENGTH * (LENGTH - 1)) / 2;
    change.set([0xb800, 0x3800], row); // −1/2 and 1/2 as float16
    page = await mount(
      view,
      traits({ pattern: { ...wire(change, [2, 3, PACKED]), dtype: "float16" }, signed: true, value_norm: null }),
    );
    point(LENGTH - 1);
    await page.settled();
    expect(page.el.querySelector(".hs-title")?.textContent).toBe("Change in attention");
    expect(page.readout()).toContain("change in what it attends to: ‘ w0’ −0.50, ‘ w1’ +0.50.");
    const [less, more, none] = page.all(".hs-token").map((token) => token.style.backgroundColor);
    expect(new Set([less, more, none]).size).toBe(3);
    expect(none).toBe("");
    expect(page.all(".hs-legend-tick").map((tick) => tick.textContent)).toContain("−1.00");
  });
});

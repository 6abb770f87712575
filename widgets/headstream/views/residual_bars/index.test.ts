import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

// Two layers of two heads over three tokens; component c has 10·(c + 1) + position.
const LABELS = ["embedding", "0.0", "0.1", "0.mlp", "1.0", "1.1"];
const PLACES = [null, [0, 0], [0, 1], [0, null], [1, 0], [1, 1]] as const;

function state(traits: Record<string, unknown> = {}): Record<string, unknown> {
  const values = Float32Array.from({ length: 18 }, (_, i) => 10 * (Math.floor(i / 3) + 1) + (i % 3));
  return {
    tokens: ["a", "<b>b", " c"],
    values: wire(values, [6, 3]),
    total: wire(Float32Array.of(210, 216, 222.5), [3]),
    total_name: "the model's own value",
    sources: wire(
      Float32Array.from({ length: 24 }, (_, i) => i % 6),
      [4, 6],
    ),
    sources_note: "",
    components: LABELS.map((label, i) => ({
      label,
      kind: i === 0 ? "embed" : i === 3 ? "mlp" : "head",
      layer: PLACES[i]?.[0] ?? null,
      head: PLACES[i]?.[1] ?? null,
    })),
    quantity: "logit of '<i>'",
    additive: true,
    default_position: 2,
    grouped: false,
    order: "stream",
    cumulative: false,
    opened: [],
    show_all: false,
    ...traits,
  };
}

describe("ResidualBars", () => {
  let page: Mounted;
  const rows = () => page.all(".hs-bars-row");
  const row = (id: string) => page.el.querySelector<HTMLElement>(`[data-id="${id}"]`)!;
  const values = () => rows().map(({ dataset }) => [dataset.id, dataset.value]);
  const compared = () => ["sum", "total", "difference"].map((name) => page.all(`[data-${name}]`)[0]?.textContent);
  const button = (name: string) => page.all("button").find(({ textContent }) => textContent === name)!;
  const title = () => page.el.querySelector(".hs-title")?.textContent;
  const fire = (target: Element, event: Event) => {
    target.dispatchEvent(event);
    return page.settled();
  };
  const press = (key: string) => {
    page.press(key);
    return page.settled();
  };
  const over = (target: Element) => fire(target, new Event("pointerover", { bubbles: true }));
  const click = (target: Element) => fire(target, new Event("click", { bubbles: true }));

  async function show(traits: Record<string, unknown>): Promise<void> {
    page.close();
    page = await mount(view, state(traits));
  }

  beforeEach(async () => {
    page = await mount(view, state());
  });
  afterEach(() => page.close());

  it("shows the default position, and the sum beside the exact value", () => {
    expect(values().map(([, value]) => value)).toEqual(["+12.00", "+22.00", "+32.00", "+42.00", "+52.00", "+62.00"]);
    expect(compared()).toEqual(["+222.0000", "+222.5000", "0.5000"]);
    expect(page.el.querySelector(".hs-bars-off .hs-bars-differ")?.textContent).toBe(" ≠");
    expect(title()).toBe("What each component adds to the logit of '<i>'");
  });

  it("follows a position pinned or previewed in another view, and sends nothing", async () => {
    page.pins.set("position", 0);
    await page.settled();
    expect(row("component-5").dataset.value).toBe("+60.00");
    expect(compared()).toEqual(["+210.0000", "+210.0000", "0"]);
    await over(page.all(".hs-token")[1]);
    expect(row("component-5").dataset.value).toBe("+61.00");
    expect(page.readout()).toContain("at ‘<b>b’ (position 1)");
    page.pins.set("position", 3);
    await fire(page.el.querySelector(".hs-strip")!, new Event("pointerleave"));
    expect(row("component-5").dataset.value).toBe("+62.00");
    expect([page.model.sent, page.pins.sent]).toEqual([[], []]);
  });

  it("a click on a head pins and opens it, a second one lets go", async () => {
    await click(row("component-4"));
    expect(page.pins.sent.at(-1)).toEqual({ layer: 1, head: 0 });
    expect(row("component-4").getAttribute("aria-expanded")).toBe("true");
    expect(rows().map(({ dataset }) => dataset.id)).toEqual([
      ...["component-0", "component-1", "component-2", "component-3", "component-4"],
      ...["source-0", "source-1", "source-2", "component-5"],
    ]);
    expect(["source-0", "source-1", "source-2"].map((id) => row(id).dataset.value)).toEqual([
      "+3.00",
      "+4.00",
      "+5.00",
    ]);
    const painted = [...page.all(".hs-token")].map((token) => token.style.backgroundColor);
    expect(new Set(painted).size).toBe(3);
    await over(row("source-1"));
    expect(page.readout()).toMatch(/^Layer 1, head 0 brings \+4\.00 from ‘<b>b’ \(position 1\) to the logit/);
    await click(row("source-1"));
    expect(["position", "key"].map((field) => page.pins.get(field))).toEqual([2, 1]);
    await click(row("component-4"));
    expect(["layer", "head", "key"].map((field) => page.pins.get(field))).toEqual([null, null, null]);
    expect(rows()).toHaveLength(6);
    expect(page.el.querySelector(".hs-legend")?.childElementCount).toBe(0);
  });

  it("an MLP's bar pins its layer; the embedding's lets go of it", async () => {
    await click(row("component-3"));
    expect([page.pins.get("layer"), page.pins.get("head")]).toEqual([0, null]);
    expect(row("component-3").classList.contains("hs-pinned")).toBe(true);
    await click(row("component-0"));
    expect(page.pins.get("layer")).toBeNull();
  });

  it("a closed layer opens on a click, or when one of its heads is pinned elsewhere", async () => {
    await show({ grouped: true });
    expect(values()).toEqual([
      ["component-0", "+12.00"],
      ["heads-0", "+54.00"],
      ["component-3", "+42.00"],
      ["heads-1", "+114.00"],
    ]);
    expect(row("heads-1").querySelectorAll(".hs-bars-mark:not([hidden])")).toHaveLength(2);
    await click(row("heads-1"));
    expect(page.model.sent).toEqual([{ opened: [1] }]);
    expect(page.pins.sent).toEqual([{ layer: 1 }]);
    expect(rows()).toHaveLength(6);
    await click(row("heads-1"));
    expect(page.model.get("opened")).toEqual([]);
    page.pins.set("head", 1);
    page.pins.set("layer", 0);
    await page.settled();
    expect(row("component-2").classList.contains("hs-pinned")).toBe(true);
    await over(row("heads-1"));
    expect(page.readout()).toMatch(
      /^The 2 heads of layer 1 together add \+114\.00 .* The largest is head 1, \+62\.00\.$/,
    );
  });

  it("keyboard alone: arrows move, open and close, Enter pins, Escape lets go", async () => {
    await show({ grouped: true });
    const reachable = page.all(".hs-bars-row[tabindex='0']");
    expect(reachable).toHaveLength(1);
    reachable[0].focus();
    await press("End");
    expect(page.readout()).toMatch(/^The 2 heads of layer 1/);
    await press("ArrowRight");
    expect(document.activeElement).toBe(row("heads-1"));
    await press("ArrowRight");
    expect(document.activeElement).toBe(row("component-4"));
    await press("ArrowDown");
    await press("Enter");
    expect([page.pins.get("layer"), page.pins.get("head")]).toEqual([1, 1]);
    await press("ArrowRight");
    expect(document.activeElement).toBe(row("source-0"));
    await press("ArrowLeft");
    expect(document.activeElement).toBe(row("component-5"));
    await press("ArrowLeft");
    expect(row("component-5").getAttribute("aria-expanded")).toBe("false");
    await press("ArrowLeft");
    expect(document.activeElement).toBe(row("heads-1"));
    await press("Home");
    expect(document.activeElement).toBe(row("component-0"));
    await press("Escape");
    expect(page.pins.get("layer")).toBeNull();
  });

  it("order, cumulative and grouping set from Python are drawn, and their buttons set them", async () => {
    page.model.set("order", "size");
    await page.settled();
    expect(values()[0]).toEqual(["component-5", "+62.00"]);
    page.model.set("cumulative", true);
    await page.settled();
    expect(values().at(-1)).toEqual(["sum", "+222.00"]);
    await click(button("Cumulative"));
    await click(button("stream"));
    await click(button("Heads by layer"));
    expect(page.model.sent.at(-3)).toMatchObject({ cumulative: false });
    expect(page.model.sent.slice(-2)).toEqual([{ order: "stream" }, { grouped: true }]);
    expect(rows()).toHaveLength(4);
  });

  it("lengths have no sum, no sign and cannot be stacked", async () => {
    await show({ additive: false, total_name: "‖r‖, the whole stream", quantity: "length of what is written" });
    expect(values()[0]).toEqual(["component-0", "12.00"]);
    expect(compared()).toEqual([undefined, "222.5000", undefined]);
    expect([...page.all("button")].find(({ textContent }) => textContent === "Cumulative")?.hidden).toBe(true);
    expect(title()).toBe("Length of what is written, by component");
  });

  it("an open head without sources says why", async () => {
    await show({ sources: null, sources_note: "Too large to send." });
    page.pins.set("layer", 0);
    page.pins.set("head", 0);
    await page.settled();
    expect(row("note").textContent).toContain("Too large to send.");
  });

  it("another decomposition is painted on the rows that stand, and the focus stays in the open head", async () => {
    await click(row("component-4"));
    row("source-1").focus();
    await over(row("source-1"));
    const [before, token] = [row("source-1"), page.all(".hs-token")[0]];
    page.model.set("values", wire(new Float32Array(18).fill(-0.5), [6, 3]));
    page.model.set("total", null);
    page.model.set("sources", wire(new Float32Array(24).fill(0.25), [4, 6]));
    page.model.set("quantity", "coordinate");
    await page.settled();
    expect([row("source-1"), page.all(".hs-token")[0]]).toEqual([before, token]);
    expect(document.activeElement).toBe(before);
    expect(before.dataset.value).toBe("+0.250");
    expect(row("component-4").dataset.value).toBe("−0.500");
    expect(compared()).toEqual(["−3.00000", undefined, undefined]);
    expect(page.readout()).toContain("brings +0.250 from ‘<b>b’ (position 1) to the coordinate");
  });

  it("other tokens build the rows anew, and the focus finds its row", async () => {
    row("component-3").focus();
    page.model.set("tokens", ["d", "e", "f"]);
    await page.settled();
    expect(document.activeElement).toBe(row("component-3"));
    expect(page.el.textContent).not.toContain("<b>b");
  });

  it("options and the title rebuild nothing; sorting takes no row that has the focus off the page", async () => {
    const lost: unknown[] = [];
    row("component-4").addEventListener("blur", (event) => lost.push(event));
    row("component-4").focus();
    const standing = new Set(rows());
    for (const [name, value] of Object.entries({ order: "size", cumulative: true, title: "mine" })) {
      page.model.set(name, value);
      await page.settled();
    }
    expect(
      rows()
        .filter((other) => !standing.has(other))
        .map(({ dataset }) => dataset.id),
    ).toEqual(["sum"]);
    expect(rows()[1]).toBe(document.activeElement);
    expect([title(), lost]).toEqual(["mine", []]);
  });

  it.each([
    ["total", wire(Float32Array.of(1, 2), [2]), "total: expected shape [3], got [2]"],
    ["sources", wire(new Float32Array(18), [3, 6]), "sources: expected shape [4,6], got [3,6]"],
    ["components", [], "values: expected at least one component and one position"],
    ["default_position", 3, "default_position: expected 0 to 2, got 3"],
    ["values", wire(new Float32Array(18).fill(Number.NaN), [6, 3]), "values: expected finite numbers"],
  ])("damaged %s is named and not drawn", async (name, value, message) => {
    page.model.set(name, value);
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toContain(message);
    expect(rows()).toEqual([]);
    page.model.set(name, state()[name]);
    await page.settled();
    expect(rows()).toHaveLength(6);
  });

  it("one position needs no text to choose it from", async () => {
    await show({
      tokens: ["0"],
      values: wire(Float32Array.of(1, 2, 3, 4, 5, 6), [6, 1]),
      total: null,
      sources: null,
      default_position: 0,
    });
    expect(page.el.querySelector(".hs-strip")).toBeNull();
    expect(page.readout()).toBe("The logit of '<i>' is 21.00. Largest: 1.1 +6.00, 1.0 +5.00, 0.mlp +4.00.");
  });
});

import type { AnyModel } from "@anywidget/types";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeModel, fakeHost, fakeModel, fakeSelection, wire } from "../shared/testing/fake";
import widget from "./index";

// Two layers of two heads over three tokens; component c has 10·(c + 1) + position.
const LABELS = ["embedding", "0.0", "0.1", "0.mlp", "1.0", "1.1"];
const PLACES = [null, [0, 0], [0, 1], [0, null], [1, 0], [1, 1]] as const;

function state(traits: Record<string, unknown> = {}): Record<string, unknown> {
  const values = Float32Array.from({ length: 18 }, (_, i) => 10 * (Math.floor(i / 3) + 1) + (i % 3));
  return {
    selection: "anywidget:pins",
    tokens: ["a", "<b>b", " c"],
    title: "",
    font_size: 13,
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
  let model: FakeModel;
  let pins: FakeModel;
  let el: HTMLElement;
  let closing: AbortController;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 40));
  const rows = () => [...el.querySelectorAll<HTMLElement>(".hs-bars-row")];
  const row = (id: string) => el.querySelector<HTMLElement>(`[data-id="${id}"]`)!;
  const values = () => rows().map(({ dataset }) => [dataset.id, dataset.value]);
  const readout = () => el.querySelector(".hs-readout")!.textContent;
  const compared = () => ["sum", "total", "difference"].map((name) => el.querySelector(`[data-${name}]`)?.textContent);
  const fire = (target: Element, event: Event) => {
    target.dispatchEvent(event);
    return settle();
  };
  const press = (key: string) => fire(document.activeElement!, new KeyboardEvent("keydown", { key, bubbles: true }));
  const over = (target: Element) => fire(target, new Event("pointerover", { bubbles: true }));
  const click = (target: Element) => fire(target, new Event("click", { bubbles: true }));

  async function show(traits: Record<string, unknown>, pinned: Record<string, number> = {}): Promise<void> {
    model = fakeModel(state(traits));
    pins = fakeSelection(pinned);
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
    await show({});
  });
  afterEach(() => {
    closing.abort();
    vi.restoreAllMocks();
  });

  it("shows the default position, and the sum beside the exact value", () => {
    expect(values().map(([, value]) => value)).toEqual(["+12.00", "+22.00", "+32.00", "+42.00", "+52.00", "+62.00"]);
    expect(compared()).toEqual(["+222.0000", "+222.5000", "0.5000"]);
    expect(el.querySelector(".hs-bars-differ")?.textContent).toBe("≠ they differ");
    expect(el.querySelector(".hs-title")?.textContent).toBe("What each component adds to the logit of '<i>'");
  });

  it("follows a position pinned or previewed in another view, and sends nothing", async () => {
    pins.set("position", 0);
    await settle();
    expect(row("component-5").dataset.value).toBe("+60.00");
    expect(compared()).toEqual(["+210.0000", "+210.0000", "0"]);
    await over(el.querySelectorAll(".hs-token")[1]);
    expect(row("component-5").dataset.value).toBe("+61.00");
    expect(readout()).toContain("at ‘<b>b’ (position 1)");
    pins.set("position", 3);
    await fire(el.querySelector(".hs-strip")!, new Event("pointerleave"));
    expect(row("component-5").dataset.value).toBe("+62.00");
    expect([model.sent, pins.sent]).toEqual([[], []]);
  });

  it("a click on a head pins and opens it, a second one lets go", async () => {
    await click(row("component-4"));
    expect(pins.sent.at(-1)).toEqual({ layer: 1, head: 0 });
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
    const painted = [...el.querySelectorAll<HTMLElement>(".hs-token")].map((token) => token.style.backgroundColor);
    expect(new Set(painted).size).toBe(3);
    await over(row("source-1"));
    expect(readout()).toMatch(/^Layer 1, head 0 brings \+4\.00 from ‘<b>b’ \(position 1\) to the logit/);
    await click(row("source-1"));
    expect(["position", "key"].map((field) => pins.get(field))).toEqual([2, 1]);
    await click(row("component-4"));
    expect(["layer", "head", "key"].map((field) => pins.get(field))).toEqual([null, null, null]);
    expect(rows()).toHaveLength(6);
    expect(el.querySelector(".hs-legend")?.childElementCount).toBe(0);
  });

  it("an MLP's bar pins its layer; the embedding's lets go of it", async () => {
    await click(row("component-3"));
    expect([pins.get("layer"), pins.get("head")]).toEqual([0, null]);
    expect(row("component-3").classList.contains("hs-pinned")).toBe(true);
    await click(row("component-0"));
    expect(pins.get("layer")).toBeNull();
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
    expect(model.sent).toEqual([{ opened: [1] }]);
    expect(pins.sent).toEqual([{ layer: 1 }]);
    expect(rows()).toHaveLength(6);
    await click(row("heads-1"));
    expect(model.get("opened")).toEqual([]);
    pins.set("head", 1);
    pins.set("layer", 0);
    await settle();
    expect(row("component-2").classList.contains("hs-pinned")).toBe(true);
    await over(row("heads-1"));
    expect(readout()).toMatch(/^The 2 heads of layer 1 together add \+114\.00 .* The largest is head 1, \+62\.00\.$/);
  });

  it("keyboard alone: arrows move, open and close, Enter pins, Escape lets go", async () => {
    await show({ grouped: true });
    const reachable = el.querySelectorAll<HTMLElement>(".hs-bars-row[tabindex='0']");
    expect(reachable).toHaveLength(1);
    reachable[0].focus();
    await press("End");
    expect(readout()).toMatch(/^The 2 heads of layer 1/);
    await press("ArrowRight");
    expect(document.activeElement).toBe(row("heads-1"));
    await press("ArrowRight");
    expect(document.activeElement).toBe(row("component-4"));
    await press("ArrowDown");
    await press("Enter");
    expect([pins.get("layer"), pins.get("head")]).toEqual([1, 1]);
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
    expect(pins.get("layer")).toBeNull();
  });

  it("order, cumulative and grouping set from Python are drawn, and their buttons set them", async () => {
    model.set("order", "size");
    expect(values()[0]).toEqual(["component-5", "+62.00"]);
    model.set("cumulative", true);
    expect(values().at(-1)).toEqual(["sum", "+222.00"]);
    const button = (name: string) =>
      [...el.querySelectorAll("button")].find(({ textContent }) => textContent === name)!;
    await click(button("Cumulative"));
    await click(button("stream"));
    await click(button("Heads by layer"));
    expect(model.sent.at(-3)).toMatchObject({ cumulative: false });
    expect(model.sent.slice(-2)).toEqual([{ order: "stream" }, { grouped: true }]);
    expect(rows()).toHaveLength(4);
  });

  it("lengths have no sum, no sign and cannot be stacked", async () => {
    await show({ additive: false, total_name: "‖r‖, the whole stream", quantity: "length of what is written" });
    expect(values()[0]).toEqual(["component-0", "12.00"]);
    expect(compared()).toEqual([undefined, "222.5000", undefined]);
    expect([...el.querySelectorAll("button")].find(({ textContent }) => textContent === "Cumulative")?.hidden).toBe(
      true,
    );
    expect(el.querySelector(".hs-title")?.textContent).toBe("Length of what is written, by component");
  });

  it("an open head without sources says why", async () => {
    await show({ sources: null, sources_note: "Too large to send." }, { layer: 0, head: 0 });
    expect(row("note").textContent).toContain("Too large to send.");
  });

  it("one position needs no text to choose it from", async () => {
    await show({
      tokens: ["0"],
      values: wire(Float32Array.of(1, 2, 3, 4, 5, 6), [6, 1]),
      total: null,
      sources: null,
      default_position: 0,
    });
    expect(el.querySelector(".hs-strip")).toBeNull();
    expect(readout()).toBe("The logit of '<i>' is 21.00. Largest: 1.1 +6.00, 1.0 +5.00, 0.mlp +4.00.");
  });
});

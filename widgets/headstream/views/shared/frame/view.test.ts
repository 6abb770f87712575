import { afterEach, describe, expect, it } from "vitest";
import { element } from "../draw/dom";
import { type Mounted, mount, wire } from "../testing/fake";
import { array, text, texts } from "../wire/readers";
import { defineView } from "./view";

let page: Mounted;
afterEach(() => page.close());

/** A view that counts how often each of its levels runs. */
function counting(log: string[]) {
  return defineView({
    name: "counting",
    readers: { names: texts, values: array("float32", 1), color: text },
    structure: ({ names }) => names,
    create(frame) {
      let buttons: HTMLElement[] = [];
      return {
        build() {
          log.push("build");
          frame.selection.sizes = { layer: frame.traits.names.length };
          buttons = frame.traits.names.map((name) => element("button", "", { "data-key": name }, name));
          frame.picture.replaceChildren(...buttons);
        },
        paint() {
          log.push("paint");
          buttons.forEach((button, index) => {
            button.dataset.value = String(frame.traits.values.data[index]);
          });
          frame.title("Counted");
        },
        select(current) {
          log.push(`select ${current.layer}`);
        },
      };
    },
  });
}

const TRAITS = { names: ["a", "b"], values: wire(Float32Array.of(1, 2), [2]), color: "red" };

async function open(log: string[], traits: Record<string, unknown> = {}) {
  page = await mount(counting(log), { ...TRAITS, ...traits });
  log.length = 0;
}

describe("the three levels", () => {
  it("paints a changed value or option on the structure that stands", async () => {
    const log: string[] = [];
    await open(log);
    const [button] = page.all("[data-key=a]");
    button.focus();
    page.model.set("values", wire(Float32Array.of(5, 6), [2]));
    page.model.set("color", "blue");
    page.model.set("title", "Another");
    await page.settled();
    expect(log).toEqual(["paint", "select null"]);
    expect(button.dataset.value).toBe("5");
    expect(document.activeElement).toBe(button);
    expect(page.el.querySelector(".hs-title")?.textContent).toBe("Another");
  });

  it("builds anew where the structure changed, and the focus goes to the element of the same key", async () => {
    const log: string[] = [];
    await open(log);
    page.all("[data-key=b]")[0].focus();
    page.model.set("names", ["b", "c"]);
    await page.settled();
    expect(log).toEqual(["build", "paint", "select null"]);
    expect((document.activeElement as HTMLElement).dataset.key).toBe("b");
    page.model.set("font_size", 22);
    await page.settled();
    expect(log.slice(3)).toEqual(["build", "paint", "select null"]);
  });

  it("only selects where the selection changed", async () => {
    const log: string[] = [];
    await open(log);
    page.pins.set("layer", 1);
    page.pins.set("layer", 7);
    page.pins.set("layer", 0);
    await page.settled();
    expect(log).toEqual(["select 0"]);
  });

  it("does nothing where it has no width, as in a hidden tab, and then stands as it did", async () => {
    const log: string[] = [];
    await open(log);
    const [button] = page.all("[data-key=a]");
    let width = 0;
    Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => width });
    window.dispatchEvent(new Event("resize"));
    page.model.set("values", wire(Float32Array.of(5, 6), [2]));
    await page.settled();
    page.pins.set("layer", 1);
    await page.settled();
    expect(log).toEqual([]);
    width = 900;
    window.dispatchEvent(new Event("resize"));
    await page.settled();
    expect(log).toEqual(["paint", "select 1"]);
    expect(page.all("[data-key=a]")).toEqual([button]);
    expect(button.dataset.value).toBe("5");
  });

  it("draws though its selection is missing, and keeps pins to itself", async () => {
    const log: string[] = [];
    await open(log, { selection: "anywidget:gone" });
    expect(page.all("button[data-value]").length).toBe(2);
    page.model.set("selection", "anywidget:pins");
    await page.settled();
    page.pins.set("layer", 1);
    await page.settled();
    expect(log.at(-1)).toBe("select 1");
  });
});

describe("lecture size", () => {
  const size = () => page.all(".headstream")[0].style.getPropertyValue("--headstream-font-size");
  const item = () => page.all(".hs-menu-list .hs-button")[0];

  it("is the least size of every view's type, while it is given", async () => {
    await open([]);
    page.lecture.set("font_size", 20);
    await page.settled();
    expect(size()).toBe("20px");
    page.model.set("font_size", 30);
    await page.settled();
    expect(size()).toBe("30px");
    page.model.set("font_size", 13);
    page.lecture.set("font_size", null);
    await page.settled();
    expect(size()).toBe("13px");
  });

  it("is switched by the menu for the whole notebook, and Python hears of it", async () => {
    await open([]);
    item().click();
    await page.settled();
    expect(size()).toBe("22px");
    item().click();
    await page.settled();
    expect(size()).toBe("13px");
    expect(page.lecture.sent).toEqual([{ font_size: 22 }, { font_size: null }]);
    expect(page.model.sent).toEqual([]);
  });

  it("is the view's own where the notebook's is missing", async () => {
    await open([], { lecture: "anywidget:gone" });
    item().click();
    await page.settled();
    expect(size()).toBe("22px");
    expect(page.model.sent).toEqual([{ font_size: 22 }]);
  });
});

describe("the frame", () => {
  it("says what is damaged in place of the picture, and draws again when it is mended", async () => {
    const log: string[] = [];
    await open(log);
    page.model.set("values", { ...wire(Float32Array.of(1), [1]), shape: [1e9] });
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toBe(
      "This view cannot be drawn, for what was saved of it is damaged: values: float32 of shape [1000000000] takes 4000000000 bytes, 4 came.",
    );
    page.model.set("values", wire(Float32Array.of(3, 4), [2]));
    await page.settled();
    expect(page.all("button[data-value]").map((button) => button.dataset.value)).toEqual(["3", "4"]);
    expect(page.el.querySelector("[role=alert]")).toBeNull();
  });

  it("leaves nothing behind when it is closed", async () => {
    await open([]);
    const { model, pins, lecture, el } = page;
    expect(model.listeners()).toBeGreaterThan(0);
    page.close();
    expect([model, pins, lecture].map((one) => one.listeners())).toEqual([0, 0, 0]);
    expect(el.childElementCount).toBe(0);
  });

  it("sends nothing to the kernel by itself", async () => {
    await open([]);
    page.all("[data-key=a]")[0].dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    page.model.set("color", "green");
    await page.settled();
    expect(page.model.sent).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { type Mounted, mount } from "../shared/testing/fake";
import view from "./index";

let page: Mounted;
afterEach(() => page.close());
const ask = async (traits: Record<string, unknown> = {}) => {
  const none = { options: ["one", "two", "three"], answer: null, truth: null, why: [], asked: false };
  page = await mount(view, { question: "Which?", ...none, ...traits });
};
const options = () => page.all(".hs-option");
const marks = () => options().map((row) => row.dataset.mark);
const more = () => page.all("[data-key=more]")[0];
const reasons = () => page.all(".hs-reason").map((node) => node.textContent);
const click = async (node: HTMLElement) => {
  node.click();
  await page.settled();
};

describe("a prediction with options", () => {
  it("tells Python what is clicked, and it may be changed", async () => {
    await ask();
    await click(options()[1]);
    await click(options()[2]);
    expect(page.model.sent).toEqual([{ answer: "two" }, { answer: "three" }]);
    expect(options().map((row) => row.getAttribute("aria-checked"))).toEqual(["false", "false", "true"]);
    expect(options()[2].textContent).toBe("cthreeyour answer");
    expect(more()).toBeUndefined();
  });

  it("is chosen from by the keyboard alone, which keeps the focus; Escape takes it back", async () => {
    await ask();
    options()[0].focus();
    for (const key of ["ArrowDown", "ArrowDown", " "]) page.press(key);
    await page.settled();
    expect([page.model.get("answer"), document.activeElement]).toEqual(["three", options()[2]]);
    page.press("Escape");
    await page.settled();
    expect([page.model.get("answer"), document.activeElement]).toEqual([null, options()[2]]);
  });

  it("takes no other answer once it is decided", async () => {
    await ask({ answer: "one", truth: "two", why: ["A.", "B.", "C."] });
    expect(marks()).toEqual(["wrong", "right", undefined]);
    expect(options().map((row) => row.querySelector(".hs-verdict")?.textContent)).toEqual([
      "✗ your answer",
      "✓ right",
      "",
    ]);
    await click(options()[2]);
    options()[0].focus();
    page.press("Escape");
    expect(page.model.get("answer")).toBe("one");
    expect(reasons()).toEqual(["A.", "B.", ""]);
    await click(more());
    expect([reasons(), more().getAttribute("aria-expanded")]).toEqual([["A.", "B.", "C."], "true"]);
    await click(more());
    expect(reasons()).toEqual(["A.", "B.", ""]);
  });

  it("shows an answer that is known once the reader chooses", async () => {
    await ask({ truth: "two", why: ["A.", "B.", "C."] });
    expect([marks(), more().textContent]).toEqual([[undefined, undefined, undefined], "Show the answer"]);
    expect(page.el.textContent).not.toContain("✓");
    await click(options()[1]);
    expect([marks(), page.readout()]).toEqual([[undefined, "right", undefined], "You were right."]);
  });

  it("or asks; where nothing more is to be asked for, the focus goes to the options", async () => {
    await ask({ truth: "two", why: ["For all."] });
    more().focus();
    await click(more());
    expect([marks()[1], more(), document.activeElement]).toEqual(["right", undefined, options()[0]]);
    expect(page.readout()).toBe("The answer is b. You made no prediction.\nFor all.");
  });
});

describe("a prediction that is typed", () => {
  const input = () => page.el.querySelector("input") as HTMLInputElement;

  it("is recorded by Enter or the button, and nothing else records it", async () => {
    await ask({ options: [] });
    input().focus();
    input().value = "ott";
    page.press("t");
    page.model.set("question", "Which then?");
    await page.settled();
    expect([page.model.get("answer"), input().value]).toEqual([null, "ott"]);
    page.press("Enter");
    await page.settled();
    expect([page.model.get("answer"), document.activeElement]).toEqual(["ott", input()]);
    input().value = " ";
    await click(page.all("[data-key=record]")[0]);
    expect(page.model.get("answer")).toBe(null);
  });

  it("stands beside the answer, and keeps the focus", async () => {
    await ask({ options: [], truth: "ot" });
    input().focus();
    input().value = "otter";
    page.press("Enter");
    await page.settled();
    expect([input().readOnly, document.activeElement]).toEqual([true, input()]);
    const lines = page.all(".hs-line").filter((line) => !line.hidden);
    expect(lines.map((line) => line.querySelector(".hs-verdict")?.textContent)).toEqual([
      "✗ your answer",
      "the answer",
    ]);
    expect(lines[1].textContent).toContain("ot");
  });
});

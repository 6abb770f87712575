import { afterEach, describe, expect, it } from "vitest";
import { type Mounted, mount } from "../shared/testing/fake";
import view from "./index";

let page: Mounted;
afterEach(() => page.close());
const found = async (status: string, traits: Record<string, unknown> = {}) => {
  const rest = {
    hints: ["First.", "Second.", "Third."],
    solution: "def f():\n    return 1",
    difficulty: 2,
    minutes: 12,
  };
  page = await mount(view, { exercise: "forward_pass", status, message: "So.", ...rest, ...traits });
};
const button = (key: string) => page.all(`[data-key=${key}]`)[0];
const shown = (selector: string) =>
  page
    .all(selector)
    .filter((node) => !node.hidden)
    .map((node) => node.textContent);

describe("a check", () => {
  it("says its status by a sign and a word, with the exercise and its cost", async () => {
    for (const [status, said] of [
      ["passed", "✓Passed"],
      ["not yet", "✗Not yet"],
      ["unanswered", "…Unanswered"],
    ]) {
      await found(status);
      expect(shown(".hs-head-line")).toEqual([`${said}forward_passdifficulty 2 of 3 · about 12 min`]);
      if (status !== "unanswered") page.close();
    }
  });

  it("gives one hint after another, then the solution is the main button and has the focus", async () => {
    await found("not yet");
    const labels = [];
    button("hint").focus();
    for (let i = 0; i < 3; i++) {
      labels.push(button("hint").textContent, button("show-solution").classList.contains("hs-back"));
      button("hint").click();
    }
    expect(labels).toEqual(["Hint 1 of 3", true, "Hint 2 of 3", true, "Hint 3 of 3", true]);
    expect(shown(".hs-hint")).toEqual(["Hint 1 First.", "Hint 2 Second.", "Hint 3 Third."]);
    expect(button("hint").hidden).toBe(true);
    expect(button("show-solution").classList.contains("hs-back")).toBe(false);
    expect(document.activeElement).toBe(button("show-solution"));
  });

  it("shows a solution when asked, and hides it", async () => {
    await found("unanswered");
    expect(shown(".hs-solution")).toEqual([]);
    button("show-solution").click();
    expect(shown(".hs-solution")).toEqual(["def f():\n    return 1"]);
    expect(button("show-solution").getAttribute("aria-expanded")).toBe("true");
    button("show-solution").click();
    expect(shown(".hs-solution")).toEqual([]);
    expect(page.model.sent).toEqual([]);
  });

  it("offers no hint to one who has passed, nor a solution that is not there", async () => {
    await found("passed", { solution: "" });
    expect([button("hint").hidden, button("show-solution").hidden]).toEqual([true, true]);
  });

  it("keeps what is open when the type grows, and closes it for another exercise", async () => {
    await found("not yet");
    button("hint").click();
    page.model.set("font_size", 22);
    await page.settled();
    expect(shown(".hs-hint")).toEqual(["Hint 1 First."]);
    page.model.set("exercise", "loss");
    await page.settled();
    expect(shown(".hs-hint")).toEqual([]);
  });
});

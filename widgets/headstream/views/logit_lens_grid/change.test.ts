import { describe, expect, it } from "vitest";
import { mount, wire } from "../shared/testing/fake";
import { POSITIONS, ROWS, state } from "./example";
import view from "./index";

describe("a change of the lens", () => {
  it("is the colour where there is one, and said with its sign", async () => {
    const change = new Float32Array(ROWS.length * POSITIONS);
    change.set([-2.5, 0.75]);
    const page = await mount(
      view,
      { ...state(["none"]), color: "change", change: wire(change, [1, ROWS.length, POSITIONS]) },
      1000,
    );
    expect(page.el.querySelector("[data-key=color-change]")?.getAttribute("aria-pressed")).toBe("true");
    const said: string[] = [];
    for (const position of [0, 1]) {
      const cell = page.el.querySelector<HTMLElement>(`.hs-lens-cell[data-key="cell-0-${position}"]`);
      cell?.dispatchEvent(new Event("pointerover", { bubbles: true }));
      await page.settled();
      said.push(page.readout());
    }
    expect(said[0]).toContain("ln p of the final prediction ‘<b>two’ changes by −2.50 nats");
    expect(said[1]).toContain("changes by +0.75 nats");
    page.close();
  });

  it("is offered only where there is one", async () => {
    const page = await mount(view, state(), 1000);
    expect(page.el.querySelector("[data-key=color-kl]")).not.toBeNull();
    expect(page.el.querySelector("[data-key=color-change]")).toBeNull();
    page.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

describe("token values", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, {
      tokens: ["I", " beg", " your"],
      values: wire(Float32Array.of(1, 4, 2), [3]),
      quantity: "loss, nats",
    });
  });
  afterEach(() => page.close());
  const numbers = () => page.all(".hs-token").map((span) => span.dataset.value);

  it("gives every token its number, and says the largest", () => {
    expect(numbers()).toEqual(["1.00", "4.00", "2.00"]);
    expect(page.readout()).toContain("Largest at ‘ beg’ (position 1): 4.00.");
  });

  it("says the number of the token that is pointed at", async () => {
    page.pins.set("position", 2);
    await page.settled();
    expect(page.readout()).toBe("‘ your’ (position 2): 2.00.");
  });

  it("paints other numbers on the text that stands", async () => {
    const [span] = page.all(".hs-token");
    page.model.set("values", wire(Float32Array.of(-1, 0, 1), [3]));
    await page.settled();
    expect(numbers()).toEqual(["−1.00", "0.00", "+1.00"]);
    expect(span.isConnected).toBe(true);
  });

  it("says which array does not fit the tokens", async () => {
    page.model.set("values", wire(Float32Array.of(1), [1]));
    await page.settled();
    expect(page.el.querySelector("[role=alert]")?.textContent).toContain("values: expected shape [3], got [1]");
  });
});

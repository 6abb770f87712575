import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, wire } from "../shared/testing/fake";
import view from "./index";

const TERMS = [
  ["embedding", 0, 0],
  ["0.0", 1, 1],
  ["0.1", 1, 1],
] as const;

function state(): Record<string, unknown> {
  const halves = Uint16Array.of(0x4880, 0x4880, 0x4000, 0x4400, 0x3c00, 0x4200, 0x4880, 0x4880); // 9 9 2 4 1 3 9 9
  return {
    model: "<b>",
    groups: ["direct path", "heads of layer 0"],
    terms: TERMS.map(([label, order, group], index) => ({
      label,
      role: "",
      order,
      group,
      layer: order ? 0 : null,
      head: order ? index - 1 : null,
    })),
    steps: [
      { paths: "direct path", given: "nothing" },
      { paths: "all heads", given: "direct path" },
    ],
    step_numbers: wire(Float32Array.of(3, 6, Number.NaN, 2, 1, 0.5), [2, 3]),
    settings: wire(Int32Array.of(0, 0, 1, 0, 1, 1, 0, 1), [4, 2]),
    losses: wire(Float32Array.of(9, 3, 2, 9), [4]),
    token_losses: { ...wire(halves, [4, 2]), dtype: "float16" },
    logits: wire(Float32Array.of(1, 3, 0.5, -0.5, 2, 4), [3, 2]),
    tokens: ["a", " b"],
    next_tokens: [" b", "<i>"],
    uniform: 9,
    off: [],
  };
}

describe("path ladder", () => {
  let page: Mounted;
  beforeEach(async () => {
    page = await mount(view, state());
  });
  afterEach(() => page.close());

  const box = (name: string) => page.all(".hs-path-switch").find((item) => item.getAttribute("aria-label") === name)!;
  const figures = () => page.all(".hs-path-answer > *").map((item) => item.textContent);
  const use = (name: string) => {
    box(name).dispatchEvent(new Event("click", { bubbles: true }));
    return page.settled();
  };

  it("says loss and logit of what is on, and tells Python what is off", async () => {
    expect(figures()).toEqual(["loss 2.00 nats", "logit +5.00", "all on: 2.00 nats and +5.00"]);
    await use("all heads");
    expect(figures()).toEqual(["loss 3.00 nats", "logit +2.00", "all on: 2.00 nats and +5.00"]);
    expect(page.model.sent).toEqual([{ off: ["0.0", "0.1"] }]);
    expect(page.all(".hs-token").map(({ dataset }) => dataset.value)).toEqual(["2.00", "4.00"]);
    expect(page.all("b, i")).toEqual([]);
  });

  it("asks again for what was dropped while another choice was asked for", async () => {
    const asked: string[][] = [];
    const replies: ((loss: number) => void)[] = [];
    page.model.kernel = (content, reply) => {
      const { ask, question } = content as { ask: number; question: { off: string[] } };
      asked.push(question.off);
      replies.push((loss) => {
        const { data, ...rest } = wire(Float32Array.of(loss, loss), [2]);
        reply({ asked: ask, answer: { losses: { ...rest, data: 0 } } }, [data as DataView]);
      });
    };
    await use("0.0");
    expect(figures()).toEqual(["loss – nats", "logit +5.00", "the loss is being computed"]);
    await use("direct path");
    expect(asked).toEqual([["0.0"], ["embedding", "0.0"]]);
    replies[0](7);
    await page.settled();
    expect(figures()[0]).toBe("loss – nats");
    replies[1](5);
    await page.settled();
    expect(figures()[0]).toBe("loss 5.00 nats");
    await use("direct path");
    expect(figures()[0]).toBe("loss – nats");
    replies[2](4);
    await page.settled();
    expect(figures()[0]).toBe("loss 4.00 nats");
    await use("direct path");
    expect(figures()[0]).toBe("loss 5.00 nats");
    expect(asked).toHaveLength(3);
  });
});

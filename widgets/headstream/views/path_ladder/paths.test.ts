import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { mean, Paths, type Step, state, switched, type Term } from "./paths";
import { offNames, overview, rowSentence, termSentence, tokenSentence } from "./words";

const GROUPS = ["direct path", "heads of layer 0", "heads of layer 1", "virtual heads of 2"];
const term = (label: string, order: number, group: number, layer: number | null, head: number | null): Term => ({
  label,
  role: label === "1.1" ? "induction" : "",
  order,
  group,
  layer,
  head,
});
const TERMS = [
  term("embedding", 0, 0, null, null),
  term("0.0", 1, 1, 0, 0),
  term("0.1", 1, 1, 0, 1),
  term("1.0", 1, 2, 1, 0),
  term("1.1", 1, 2, 1, 1),
  term("virtual heads of 2", 2, 3, null, null),
];
const step = (paths: string, given: string, loss: number, lower: number, random: number): Step => ({
  paths,
  given,
  loss,
  lower,
  random,
});
const STEPS = [
  step("direct path", "nothing", 6, 3, Number.NaN),
  step("all heads", "direct path", 4, 2, -0.5),
  step("virtual heads of 2", "order 1", 4.5, -0.5, 0.25),
  step("heads of layer 0", "direct path", 5, 1, 0),
  step("heads of layer 0", "direct path and other layers", 4, 0.5, 0),
  step("heads of layer 1", "direct path", 4.5, 1.5, 0),
];
// Nothing, all, and all but layer 1; two positions.
const SETTINGS = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1];
const LOGITS = [1, 3, 0, -1, 2, 0, 0, 0, 4, 8, -1, -1];

function paths(tokens = true): Paths {
  const losses = Float32Array.of(9, 9, 4, 5, 5, 7);
  return new Paths(
    GROUPS,
    TERMS,
    STEPS,
    9,
    numbers(Int32Array.from(SETTINGS), [3, 4]),
    Float32Array.of(9, 4.5, 6),
    tokens ? losses : null,
    numbers(Float32Array.from(LOGITS), [6, 2]),
  );
}

describe("the ladder's rows", () => {
  it("are the orders, with each layer's heads inside the first", () => {
    const rows = paths().rows;
    expect(rows.map(({ name, order }) => [name, order])).toEqual([
      ["direct path", 0],
      ["all heads", 1],
      ["heads of layer 0", null],
      ["heads of layer 1", null],
      ["virtual heads of 2", 2],
    ]);
    expect(rows.map(({ terms }) => terms)).toEqual([[0], [1, 2, 3, 4], [1, 2], [3, 4], [5]]);
    expect(rows.map(({ inside }) => inside)).toEqual([[], [], [1, 2], [3, 4], []]);
    expect(rows[2].steps.map(({ loss }) => loss)).toEqual([5, 4]);
  });

  it("of a model of one layer have its heads in the row of all", () => {
    const one = new Paths(
      GROUPS.slice(0, 2),
      TERMS.slice(0, 3),
      STEPS.slice(0, 2),
      9,
      numbers(Int32Array.of(1, 1), [1, 2]),
      Float32Array.of(4),
      null,
      numbers(Float32Array.from(LOGITS.slice(0, 6)), [3, 2]),
    );
    expect(one.rows.map(({ name, inside }) => [name, inside])).toEqual([
      ["direct path", []],
      ["all heads", [1, 2]],
    ]);
    expect(one.whole).toBe(4);
  });

  it("stand on an axis that holds every loss", () => {
    expect(paths().largest).toBe(9);
  });
});

describe("what is known", () => {
  it("is what was sent, where every group is wholly on or off", () => {
    const known = paths();
    expect(known.whole).toBe(4.5);
    expect(known.answer(new Set([3, 4]))).toEqual({ loss: 6, tokens: [5, 7] });
    expect(known.answer(new Set([3]))).toBeNull();
    expect(known.answer(new Set([1, 2]))).toBeNull();
    expect(known.answer(new Set([0, 1, 2, 3, 4, 5]))?.loss).toBe(9);
    expect(paths(false).answer(new Set())).toEqual({ loss: 4.5, tokens: null });
  });

  it("is the logit of any choice, at a position and on average", () => {
    const known = paths();
    expect(known.means).toEqual([2, -0.5, 1, 0, 6, -1]);
    expect(known.logit(new Set())).toBe(7.5);
    expect(known.logit(new Set([4, 1]))).toBe(2);
    expect(known.logit(new Set([4]), 1)).toBe(1);
    expect(mean([1, 2, 6])).toBe(3);
  });
});

describe("a switch", () => {
  it("turns all of its paths off if all were on, else all on", () => {
    expect([...switched(new Set(), [1, 2])]).toEqual([1, 2]);
    expect([...switched(new Set([1, 5]), [1, 2])]).toEqual([5]);
    expect([...switched(new Set([1, 2]), [1, 2])]).toEqual([]);
    expect([new Set<number>(), new Set([1]), new Set([1, 2])].map((off) => state(off, [1, 2]))).toEqual([
      "true",
      "mixed",
      "false",
    ]);
  });

  it("is named by its group where all of that is off", () => {
    expect(offNames(paths(), new Set([1, 2, 4]))).toBe("heads of layer 0, 1.1");
    expect(offNames(paths(), new Set([1, 2, 3, 4, 5]))).toBe("all heads, virtual heads of 2");
  });
});

describe("sentences", () => {
  it("say what a step is worth, and what in the null", () => {
    const [direct, , first, , virtual] = paths().rows;
    expect(rowSentence(direct)).toBe("Direct path: by itself, they lower the loss by 3.00 nats, to 6.00.");
    expect(rowSentence(virtual)).toContain("added to order 1, they raise the loss by 0.50 nats, to 4.50; reading at");
    expect(rowSentence(first)).toContain("to 5.00; reading at random places, they lower the loss by 0.00 nats. ");
  });

  it("name a head with its role", () => {
    expect(termSentence(TERMS[4], 6)).toBe(
      "Head 1.1, induction, by itself, adds +6.00 to the logit of the token that follows, on average.",
    );
    expect(termSentence(TERMS[0], -2)).toContain("The path of embedding adds −2.00 to");
  });

  it("compare what is on with the whole", () => {
    const known = paths();
    const off = new Set([3, 4]);
    expect(overview(known, off, known.answer(off))).toBe(
      "Off: heads of layer 1. The loss is 6.00 nats a token, 1.50 above the model's own.",
    );
    expect(overview(known, new Set(), known.answer(new Set()))).toContain("the model's own, 4.50 nats a token");
    expect(overview(known, new Set([3]), null)).toBe("Off: 1.0.");
    const place = { position: 1, before: " a", token: "<b>" };
    expect(tokenSentence(known, off, known.answer(off), place)).toBe(
      "‘<b>’ after ‘ a’: loss 7.00 nats with what is on, 5.00 with all; logit +1.0 with what is on, +9.0 with all.",
    );
    expect(tokenSentence(paths(false), off, null, place)).toMatch(/^‘<b>’ after ‘ a’: logit \+1\.0 with/);
  });
});

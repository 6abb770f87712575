import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { type Box, Ladder, lineStep } from "./ladder";

const NAN = Number.NaN;
const TOKENS = ["<|endoftext|>", " Cater", "p", "illar", "\n\n"];

/** Two models; guesses are given for the second token only. */
function example(): Ladder {
  const p = [NAN, 0.1, 0.2, 0.6, 0.3, NAN, 0.05, 0.9, 0.4, 0.3];
  const ids = new Int32Array(2 * 5 * 2).fill(-1);
  const guessProb = new Float32Array(2 * 5 * 2).fill(NAN);
  ids.set([7, 8], 4);
  guessProb.set([0.7, 0.2], 4);
  ids.set([8, 7], 14);
  guessProb.set([0.9, 0.05], 14);
  return new Ladder(
    ["small", "large"],
    TOKENS,
    numbers(Float32Array.from(p), [2, 5]),
    numbers(Float32Array.of(1.5, 0.25), [2]),
    numbers(ids, [2, 5, 2]),
    numbers(guessProb, [2, 5, 2]),
    { 7: "s", 8: "p" },
  );
}

describe("Ladder", () => {
  const ladder = example();

  it("finds the first model above the threshold, and none at the start", () => {
    expect(TOKENS.map((_, position) => ladder.first(position, 0.5))).toEqual([null, null, 1, 0, null]);
    expect(TOKENS.map((_, position) => ladder.first(position, 0))).toEqual([null, 0, 0, 0, 0]);
    expect(TOKENS.map((_, position) => ladder.first(position, 1))).toEqual([null, null, null, null, null]);
  });

  it("asks for more than the threshold: equal is not enough", () => {
    expect(ladder.first(4, ladder.p(0, 4))).toBeNull();
  });

  it("counts every predicted token once", () => {
    expect(ladder.counts(0.5)).toEqual([1, 1, 2]);
    for (let threshold = 0; threshold <= 1; threshold += 0.01) {
      expect(ladder.counts(threshold).reduce((sum, count) => sum + count)).toBe(TOKENS.length - 1);
    }
  });

  it("marks the guess that really comes", () => {
    expect(ladder.guesses(1, 2).map(({ label, true: hit }) => [label, hit])).toEqual([
      ["p", true],
      ["s", false],
    ]);
    expect(ladder.guesses(0, 2).map(({ true: hit }) => hit)).toEqual([false, true]);
    expect(ladder.guesses(0, 0)).toEqual([]);
  });

  it("does not take another token with the same label for the true one", () => {
    const p = numbers(Float32Array.of(NAN, 0.1), [1, 2]);
    const guessed = (q: number) =>
      new Ladder(
        ["m"],
        ["a", "p"],
        p,
        numbers(Float32Array.of(2), [1]),
        numbers(Int32Array.of(-1, 3), [1, 2, 1]),
        numbers(Float32Array.of(NAN, q), [1, 2, 1]),
        {
          3: "p",
        },
      ).guesses(0, 1)[0].true;
    expect(guessed(0.4)).toBe(false);
    expect(guessed(0.1)).toBe(true);
  });

  it("knows nothing of guesses that were not sent", () => {
    const bare = new Ladder(
      ["m"],
      ["a", "b"],
      numbers(Float32Array.of(NAN, 0.5), [1, 2]),
      numbers(Float32Array.of(0.7), [1]),
      null,
      null,
      {},
    );
    expect(bare.top).toBe(0);
    expect(bare.guesses(0, 1)).toEqual([]);
  });

  it("says what happened in words", () => {
    expect(ladder.sentence(2, 0.5)).toBe("‘p’ after ‘ Cater’: first predicted by large (.90); small gave it .20.");
    expect(ladder.sentence(3, 0.5)).toBe("‘illar’ after ‘p’: first predicted by small (.60).");
    expect(ladder.sentence(4, 0.5)).toBe(
      "‘↵↵’ after ‘illar’: no model gives it more than .50; small comes nearest (.30).",
    );
    expect(ladder.sentence(0, 0.5)).toBe("‘<|endoftext|>’ stands first: no model predicts it.");
  });
});

describe("lineStep", () => {
  // Three lines of two, three and one words.
  const box = (line: number, left: number, right: number): Box => ({
    left,
    right,
    top: 20 * line,
    bottom: 20 * line + 16,
  });
  const boxes = [box(0, 0, 40), box(0, 44, 90), box(1, 0, 20), box(1, 24, 60), box(1, 64, 100), box(2, 0, 30)];

  it("goes to the nearest word of the next line", () => {
    expect(lineStep(boxes, 0, 1)).toBe(2);
    expect(lineStep(boxes, 1, 1)).toBe(4);
    expect(lineStep(boxes, 4, 1)).toBe(5);
    expect(lineStep(boxes, 5, -1)).toBe(2);
    expect(lineStep(boxes, 3, -1)).toBe(0);
  });

  it("stays where there is no other line", () => {
    expect(lineStep(boxes, 1, -1)).toBe(1);
    expect(lineStep(boxes, 5, 1)).toBe(5);
    expect(lineStep([box(0, 0, 5)], 0, 1)).toBe(0);
  });
});

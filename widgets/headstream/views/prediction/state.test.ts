import { describe, expect, it } from "vitest";
import { type Asked, checkAsked, decided, hasOthers, markOf, markOfTyped, reason, sentence, waiting } from "./state";

const OPTIONS = ["one", "two", "three"];
const asked = (part: Partial<Asked> = {}): Asked => ({
  options: OPTIONS,
  answer: null,
  truth: null,
  why: [],
  asked: false,
  ...part,
});
const marks = (state: Asked) => OPTIONS.map((option) => markOf(state, option));

describe("a prediction with options", () => {
  it("marks what is chosen, and nothing is decided before the truth is known", () => {
    expect(marks(asked())).toEqual([null, null, null]);
    expect(marks(asked({ answer: "two" }))).toEqual([null, "chosen", null]);
    expect(decided(asked({ answer: "two" }))).toBe(false);
    expect(sentence(asked())).toBe("Choose one, then read on.");
    expect(sentence(asked({ answer: "two" }))).toMatch(/^Your answer is b\./);
  });

  it("keeps the truth to itself until the reader has chosen or asked", () => {
    const known = asked({ truth: "three", why: ["A.", "B.", "C."] });
    expect([waiting(known), decided(known), hasOthers(known)]).toEqual([true, false, false]);
    expect(marks(known)).toEqual([null, null, null]);
    expect(OPTIONS.map((_, index) => reason(known, index, true))).toEqual(["", "", ""]);
    expect(sentence(known)).not.toMatch(/\bc\b|three/);
    expect(marks({ ...known, asked: true })).toEqual([null, null, "right"]);
    expect(sentence({ ...known, asked: true })).toBe("The answer is c. You made no prediction.");
  });

  it("marks right and wrong, with the reasons of both; the others wait", () => {
    const state = asked({ answer: "one", truth: "three", why: ["A.", "B.", "C."] });
    expect(marks(state)).toEqual(["wrong", null, "right"]);
    expect(OPTIONS.map((_, index) => reason(state, index, false))).toEqual(["A.", "", "C."]);
    expect(OPTIONS.map((_, index) => reason(state, index, true))).toEqual(["A.", "B.", "C."]);
    expect([waiting(state), hasOthers(state), hasOthers({ ...state, why: ["A.", "", "C."] })]).toEqual([
      false,
      true,
      false,
    ]);
    expect(sentence(state)).toBe("Not so: the answer is c.");
    expect(sentence({ ...state, answer: "three" })).toBe("You were right.");
  });

  it("says the one reason for all below", () => {
    const state = asked({ answer: "three", truth: "three", why: ["First.\nSecond."] });
    expect(sentence(state)).toBe("You were right.\nFirst.\nSecond.");
    expect([reason(state, 2, true), hasOthers(state)]).toEqual(["", false]);
  });

  it("is damaged where an answer is no option, or reasons do not fit", () => {
    expect(() => checkAsked(asked({ answer: "one", truth: "two" }))).not.toThrow();
    expect(() => checkAsked(asked({ answer: "four" }))).toThrow("answer: expected one of the options");
    expect(() => checkAsked(asked({ truth: "four" }))).toThrow("truth: expected one of the options");
    expect(() => checkAsked(asked({ why: ["A.", "B."] }))).toThrow("why: expected one an option");
  });
});

describe("a prediction that is typed", () => {
  const typed = (answer: string, truth: string) => asked({ options: [], answer, truth });

  it("is right whatever its case and the spaces or quotes around it", () => {
    for (const answer of ["ot", " OT ", '"ot"', "' ot'"]) expect(markOfTyped(typed(answer, "ot "))).toBe("right");
    for (const answer of ["otter", 'ot"', ""]) expect(markOfTyped(typed(answer, "ot"))).toBe("wrong");
    expect(sentence(typed("otter", "ot"))).toBe("Not so: the answer is ‘ot’.");
    expect(sentence(typed("ot", "ot"))).toBe("You were right.");
  });

  it("is neither right nor wrong beside a number", () => {
    for (const answer of ["3", "9.01", "many"]) expect(markOfTyped(typed(answer, "9.01"))).toBe("chosen");
    expect(sentence(typed("3", "9.01"))).toBe("You said 3: the answer is 9.01.");
    expect(sentence(asked({ options: [], truth: "9.01", asked: true }))).toMatch(/^The answer is 9\.01\./);
  });

  it("may wait for the reader", () => {
    expect(sentence(asked({ options: [] }))).toBe("Type your answer and press Enter, then read on.");
    expect(waiting(asked({ options: [], truth: "1" }))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { Told } from "../shared/frame/ask";
import { type Heard, type State, Wanted } from "./wanted";

const state = (text: string): State => ({ text, second: "", switches: [], shown: "prompt" });

function wanted() {
  const asked: Record<string, unknown>[] = [];
  const heard: Heard[] = [];
  let reply: (told: Told<unknown>) => void = () => {};
  let working: (done: number) => void = () => {};
  const kernel = {
    ask(_kind: string, question: Record<string, unknown>, _readers: unknown, tell: unknown, at: unknown) {
      asked.push(question);
      reply = tell as typeof reply;
      working = at as typeof working;
    },
  };
  const one = new Wanted(kernel as never, (what) => heard.push(what));
  return {
    one,
    asked,
    heard,
    reply: (told: Told<unknown>) => reply(told),
    working: (done: number) => working(done),
  };
}

describe("what is wanted", () => {
  it("asks one question at a time, and of the waiting ones the newest", () => {
    const { one, asked, heard, reply } = wanted();
    for (const text of ["a", "ab", "abc"]) one.ask(state(text));
    expect(asked).toEqual([{ state: state("a") }]);
    expect(one.ahead).toBe(true);
    reply({ answer: {} });
    expect(asked[1]).toEqual({ state: state("abc") });
    expect(one.ahead).toBe(true);
    reply({ answer: {} });
    expect(asked.length).toBe(2);
    expect(one.ahead).toBe(false);
    expect(heard.at(-1)).toBe("");
  });

  it("gives up what Python has heard for the newest of those that wait", () => {
    const { one, asked, heard, reply, working } = wanted();
    for (const text of ["a", "ab", "abc"]) one.ask(state(text));
    working(0);
    expect(asked[1]).toEqual({ state: state("abc") });
    working(0);
    working(0.25);
    expect(asked.length).toBe(2);
    expect(heard.at(-1)).toEqual({ done: 0.25 });
    expect(one.ahead).toBe(true);
    reply({ answer: {} });
    expect(one.ahead).toBe(false);
    expect(heard.at(-1)).toBe("");
  });

  it("steps back from where the last question leads, not from before it", () => {
    const { one, asked, heard, reply, working } = wanted();
    one.ask(state("a"));
    one.step(-1);
    working(0.5);
    expect(asked.length).toBe(1);
    expect(heard.at(-1)).toEqual({ done: 0.5 });
    reply({ answer: {} });
    expect(asked[1]).toEqual({ step: -1 });
  });

  it("keeps what was refused, and tells why", () => {
    const { one, heard, reply } = wanted();
    one.ask(state(""));
    reply({ error: "text: expected at least one character" });
    expect(heard.at(-1)).toEqual({ error: "text: expected at least one character" });
    expect(one.ahead).toBe(true);
    one.step(-1);
    expect(one.ahead).toBe(false);
    reply({ answer: {} });
    expect(heard.at(-1)).toBe("");
  });

  it("tells that nothing answers", () => {
    const { one, heard, reply } = wanted();
    one.ask(state("a"));
    reply({ silent: true });
    expect(heard.at(-1)).toBe("silent");
    reply({ answer: {} });
    expect(heard.at(-1)).toBe("");
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeModel, fakeModel, wire } from "../testing/fake";
import { array, text } from "../wire/readers";
import { Kernel, type Told } from "./ask";

const READERS = { name: text, values: array("float32", 1) };
type Answer = Told<{ name: string; values: { data: ArrayLike<number> } }>;

describe("Kernel", () => {
  let model: FakeModel;
  let closing: AbortController;
  let kernel: Kernel;
  let asked: { ask: number; reply: (content: unknown, buffers?: DataView[]) => void }[];
  let told: string[];
  const tell = (answer: Answer) => {
    told.push(
      "answer" in answer
        ? `${answer.answer.name} ${Array.from(answer.answer.values.data)}`
        : "error" in answer
          ? answer.error
          : "silent",
    );
  };
  const answer = (index: number, name: string) => {
    const { data, ...rest } = wire(Float32Array.of(1, 2), [2]);
    asked[index].reply({ asked: asked[index].ask, answer: { name, values: { ...rest, data: 0 } } }, [data]);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, told] = [[], []];
    model = fakeModel({});
    model.kernel = (content, reply) => asked.push({ ...(content as { ask: number }), reply });
    closing = new AbortController();
    kernel = new Kernel(model, closing.signal);
  });
  afterEach(() => {
    closing.abort();
    expect(model.listeners()).toBe(0);
    vi.useRealTimers();
  });

  it("tells an answer with the arrays that came beside it", () => {
    kernel.ask("row", {}, READERS, tell);
    answer(0, "one");
    expect(told).toEqual(["one 1,2"]);
  });

  it("lets the newest of a kind win, whatever comes first", () => {
    kernel.ask("row", {}, READERS, tell);
    kernel.ask("row", {}, READERS, tell);
    kernel.ask("other", {}, READERS, tell);
    answer(1, "new");
    answer(0, "old");
    answer(2, "other");
    expect(told).toEqual(["new 1,2", "other 1,2"]);
  });

  it("tells an error, and what of an answer is damaged", () => {
    kernel.ask("row", {}, READERS, tell);
    asked[0].reply({ asked: asked[0].ask, error: "token: no" });
    kernel.ask("row", {}, READERS, tell);
    asked[1].reply({ asked: asked[1].ask, answer: { name: 5 } });
    expect(told).toEqual(["token: no", "answer.name: expected a text, got 5"]);
  });

  it("tells which share is done; then no silence means that the kernel is away", () => {
    const shares: number[] = [];
    kernel.ask("row", {}, READERS, tell, (done) => shares.push(done));
    const { ask, reply } = asked[0];
    reply({ asked: ask, done: 0 });
    vi.advanceTimersByTime(60_000);
    reply({ asked: ask, done: 0.5 });
    expect([shares, told]).toEqual([[0, 0.5], []]);
    answer(0, "one");
    expect(told).toEqual(["one 1,2"]);
    kernel.ask("row", {}, READERS, tell, (done) => shares.push(done));
    kernel.ask("row", {}, READERS, tell);
    reply({ asked: asked[1].ask, done: 0.9 });
    expect(shares).toEqual([0, 0.5]); // that one is not wanted any more
  });

  it("tells at once that there is no kernel, and after a while that it is silent; a late answer counts", () => {
    model.kernel = null;
    kernel.ask("row", {}, READERS, tell);
    expect(told).toEqual(["silent"]);
    model.kernel = (content, reply) => asked.push({ ...(content as { ask: number }), reply });
    kernel.ask("row", {}, READERS, tell);
    vi.advanceTimersByTime(2900);
    expect(told).toEqual(["silent"]);
    vi.advanceTimersByTime(200);
    expect(told).toEqual(["silent", "silent"]);
    answer(0, "late");
    expect(told.at(-1)).toBe("late 1,2");
  });
});

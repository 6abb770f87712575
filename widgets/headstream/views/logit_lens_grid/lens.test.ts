import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { Lens, type LensArrays } from "./lens";
import { quantity, rankScale, rankTicks } from "./quantity";

// Two norms, two rows, two positions. Position 0 has candidates 7 and 9, position 1 has 4, 7 and 9.
const arrays: LensArrays = {
  starts: numbers(Int32Array.of(0, 2, 5), [3]),
  ids: numbers(Int32Array.of(7, 9, 4, 7, 9), [5]),
  rank: numbers(Uint16Array.of(0, 5, 2, 1, 0, 1, 0, 0, 1, 12, 0, 90, 2, 0, 1, 1, 0, 0, 1, 12), [2, 2, 5]),
  log_prob: numbers(
    Float32Array.from(
      [0.8, 0.01, 0.1, 0.3, 0.5, 0.3, 0.6, 0.7, 0.2, 0.01, 0.9, 0, 0, 1, 0, 0.3, 0.6, 0.7, 0.2, 0.01],
      Math.log,
    ),
    [2, 2, 5],
  ),
  entropy: numbers(Float32Array.of(1, 2, 3, 4, 5, 6, 3, 4), [2, 2, 2]),
  kl: numbers(Float32Array.of(9, 4, 0, 0, 1, 16, 0, 0), [2, 2, 2]),
  change: numbers(Float32Array.of(0, 0, 1, -3, 0, 2, 0, 0), [2, 2, 2]),
  next_token: numbers(Int32Array.of(7, -1), [2]),
};
const own = new Lens(arrays, 0);
const final = new Lens(arrays, 1);

describe("Lens", () => {
  it("finds a position's candidates, and nobody else's", () => {
    expect([own.rows, own.positions]).toEqual([2, 2]);
    expect([own.candidate(0, 7), own.candidate(1, 7), own.candidate(0, 4), own.candidate(1, null)]).toEqual([
      0, 3, -1, -1,
    ]);
  });

  it("reads rank and probability of the norm that is shown", () => {
    expect([own.rank(0, 1), final.rank(0, 1)]).toEqual([5, 90]);
    expect(own.probability(1, 1)).toBeCloseTo(0.6, 6);
    expect(final.probability(0, 0)).toBeCloseTo(0.9, 6);
    expect([own.entropy(0, 1), final.entropy(0, 1), own.kl(0, 0), final.kl(0, 1)]).toEqual([2, 6, 9, 16]);
  });

  it("knows the top tokens, the final prediction and what follows", () => {
    expect([own.best(0, 0), own.best(0, 1), final.best(0, 1)]).toEqual([0, 4, 3]);
    expect(own.top(0, 1, 3)).toEqual([4, 3, 2]);
    expect(own.top(1, 1, 2)).toEqual([2, 3]);
    expect([own.final(0), own.final(1), final.final(1)]).toEqual([1, 2, 2]);
    expect([own.following(0), own.following(1)]).toEqual([0, -1]);
    expect(own.largest).toEqual({ rank: 90, entropy: 6, kl: 16, change: 3 });
  });

  it("tells a bound, which is none of a cell's top tokens", () => {
    const some = numbers(
      Int32Array.from(arrays.rank.data, (r) => (r === 5 ? -2 : r)),
      arrays.rank.shape,
    );
    const lens = new Lens({ ...arrays, rank: some }, 0);
    expect([lens.bounded(0, 1), lens.rank(0, 1), lens.bounded(0, 0)]).toEqual([true, 2, false]);
    expect(lens.top(0, 0, 5)).toEqual(own.top(0, 0, 5).filter((candidate) => candidate !== 1));
  });

  const [{ data: rank }, { shape }] = [arrays.rank, arrays.rank];
  it.each<[string, Partial<LensArrays>, string]>([
    ["ranks of other candidates", { rank: numbers(rank.slice(4), [2, 2, 4]) }, "rank: expected shape"],
    [
      "no top token",
      {
        rank: numbers(
          rank.map((r) => r + 1),
          shape,
        ),
      },
      "rank: expected one top token in row 0",
    ],
    [
      "two top tokens",
      {
        rank: numbers(
          rank.map((r) => Math.max(0, r - 1)),
          shape,
        ),
      },
      "rank: expected one top token",
    ],
    ["log probabilities of one norm", { log_prob: numbers(new Float32Array(10), [1, 2, 5]) }, "log_prob: expected"],
    ["entropies of one row", { entropy: numbers(new Float32Array(4), [2, 1, 2]) }, "entropy: expected shape"],
    ["changes of one position", { change: numbers(new Float32Array(4), [2, 2, 1]) }, "change: expected shape"],
    ["divergences of one position", { kl: numbers(new Float32Array(4), [2, 2, 1]) }, "kl: expected shape"],
    ["a next token that is nowhere", { next_token: numbers(Int32Array.of(8, -1), [2]) }, "next_token: 8 is no"],
    ["too few next tokens", { next_token: numbers(Int32Array.of(7), [1]) }, "next_token: expected shape"],
    ["starts past the end", { starts: numbers(Int32Array.of(0, 2, 9), [3]) }, "starts: expected 0 to 5"],
    ["starts that go back", { starts: numbers(Int32Array.of(0, 7, 5), [3]) }, "starts: expected 0 to 5"],
  ])("names what is damaged: %s", (_, change, message) => {
    expect(() => new Lens({ ...arrays, ...change }, 0)).toThrow(message);
  });
});

describe("the colour's quantity", () => {
  const label = (candidate: number) => `‘${own.ids[candidate]}’`;

  it("ranks are of the final prediction or of the true next token", () => {
    const rank = quantity("final_rank", own, label);
    expect(rank.value(0, 0)).toBe(5);
    expect(rank.value(1, 0)).toBe(0);
    expect(rank.say(5, 0)).toBe("the final prediction ‘9’ has rank 5");
    const next = quantity("next_rank", own, label);
    expect(next.value(1, 0)).toBe(1);
    expect(next.value(0, 1)).toBeNull();
  });

  it("probability, entropy and divergence are the wire's numbers", () => {
    expect(quantity("final_probability", own, label).value(1, 0)).toBeCloseTo(0.6, 6);
    expect(quantity("entropy", final, label).value(0, 1)).toBe(6);
    expect(quantity("kl", own, label).format(quantity("kl", own, label).value(0, 0)!)).toBe("9.00");
  });

  it("the deep end is where the answer is; every number and tick is on the scale", () => {
    for (const name of ["final_rank", "final_probability", "next_rank", "entropy", "kl"] as const) {
      const { place, ticks, value } = quantity(name, own, label);
      expect(place(name === "final_probability" ? 1 : 0)).toBeCloseTo(1, 9);
      for (const { at } of ticks) expect(at >= 0 && at <= 1).toBe(true);
      for (const row of [0, 1]) expect(place(value(row, 0)!) >= 0 && place(value(row, 0)!) <= 1).toBe(true);
    }
  });

  it("few round ticks from 0 on", () => {
    expect(quantity("kl", own, label).ticks.map((tick) => tick.label)).toEqual(["0", "5", "10", "15"]);
    expect(quantity("entropy", own, label).ticks.map((tick) => tick.label)).toEqual(["0", "2", "4", "6"]);
  });

  it("the scale of ranks holds the largest, in decades", () => {
    const ticks = [0, 9, 10, 999, 50256].map((largest) => rankTicks(rankScale(largest, [0, 1])));
    expect(ticks.map((each) => each.length - 1)).toEqual([1, 1, 2, 3, 5]);
    expect(ticks[4].map(({ label }) => label)).toEqual(["0", "1", "10", "100", "1k", "10k"]);
    expect(rankScale(90, [0, 1])(9)).toBeCloseTo(0.5, 9);
    expect(rankScale(90, [0, 1])(99)).toBeCloseTo(0, 9);
  });

  it("a colour means the same number whichever norm is shown", () => {
    expect(quantity("kl", own, label).place(4)).toBe(quantity("kl", final, label).place(4));
    expect(quantity("final_rank", own, label).place(4)).toBe(quantity("final_rank", final, label).place(4));
  });
});

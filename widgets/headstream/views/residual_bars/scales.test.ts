import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { type Component, Contributions, type Row } from "./bars";
import { axisOf, barColors, sourceColors } from "./scales";
import { Words } from "./words";

describe("the axis", () => {
  it("holds zero and both ends, with a little room, and has rules at round numbers", () => {
    const { place, rules, ticks } = axisOf([-2, 8], 30, true);
    expect(place(-2)).toBeGreaterThan(0);
    expect(place(8)).toBeLessThan(100);
    expect(ticks.map(({ label }) => label)).toEqual(["−2", "0", "+2", "+4", "+6", "+8"]);
    expect(rules.filter(({ zero }) => zero)).toEqual([{ at: place(0), zero: true }]);
  });

  it("begins at zero where nothing is below it", () => {
    expect(axisOf([0, 3], 40, false).place(0)).toBe(0);
    expect(axisOf([-3, -1], 40, true).place(0)).toBe(100);
    expect(axisOf([0, 0], 40, true).ticks.map(({ label }) => label)).toContain("0.0");
  });

  it("has fewer numbers in less room, and as many decimals as their step needs", () => {
    const labels = (ems: number) => axisOf([0, 0.7], ems, false).ticks.map(({ label }) => label);
    expect(labels(12)).toEqual(["0.0", "0.5"]);
    expect(axisOf([-7.9, 8.4], 8, true).ticks.map(({ label }) => label)).toEqual(["−5", "0", "+5"]);
    expect(labels(40)).toEqual(["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]);
    expect(axisOf([0, 3e-6], 30, true).ticks.at(-1)?.label).toBe("+3.0 × 10⁻⁶");
  });

  it("keeps its numbers apart in every room", () => {
    for (const extent of [
      [-0.9, 9.1],
      [-1234, 999],
      [-3e-5, 1e-5],
    ] as const) {
      for (let ems = 4; ems < 100; ems += 3) {
        const { ticks, rules } = axisOf(extent, ems, true);
        expect(rules.length).toBeGreaterThan(1);
        ticks.slice(1).forEach(({ at, label }, index) => {
          const half = (text: string) => 0.5 * 0.5 * [...text].length;
          expect((ems * (at - ticks[index].at)) / 100).toBeGreaterThan(half(label) + half(ticks[index].label));
        });
      }
    }
  });
});

describe("the colours", () => {
  const bar = (value: number, expanded = false) => ({ value, expanded, parts: expanded ? [{}] : [] }) as Row;

  it("of bars are on the two sides of the middle, nearer to it where a bar is open", () => {
    const { scale, place } = barColors(true);
    expect(scale).toBe("diverging");
    expect(place(bar(3)) - 0.5).toBeCloseTo(0.5 - place(bar(-3)));
    expect(place(bar(-3))).toBeLessThan(place(bar(-3, true)));
    expect(place(bar(-3, true))).toBeLessThan(0.5);
    expect(barColors(false).scale).toBe("sequential");
    expect(barColors(false).place(bar(3, true))).toBeLessThan(barColors(false).place(bar(3)));
  });

  it("of the text go up to the largest source, in the digits that were sent", () => {
    const component: Component = { label: "0.0", kind: "head", layer: 0, head: 0 };
    const values = numbers(Float32Array.of(4), [1, 1]);
    const data = new Contributions(values, null, null, [component], true, "");
    const words = new Words(data, ["a"], "logit");
    const both = sourceColors("0.0", [-4, 1], true, words);
    expect([-4, 0, 4].map(both.place)).toEqual([0, 0.5, 1]);
    expect(both.ticks.map(({ label }) => label)).toEqual(["−4.00", "0", "+4.00"]);
    const lengths = sourceColors("0.0", [2, 4], false, words);
    expect([0, 2, 4].map(lengths.place)).toEqual([0, 0.5, 1]);
    expect(lengths.ticks).toHaveLength(2);
    expect(sourceColors("0.0", [0], false, words).place(0)).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { encode } from "./encoding";
import { decimalsOfStep, drawAxis, plot, readable, wholeStep } from "./plot";
import { linear, logOfCounts } from "./scale";

describe("scales and their ticks", () => {
  it("put round numbers where they belong", () => {
    const x = linear([0, 10], [20, 120]);
    expect(x.ticks(5).map((n) => [n, x(n)])).toEqual([0, 2, 4, 6, 8, 10].map((n) => [n, 20 + 10 * n]));
  });

  it("give counts a logarithm that begins at 0", () => {
    const x = logOfCounts(999, [0, 300]);
    expect([x(0), x(9), x(99), x(999)].map(Math.round)).toEqual([0, 100, 200, 300]);
    expect(x.ticks()).toEqual([0, 1, 10, 100]);
  });

  it("take whole steps of 1, 2 and 5 and their tens", () => {
    expect([0.3, 1, 1.2, 3, 7, 12, 60].map(wholeStep)).toEqual([1, 1, 2, 5, 10, 20, 100]);
    for (let least = 0.1; least < 300; least *= 1.3) expect(wholeStep(least)).toBeGreaterThanOrEqual(least);
  });

  it("show as many decimals as a step needs", () => {
    expect([5, 1, 0.5, 0.25, 0.1, 0.02].map(decimalsOfStep)).toEqual([0, 0, 1, 1, 1, 2]);
  });

  it("leave out a label that would run into the one before", () => {
    const ticks = [0, 8, 30].map((at) => ({ at, label: "100" }));
    expect(readable(ticks, 6).map(({ at }) => at)).toEqual([0, 30]);
  });
});

describe("a plot", () => {
  const area = plot(200, 100, { top: 10, right: 10, bottom: 20, left: 40 });

  it("has an area within its margins, up being up", () => {
    expect([area.x, area.y]).toEqual([
      [40, 190],
      [80, 10],
    ]);
  });

  it("draws an axis outside of it, and rules across", () => {
    drawAxis(area, {
      side: "bottom",
      ticks: [{ at: 60, label: "1" }],
      gap: 4,
      fontSize: 10,
      rules: true,
      name: "rank",
    });
    const [rule] = area.axes.querySelectorAll("line");
    expect([rule.getAttribute("x1"), rule.getAttribute("y1"), rule.getAttribute("y2")]).toEqual(["60", "80", "10"]);
    const texts = [...area.axes.querySelectorAll("text")];
    expect(texts.map((text) => text.textContent)).toEqual(["1", "rank"]);
    expect(Number(texts[0].getAttribute("y"))).toBeGreaterThan(80);
  });
});

describe("an encoding", () => {
  it("colours a value where it stands on the scale, with an ink that can be read on it", () => {
    const one = encode({ name: "p", scale: "sequential", place: Math.sqrt, ticks: [{ at: 1, label: "1" }] }, "light");
    expect(one.color(1)).toBe(`rgb(${[...one.rgb.slice(-3)].join(", ")})`);
    expect([one.ink(0), one.ink(1)]).toEqual(["#000000", "#ffffff"]);
    expect(one.color(-5)).toBe(one.color(Number.NEGATIVE_INFINITY));
    expect(one.legend().textContent).toBe("p1");
  });
});

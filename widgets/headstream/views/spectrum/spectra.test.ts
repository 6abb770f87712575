import { describe, expect, it } from "vitest";
import { numbers } from "../shared/testing/fake";
import { layout, stripHeight } from "./layout";
import { decades, dodged, powers, Spectra, stepHead } from "./spectra";
import { complex, directionSentence, headSentence, overview, unread, weight } from "./words";

const float = (values: number[], shape: number[]) => numbers(Float32Array.from(values), shape);
const whole = (values: number[], shape: number[]) => numbers(Int32Array.from(values), shape);

/** Heads 0.0, 0.2 and 1.1 of rank 2, the first direction read in two tokens a sign. */
function three(kind: "ov" | "qk" = "ov"): Spectra {
  const tokens = Array.from({ length: 24 }, (_, index) => index % 3);
  const weights = Array.from({ length: 24 }, (_, index) => index / 100);
  return new Spectra(kind, ["0.0", "0.2 induction", "1.1"], {
    heads: whole([0, 0, 0, 2, 1, 1], [3, 2]),
    score: float([-0.5, 0.75, 0.5], [3]),
    null_score: float([-0.25, 0.25], [2]),
    eigenvalues: float([3, 4, 3, -4, 0.5, 0, -0.25, 0, 2, 0, 1, 0], [3, 2, 2]),
    singular: float([7, 1, 3, 4, 6, 8], [3, 2]),
    null_radius: float([1, 0.5, 2, 0.75], [2, 2]),
    null_singular: float([1, 0.25, 1.5, 0.5], [2, 2]),
    eigen_token: whole(tokens, [3, 1, 2, 2, 2]),
    eigen_weight: float(weights, [3, 1, 2, 2, 2]),
    singular_token: whole(tokens, [3, 1, 2, 2, 2]),
    singular_weight: float(weights, [3, 1, 2, 2, 2]),
  });
}
const WORDS = { 0: " a", 1: " b", 2: " c" };
const first = { values: "eigenvalues", place: 0 } as const;

describe("Spectra", () => {
  it("finds a head, and none where there is none", () => {
    const spectra = three();
    expect([spectra.find(0, 2), spectra.find(1, 1), spectra.find(0, 1), spectra.find(null, 1)]).toEqual([
      1,
      2,
      null,
      null,
    ]);
    expect([spectra.highest, spectra.above()]).toEqual([1, 2]);
  });

  it("puts the null at the head's own size, its root mean square of singular values", () => {
    const spectra = three();
    expect(spectra.size(0, first)).toBe(5);
    expect(spectra.band(0, first)).toEqual([5, 10]);
    expect(spectra.band(0, { values: "singular values", place: 1 })).toEqual([1.25, 2.5]);
    expect(spectra.largest("eigenvalues")).toBeCloseTo(2 * Math.sqrt(50));
    expect(spectra.largest("singular values", 0)).toBe(7.5);
  });

  it("reads a direction at its ends, and none that was not read", () => {
    const spectra = three();
    const part = spectra.parts(1, first, 1, 0);
    expect(part.map(({ token }) => token)).toEqual([0, 1]);
    expect(part[0].weight).toBeCloseTo(0.12);
    expect(spectra.parts(1, { values: "eigenvalues", place: 1 }, 0, 0)).toEqual([]);
  });

  it("steps along the scores of a layer and to the nearest one in the next", () => {
    const spectra = three();
    expect(stepHead(spectra, 0, "ArrowRight")).toBe(1);
    expect(stepHead(spectra, 1, "ArrowRight")).toBeNull();
    expect(stepHead(spectra, 0, "ArrowDown")).toBe(2);
    expect(stepHead(spectra, 2, "ArrowUp")).toBe(1);
    expect(stepHead(spectra, 0, "ArrowUp")).toBeNull();
    expect(stepHead(spectra, 0, "x")).toBeUndefined();
  });
});

describe("axes", () => {
  it("a log radius spans what nine in ten need, two to five powers of ten", () => {
    expect(decades([], 1)).toBe(2);
    expect(decades([0, 0.5, 0.002, 1], 1)).toBe(3);
    expect(decades([1e-9, 1], 1)).toBe(5);
    expect(powers(0.02, 20)).toEqual([0.1, 1, 10]);
    expect(powers(2, 5)).toEqual([]);
  });

  it("dots that would lie on each other take lanes of their own, while there are enough", () => {
    expect(dodged([0, 10, 1], 2, 3)).toEqual([0, 0, -1]);
    expect(dodged([0, 0.5, 1], 2, 3).sort()).toEqual([-1, 0, 1]);
    expect(dodged([0, 0.1, 0.2], 2, 1)).toEqual([0, 0, 0]);
  });
});

describe("the layout", () => {
  it("has all parts in a row where there is room, and fills the height but no more", () => {
    const wide = layout(96, 40, 2, 6);
    expect([wide.form, wide.both, wide.places]).toEqual(["row", true, 6]);
    expect(2 * wide.side + wide.strip.width).toBeLessThan(96 - 26);
    expect(layout(58, 20, 12, 6).both).toBe(false);
    expect(stripHeight(12, layout(58, 20, 12, 6).strip.row)).toBeLessThanOrEqual(20);
    expect([layout(50, 40, 2, 6).form, layout(27, 40, 2, 6).form]).toEqual(["rows", "stack"]);
    expect([layout(27, 40, 2, 6).beside, layout(16, 40, 2, 6).beside]).toEqual([true, false]);
  });

  it("is never wider than there is", () => {
    for (let width = 15; width < 130; width++) {
      const { strip, side, both, form } = layout(width, 30, 2, 5);
      const plots = both ? 2 * side + 2 : side;
      expect(form === "row" ? strip.width + plots + 4 : Math.max(strip.width, plots), `${width}`).toBeLessThanOrEqual(
        width,
      );
    }
  });
});

describe("words", () => {
  it("say how heads stand to random circuits", () => {
    const spectra = three();
    expect(overview(spectra)).toMatch(/^2 of 3 heads have a copying score above that of 95 % .* \(\+0.25\)/);
    expect(overview(spectra)).toContain("Highest: 0.2 induction, +0.75.");
    expect(headSentence(spectra, 0)).toContain(
      "copying score −0.50, below those of random circuits (−0.25 to +0.25); 2 of 2",
    );
    expect(headSentence(three("qk"), 2)).toContain("matching score +0.50, above");
  });

  it("say what a direction is, and what it reads", () => {
    const spectra = three();
    expect(directionSentence(spectra, WORDS, 0, first)).toBe(
      "Head 0.0: eigenvalue 1 of 2 is 3.00 + 4.00i; |λ| = 5.00, as large as in random circuits (5.00 to 10.00). " +
        "It reads ‘ a’ most, and gives ‘ b’.",
    );
    const second = { values: "singular values", place: 1 } as const;
    expect(directionSentence(spectra, WORDS, 0, second)).toBe(
      "Head 0.0: singular value 2 of 2 is 1.00, smaller than in random circuits (1.25 to 2.50). " +
        "Only the first direction was read as tokens.",
    );
    expect(unread(spectra, second)).toContain("first direction was");
  });

  it("write complex numbers and parts", () => {
    expect([complex([1, 0]), complex([-0.5, -0.25])]).toEqual(["1.00", "−0.500 − 0.250i"]);
    expect([weight(0.371, 0.4), weight(-0.02, 0.4), weight(0, 0)]).toEqual(["+0.37", "−0.02", "0.0"]);
  });
});

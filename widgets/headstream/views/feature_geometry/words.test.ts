import { describe, expect, it } from "vitest";
import { Geometry } from "./geometry";
import { answering, cellSentence, featureSentence, overview, percent, type Told, weightSentence } from "./words";

const told: Told = {
  geometry: new Geometry([1, 0, -1, 0, 0, 2], [0, -0.1, 0.25], 3, 2),
  labels: ["0", " French", "2"],
  probability: [0.05, 0.125, 1],
  importance: [1, 0.7, 0.49],
  neurons: false,
};

describe("what is said", () => {
  it("of a feature: how often, how important, its room and who is in it", () => {
    expect(featureSentence(told, 1)).toBe(
      "Feature ‘ French’, there in 13 % of examples, importance 0.7: length 1.00, D 0.50 (1/2, antipodal pair). " +
        "Along it: feature 0 −1.00.",
    );
    expect(featureSentence({ ...told, probability: null }, 2)).toBe(
      "Feature 2: length 2.00, D 1.00 (1, its own dimension). Nothing else is along it.",
    );
  });

  it("of a toy", () => {
    expect(overview(told, { index: 1, count: 8, steps: 1499, loss: 0.00912 })).toBe(
      "Toy 2 of 8, after 1,500 steps: 3 of 3 features are longer than a half, D* 0.33; loss 0.00912. " +
        "Point at a feature for what the others write along it.",
    );
    const none = { index: 0, count: 1, steps: null, loss: null };
    expect(overview(told, none)).toMatch(/^3 of 3 features/);
    expect(overview({ ...told, probability: null }, none)).toMatch(/^3 directions, which have 2.0 of 2 dimensions to/);
  });

  it("of a cell", () => {
    expect(cellSentence(told, 0, 1)).toBe(
      "Feature 0 · feature ‘ French’: −1.00. So much of each is read as the other.",
    );
    expect(cellSentence(told, 2, 2)).toBe("Feature 2 with itself: 4.00, its length squared.");
    expect(cellSentence(told, 2, 3)).toBe("Feature 2 has the bias 0.25.");
    expect(weightSentence(told, 1, 0)).toBe("Feature ‘ French’ writes −1.00 to dimension 0.");
    expect(weightSentence({ ...told, neurons: true }, 0, 0)).toBe(
      "Feature 0 writes 1.00 to neuron 0. It answers to one feature: feature 0.",
    );
    expect(answering(told.geometry, 1)).toEqual([2]);
  });

  it("of rare features, in two digits", () => {
    expect([1, 0.05, 0.01, 0.0125, 0.0316].map(percent)).toEqual(["100 %", "5 %", "1 %", "1.3 %", "3.2 %"]);
  });
});

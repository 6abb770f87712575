import { describe, expect, it } from "vitest";
import { edges, entriesOf, heldLines, heldTokens, place, Signed, sentence } from "./entries";
import { cellOf } from "./map";

const ENTRIES = entriesOf([3, 4, 1, 3, 5, 2, 6, 4, 1], [2, 0.1, -1, 0.2, 3, 0.3]);

describe("entries", () => {
  it("are read row after row, and said in words", () => {
    expect(ENTRIES[1]).toEqual({ row: 3, column: 5, rank: 2, value: -1, score: expect.closeTo(0.2) });
    const numbers = new Signed([-12.3, 4]);
    expect(`${sentence("ov", " Alice", " it", -12.3, numbers)} ${place({ ...ENTRIES[1], value: -12.3 })}`).toBe(
      "Attending to ‘ Alice’ lowers ‘ it’ by 12.30 (rank 2 of its row, from the lowest)",
    );
    expect(sentence("qk", "a", "b", 4, numbers)).toBe("‘a’ as query gives ‘b’ as key the score +4.00");
  });

  it("give a token's row and column, the largest first", () => {
    expect(heldLines(ENTRIES, 3, "row")).toEqual([
      { token: 4, value: 2 },
      { token: 5, value: -1 },
    ]);
    expect(heldLines(ENTRIES, 4, "column").map(({ token }) => token)).toEqual([6, 3]);
  });

  it("are searched with whole tokens first", () => {
    const words = { 0: " unbegin", 1: " Beginning", 2: "begin", 3: "other" };
    expect(heldTokens(words, " begin ", 8)).toEqual([2, 1, 0]);
    expect(heldTokens(words, " ", 8)).toEqual([]);
  });
});

describe("blocks", () => {
  it("are cut as array_split does", () => {
    expect(edges(10, 4)).toEqual([0, 3, 6, 8, 10]);
  });

  it("know their ids and their number", () => {
    const part = { rows: [0, 2, 4], columns: [5, 6, 7, 8], values: [1, 2, 3, 4, 5, 6] };
    expect(cellOf(part, 1, 2)).toEqual({ rows: [2, 4], columns: [7, 8], value: 6 });
  });
});

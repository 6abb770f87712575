import { describe, expect, it } from "vitest";
import { wire } from "../testing/fake";
import { Damaged } from "./arrays";
import {
  array,
  fits,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  record,
  text,
  texts,
  vocabulary,
  whole,
  wholes,
} from "./readers";

describe("readers", () => {
  it("give what fits, as it is", () => {
    expect(text("a", "t")).toBe("a");
    expect(flag(false, "t")).toBe(false);
    expect([whole(3, "t"), number(0.5, "t")]).toEqual([3, 0.5]);
    expect([texts(["a"], "t"), wholes([1], "t")]).toEqual([["a"], [1]]);
    expect(vocabulary({ 4: "x" }, "t")).toEqual({ 4: "x" });
    expect(oneOf("raw", "value")("raw", "t")).toBe("raw");
    expect([optional(text)(null, "t"), optional(text)("a", "t")]).toEqual([null, "a"]);
    expect(listOf(record({ label: text, layer: optional(whole) }))([{ label: "a", layer: null }], "t")).toEqual([
      { label: "a", layer: null },
    ]);
    expect(array("int32", 1)(wire(Int32Array.of(7), [1]), "t").data).toEqual(Int32Array.of(7));
  });

  const wrong: [string, () => unknown, string][] = [
    ["a number for a text", () => text(5, "title"), "title: expected a text, got 5"],
    ["a text for a flag", () => flag("yes", "packed"), "packed: expected true or false, got 'yes'"],
    ["a fraction", () => whole(1.5, "top"), "top: expected a whole number, got 1.5"],
    ["no number", () => number(Number.NaN, "threshold"), "threshold: expected a number, got null"],
    ["a list with a number", () => texts(["a", 1], "tokens"), 'tokens: expected a list of texts, got ["a",1]'],
    ["no list", () => wholes("12", "opened"), "opened: expected a list of whole numbers, got '12'"],
    ["labels that are none", () => vocabulary({ 1: 2 }, "vocabulary"), "vocabulary: expected texts by token id"],
    ["none of the choices", () => oneOf("a", "b")("c", "order"), "order: expected a or b, got 'c'"],
    [
      "an item",
      () => listOf(record({ label: text }))([{ label: 1 }], "components"),
      "components[0].label: expected a text, got 1",
    ],
    ["no record", () => record({ label: text })(null, "component"), "component: expected a record, got null"],
    ["no list of items", () => listOf(text)({}, "rows"), "rows: expected a list, got {}"],
    ["sizes that differ", () => fits("loss", [3], [2]), "loss: expected shape [2], got [3]"],
  ];
  it.each(wrong)("name what is wrong: %s", (_, read, message) => {
    expect(read).toThrow(Damaged);
    expect(read).toThrow(message);
  });
});

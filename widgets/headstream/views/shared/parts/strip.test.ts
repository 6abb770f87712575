import { describe, expect, it } from "vitest";
import type { SharedSelection } from "../frame/selection";
import { tokenStrip } from "./strip";

const paragraphs = (labels: string[]) => {
  const { root } = tokenStrip(labels, {} as SharedSelection, "The text");
  return [...root.children].map((child) => [child.className, child.textContent]);
};

describe("a strip of tokens", () => {
  it("is as many paragraphs as newlines make, which painting keeps apart", () => {
    expect(paragraphs(["a", " b", "\n", "c", ",\n\n", " d"])).toEqual([
      ["hs-paragraph", "a·b↵"],
      ["hs-paragraph", "c,↵↵"],
      ["hs-paragraph", "·d"],
    ]);
  });

  it("breaks lines before words, and behind a token that is no text", () => {
    const { root } = tokenStrip(["<|endoftext|>", "H", "arry", " P"], {} as SharedSelection, "The text");
    const breaks = [...root.querySelectorAll("wbr")].map((place) => place.nextSibling?.textContent);
    expect(breaks).toEqual(["H", "·P"]);
  });

  it("has none after its last newline", () => {
    expect(paragraphs(["a", "\n"])).toEqual([["hs-paragraph", "a↵"]]);
  });
});

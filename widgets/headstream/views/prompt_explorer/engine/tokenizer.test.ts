import { describe, expect, it } from "vitest";
import { NoPrompt, Tokenizer, type Vocabulary } from "./tokenizer";

// One token a byte, then what merges make: "he", "ll", "hell", and the two bytes of é.
const vocabulary: Vocabulary = {
  labels: [...Array.from({ length: 256 }, (_, byte) => `byte ${byte}`), "he", "ll", "hell", "é"],
  quoted: { "10": "'\\n'" },
  start: 0,
  bytes: Array.from({ length: 256 }, (_, byte) => byte),
  merges: [104, 101, 256, 108, 108, 257, 256, 257, 258, 0xc3, 0xa9, 259],
  word: [48, 57, 65, 90, 97, 122, 0xe9, 0xe9],
  space: [9, 13, 32, 32],
};
const tokenizer = new Tokenizer(vocabulary);
const bytes = (text: string) => [...new TextEncoder().encode(text)];

describe("the tokenizer", () => {
  it("merges what merges first, within a piece only", () => {
    expect(tokenizer.encode("hello")).toEqual([258, 111]);
    expect(tokenizer.encode("he11")).toEqual([256, 49, 49]);
    expect(tokenizer.encode("lll")).toEqual([257, 108]);
    expect(tokenizer.encode("é")).toEqual([259]);
  });

  it("loses no byte of any text", () => {
    for (const text of ["", "a'sé 's b", " \t\n x\r\n", "'llama", "😀!"]) {
      const spelled = tokenizer
        .encode(text)
        .flatMap((id) => (id < 256 ? [id] : bytes(["he", "ll", "hell", "é"][id - 256])));
      expect(spelled).toEqual(bytes(text));
    }
  });

  it("refuses half a surrogate pair, whose place is counted in characters", () => {
    expect(() => tokenizer.encode("😀\ud800")).toThrow(NoPrompt);
    expect(() => tokenizer.encode("😀\ud800")).toThrow("at character 1");
  });

  it("quotes as Python does", () => {
    expect([tokenizer.quoted(10), tokenizer.quoted(256)]).toEqual(["'\\n'", "'he'"]);
  });
});

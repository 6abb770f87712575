import { describe, expect, it } from "vitest";
import { blocks, drawn } from "./message";

describe("a message", () => {
  it("is sentences, and code where lines are indented", () => {
    const message = "It raised.\n  line 3: x = (\n      1)\n\nTwo shapes.\nIt was called.";
    expect(blocks(message)).toEqual([
      { code: false, text: "It raised." },
      { code: true, text: "line 3: x = (\n    1)" },
      { code: false, text: "Two shapes." },
      { code: false, text: "It was called." },
    ]);
    expect(blocks("")).toEqual([]);
    expect(blocks("  a\n  \n  b")).toEqual([{ code: true, text: "a\n\nb" }]);
  });

  it("has code in a sentence between backticks, and no markup", () => {
    const made = drawn({ code: false, text: "Ends it with `return <b>`? A ` alone stays." });
    expect([...made.childNodes].map((node) => node.textContent)).toEqual([
      "Ends it with ",
      "return <b>",
      "? A ` alone stays.",
    ]);
    expect(made.querySelector("b")).toBeNull();
    expect(drawn({ code: true, text: "a\n\u202eb" }).textContent).toBe("a\n<U+202E>b");
  });
});

import { describe, expect, it } from "vitest";
import { plain, quoted, running, visible, writeSentence } from "./tokens";

// The same sequence in every run: a failure can be looked at again.
let seed = 1;
function random(): number {
  seed = (48271 * seed) % 0x7fffffff;
  return seed / 0x7fffffff;
}

describe("visible", () => {
  it("shows spaces, newlines and tabs", () => {
    expect(visible(" a b\n\t")).toBe("·a·b↵⇥");
  });
  it("shows control characters by their own signs", () => {
    expect(visible("\u0000\u0007\u001b\u007f")).toBe("␀␇␛␡");
    expect(visible("\u0085")).toBe("<U+0085>");
  });
  it("names what is invisible, or could reorder the text around it", () => {
    expect(visible("\u202eevil\u202c")).toBe("<U+202E>evil<U+202C>");
    expect(visible("\u2066\u200d\u00ad\ufeff\u2028\u{e0001}")).toBe(
      "<U+2066><U+200D><U+00AD><U+FEFF><U+2028><U+E0001>",
    );
  });
  it("does not pass another space off as a space", () => {
    expect(visible("a\u00a0b\u3000")).toBe("a<U+00A0>b<U+3000>");
  });
  it("leaves every other character as it is", () => {
    for (const label of ["<img/src=x/onerror=alert(1)>", "&amp;", "né", "שלום", "日本", "😀", "<0xF0>"]) {
      expect(visible(label)).toBe(label);
    }
  });
  it("lets nothing through that is a control, whatever the text", () => {
    for (let round = 0; round < 300; round++) {
      const shown = visible(randomText());
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029]/u);
    }
  });
});

describe("plain", () => {
  it("is visible, but for the spaces", () => {
    for (let round = 0; round < 300; round++) {
      const text = randomText();
      expect(plain(text).replaceAll(" ", "·")).toBe(visible(text));
    }
  });
});

describe("quoted", () => {
  it("keeps spaces, to be read aloud", () => {
    expect(quoted(" Alice")).toBe("‘ Alice’");
    expect(quoted("\n")).toBe("‘↵’");
  });
  it("isolates right-to-left text, so that it moves nothing else in the sentence", () => {
    expect(quoted(" שלום")).toBe("‘\u2068 שלום\u2069’");
    expect(quoted("مرحبا")).toBe("‘\u2068مرحبا\u2069’");
  });
  it("cannot be broken out of by a label's own isolates", () => {
    expect(quoted("\u2069ש")).toBe("‘\u2068<U+2069>ש\u2069’");
  });
});

describe("running", () => {
  it("joins a character's bytes where it begins", () => {
    expect(running([" <0xF0><0x9F>", "<0x98><0x80>", "!"])).toEqual([" 😀", "", "!"]);
    expect(running([" <0xE2><0x80>", "<0x99>s"])).toEqual([" ’", "s"]);
  });
  it("joins several characters that share tokens", () => {
    expect(running(["<0xC3>", "<0xA9><0xC3>", "<0xA8>x"])).toEqual(["é", "è", "x"]);
  });
  it("keeps bytes that never make a character, wherever they stand", () => {
    expect(running(["a<0xE2><0x80>", " b", "<0x99>"])).toEqual(["a<0xE2><0x80>", " b", "<0x99>"]);
    expect(running(["<0xFF>", "<0xC3>", "<0xC3><0xA9>"])).toEqual(["<0xFF>", "<0xC3>", "é"]);
    // Overlong and surrogate forms are not UTF-8.
    expect(running(["<0xC0><0xAF>", "<0xED><0xA0><0x80>"])).toEqual(["<0xC0><0xAF>", "<0xED><0xA0><0x80>"]);
  });
  it("loses no byte order mark", () => {
    expect(running(["<0xEF><0xBB>", "<0xBF>a"])).toEqual(["\ufeff", "a"]);
  });
  it("reads a byte token that stands alone", () => {
    expect(running(["a", "<0x0A>", "b"])).toEqual(["a", "\n", "b"]);
  });
  it("leaves text without bytes alone", () => {
    const labels = ["<|endoftext|>", "", " <0xZZ>", "<0x1>", "<img src=x>", "\n"];
    expect(running(labels)).toEqual(labels);
  });
  it("gives back any text, however its bytes are cut into tokens", () => {
    for (let round = 0; round < 400; round++) {
      const text = randomText();
      const labels = cut(new TextEncoder().encode(text));
      const texts = running(labels);
      expect(texts.join("")).toBe(text);
      expect(texts.length).toBe(labels.length);
    }
  });
  it("loses no byte of what is no text", () => {
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from({ length: 1 + Math.floor(12 * random()) }, () => 256 * random());
      // Above ASCII only: "<0x41>" as running text is the letter A, and cannot be told from it.
      const high = bytes.map((byte) => byte | 0x80);
      expect([...bytesOf(running(cut(high)).join(""))]).toEqual([...high]);
    }
  });
});

/** The labels that models give to tokens of these bytes: whole characters as they are, every other byte as <0xF0>. */
function cut(bytes: Uint8Array): string[] {
  const labels: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + 1 + Math.floor(4 * random()));
    labels.push(label(bytes.subarray(start, end)));
    start = end;
  }
  return labels;
}

function label(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; ) {
    const length = bytes[i] < 0x80 ? 1 : bytes[i] >= 0xf0 ? 4 : bytes[i] >= 0xe0 ? 3 : bytes[i] >= 0xc0 ? 2 : 1;
    try {
      if (i + length > bytes.length) throw new Error("cut");
      out += new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(i, i + length));
      i += length;
    } catch {
      out += `<0x${bytes[i].toString(16).toUpperCase().padStart(2, "0")}>`;
      i += 1;
    }
  }
  return out;
}

function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const part of text.split(/(<0x[0-9A-F]{2}>)/)) {
    const byte = /^<0x([0-9A-F]{2})>$/.exec(part);
    if (byte) bytes.push(Number.parseInt(byte[1], 16));
    else bytes.push(...new TextEncoder().encode(part));
  }
  return Uint8Array.from(bytes);
}

/** Letters, spaces, controls, marks that reorder, and characters of two, three and four bytes. */
function randomText(): string {
  const alphabet = [..."ab <&\n\t\u0007é\u0301ש日\ufeff\u202e\u200d\u00a0😀\u{1F468}"];
  const length = Math.floor(12 * random());
  return Array.from({ length }, () => alphabet[Math.floor(alphabet.length * random())]).join("");
}

describe("a sentence", () => {
  it("keeps a quoted token together, and is the same text", () => {
    const into = document.createElement("p");
    const sentence = "The model's logit of ' ot', at ‘ P’ and ‘ a whole clause’: the heads' <b>.";
    writeSentence(into, sentence);
    expect(into.textContent).toBe(sentence);
    expect([...into.children].map((child) => child.outerHTML)).toEqual([
      "<span class=\"hs-quoted\">' ot'</span>",
      '<span class="hs-quoted">‘ P’</span>',
    ]);
  });
});

// Token labels as a reader sees them. A label is text, never markup: it reaches the page through textContent only.

import { element } from "../draw/dom";

const BYTES = /<0x([0-9A-F]{2})>/g;
// Control characters, those of the format class (bidirectional marks, zero-width, soft hyphen), spaces other than the
// common one and noncharacters: invisible, able to reorder what stands around them, or taken for what they are not.
const INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Whether a token is no text, as "<|endoftext|>" is none: a line may break behind it. */
export const isSpecial = (label: string) => /^<\|.*\|>$/.test(label);

/** Spaces, newlines and control characters made visible. */
export function visible(label: string): string {
  return plain(label).replaceAll(" ", "·");
}

// Characters of a token that a sentence quotes: a longer one would push the rest out of the read-out.
const QUOTED = 48;

/** A label in quotes for a sentence: its spaces stay spaces, so that it can be read aloud. */
export function quoted(label: string): string {
  const text = shortened(plain(label), QUOTED);
  // Isolated, or the numbers that follow a Hebrew or Arabic token in the sentence would be set to its left.
  return RIGHT_TO_LEFT.test(text) ? `‘\u2068${text}\u2069’` : `‘${text}’`;
}

/** Writes a sentence: no line breaks inside a short token that is quoted in it. Its text is the sentence. */
export function writeSentence(into: HTMLElement, sentence: string): void {
  const parts = sentence.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
  into.replaceChildren(...parts.map((part, at) => (at % 2 ? element("span", "hs-quoted", {}, part) : part)));
}

/** Newlines and control characters made visible; spaces stay spaces, as in prose. */
export function plain(label: string): string {
  return label.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)!;
    if (character === "\n") return "↵";
    if (character === "\t") return "⇥";
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "␡";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** The same for a text of several lines, which stay lines. */
export function plainLines(text: string): string {
  return text.split("\n").map(plain).join("\n");
}

/** At most so many characters, an ellipsis included. */
export function shortened(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

/**
 * The labels as running text: bytes of one character that are spread over tokens are joined in the token where the
 * character begins, and the tokens that only continue it become "". Bytes that never make a character stay as they are.
 */
export function running(labels: readonly string[]): string[] {
  const pieces = labels.map((label) => label.split(BYTES));
  // With one capture group, split alternates text and byte; every byte is at an odd index.
  const bytes: { token: number; part: number; value: number }[] = [];
  const texts = pieces.map((parts) => parts.slice());
  const flush = () => {
    joinCharacters(bytes, texts);
    bytes.length = 0;
  };
  pieces.forEach((parts, token) => {
    parts.forEach((part, index) => {
      if (index % 2) bytes.push({ token, part: index, value: Number.parseInt(part, 16) });
      else if (part) flush();
    });
  });
  flush();
  return texts.map((parts) => parts.join(""));
}

function joinCharacters(bytes: { token: number; part: number; value: number }[], texts: string[][]): void {
  let start = 0;
  while (start < bytes.length) {
    const first = bytes[start].value;
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    const run = bytes.slice(start, start + length);
    let character: string | undefined;
    try {
      character = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(run, (b) => b.value),
      );
    } catch {
      character = undefined;
    }
    if (character === undefined) {
      const { token, part, value } = bytes[start];
      texts[token][part] = `<0x${value.toString(16).toUpperCase().padStart(2, "0")}>`;
      start += 1;
    } else {
      for (const { token, part } of run) texts[token][part] = "";
      texts[run[0].token][run[0].part] = character;
      start += length;
    }
  }
}

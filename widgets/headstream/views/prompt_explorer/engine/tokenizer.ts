// The models' tokenizer: byte-level BPE, of a text that is split before it is merged as the Python tokenizer splits it.

/** What `headstream.models.served` writes of the tokenizer. */
export interface Vocabulary {
  /** The label of every token, and how Python quotes it where that is not the label between single quotes. */
  labels: string[];
  quoted: Record<string, string>;
  /** The token that stands before every text. */
  start: number;
  /** The token of every byte. */
  bytes: number[];
  /** What is merged, the first merges first: left, right, and the token they make. */
  merges: number[];
  /** First and last code points, one pair after the other: of the word characters, which may not follow ’s, and of spaces. */
  word: number[];
  space: number[];
}

/** The text is none that the model reads; the message is for the reader. */
export class NoPrompt extends Error {}

export class Tokenizer {
  private readonly pieces: RegExp;
  /** By left · vocabulary + right: the merge's place and the token it makes. */
  private readonly merges = new Map<number, { rank: number; made: number }>();
  private readonly known = new Map<string, readonly number[]>();

  constructor(readonly vocabulary: Vocabulary) {
    const { labels, merges, word, space } = vocabulary;
    for (let i = 0; i < merges.length; i += 3) {
      this.merges.set(merges[i] * labels.length + merges[i + 1], { rank: i, made: merges[i + 2] });
    }
    const parts = [
      `'(?:[sdmt]|ll|ve|re)(?![${ranges(word)}])`,
      " ?[A-Za-z]+",
      "[0-9]",
      ` ?[^${ranges(space)}A-Za-z0-9]+`,
      "\\n+",
      "[ \\t]+(?=\\n)",
      "[ \\t]+(?! )",
    ];
    this.pieces = new RegExp(parts.join("|"), "gu");
  }

  /** The tokens of a text and of nothing else. Throws NoPrompt for half a surrogate pair. */
  encode(text: string): number[] {
    const half = text.search(/\p{Surrogate}/u);
    if (half >= 0) {
      const place = [...text.slice(0, half)].length; // as Python counts characters
      throw new NoPrompt(`text: expected Unicode, got half a surrogate pair at character ${place}`);
    }
    const ids: number[] = [];
    const take = (piece: string) => {
      for (const id of this.merged(piece)) ids.push(id);
    };
    let end = 0;
    for (const match of text.matchAll(this.pieces)) {
      // What no part of the pattern matches is a piece of its own.
      if (match.index > end) take(text.slice(end, match.index));
      take(match[0]);
      end = match.index + match[0].length;
    }
    if (end < text.length) take(text.slice(end));
    return ids;
  }

  /** A token in quotes, as Python has it. */
  quoted(id: number): string {
    return this.vocabulary.quoted[id] ?? `'${this.vocabulary.labels[id]}'`;
  }

  private merged(piece: string): readonly number[] {
    const before = this.known.get(piece);
    if (before) return before;
    const { bytes, labels } = this.vocabulary;
    const ids = Array.from(new TextEncoder().encode(piece), (byte) => bytes[byte]);
    for (;;) {
      let best: { rank: number; made: number } | undefined;
      let at = -1;
      for (let i = 0; i + 1 < ids.length; i++) {
        const merge = this.merges.get(ids[i] * labels.length + ids[i + 1]);
        if (merge && (!best || merge.rank < best.rank)) [best, at] = [merge, i];
      }
      if (!best) break;
      ids.splice(at, 2, best.made);
    }
    this.known.set(piece, ids);
    return ids;
  }
}

/** Pairs of code points as the inside of a character class. */
function ranges(pairs: readonly number[]): string {
  const hex = (code: number) => `\\u{${code.toString(16)}}`;
  let inside = "";
  for (let i = 0; i < pairs.length; i += 2) inside += `${hex(pairs[i])}-${hex(pairs[i + 1])}`;
  return inside;
}

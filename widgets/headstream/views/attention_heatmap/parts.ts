// What of a long text's weights is known, what is asked of the kernel, and how that is said.
import { around, LongWeights, type Part } from "../shared/draw/long";
import { type HeadWeights, Weights, type Window } from "../shared/draw/weights";
import type { Kernel } from "../shared/frame/ask";
import { type Head, named } from "../shared/pattern/words";
import { type CodedArray, Damaged, type NumericArray } from "../shared/wire/arrays";
import { fits } from "../shared/wire/readers";

/** As toLocaleString, which takes 50 ms to begin. */
const count = (tokens: number) => String(tokens).replace(/\B(?=(\d{3})+$)/g, ",");

export interface Sent {
  tokens: readonly string[];
  pattern: CodedArray | null;
  packed: boolean;
  value_norm: NumericArray | null;
  roles: readonly string[];
  weighting: "raw" | "value";
  pooled: CodedArray | null;
  pool: number;
  part: readonly number[];
  most: number;
}

/** Layers and heads, of arrays that belong together. */
export function checked({ tokens, pattern, packed, value_norm, roles, weighting, ...long }: Sent): [number, number] {
  const { length } = tokens;
  const { pooled } = long;
  const shape = pooled ? pooled.shape.slice(1, 3) : (pattern?.shape ?? [0, 0]);
  const [layers, heads] = shape;
  if (!layers || !heads || !length) throw new Damaged("pattern: expected a layer, a head and a token at least");
  const weights = (side: number) => (packed ? (side * (side + 1)) / 2 : side * side);
  if (pooled) {
    checkedPart(long, [layers, heads, length]);
    fits("pooled", pooled.shape, [value_norm ? 2 : 1, layers, heads, weights(Math.ceil(length / long.pool))]);
  } else if (pattern) fits("pattern", pattern.shape, [layers, heads, weights(length)]);
  if (roles.length) fits("roles", [roles.length], [layers * heads]);
  if (value_norm) fits("value_norm", value_norm.shape, [layers, heads, length]);
  else if (weighting === "value") throw new Damaged("weighting: 'value' needs value_norm");
  return [layers, heads];
}

function checkedPart({ pool, part, most }: Pick<Sent, "pool" | "part" | "most">, sizes: number[]): void {
  if (pool < 1 || most < 1) throw new Damaged("pool, most: expected 1 or more");
  if (!part.length) return;
  const [layers, heads, length] = sizes;
  const [layer, head, query, key, span] = part;
  const ends = [layers - 1, heads - 1, length - span, length - span];
  const inside = [layer, head, query, key].every((first, axis) => first >= 0 && first <= ends[axis]);
  if (part.length !== 5 || span < 1 || !inside) throw new Damaged(`part: expected one of a head, got [${part}]`);
}

export function weightsOf(sent: Sent): HeadWeights {
  const { tokens, pattern, packed, value_norm, weighting, pooled, pool } = sent;
  const { length } = tokens;
  const weighted = weighting === "value";
  if (!pooled) return new Weights(pattern as CodedArray, packed, length, value_norm, weighted);
  const [, layers, heads, each] = pooled.shape;
  const size = layers * heads * each;
  const first = weighted ? size : 0;
  const blocks = { ...pooled, shape: [layers, heads, each], data: pooled.data.subarray(first, first + size) };
  const norms = weighted ? value_norm : null;
  return new LongWeights({ pooled: blocks, pool, packed, length, part: partOf(sent), pattern, norms });
}

function partOf({ part }: Sent): Part | null {
  if (!part.length) return null;
  const [layer, head, query, key, span] = part;
  return { layer, head, query, key, span };
}

/** Asks for the part of a pinned head that is looked at, once; what Python answers with are traits. */
export class Asking {
  private wanted = "";
  private away = false;

  constructor(
    private readonly kernel: Kernel,
    private readonly told: () => void,
  ) {}

  /** What is asked for may have changed: the head, the window, or the data (`anew`). */
  look(sent: Sent, weights: HeadWeights, { layer, head }: Head, window: Window, anew = false): void {
    if (!(weights instanceof LongWeights)) return;
    const part = around(window, sent.tokens.length, sent.most);
    if (!part || weights.knows(layer, head, window)) {
      this.kernel.drop("part");
      this.wanted = "";
      return;
    }
    const question = [layer, head, part.query, part.key, part.span];
    if (!anew && this.wanted === String(question)) return;
    this.wanted = String(question);
    this.away = false;
    this.kernel.ask("part", { part: question }, {}, (told) => {
      this.away = !("answer" in told);
      this.told();
    });
  }

  /** What is drawn of each head; "" where that is all. */
  says(sent: Sent, weights: HeadWeights, head: Head, window: Window): string {
    if (!(weights instanceof LongWeights)) return "";
    const { tokens, pool, most } = sent;
    const pooled = `${count(tokens.length)} tokens: heads are drawn as the largest of ${pool} × ${pool} weights`;
    if (weights.knows(head.layer, head.head, window)) return `${pooled}; this one is drawn weight by weight.`;
    if (window.span > most) return `${pooled}. Zoomed in to ${count(most)} tokens, one is drawn weight by weight.`;
    if (!this.away) return `${pooled}; the weights of this one are asked for.`;
    const part = partOf(sent);
    const seen = part
      ? ` ${named(part, "")} was seen last and is known weight by weight${within(part, tokens.length)}.`
      : "";
    return `${pooled}, this one too, for no kernel answers.${seen}`;
  }
}

function within({ query, key, span }: Part, length: number): string {
  return span === length ? "" : `, queries from ${query} and keys from ${key} on, ${span} of each`;
}

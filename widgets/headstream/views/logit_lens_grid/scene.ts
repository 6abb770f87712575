// What is drawn, read from the traits: the lens under one norm, its colours and its words.
import { type Encoding, encode } from "../shared/draw/encoding";
import type { Frame } from "../shared/frame/view";
import { probability } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, listOf, oneOf, optional, text, texts, vocabulary, whole, wholes } from "../shared/wire/readers";
import { Lens } from "./lens";
import { type LensQuantity, QUANTITIES, type QuantityName, quantity } from "./quantity";
import type { Cell } from "./state";

export const READERS = {
  tokens: texts,
  rows: texts,
  row_layer: wholes,
  norms: texts,
  vocabulary,
  starts: array("int32", 1),
  ids: array("int32", 1),
  log_prob: array(["float16", "float32"], 3),
  rank: array(["uint16", "int32"], 3),
  entropy: array("float32", 3),
  kl: array("float32", 3),
  change: optional(array("float32", 3)),
  next_token: array("int32", 1),
  top: whole,
  first: whole,
  color: oneOf(...(Object.keys(QUANTITIES) as QuantityName[])),
  norm: text,
  trajectory: oneOf("rank", "probability"),
  row: optional(whole),
  pins: listOf(wholes),
};
export type LensFrame = Frame<typeof READERS>;
type Traits = LensFrame["traits"];

export interface Scene {
  lens: Lens;
  quantity: LensQuantity;
  colors: Encoding;
  tokens: readonly string[];
  /** Where in the prompt the positions begin. */
  first: number;
  vocabulary: Record<string, string>;
  /** Row labels in words. */
  rowNames: string[];
  rowLayer: readonly number[];
}

/** What the grid's size and its elements depend on, beside how many columns there is room for. */
export function structure({ rows, norms, top, change }: Traits): unknown {
  return [rows, norms, top, change === null];
}

/** Row labels as they are shown. */
export function rowLabels(rows: readonly string[]): string[] {
  return rows.map((label, row) => (row === rows.length - 1 ? "output" : label));
}

export function read(traits: Traits, theme: LensFrame["theme"]): Scene {
  const { rows, norms, norm, tokens, vocabulary: labels, row_layer, color } = traits;
  if (!norms.includes(norm)) throw new Damaged(`norm: expected ${norms.join(" or ")}, got ${norm}`);
  if (color === "change" && !traits.change) throw new Damaged("color: 'change' needs a lens that has one");
  fits("rank", traits.rank.shape, [norms.length, rows.length, traits.ids.shape[0]]);
  fits("starts", traits.starts.shape, [tokens.length + 1]);
  fits("row_layer", [row_layer.length], [rows.length]);
  const nameless = traits.ids.data.find((token) => labels[token] === undefined);
  if (nameless !== undefined) throw new Damaged(`vocabulary: it has no label for token ${nameless}`);
  const lens = new Lens(traits, norms.indexOf(norm));
  const quantities = quantity(color, lens, (candidate) => quoted(labels[lens.ids[candidate]]));
  return {
    lens,
    quantity: quantities,
    colors: encode(quantities, theme),
    tokens,
    first: traits.first,
    vocabulary: labels,
    rowNames: rows.map((label, row) => `after ${label}${row === rows.length - 1 ? " (output)" : ""}`),
    rowLayer: row_layer,
  };
}

/** Which positions they are, where the prompt has others too. */
export function part({ lens, first }: Scene): string {
  const last = lens.positions - 1;
  return first || lens.following(last) >= 0 ? `, positions ${first} to ${first + last} of a longer text` : "";
}

/** What is said of a cell. */
export function sentence({ lens, quantity, tokens, vocabulary, rowNames }: Scene, { row, position }: Cell): string {
  const best = lens.best(row, position);
  const name = rowNames[row][0].toUpperCase() + rowNames[row].slice(1);
  const guess = `${name}, at ${quoted(tokens[position])}: ${quoted(vocabulary[lens.ids[best]])} ${probability(lens.probability(row, best))}`;
  const value = quantity.value(row, position);
  return value === null ? `${guess}; nothing follows in the text.` : `${guess}; ${quantity.say(value, position)}.`;
}

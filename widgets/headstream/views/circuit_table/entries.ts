// The entries of a circuit, what is said of them, and how its blocks are cut.
import type { Quantity } from "../shared/draw/encoding";
import { decimalsFor, show } from "../shared/text/numbers";
import { quoted } from "../shared/text/tokens";

export type Kind = "ov" | "qk";
export interface Entry {
  row: number;
  column: number;
  /** Its place in its row, from 1, from the end of its sign. */
  rank: number;
  value: number;
  score: number;
}

/** The ends of an entry, as a column's head names them. */
export const ENDS: Record<Kind, [string, string]> = { ov: ["attended to", "written"], qk: ["query", "key"] };
/** What a token's row and its column hold. */
export const LISTS: Record<Kind, [string, string]> = {
  ov: ["Attending to it writes", "Written by attending to"],
  qk: ["As query, it looks for", "As key, it is looked for by"],
};

/** Entry after entry: row, column and rank; value and score. */
export function entriesOf(ids: ArrayLike<number>, numbers: ArrayLike<number>): Entry[] {
  return Array.from({ length: ids.length / 3 }, (_, i) => ({
    row: ids[3 * i],
    column: ids[3 * i + 1],
    rank: ids[3 * i + 2],
    value: numbers[2 * i],
    score: numbers[2 * i + 1],
  }));
}

/** Numbers on one scale around 0. */
export class Signed {
  readonly limit: number;
  private readonly decimals: number | null;
  constructor(values: ArrayLike<number>) {
    let limit = 0;
    for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i]));
    this.limit = limit || 1;
    this.decimals = decimalsFor(this.limit);
  }

  text = (value: number): string => show(value, this.decimals, true);
  bare = (value: number): string => show(Math.abs(value), this.decimals, false);

  quantity(name: string): Quantity {
    const place = (value: number) => 0.5 + (0.5 * value) / this.limit;
    const ticks = [-this.limit, 0, this.limit].map((value) => ({
      at: place(value),
      label: value ? this.text(value) : "0",
    }));
    return { name, scale: "diverging", place, ticks };
  }
}

/** One entry in words. */
export function sentence(kind: Kind, row: string, column: string, value: number, numbers: Signed): string {
  if (kind === "qk") return `${quoted(row)} as query gives ${quoted(column)} as key the score ${numbers.text(value)}`;
  const verb = value < 0 ? "lowers" : "raises";
  return `Attending to ${quoted(row)} ${verb} ${quoted(column)} by ${numbers.bare(value)}`;
}

export function place({ rank, value }: Entry): string {
  return `(rank ${rank} of its row${value < 0 ? ", from the lowest" : ""})`;
}

export interface Line {
  token: number;
  value: number;
}

/** A token's row or column among the entries held, without one twice. */
export function heldLines(entries: readonly Entry[], token: number, end: "row" | "column"): Line[] {
  const other = end === "row" ? "column" : "row";
  const lines = new Map(entries.filter((entry) => entry[end] === token).map((entry) => [entry[other], entry.value]));
  return [...lines].map(([id, value]) => ({ token: id, value })).sort((a, b) => b.value - a.value);
}

/** Tokens held with this text in them, whole ones first: as Python finds them in the whole vocabulary. */
export function heldTokens(vocabulary: Record<string, string>, text: string, count: number): number[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const rank = (label: string) => {
    const bare = label.trim().toLowerCase();
    return bare === wanted ? 0 : bare.startsWith(wanted) ? 1 : 2;
  };
  return Object.entries(vocabulary)
    .filter(([, label]) => label.toLowerCase().includes(wanted))
    .sort(([, a], [, b]) => rank(a) - rank(b) || a.length - b.length)
    .slice(0, count)
    .map(([id]) => Number(id));
}

/** Where runs of ids begin, and the last ends, as numpy's array_split cuts them. */
export function edges(size: number, runs: number): number[] {
  const [least, more] = [Math.floor(size / runs), size % runs];
  return Array.from({ length: runs + 1 }, (_, run) => run * least + Math.min(run, more));
}

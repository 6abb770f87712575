// The spectrum in words.
import { signed } from "../shared/text/format";
import { decimalsFor, show } from "../shared/text/numbers";
import { quoted } from "../shared/text/tokens";
import type { Direction, Kind, Spectra } from "./spectra";

interface Terms {
  title: string;
  score: string;
  /** What a positive score says the head does. */
  does: string;
  /** What tokens do at each end of a direction, and what a positive part and a negative one are called there. */
  ends: [string, string];
  signs: [[string, string], [string, string]];
}

const SIGNS: [string, string] = ["positive", "negative"];

export const TERMS: Record<Kind, Terms> = {
  ov: {
    title: "OV circuits",
    score: "copying score",
    does: "copying",
    ends: ["reads", "gives"],
    signs: [SIGNS, ["promoted", "suppressed"]],
  },
  qk: {
    title: "QK circuits",
    score: "matching score",
    does: "matching",
    ends: ["query", "key"],
    signs: [SIGNS, SIGNS],
  },
};

/** A size in the digits that it has; of another one beside it, with the same decimals. */
export function size(value: number, beside = value): string {
  return show(value, decimalsFor(Math.abs(beside)), false);
}

export const score = (value: number) => signed(value, 2);

export function complex([real, imaginary]: readonly [number, number]): string {
  const largest = Math.hypot(real, imaginary);
  const decimals = decimalsFor(largest);
  const i = show(Math.abs(imaginary), decimals, false);
  return imaginary === 0
    ? show(real, decimals, false)
    : `${show(real, decimals, false)} ${imaginary < 0 ? "−" : "+"} ${i}i`;
}

export function overview(spectra: Spectra): string {
  const { count, nullScore, labels, highest, kind } = spectra;
  const all = count === 1 ? "1 head has" : `${count} heads have`;
  const above = count === 1 ? `${spectra.above()} of 1 head has` : `${spectra.above()} of ${all}`;
  return (
    `${above} a ${TERMS[kind].score} above that of 95 % of random circuits (${score(nullScore[1])}). ` +
    `Highest: ${labels[highest]}, ${score(spectra.score(highest))}. Point at a head, and click to keep it.`
  );
}

export function headSentence(spectra: Spectra, head: number): string {
  const [low, high] = spectra.nullScore;
  const value = spectra.score(head);
  const where = value > high ? "above" : value < low ? "below" : "among";
  const all = Array.from({ length: spectra.rank }, (_, place) => spectra.eigenvalue(head, place)[0]);
  const positive = all.filter((real) => real > 0).length;
  return (
    `Head ${spectra.labels[head]}: ${TERMS[spectra.kind].score} ${score(value)}, ${where} those of random circuits ` +
    `(${score(low)} to ${score(high)}); ${positive} of ${spectra.rank} eigenvalues have a positive real part.`
  );
}

export function directionSentence(
  spectra: Spectra,
  vocabulary: Record<string, string>,
  head: number,
  direction: Direction,
): string {
  const { values, place } = direction;
  const own = spectra.size(head, direction);
  const [low, high] = spectra.band(head, direction);
  const where = own > high ? "larger than" : own < low ? "smaller than" : "as large as";
  const value =
    values === "eigenvalues"
      ? `eigenvalue ${place + 1} of ${spectra.rank} is ${complex(spectra.eigenvalue(head, place))}; |λ| = ${size(own)}`
      : `singular value ${place + 1} of ${spectra.rank} is ${size(own)}`;
  const sentence = `Head ${spectra.labels[head]}: ${value}, ${where} in random circuits (${size(low, own)} to ${size(high, own)}).`;
  const [first, second] = [0, 1].map((end) => spectra.parts(head, direction, end, 0)[0]);
  if (!first || !second) return `${sentence} ${unread(spectra, direction)}`;
  const [one, other] = [first, second].map(({ token }) => quoted(vocabulary[token]));
  const [from, to] = TERMS[spectra.kind].ends;
  return spectra.kind === "ov"
    ? `${sentence} It ${from} ${one} most, and ${to} ${other}.`
    : `${sentence} Its ${from} is ${one} most, its ${to} ${other}.`;
}

/** Of a direction that has no readings. */
export function unread(spectra: Spectra, { values }: Direction): string {
  const read = spectra.read(values);
  if (read === 0) return "No direction was read as tokens.";
  return `Only the first ${read === 1 ? "direction was" : `${read} directions were`} read as tokens.`;
}

/** A part of a vector; beside others of at most `largest`. */
export function weight(value: number, largest: number): string {
  const decimals = decimalsFor(largest);
  // A digit fewer than three: a bar stands beside it.
  return show(value, decimals === null ? null : Math.max(0, decimals - 1), true);
}

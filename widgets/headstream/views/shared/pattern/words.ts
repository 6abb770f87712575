// What is said of the place that is pointed at.

import { strongest, type Weights } from "../draw/weights";
import type { Selection } from "../frame/selection";
import { probability, signed } from "../text/format";
import { quoted } from "../text/tokens";

// Of the tokens that one attends to, and that attend to it.
const NAMED = 3;

export interface Head {
  layer: number;
  head: number;
}

/** "Layer 1, head 6", and what it does where that is known. */
export function named({ layer, head }: Head, role: string): string {
  return `Layer ${layer}, head ${head}${role ? `, ${role}` : ""}`;
}

export function sentence(
  weights: Weights,
  tokens: readonly string[],
  { layer, head, role }: Head & { role: string },
  { position, key }: Pick<Selection, "position" | "key">,
  changes = false,
): string {
  const name = named({ layer, head }, role);
  if (position === null) return `${name}: point at a token or a cell; click to keep it, Escape to let go.`;
  const token = `${name}: ${quoted(tokens[position])}`;
  if (key !== null) {
    const weight = number(weights.at(layer, head, position, key), changes);
    if (changes) return `${token}: attention to ${quoted(tokens[key])} changes by ${weight}.`;
    return weights.weighted
      ? `${token} takes ${weight} (p·‖v‖ / max‖v‖) from ${quoted(tokens[key])}.`
      : `${token} attends ${weight} to ${quoted(tokens[key])}.`;
  }
  const list = (weight: (other: number) => number) =>
    strongest(weight, tokens.length, NAMED)
      .map((other) => `${quoted(tokens[other])} ${number(weight(other), changes)}`)
      .join(", ") || "nothing";
  const to = list((other) => weights.at(layer, head, position, other));
  const by = list((other) => weights.at(layer, head, other, position));
  if (changes) return `${token}, change in what it attends to: ${to}. In what attends to it: ${by}.`;
  return weights.weighted
    ? `${token} takes (p·‖v‖ / max‖v‖) from ${to}. Taken from it by ${by}.`
    : `${token} attends to ${to}. Attended to by ${by}.`;
}

function number(weight: number, changes: boolean): string {
  return changes ? signed(weight, 2) : probability(weight);
}

// What is said of the place that is pointed at.

import { type HeadWeights, strongest } from "../draw/weights";
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

/** `weights` that are shown in blocks are said to be up to the largest of their block. */
export function sentence(
  weights: HeadWeights,
  tokens: readonly string[],
  { layer, head, role }: Head & { role: string },
  { position, key }: Pick<Selection, "position" | "key">,
  changes = false,
): string {
  const name = named({ layer, head }, role);
  if (position === null) return `${name}: point at a token or a cell; click to keep it, Escape to let go.`;
  const token = `${name}: ${quoted(tokens[position])}`;
  if (key !== null) {
    const side = weights.block(layer, head, position, key);
    const most = number(weights.at(layer, head, position, key), changes);
    const weight = side === 1 ? most : `up to ${most}`;
    const end = side === 1 ? "." : `: the largest of ${side} × ${side} is shown.`;
    if (changes) return `${token}: attention to ${quoted(tokens[key])} changes by ${weight}${end}`;
    return weights.weighted
      ? `${token} takes ${weight} (p·‖v‖ / max‖v‖) from ${quoted(tokens[key])}${end}`
      : `${token} attends ${weight} to ${quoted(tokens[key])}${end}`;
  }
  const list = (weight: (other: number) => number, block: (other: number) => number) =>
    strongest((other) => (other % block(other) ? 0 : weight(other)), tokens.length, NAMED)
      .map((other) => {
        const [side, most] = [block(other), number(weight(other), changes)];
        const last = Math.min(tokens.length, other + side) - 1;
        return side === 1 ? `${quoted(tokens[other])} ${most}` : `one of positions ${other} to ${last} up to ${most}`;
      })
      .join(", ") || "nothing";
  const to = list(
    (other) => weights.at(layer, head, position, other),
    (other) => weights.block(layer, head, position, other),
  );
  const by = list(
    (other) => weights.at(layer, head, other, position),
    (other) => weights.block(layer, head, other, position),
  );
  if (changes) return `${token}, change in what it attends to: ${to}. In what attends to it: ${by}.`;
  return weights.weighted
    ? `${token} takes (p·‖v‖ / max‖v‖) from ${to}. Taken from it by ${by}.`
    : `${token} attends to ${to}. Attended to by ${by}.`;
}

function number(weight: number, changes: boolean): string {
  return changes ? signed(weight, 2) : probability(weight);
}

// What else is known of a feature, where Python sent it: the tokens that it makes likelier and less likely, and where it fires most.
import { ramp, type Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { running, visible } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { listOf, number, type Read, record, texts } from "../shared/wire/readers";

const CARD = {
  promotes: texts,
  suppresses: texts,
  examples: listOf(record({ tokens: texts, activations: listOf(number) })),
};
export type Card = Read<typeof CARD>;

/** The cards by the label of their node. */
export function cards(value: unknown, name: string): Map<string, Card> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Damaged(`${name}: expected a card by label, got ${String(value)}`);
  }
  return new Map(Object.entries(value).map(([label, card]) => [label, record(CARD)(card, `${name}[${label}]`)]));
}

export function cardOf(card: Card | undefined, theme: Theme): HTMLElement[] {
  if (!card) return [element("p", "hs-quiet", {}, "No card for this node.")];
  const { css, ink } = ramp(theme, "sequential");
  const words = (name: string, tokens: readonly string[]) => {
    const list = tokens.flatMap((token) => [element("span", "hs-graph-word", {}, visible(token)), " "]);
    return element("p", "", {}, element("span", "hs-quiet", {}, `${name} `), ...list);
  };
  const largest = Math.max(1e-12, ...card.examples.flatMap(({ activations }) => activations));
  const examples = card.examples.map(({ tokens, activations }) => {
    const spans = running(tokens).map((text, at) => {
      const share = Math.max(0, activations[at] ?? 0) / largest;
      const style = share > 0 ? `background:${css(share)};color:${ink(share)}` : "";
      return element("span", "", { style }, visible(text).replaceAll("·", " "));
    });
    return element("p", "hs-graph-example", {}, ...spans);
  });
  const parts = [];
  if (card.promotes.length) parts.push(words("promotes", card.promotes));
  if (card.suppresses.length) parts.push(words("suppresses", card.suppresses));
  if (examples.length) parts.push(element("p", "hs-quiet", {}, "fires most at"), ...examples);
  return parts;
}

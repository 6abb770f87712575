// One node: what it is, what enters and leaves it, what else is known of it; and the groups that the reader makes.
import type { Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { action } from "../shared/parts/controls";
import { type Card, cardOf } from "./card";
import type { Drawn } from "./drawn";
import { type ListActs, ranked } from "./list";
import type { State } from "./state";
import { capital, type Words } from "./words";

export interface PanelActs extends ListActs {
  pin(): void;
  choose(): void;
}

/** What it is shown with. */
export interface Look {
  encoding: Encoding;
  cards: ReadonlyMap<string, Card>;
  theme: Theme;
}

/** What the panel shows of one item. */
export interface Shown {
  item: number;
  pinned: boolean;
  chosen: boolean;
}

export function panel(acts: PanelActs) {
  const title = element("div", "hs-graph-title");
  const facts = element("div", "hs-graph-facts hs-quiet");
  const pin = action("Pin", "Pin the node: it is kept whatever is pruned (P)", acts.pin);
  const choose = action(
    "Choose",
    "Choose the node for a group (G, or Shift and a click); then name the group",
    acts.choose,
  );
  const buttons = element("div", "hs-graph-buttons", { "data-hs-unsaved": true }, pin, choose);
  const [into, outOf] = [ranked("Inputs", acts), ranked("Outputs", acts)];
  const sum = element("div", "hs-graph-sum hs-quiet");
  const lists = element("div", "hs-graph-lists", {}, into.root, outOf.root);
  const card = element("div", "hs-graph-card", { role: "group", "aria-label": "About the feature", tabindex: 0 });
  const root = element(
    "div",
    "hs-graph-node",
    {},
    element("div", "hs-graph-head", {}, title, buttons),
    facts,
    lists,
    sum,
    card,
  );

  let now: unknown[] = [];
  return {
    root,
    /** Of one item; made anew only where it is another, for this is asked whenever the pointer moves. */
    show({ item: index, pinned, chosen }: Shown, { drawn, words, graph }: State, look: Look): void {
      pin.setAttribute("aria-pressed", String(pinned));
      choose.setAttribute("aria-pressed", String(chosen));
      const next = [index, drawn, ...Object.values(look)];
      if (next.every((value, at) => value === now[at])) return;
      now = next;
      const { encoding, cards, theme } = look;
      const item = drawn.items[index];
      title.textContent = capital(words.name(item));
      facts.textContent = words.facts(item).join(" · ");
      into.show(drawn.into(index), drawn, words, encoding);
      outOf.show(drawn.outOf(index), drawn, words, encoding);
      sum.textContent = balance(index, drawn, words);
      card.hidden = !cards.size;
      card.replaceChildren(...cardOf(cards.get(graph.nodes[item.nodes[0]].label), theme));
    },
  };
}

/** What the inputs sum to: what is drawn, what is pruned, what no edge brings. */
function balance(index: number, drawn: Drawn, words: Words): string {
  const item = drawn.items[index];
  if (item.group === null && (item.kind === "embed" || item.kind === "error")) return "Nothing enters it.";
  const { pruned, constant, total } = drawn.rest(index);
  const shown = drawn.into(index).reduce((sum, { weight }) => sum + weight, 0);
  const parts = `Inputs ${words.weight(shown)}, pruned ${words.weight(pruned)}`;
  return Number.isFinite(total) ? `${parts}, bias ${words.weight(constant)} = ${words.value(total)}` : parts;
}

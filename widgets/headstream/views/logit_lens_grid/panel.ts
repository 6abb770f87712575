// What one cell predicts: its top tokens, and where it stands to the end of the model and to the text.
import { element } from "../shared/draw/dom";
import { probability } from "../shared/text/format";
import { shortened, visible } from "../shared/text/tokens";
import type { Layout } from "./layout";
import { nats } from "./quantity";
import type { Scene } from "./scene";
import type { Shown } from "./state";

/** Characters that are shown of a token. */
const LIMIT = 12;
const short = (label: string) => shortened(visible(label), LIMIT);

export interface PanelActs {
  /** A token of the list is pointed at, or none. */
  point(token: number | null): void;
  choose(k: number): void;
}

export function panel({ panel: room }: Layout, labels: readonly string[], acts: PanelActs) {
  const root = element("div", "hs-lens-panel");
  const parts = [
    ...(room.facts ? [factsOf(labels, room.narrow)] : []),
    ...(room.choices ? [choicesOf(room.choices, acts)] : []),
  ];
  root.append(...parts.map((part) => part.root));
  return {
    root,
    show(scene: Scene, shown: Shown): void {
      for (const part of parts) part.show(scene, shown);
    },
  };
}

function factsOf(labels: readonly string[], narrow: boolean) {
  const place = element("div", "hs-lens-place");
  const final = standing();
  const following = standing();
  const entropy = element("span", "hs-number");
  const kl = element("span", "hs-number");
  const fact = (name: string, ...values: HTMLElement[]) => [
    element("span", "hs-quiet", {}, name),
    element("span", "hs-lens-values", {}, ...values),
  ];
  const root = element(
    "div",
    narrow ? "hs-lens-facts hs-lens-narrow" : "hs-lens-facts",
    {},
    place,
    ...fact("final prediction", final.token, final.rank, final.p),
    ...fact("true next", following.token, following.rank, following.p),
    ...fact("entropy", entropy),
    ...fact("KL(final ‖ this row)", kl),
  );
  return {
    root,
    show({ lens, tokens, first, vocabulary }: Scene, { row, position }: Shown): void {
      place.replaceChildren(
        element("b", "", {}, labels[row]),
        element("span", "hs-quiet", {}, `at ${first + position}`),
        element("span", "hs-lens-token", {}, short(tokens[position])),
      );
      for (const [{ token, rank, p }, candidate] of [
        [final, lens.final(position)],
        [following, lens.following(position)],
      ] as const) {
        token.textContent = candidate < 0 ? "–" : short(vocabulary[lens.ids[candidate]]);
        rank.textContent = candidate < 0 ? "" : `rank ${lens.rank(row, candidate)}`;
        p.textContent = candidate < 0 ? "" : probability(lens.probability(row, candidate));
      }
      entropy.textContent = `${nats(lens.entropy(row, position))} nats`;
      kl.textContent = `${nats(lens.kl(row, position))} nats`;
    },
  };
}

/** A token with its rank and probability. */
function standing() {
  const token = element("span", "hs-lens-token");
  const rank = element("span", "hs-number hs-lens-rank");
  const p = element("span", "hs-number");
  return { token, rank, p };
}

function choicesOf(count: number, acts: PanelActs) {
  const choices = Array.from({ length: count }, (_, k) => {
    const token = element("span", "hs-lens-token");
    const number = element("span", "hs-number");
    const bar = element("span", "hs-lens-bar");
    const rank = element("span", "hs-quiet", {}, String(k));
    const attributes = { type: "button", "data-key": `choice-${k}` };
    const button = element("button", "hs-lens-choice", attributes, bar, rank, token, number);
    button.addEventListener("pointerenter", () => acts.point(Number(button.dataset.token)));
    button.addEventListener("pointerleave", () => acts.point(null));
    button.addEventListener("click", () => acts.choose(k));
    return { button, token, number, bar };
  });
  const root = element(
    "div",
    "hs-lens-choices",
    { role: "group", "aria-label": "Top tokens of the cell" },
    ...choices.map(({ button }) => button),
  );
  return {
    root,
    show({ lens, vocabulary }: Scene, { row, position, token: shown }: Shown): void {
      const best = lens.top(row, position, count);
      choices.forEach(({ button, token, number, bar }, k) => {
        const candidate = best[k];
        button.style.visibility = candidate === undefined ? "hidden" : "";
        if (candidate === undefined) return;
        const id = lens.ids[candidate];
        const p = lens.probability(row, candidate);
        token.textContent = short(vocabulary[id]);
        number.textContent = probability(p);
        bar.style.width = `${100 * p}%`;
        button.dataset.token = String(id);
        button.setAttribute("aria-pressed", String(id === shown));
        button.setAttribute("aria-label", `Rank ${k}: ${visible(vocabulary[id])} ${probability(p)}; plot it`);
      });
    },
  };
}

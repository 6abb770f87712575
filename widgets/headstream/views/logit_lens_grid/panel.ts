// What one cell predicts: its top tokens, and where it stands to the end of the model and to the text.
import { element } from "../shared/draw/dom";
import { probability } from "../shared/text/format";
import { shortened, visible } from "../shared/text/tokens";
import type { Cell, Drawing } from "./grid";
import { nats } from "./quantity";

/** Characters that are shown of a token. */
const LIMIT = 12;

export function panel(
  { lens, tokens, rowLabels, vocabulary }: Drawing,
  top: number,
  hooks: { point(token: number | null): void; choose(k: number): void },
) {
  const short = (label: string) => shortened(visible(label), LIMIT);
  const place = element("div", "hs-lens-place");
  const final = standing();
  const following = standing();
  const entropy = element("span", "hs-number");
  const kl = element("span", "hs-number");
  const choices = Array.from({ length: top }, (_, k) => {
    const token = element("span", "hs-lens-token");
    const number = element("span", "hs-number");
    const bar = element("span", "hs-lens-bar");
    const rank = element("span", "hs-quiet", {}, String(k));
    const button = element("button", "hs-lens-choice", { type: "button" }, bar, rank, token, number);
    button.addEventListener("pointerenter", () => hooks.point(Number(button.dataset.token)));
    button.addEventListener("pointerleave", () => hooks.point(null));
    button.addEventListener("click", () => hooks.choose(k));
    return { button, token, number, bar };
  });
  const fact = (name: string, ...values: HTMLElement[]) => [
    element("span", "hs-quiet", {}, name),
    element("span", "hs-lens-values", {}, ...values),
  ];
  const facts = element(
    "div",
    "hs-lens-facts",
    {},
    place,
    ...fact("final prediction", final.token, final.rank, final.p),
    ...fact("true next", following.token, following.rank, following.p),
    ...fact("entropy", entropy),
    ...fact("KL(final ‖ this row)", kl),
  );
  const list = element(
    "div",
    "hs-lens-choices",
    { role: "group", "aria-label": "Top tokens of the cell" },
    ...choices.map(({ button }) => button),
  );
  const root = element("div", "hs-lens-panel", {}, facts, list);

  function stand({ token, rank, p }: ReturnType<typeof standing>, row: number, candidate: number): void {
    token.textContent = candidate < 0 ? "–" : short(vocabulary[lens.ids[candidate]]);
    rank.textContent = candidate < 0 ? "" : `rank ${lens.rank(row, candidate)}`;
    p.textContent = candidate < 0 ? "" : probability(lens.probability(row, candidate));
  }

  return {
    root,
    show({ row, position }: Cell, token: number): void {
      place.replaceChildren(
        element("b", "", {}, rowLabels[row]),
        element("span", "hs-quiet", {}, `at ${position}`),
        element("span", "hs-lens-token", {}, short(tokens[position])),
      );
      stand(final, row, lens.final(position));
      stand(following, row, lens.following(position));
      entropy.textContent = `${nats(lens.entropy(row, position))} nats`;
      kl.textContent = `${nats(lens.kl(row, position))} nats`;
      const best = lens.top(row, position, top);
      choices.forEach((choice, k) => {
        const candidate = best[k];
        choice.button.style.visibility = candidate === undefined ? "hidden" : "";
        if (candidate === undefined) return;
        const id = lens.ids[candidate];
        const p = lens.probability(row, candidate);
        choice.token.textContent = short(vocabulary[id]);
        choice.number.textContent = probability(p);
        choice.bar.style.width = `${100 * p}%`;
        choice.button.dataset.token = String(id);
        choice.button.setAttribute("aria-pressed", String(id === token));
        choice.button.setAttribute("aria-label", `Rank ${k}: ${visible(vocabulary[id])} ${probability(p)}; plot it`);
      });
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

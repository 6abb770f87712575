// Beside the text: the ladder, one rung a model, and what each model gives to the token that is pointed at.
import type { Ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { slider } from "../shared/parts/controls";
import { fixed, probability } from "../shared/text/format";
import { plain, visible } from "../shared/text/tokens";
import type { LadderFrame } from "./index";
import type { Ladder } from "./ladder";

/** Where on the sequential scale a model stands: the later, the stronger. */
export function shade(model: number, models: number): number {
  return models === 1 ? 0.75 : 0.34 + (0.62 * model) / (models - 1);
}

export function paintMark(node: HTMLElement, model: number | null, models: number, ramp: Ramp): void {
  node.style.backgroundColor = model === null ? "" : ramp.css(shade(model, models));
  node.style.color = model === null ? "" : ramp.ink(shade(model, models));
}

/** The models with their marks, the tokens that each is the first to predict, and its loss. A click leaves only its tokens marked. */
export function rungs(frame: LadderFrame, models: readonly string[]) {
  const number = () => element("span", "hs-number", { role: "cell" });
  const head = (text: string) => element("span", "hs-quiet", { role: "columnheader" }, text);
  const header = element("div", "hs-rung-row hs-rung-head", { role: "row" }, head("first to predict"));
  header.append(head("tokens"), head("share"), head("loss, nats per token"));
  const root = element("div", "hs-rungs", { role: "table", "aria-label": "The models" }, header);
  const rows = [...models, null].map((name, index) => {
    const chip = element("span", "hs-chip", { "aria-hidden": "true" }, name === null ? "–" : String(index + 1));
    const label = element("span", "hs-name", { title: plain(name ?? "") }, plain(name ?? "no model"));
    const cell = element("span", "hs-rung-name", { role: "rowheader" });
    const button = element("button", "hs-rung-button", { type: "button", "data-key": `only-${index}` }, chip, label);
    button.title = `Only the tokens of ${plain(name ?? "")}`;
    button.addEventListener("click", () => frame.set({ only: frame.traits.only === name ? null : name }));
    if (name === null) cell.append(chip, label);
    else cell.append(button);
    const [tokens, share, loss] = [number(), number(), number()];
    root.append(element("div", "hs-rung-row", { role: "row", "data-model": name ?? "" }, cell, tokens, share, loss));
    return { name, chip, button, tokens, share, loss };
  });
  return {
    root,
    paint(ladder: Ladder, threshold: number, only: string | null, ramp: Ramp) {
      const counts = ladder.counts(threshold);
      const total = ladder.tokens.length - 1;
      rows.forEach(({ name, chip, button, tokens, share, loss }, index) => {
        tokens.textContent = String(counts[index]);
        share.textContent = `${fixed((100 * counts[index]) / total, 1)} %`;
        if (name === null) return;
        loss.textContent = fixed(ladder.loss(index), 2);
        paintMark(chip, index, models.length, ramp);
        button.setAttribute("aria-pressed", String(name === only));
      });
      root.classList.toggle("hs-isolated", only !== null);
    },
  };
}

/** The threshold on a scale from 0 to 1, and under it each model's probability on the same scale, with its guesses. */
export function guesses(frame: LadderFrame, models: readonly string[]) {
  const control = slider(frame, "threshold", "Threshold: p >", { min: 0, max: 1, step: 0.01 }, probability);
  const ticks = ["0", ".5", "1"].map((label) => element("span", "", {}, label));
  const scale = element("div", "hs-guess-scale hs-quiet", {}, element("span", "", {}, "p of this token"));
  scale.append(element("span", "hs-ticks", {}, ...ticks));
  const root = element("div", "hs-guesses", {}, scale, control.root);
  const rows = models.map((name, index) => {
    const chip = element("span", "hs-chip", { "aria-hidden": "true" }, String(index + 1));
    const bar = element("span", "hs-bar");
    const line = element("span", "hs-threshold");
    const p = element("span", "hs-number hs-p");
    const list = element("span", "hs-guess-list");
    const label = element("span", "hs-name", {}, plain(name));
    const who = element("span", "hs-guess-name", { title: plain(name) }, chip, label);
    const row = element("div", "hs-guess-row", { role: "group", "aria-label": plain(name) });
    row.append(who, element("span", "hs-track", {}, bar, line), p, list);
    root.append(row);
    return { row, chip, bar, line, p, list };
  });
  return {
    root,
    paint({ models }: Ladder, threshold: number, ramp: Ramp) {
      control.update();
      rows.forEach(({ chip, bar, line }, index) => {
        paintMark(chip, index, models.length, ramp);
        bar.style.backgroundColor = ramp.css(shade(index, models.length));
        line.style.left = `${100 * threshold}%`;
      });
    },
    /** What the models expected at the place of a token. */
    show(ladder: Ladder, token: number | null, threshold: number) {
      const first = token === null ? null : ladder.first(token, threshold);
      rows.forEach(({ row, bar, p, list }, index) => {
        const shown = ladder.predicted(token);
        const value = shown ? ladder.p(index, token) : 0;
        bar.style.width = `${100 * value}%`;
        p.textContent = shown ? probability(value) : "";
        row.classList.toggle("hs-first", index === first);
        const items = shown ? ladder.guesses(index, token) : [];
        list.replaceChildren(...items.map(guess));
      });
    },
  };
}

function guess({ label, p, true: hit }: { label: string; p: number; true: boolean }): HTMLElement {
  const token = element("span", "hs-guess-token", { title: visible(label) }, visible(label));
  const sign = hit ? [element("span", "", { role: "img", "aria-label": "the token that comes:" }, "✓")] : [];
  return element(
    "span",
    hit ? "hs-guess hs-true" : "hs-guess",
    {},
    ...sign,
    token,
    element("span", "hs-number", {}, probability(p)),
  );
}

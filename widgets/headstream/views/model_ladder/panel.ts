// Beside the text: the ladder, one rung a model, and what each model gives to the token that is pointed at.
import type { Ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Frame } from "../shared/frame/view";
import { slider } from "../shared/parts/controls";
import { fixed, probability } from "../shared/text/format";
import { plain, visible } from "../shared/text/tokens";
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
export function rungs({ model }: Frame, ladder: Ladder, ramp: Ramp) {
  const { models } = ladder;
  const number = (text = "") => element("span", "hs-number", { role: "cell" }, text);
  const head = (text: string) => element("span", "hs-quiet", { role: "columnheader" }, text);
  const header = element("div", "hs-rung-row hs-rung-head", { role: "row" }, head("first to predict"));
  header.append(head("tokens"), head("share"), head("loss, nats per token"));
  const root = element("div", "hs-rungs", { role: "table", "aria-label": "The models" }, header);
  const buttons: HTMLElement[] = [];
  const rows = [...models, null].map((name, index) => {
    const chip = element("span", "hs-chip", { "aria-hidden": "true" }, name === null ? "–" : String(index + 1));
    const label = element("span", "hs-name", { title: plain(name ?? "") }, plain(name ?? "no model"));
    const cell = element("span", "hs-rung-name", { role: "rowheader" });
    if (name === null) cell.append(chip, label);
    else {
      paintMark(chip, index, models.length, ramp);
      const button = element("button", "hs-rung-button", {
        type: "button",
        title: `Only the tokens of ${plain(name)}`,
      });
      button.append(chip, label);
      button.addEventListener("click", () => {
        model.set("only", model.get("only") === name ? null : name);
        model.save_changes();
      });
      buttons.push(button);
      cell.append(button);
    }
    const tokens = number();
    const share = number();
    const loss = number(name === null ? "" : fixed(ladder.loss(index), 2));
    root.append(element("div", "hs-rung-row", { role: "row", "data-model": name ?? "" }, cell, tokens, share, loss));
    return { tokens, share };
  });
  return {
    root,
    update(threshold: number, only: string | null) {
      const total = ladder.tokens.length - 1;
      ladder.counts(threshold).forEach((count, index) => {
        rows[index].tokens.textContent = String(count);
        rows[index].share.textContent = `${fixed((100 * count) / total, 1)} %`;
      });
      buttons.forEach((button, index) => {
        button.setAttribute("aria-pressed", String(models[index] === only));
      });
      root.classList.toggle("hs-isolated", only !== null);
    },
  };
}

/** The threshold on a scale from 0 to 1, and under it each model's probability on the same scale, with its guesses. */
export function guesses({ model }: Frame, ladder: Ladder, ramp: Ramp) {
  const { models } = ladder;
  const control = slider(model, "threshold", "Threshold: p >", { min: 0, max: 1, step: 0.01 }, probability);
  const ticks = ["0", ".5", "1"].map((label) => element("span", "", {}, label));
  const scale = element("div", "hs-guess-scale hs-quiet", {}, element("span", "", {}, "p of this token"));
  scale.append(element("span", "hs-ticks", {}, ...ticks));
  const root = element("div", "hs-guesses", {}, scale, control);
  const rows = models.map((name, index) => {
    const chip = element("span", "hs-chip", { "aria-hidden": "true" }, String(index + 1));
    paintMark(chip, index, models.length, ramp);
    const bar = element("span", "hs-bar");
    bar.style.backgroundColor = ramp.css(shade(index, models.length));
    const line = element("span", "hs-threshold");
    const p = element("span", "hs-number hs-p");
    const list = element("span", "hs-guess-list");
    const label = element(
      "span",
      "hs-guess-name",
      { title: plain(name) },
      chip,
      element("span", "hs-name", {}, plain(name)),
    );
    const row = element("div", "hs-guess-row", { role: "group", "aria-label": name });
    row.append(label, element("span", "hs-track", {}, bar, line), p, list);
    root.append(row);
    return { row, bar, line, p, list };
  });
  return {
    root,
    update(threshold: number) {
      for (const { line } of rows) line.style.left = `${100 * threshold}%`;
    },
    show(position: number | null, threshold: number) {
      const first = position === null ? null : ladder.first(position, threshold);
      rows.forEach(({ row, bar, p, list }, index) => {
        const shown = ladder.predicted(position);
        const value = shown ? ladder.p(index, position) : 0;
        bar.style.width = `${100 * value}%`;
        p.textContent = shown ? probability(value) : "";
        row.classList.toggle("hs-first", index === first);
        const items = shown ? ladder.guesses(index, position) : [];
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

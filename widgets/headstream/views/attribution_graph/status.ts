// One line above the picture: how much is drawn, and how well it explains the whole.
import { element } from "../shared/draw/dom";
import { probability } from "../shared/text/format";
import type { Scores } from "./prune";
import type { State } from "./state";

const SCORES: [keyof Scores, string][] = [
  [
    "replacement",
    "of the strength of all paths from the logits back, what comes from tokens through the features drawn",
  ],
  [
    "completeness",
    "of the inputs of what is drawn, weighted by influence, what comes from no error and no feature left out",
  ],
];

export const count = (kept: Uint8Array) => kept.reduce((sum, one) => sum + one, 0);
export const many = (value: number) => value.toLocaleString("en-US");

export function status() {
  const scores = SCORES.map(([name, title]) => {
    const now = element("b", "hs-number", { "data-score": name });
    const whole = element("span", "hs-quiet hs-number", { "data-whole-score": name });
    return { name, now, whole, root: element("span", "hs-graph-score", { title }, `${name} `, now, " ", whole) };
  });
  const root = element("div", "hs-graph-status", {}, ...scores.map(({ root }) => root));
  return {
    root,
    show({ scores: found, pruning: { whole } }: State): void {
      for (const score of scores) {
        score.now.textContent = probability(found[score.name]);
        score.whole.textContent = `(all nodes ${probability(whole[score.name])})`;
      }
    },
  };
}

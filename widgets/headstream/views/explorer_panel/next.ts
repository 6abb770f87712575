// What comes next: the most probable tokens, a bar for every run.
import { ramp, type Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { probability } from "../shared/text/format";
import { plain, visible } from "../shared/text/tokens";

export function nextTokens() {
  const heading = element("div", "hs-quiet hs-explore-heading");
  const table = element("table", "hs-explore-next");
  return {
    root: element("div", "", {}, heading, table),
    /** `prob`: [run, token]. */
    paint(theme: Theme, runs: readonly string[], tokens: readonly string[], prob: ArrayLike<number>, after: string) {
      const color = ramp(theme, "sequential").css(0.7);
      heading.textContent = `What comes next, after ${after}`;
      const head = element("tr", "", {}, element("th", "", { scope: "col" }, "token"));
      head.append(...runs.map((run) => element("th", "", { scope: "col" }, plain(run))));
      const rows = tokens.map((token, column) => {
        const row = element("tr", "hs-explore-row", {}, element("th", "hs-mono", { scope: "row" }, visible(token)));
        runs.forEach((_, run) => {
          const p = prob[run * tokens.length + column];
          const bar = element("span", "hs-prompt-bar", {
            style: `width:${(100 * p).toFixed(2)}%;background:${color}`,
          });
          row.append(element("td", "", {}, element("span", "hs-prompt-track", {}, bar), probability(p)));
        });
        return row;
      });
      table.replaceChildren(head, ...rows);
    },
  };
}

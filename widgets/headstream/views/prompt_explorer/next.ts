// What comes next at a position: the model's most probable tokens. One that is chosen is the bars' token.
import { ramp, type Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { SharedSelection } from "../shared/frame/selection";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { probability } from "../shared/text/format";
import { plain, visible } from "../shared/text/tokens";

export interface Candidate {
  token: number;
  label: string;
  p: number;
}

export function nextTokens(selection: SharedSelection, choose: (token: number | null) => void) {
  const heading = element("div", "hs-quiet hs-prompt-heading");
  const list = element("div", "hs-prompt-next", { role: "listbox" });
  let rows: ReturnType<typeof oneRow>[] = [];
  let shown: readonly Candidate[] = [];
  let chosen: number | null = null;
  const reach = pointAndKeep<number>({
    root: list,
    at(event) {
      const row = (event.target as HTMLElement).closest(".hs-prompt-row");
      return row ? rows.findIndex(({ root }) => root === row) : null;
    },
    element: (index) => rows[index].root,
    step: (index, key) => listStep(index, key, rows.length),
    point: (index) => selection.preview(index === null ? null : { token: shown[index].token }),
    keep: (index) => choose(shown[index].token === chosen ? null : shown[index].token),
  });
  return {
    root: element("div", "hs-prompt-side", {}, heading, list),
    /** `after`: the token before them, in quotes. */
    paint(theme: Theme, candidates: readonly Candidate[], after: string): void {
      heading.textContent = `What comes next, after ${after}`;
      list.setAttribute("aria-label", heading.textContent);
      shown = candidates;
      if (rows.length !== shown.length) {
        rows = shown.map((_, index) => oneRow(index));
        list.replaceChildren(...rows.map(({ root }) => root));
        reach.offer(rows[0]?.root);
      }
      const color = ramp(theme, "sequential").css(0.7);
      shown.forEach((candidate, index) => {
        rows[index].write(candidate, color);
      });
    },
    /** `target`: the token that is chosen; `pointed`: the one that is pointed at anywhere; or null. */
    mark(target: number | null, pointed: number | null): void {
      chosen = target;
      shown.forEach(({ token }, index) => {
        rows[index].root.classList.toggle("hs-current", token === (pointed ?? target));
        rows[index].root.setAttribute("aria-selected", String(token === target));
      });
    },
  };
}

function oneRow(index: number) {
  const token = element("span", "hs-prompt-token");
  const bar = element("span", "hs-prompt-bar");
  const number = element("span", "hs-number");
  const track = element("span", "hs-prompt-track", {}, bar);
  const attributes = { role: "option", tabindex: -1, "data-key": `next-${index}` };
  const root = element("div", "hs-prompt-row hs-row", attributes, token, track, number);
  return {
    root,
    write({ label, p }: Candidate, color: string): void {
      token.textContent = visible(label);
      number.textContent = probability(p);
      bar.style.width = `${(100 * p).toFixed(2)}%`;
      bar.style.background = color;
      root.setAttribute("aria-label", `${plain(label)}, ${probability(p)}`);
    },
  };
}

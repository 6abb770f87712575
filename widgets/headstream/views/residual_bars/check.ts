// Below the bars: their sum and the exact value beside each other; and what a mark in a bar stands for.
import { element } from "../shared/draw/dom";
import type { Compared } from "./words";

export function checkLine() {
  const root = element("div", "hs-bars-check");
  return {
    root,
    /** `whole` is the room for a number, in em. */
    write(pairs: Compared[], differ: boolean, whole: number): void {
      const parts = pairs.map(({ name, id, number }) => {
        const label = element("span", "hs-quiet", {}, `${name} `);
        return element("span", "", {}, label, element("b", "", { [`data-${id}`]: number }, number));
      });
      // There also while it cannot be seen, for its place.
      parts.find((_, index) => pairs[index].id === "difference")?.append(differing(differ));
      root.style.setProperty("--hs-bars-whole", `${whole}em`);
      root.classList.toggle("hs-bars-off", differ);
      root.replaceChildren(...parts);
    },
  };
}

function differing(differ: boolean): HTMLElement {
  const spoken = differ ? { role: "img", "aria-label": "they differ" } : { "aria-hidden": "true" };
  return element("span", "hs-bars-differ", { title: "they differ", ...spoken }, " ≠");
}

export function markLegend(): HTMLElement {
  const mark = element("span", "hs-bars-mark-sample", { "aria-hidden": "true" });
  return element("span", "hs-quiet", {}, mark, "one head of a layer");
}

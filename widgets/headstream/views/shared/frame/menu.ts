// The menu of every view: lecture size, the whole of it or what the window holds, and its picture as a file.
import { element } from "../draw/dom";
import { action } from "../parts/controls";
import type { flag } from "../wire/readers";
import type { SharedLecture } from "./lecture";
import { savePng, saveSvg } from "./save";
import type { Traits } from "./traits";

export function menu(
  traits: Traits<{ whole: typeof flag }>,
  lecture: SharedLecture,
  root: HTMLElement,
  figure: HTMLElement,
  name: string,
): HTMLElement {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type in the whole notebook", () => lecture.toggle()),
    action("Whole view", "The whole view, or no more than the window holds", () => {
      traits.set({ whole: !traits.now.whole });
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name)),
  );
  const summary = element("summary", "hs-button", { "aria-label": "More", "data-key": "menu" }, "⋯");
  const details = element("details", "hs-menu", {}, summary, list);
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget as Node | null)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

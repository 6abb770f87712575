// A field in which a prompt is typed.
import { element } from "../draw/dom";

export function promptField(name: string, key: string, typed: (text: string) => void) {
  const area = element("textarea", "hs-search hs-prompt-text", {
    rows: 2,
    spellcheck: "false",
    "data-key": key,
    "data-lm-suppress-shortcuts": "true",
  });
  area.addEventListener("input", () => typed(area.value));
  // Keys that mean something to the page around mean text here; Escape leaves.
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  return {
    root: element("label", "hs-prompt-label", {}, element("span", "hs-quiet", {}, name), area),
    area,
    write(text: string): void {
      if (area.value !== text) area.value = text;
    },
  };
}

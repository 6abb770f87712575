// Running text with one span a token: hover previews a position, a click or Enter pins it.
import { element } from "../draw/dom";
import type { SharedSelection } from "../frame/selection";
import { running, visible } from "../text/tokens";

export interface Strip {
  root: HTMLElement;
  spans: HTMLElement[];
  /** Marks one token as the current one, and makes it the one that the Tab key reaches. */
  mark(position: number | null): void;
}

/** `write` puts a token's running text into its span, and breaks lines; without it spaces are dotted and every newline token ends a line. */
export function tokenStrip(
  labels: string[],
  selection: SharedSelection,
  name: string,
  write?: (span: HTMLElement, text: string) => void,
): Strip {
  const spans = running(labels).map((text, position) => {
    const attributes = {
      role: "option",
      "aria-label": `${position}: ${visible(labels[position])}`,
      tabindex: -1,
      "data-position": position,
    };
    const span = element("span", "hs-token", attributes);
    (write ?? fill)(span, text);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  spans.forEach((span, position) => {
    // Lines break where words begin: a visible space is no place to break.
    if (!write && /^\s/.test(labels[position])) root.append(element("wbr"));
    root.append(span);
    // A newline is shown, and the text also breaks there.
    if (!write && labels[position].endsWith("\n") && position < labels.length - 1) root.append(element("br"));
  });
  let reachable = spans[0];
  if (reachable) reachable.tabIndex = 0;

  const positionOf = (event: Event): number | null => {
    const span = (event.target as HTMLElement).closest<HTMLElement>(".hs-token");
    return span ? Number(span.dataset.position) : null;
  };
  root.addEventListener("pointerover", (event) => {
    const position = positionOf(event);
    if (position !== null) selection.preview({ position, key: null });
  });
  root.addEventListener("pointerleave", () => selection.preview(null));
  root.addEventListener("click", (event) => {
    const position = positionOf(event);
    if (position !== null) selection.pin({ position, key: null });
  });
  root.addEventListener("keydown", (event) => {
    const position = positionOf(event);
    if (position === null) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const next = Math.min(spans.length - 1, Math.max(0, position + step));
      spans[next].focus();
      selection.preview({ position: next, key: null });
    } else if (event.key === "Enter" || event.key === " ") {
      selection.pin({ position, key: null });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let current: HTMLElement | null = null;
  return {
    root,
    spans,
    mark(position) {
      current?.classList.remove("hs-current");
      current?.setAttribute("aria-selected", "false");
      current = position === null ? null : (spans[position] ?? null);
      if (!current) return;
      current.classList.add("hs-current");
      current.setAttribute("aria-selected", "true");
      reveal(current, root);
      reachable.tabIndex = -1;
      reachable = current;
      reachable.tabIndex = 0;
    },
  };
}

/** Scrolls the text, never the page, so that a token can be seen. */
function reveal(span: HTMLElement, root: HTMLElement): void {
  if (root.scrollHeight <= root.clientHeight) return;
  const box = span.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  if (box.top < frame.top) root.scrollTop -= frame.top - box.top + box.height;
  else if (box.bottom > frame.bottom) root.scrollTop += box.bottom - frame.bottom + box.height;
}

function fill(span: HTMLElement, text: string): void {
  // Every space gets a faint dot of its own: the text still reads as text.
  for (const part of visible(text).split(/(·)/)) {
    if (part === "·") span.append(element("span", "hs-space", {}, part));
    else if (part) span.append(part);
  }
  // A token that only continues a character keeps a place to point at.
  if (!text) span.append(element("span", "hs-space", {}, "‿"));
}

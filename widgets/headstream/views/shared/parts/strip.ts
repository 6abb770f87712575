// Running text with one span a token: hover previews a position, a click or Enter pins it.
import { element } from "../draw/dom";
import { afterLayout } from "../frame/layout";
import type { Selection, SharedSelection } from "../frame/selection";
import { isSpecial, running, visible } from "../text/tokens";
import { listStep, pointAndKeep } from "./items";

export interface Strip {
  root: HTMLElement;
  spans: HTMLElement[];
  /** Marks one token as the current one, and makes it the one that the Tab key reaches. */
  mark(index: number | null): void;
}

export interface StripOptions {
  /** Puts a token's running text into its span, and breaks lines; without it spaces are dotted and every newline token ends a line. */
  write?(span: HTMLElement, text: string): void;
  /** What pointing at a token selects; without it, its position. */
  part?(index: number): Partial<Selection>;
  /** Where a key leads, before the arrows are asked. */
  step?(index: number, key: string): number | undefined;
}

export function tokenStrip(
  labels: readonly string[],
  selection: SharedSelection,
  name: string,
  { write, part = (position) => ({ position, key: null }), step }: StripOptions = {},
): Strip {
  // Copied: to make each of some thousand tokens from nothing takes twice as long.
  const token = element("span", "hs-token", { role: "option", tabindex: -1 });
  const dot = element("span", "hs-space", {}, "·");
  const spans = running(labels).map((text, index) => {
    const span = token.cloneNode() as HTMLElement;
    span.setAttribute("aria-label", `${index}: ${visible(labels[index])}`);
    span.setAttribute("data-position", String(index));
    span.setAttribute("data-key", `token-${index}`);
    if (write) write(span, text);
    else fill(span, text, dot);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  let lines: HTMLElement = root;
  spans.forEach((span, index) => {
    // A newline is shown, and the text also breaks there. Of a long text only paragraphs that change are painted anew.
    if (!write && (index === 0 || labels[index - 1].endsWith("\n"))) {
      lines = element("div", "hs-paragraph", { role: "presentation" });
      root.append(lines);
    }
    // Lines break where words begin: a visible space is no place to break.
    const begins = /^\s/.test(labels[index]) || (index > 0 && isSpecial(labels[index - 1]));
    if (!write && begins) lines.append(element("wbr"));
    lines.append(span);
  });
  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const span = (event.target as HTMLElement).closest<HTMLElement>(".hs-token");
      return span ? Number(span.dataset.position) : null;
    },
    element: (index) => spans[index],
    step: (index, key) => step?.(index, key) ?? listStep(index, key, spans.length),
    point: (index) => selection.preview(index === null ? null : part(index)),
    keep: (index) => selection.pin(part(index)),
  });
  reach.offer(spans[0]);

  let current: HTMLElement | null = null;
  let pinned: number | null = null;
  let away = false;
  /** To what is pinned anew, and to what is pointed at elsewhere, and from there back again; else the reader's own place is kept. */
  function follow(index: number | null): void {
    const { previewing } = selection;
    const wanted = previewing || away || index !== pinned;
    if (!previewing) pinned = index;
    if (!wanted) return;
    const item = current;
    afterLayout(() => {
      away = item !== null && reveal(item, root) && previewing;
    });
  }
  return {
    root,
    spans,
    mark(index) {
      const next = index === null ? null : (spans[index] ?? null);
      if (next !== current) {
        current?.classList.remove("hs-current");
        current?.setAttribute("aria-selected", "false");
        current = next;
        current?.classList.add("hs-current");
        current?.setAttribute("aria-selected", "true");
        follow(index);
      } else if (!selection.previewing) pinned = index;
      reach.offer(current);
    },
  };
}

/** Scrolls what holds an item, never the page, so that the item can be seen; whether that was needed. */
export function reveal(item: HTMLElement, root: HTMLElement): boolean {
  if (root.scrollHeight <= root.clientHeight) return false;
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(root);
  const box = item.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const above = frame.top + (Number.parseFloat(scrollPaddingTop) || 0) - box.top;
  const below = box.bottom - frame.bottom + (Number.parseFloat(scrollPaddingBottom) || 0);
  if (above > 0) root.scrollTop -= above + box.height;
  else if (below > 0) root.scrollTop += below + box.height;
  return above > 0 || below > 0;
}

/** The tokens that can be seen of a text that is scrolled: the first, and the one after the last. */
export function inSight({ root, spans }: Pick<Strip, "root" | "spans">): [number, number] {
  if (root.scrollHeight <= root.clientHeight) return [0, spans.length];
  const { top, bottom } = root.getBoundingClientRect();
  /** The first that is not above a line. */
  const from = (isAbove: (box: DOMRect) => boolean) => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAbove(spans[middle].getBoundingClientRect())) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [from((box) => box.bottom < top), from((box) => box.top <= bottom)];
}

function fill(span: HTMLElement, text: string, dot: HTMLElement): void {
  // Every space gets a faint dot of its own: the text still reads as text.
  for (const part of visible(text).split(/(·)/)) {
    if (part === "·") span.append(dot.cloneNode(true));
    else if (part) span.append(part);
  }
  // A token that only continues a character keeps a place to point at.
  if (!text) span.append(element("span", "hs-space", {}, "‿"));
}

// How much of a page can be seen at once: no view is taller than that unless asked.
import { above } from "../draw/color";

/** What stands around a view in its cell, in CSS pixels. */
const AROUND = 40;
/** More than any window has. */
const TALL = "100000px";

/**
 * The box that scrolls an element and is as high whatever is in it, the outermost one; null: that is the window. Asked while the
 * element is taller than anything: a box that grows with it holds it and hides nothing.
 */
export function scrollerOf(element: HTMLElement): Element | null {
  const boxes: Element[] = [];
  for (let node = above(element); node && node !== document.body; node = above(node)) {
    if (/auto|scroll/.test(getComputedStyle(node).overflowY)) boxes.push(node);
  }
  const before = boxes.map((box) => box.clientHeight);
  element.style.minHeight = TALL;
  const fixed = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element.style.minHeight = "";
  return fixed.at(-1) ?? null;
}

/**
 * The height that a view may take where this scrolls it; null where nothing says. In a frame the window's height may follow what
 * is drawn in it, so there the screen is asked.
 */
export function heightInSight(scroller: Element | null): number | null {
  const framed = window.top !== window;
  const height = scroller?.clientHeight ?? (framed ? 0.8 * screen.availHeight : window.innerHeight);
  return height > 0 ? Math.max(0, height - AROUND) : null;
}

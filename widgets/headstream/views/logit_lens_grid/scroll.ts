// The window of columns, moved by a wheel that turns sideways and by a finger.
import type { Columns } from "./state";

/** `column` is the width of one. A swipe that has moved the window is no click. */
export function scrolled(
  root: HTMLElement,
  column: number,
  columns: () => Columns,
  look: (first: number) => void,
): void {
  let rolled = 0;
  root.addEventListener(
    "wheel",
    (event) => {
      const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      const { first, count, positions } = columns();
      if (count === positions || Math.abs(across) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      rolled += across;
      const steps = Math.trunc(rolled / column);
      rolled -= steps * column;
      look(first + steps);
    },
    { passive: false },
  );
  let swipe: { x: number; from: number; moved: boolean } | null = null;
  root.addEventListener("pointerdown", (event) => {
    swipe = event.pointerType === "touch" ? { x: event.clientX, from: columns().first, moved: false } : null;
  });
  root.addEventListener("pointermove", (event) => {
    if (!swipe || event.pointerType !== "touch") return;
    const steps = Math.round((swipe.x - event.clientX) / column);
    if (steps) swipe.moved = true;
    look(swipe.from + steps);
  });
  root.addEventListener(
    "click",
    (event) => {
      if (swipe?.moved) event.stopPropagation();
    },
    { capture: true },
  );
}

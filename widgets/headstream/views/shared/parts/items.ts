// Items that are pointed at and kept: by the pointer, and by the arrow keys, Enter and the space bar. One of them is reached by the Tab key.

type Focusable = HTMLElement | SVGElement;

export interface Items<T> {
  /** What holds the items. */
  root: HTMLElement;
  /** The item that an event is on. */
  at(event: Event): T | null;
  /** The element of an item, which takes the focus. */
  element(item: T): Focusable | null | undefined;
  /** The item that a key leads to; null where that is none, undefined for a key that means nothing. */
  step(item: T, key: string, event: KeyboardEvent): T | null | undefined;
  /** Another item is pointed at, or none. */
  point(item: T | null): void;
  /** A click, Enter or the space bar. */
  keep(item: T): void;
}

export interface Reach {
  /** Makes an element the one that the Tab key reaches, unless the reader is at another one. */
  offer(element: Focusable | null | undefined): void;
}

export function pointAndKeep<T>(items: Items<T>): Reach {
  const { root } = items;
  let reached: Focusable | null = null;
  // At once, not on the next frame: Tab may follow an arrow key within it.
  const reach = (element: Focusable) => {
    if (reached !== element && reached) reached.tabIndex = -1;
    reached = element;
    element.tabIndex = 0;
  };
  const inside = (target: EventTarget | null) => root.contains(target as Node | null);

  let pointed: Focusable | null | undefined;
  root.addEventListener("pointerover", (event) => {
    const item = items.at(event);
    const element = item === null ? null : items.element(item);
    if (element && element === pointed) return;
    pointed = element;
    if (item !== null) items.point(item);
  });
  root.addEventListener("pointerleave", () => {
    pointed = null;
    items.point(null);
  });
  root.addEventListener("focusin", (event) => {
    const item = items.at(event);
    const element = item === null ? null : items.element(item);
    if (element) reach(element);
  });
  root.addEventListener("focusout", (event) => {
    if (!inside(event.relatedTarget)) items.point(null);
  });
  root.addEventListener("click", (event) => {
    const item = items.at(event);
    if (item !== null) items.keep(item);
  });
  root.addEventListener("keydown", (event) => {
    const item = items.at(event);
    if (item === null) return;
    if (event.key === "Enter" || event.key === " ") items.keep(item);
    else {
      const next = items.step(item, event.key, event);
      if (next === undefined) return;
      const element = next === null ? null : items.element(next);
      if (next !== null && element) {
        reach(element);
        element.focus();
        items.point(next);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    offer(element) {
      const focused = (root.getRootNode() as Document | ShadowRoot).activeElement;
      const here = reached?.isConnected && reached === focused;
      if (element && !here) reach(element);
    },
  };
}

/** Steps through a list of so many: arrows by one, Home and End to its ends. */
export function listStep(index: number, key: string, count: number): number | undefined {
  const last = count - 1;
  const steps: Record<string, number> = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.min(last, Math.max(0, next));
}

/** Steps through a table, as [row, column]; past an edge there is nothing. */
export function gridStep(
  [row, column]: readonly [number, number],
  key: string,
  [rows, columns]: readonly [number, number],
): [number, number] | null | undefined {
  const steps: Record<string, [number, number]> = {
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    Home: [row, 0],
    End: [row, columns - 1],
  };
  const next = steps[key];
  if (!next) return undefined;
  return next[0] >= 0 && next[0] < rows && next[1] >= 0 && next[1] < columns ? next : null;
}

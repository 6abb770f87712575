// The keyboard's focus outlives what is drawn: an element is known by its `data-key`.

/** Runs a change of the page; where it took away the element that had the focus, the one with the same key gets it. */
export function keepingFocus(root: HTMLElement, change: () => void): void {
  const tree = root.getRootNode() as Document | ShadowRoot;
  const before = tree.activeElement;
  const key = root.contains(before) ? before?.closest<HTMLElement>("[data-key]")?.dataset.key : undefined;
  change();
  if (key === undefined || (before?.isConnected && tree.activeElement === before)) return;
  root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

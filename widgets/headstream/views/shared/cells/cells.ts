// Views within a view: each in a cell, side by side or below each other by the room there is.
import { element } from "../draw/dom";
import { type Frame, WHOLE } from "../frame/view";
import { arrange, GAP } from "./arrange";

export interface Cells {
  root: HTMLElement;
  /** Arranges these views, references to their models, in the height that is left for them; null: any. Those that stand already keep what the reader did in them. */
  place(views: readonly string[], height: number | null): void;
}

export function cells(frame: Pick<Frame, "host" | "signal" | "width" | "fontSize">): Cells {
  const root = element("div", "hs-cells");
  let shown: readonly string[] = [];
  let ending = new AbortController();
  frame.signal.addEventListener("abort", () => ending.abort());

  async function draw(ref: string, cell: HTMLElement, signal: AbortSignal): Promise<void> {
    const widget = await frame.host.getWidget(ref).catch(() => null);
    if (widget) return widget.render({ el: cell, signal });
    cell.append(element("p", "hs-damaged", { role: "alert" }, "This view is missing: run the notebook's cells again."));
  }

  return {
    root,
    place(views, room) {
      const fresh = views.join() !== shown.join();
      if (fresh) {
        ending.abort();
        ending = new AbortController();
        shown = views;
        root.replaceChildren(...views.map(() => element("div", "hs-board-cell")));
      }
      const { columns, height, em } = arrange(views.length, frame.width, room ?? 0, frame.fontSize);
      root.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      root.style.columnGap = `${GAP * em}px`;
      const all = [...(root.children as HTMLCollectionOf<HTMLElement>)];
      for (const cell of all) {
        cell.dataset.hsFontSize = String(em);
        if (room === null) cell.dataset.hsHeight = WHOLE;
        else if (height === null) delete cell.dataset.hsHeight;
        else cell.dataset.hsHeight = String(height);
      }
      if (fresh) views.forEach((ref, index) => void draw(ref, all[index], ending.signal));
    },
  };
}

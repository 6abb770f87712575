import { element } from "../shared/draw/dom";
import { defineView, type Frame, type View, WHOLE } from "../shared/frame/view";
import { texts } from "../shared/wire/readers";
import { arrange, GAP } from "./arrange";

const READERS = { views: texts };

function create(frame: Frame<typeof READERS>): View {
  let shown: string[] = [];
  let ending = new AbortController();
  const board = element("div", "hs-board-views");
  frame.signal.addEventListener("abort", () => ending.abort());

  function arranged(): void {
    const room = frame.heightLeft();
    const { columns, height } = arrange(shown.length, frame.width, room ?? 0, frame.fontSize);
    board.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    board.style.columnGap = `${GAP * frame.fontSize}px`;
    for (const cell of board.children as HTMLCollectionOf<HTMLElement>) {
      cell.dataset.hsFontSize = String(frame.fontSize);
      if (room === null) cell.dataset.hsHeight = WHOLE;
      else if (height === null) delete cell.dataset.hsHeight;
      else cell.dataset.hsHeight = String(height);
    }
  }

  async function place(ref: string, cell: HTMLElement, signal: AbortSignal): Promise<void> {
    const widget = await frame.host.getWidget(ref).catch(() => null);
    if (widget) return widget.render({ el: cell, signal });
    cell.append(element("p", "hs-damaged", { role: "alert" }, "This view is missing: run the notebook's cells again."));
  }

  return {
    build() {
      const { views } = frame.traits;
      frame.title(""); // it has a height, which the views cannot have
      // Another width arranges the views that stand: each keeps what the reader did in it.
      if (views.join() !== shown.join()) {
        ending.abort();
        ending = new AbortController();
        shown = views;
        const cells = views.map(() => element("div", "hs-board-cell"));
        board.replaceChildren(...cells);
        frame.picture.replaceChildren(board);
        arranged();
        views.forEach((ref, index) => void place(ref, cells[index], ending.signal));
      } else arranged();
    },
    paint() {
      frame.title("");
    },
    select() {},
  };
}

export default defineView({ name: "board", readers: READERS, structure: ({ views }) => views, create });

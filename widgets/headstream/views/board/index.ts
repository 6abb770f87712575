import { element } from "../shared/draw/dom";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { texts } from "../shared/wire/readers";
import { arrange, GAP, visibleHeight } from "./arrange";

const READERS = { views: texts };
// What its host leaves around it: the margins of a notebook's cell, in CSS pixels.
const AROUND = 64;

function create(frame: Frame<typeof READERS>): View {
  let shown: string[] = [];
  let ending = new AbortController();
  const board = element("div", "hs-board-views");
  frame.signal.addEventListener("abort", () => ending.abort());
  // The views are drawn with no hand of the frame in it: what the window leaves them is asked again when it changes.
  window.addEventListener("resize", () => arranged(), { signal: frame.signal });

  function arranged(): void {
    const root = frame.picture.closest<HTMLElement>(".headstream") as HTMLElement;
    // The same whatever the views take: its title, its row of controls, its margins.
    const own = root.offsetHeight - frame.picture.offsetHeight;
    const room = visibleHeight(root) - own - AROUND;
    const { columns, height } = arrange(shown.length, frame.width, room, frame.fontSize);
    board.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    board.style.columnGap = `${GAP * frame.fontSize}px`;
    for (const cell of board.children as HTMLCollectionOf<HTMLElement>) {
      cell.dataset.hsFontSize = String(frame.fontSize);
      if (height === null) delete cell.dataset.hsHeight;
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

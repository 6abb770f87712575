import { cells } from "../shared/cells/cells";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { texts } from "../shared/wire/readers";

const READERS = { views: texts };

function create(frame: Frame<typeof READERS>): View {
  const board = cells(frame);
  return {
    build() {
      frame.title(""); // it has a height, which the views cannot have
      // Another width arranges the views that stand: each keeps what the reader did in it.
      if (!board.root.isConnected) frame.picture.replaceChildren(board.root);
      board.place(frame.traits.views, frame.heightLeft());
    },
    paint() {
      frame.title("");
    },
    select() {},
  };
}

export default defineView({ name: "board", readers: READERS, structure: ({ views }) => views, create });

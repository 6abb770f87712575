import { element } from "../shared/draw/dom";
import { scaleLegend } from "../shared/draw/legend";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice } from "../shared/parts/controls";
import { probability } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import { type Cell, type Drawing, grid, type Hooks, type Place } from "./grid";
import { layout } from "./layout";
import { Lens } from "./lens";
import { overview } from "./overview";
import { panel } from "./panel";
import { QUANTITIES, type QuantityName, quantity } from "./quantity";
import { type Track, trajectories } from "./trajectories";

const DATA = ["starts", "ids", "log_prob", "rank", "entropy", "kl", "next_token"] as const;
const MAX_PINS = 5;
const NORM: Record<string, string> = {
  own: "The final LayerNorm divides each row by its own standard deviation.",
  final:
    "The final LayerNorm divides every row by the last row's standard deviation: rows differ only by what was written.",
  none: "This model has no LayerNorm: each row is read by W_U as it is.",
};

function create(frame: Frame): View {
  const { model, selection, controls } = frame;
  let drawing: Drawing;
  let columns: ReturnType<typeof grid>;
  let strip: ReturnType<typeof overview> | null = null;
  let cellPanel: ReturnType<typeof panel>;
  let plot: ReturnType<typeof trajectories>;
  /** Where the pointer or the focus is in this view's grid, and the token pointed at in the panel. */
  let hover: Place | null = null;
  let hoverToken: number | null = null;
  let first = 0;
  let shown: Cell & { token: number };
  let followed: number | null = null;
  let shownColumns = 0;

  const norms: string[] = model.get("norms");
  const names: Record<string, string> = { own: "own scale", final: "last row's scale" };
  controls.append(choice(model, "color", "Colour", QUANTITIES));
  if (norms.length > 1) {
    controls.append(choice(model, "norm", "LayerNorm", Object.fromEntries(norms.map((name) => [name, names[name]]))));
  }
  controls.append(choice(model, "trajectory", "Plot", { rank: "rank", probability: "p" }));

  const rowLayer = (): number[] => model.get("row_layer");
  const layerOf = (row: number) => (rowLayer()[row] < 0 ? null : rowLayer()[row]);
  const pins = (): Track[] =>
    (model.get("pins") as [number, number][])
      .map(([position, token]) => ({ position, token }))
      .filter(({ position, token }) => drawing.lens.candidate(position, token) >= 0);
  const setPins = (tracks: Track[]) =>
    model.set(
      "pins",
      tracks.map(({ position, token }) => [position, token]),
    );

  /** The row of a layer: the one pinned here where it is of that layer, else the last. */
  function rowOf({ layer, position }: Selection): number {
    const row: number | null = model.get("row");
    const pinnedHere = row !== null && row < drawing.lens.rows && layerOf(row) === layer;
    // The embedding has no layer: a row without one is pinned only where a position is.
    if (pinnedHere && (layer !== null || position !== null)) return row;
    return layer === null ? drawing.lens.rows - 1 : rowLayer().lastIndexOf(layer);
  }

  function pinnedCell(pinned: Selection): Cell | null {
    return pinned.position === null ? null : { row: rowOf(pinned), position: pinned.position };
  }

  function preview(): void {
    if (!hover) {
      selection.preview(null);
      return;
    }
    const { row, position } = hover;
    selection.preview({
      ...(row === null ? {} : { layer: layerOf(row) }),
      ...(position === null
        ? {}
        : { position, token: row === null ? null : drawing.lens.ids[drawing.lens.best(row, position)] }),
    });
  }

  function pin(cell: Cell, token: number): void {
    const others = pins().filter((track) => track.position !== cell.position || track.token !== token);
    model.set("row", cell.row);
    setPins([...others, { position: cell.position, token }].slice(-MAX_PINS));
    model.save_changes();
    hoverToken = null;
    selection.pin({ layer: layerOf(cell.row), position: cell.position, token });
  }

  const hooks: Hooks = {
    point(place) {
      hover = place;
      preview();
    },
    keep({ row, position }) {
      hover = null;
      if (row !== null && position !== null) {
        pin({ row, position }, drawing.lens.ids[drawing.lens.best(row, position)]);
        return;
      }
      if (row !== null) {
        model.set("row", row);
        model.save_changes();
      }
      selection.pin({
        ...(row === null ? {} : { layer: layerOf(row) }),
        ...(position === null ? {} : { position, token: null }),
      });
    },
    choose(cell, k) {
      const candidate = drawing.lens.top(cell.row, cell.position, model.get("top"))[k];
      if (candidate !== undefined) pin(cell, drawing.lens.ids[candidate]);
    },
    moved(next) {
      first = next;
      strip?.mark(first);
      update();
    },
  };

  function update(): void {
    if (drawing) select(selection.current(), selection.pinned());
  }
  for (const change of ["change:pins", "change:row"]) {
    model.on(change, update);
    frame.signal.addEventListener("abort", () => model.off(change, update));
  }
  frame.picture.closest(".headstream")?.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key !== "Escape") return;
    hover = null;
    model.set("row", null);
    setPins([]);
    model.save_changes();
  });

  function draw(): void {
    const tokens: string[] = model.get("tokens");
    const vocabulary: Record<string, string> = model.get("vocabulary");
    const rows: string[] = model.get("rows");
    const norm: string = model.get("norm");
    const traits = Object.fromEntries(DATA.map((name) => [name, model.get(name)]));
    const lens = new Lens(traits as never, (model.get("norms") as string[]).indexOf(norm));
    const rowLabels = rows.map((label, row) => (row === rows.length - 1 ? "output" : label));
    const longest = Math.max(9, ...rowLabels.map((label) => label.length));
    drawing = {
      frame,
      lens,
      quantity: quantity(model.get("color") as QuantityName, lens, (candidate) =>
        quoted(vocabulary[lens.ids[candidate]]),
      ),
      layout: layout(frame.width, frame.fontSize, lens.positions, longest),
      tokens,
      rowLabels,
      rowNames: rows.map((label, row) => `after ${label}${row === rows.length - 1 ? " (output)" : ""}`),
      vocabulary,
    };
    selection.sizes = { layer: Math.max(0, ...rowLayer()) + 1, position: lens.positions };
    first = Math.min(first, lens.positions - drawing.layout.columns);
    columns = grid(drawing, first, hooks);
    strip = drawing.layout.columns < lens.positions ? overview(drawing, columns.look) : null;
    strip?.mark(first);
    cellPanel = panel(drawing, model.get("top"), {
      point(token) {
        hoverToken = token;
        selection.preview(token === null ? null : { layer: layerOf(shown.row), position: shown.position, token });
      },
      choose: (k) => hooks.choose(shown, k),
    });
    plot = trajectories(drawing, model.get("trajectory"), {
      show({ position, token }) {
        selection.pin({ position, token });
      },
      drop(track) {
        setPins(pins().filter((other) => other.position !== track.position || other.token !== track.token));
        model.save_changes();
      },
    });
    const { main, beside } = drawing.layout;
    const left = element(
      "div",
      "",
      { style: `width:${main}px` },
      ...(strip ? [strip.root] : []),
      columns.root,
      cellPanel.root,
    );
    // The plot's rows stand in line with the grid's.
    if (strip && beside) plot.root.style.marginTop = `${strip.height + 0.5 * frame.fontSize}px`;
    frame.picture.replaceChildren(element("div", "hs-lens-both", {}, left, plot.root));
    const { legend, ticks } = drawing.quantity;
    frame.legend.replaceChildren(
      scaleLegend(frame.theme, "sequential", legend, ticks),
      element("span", "hs-quiet", {}, element("b", "", {}, "Bold"), ": already the final prediction."),
      element("span", "hs-quiet hs-lens-norm", {}, NORM[norm]),
    );
    frame.title("Logit lens: the next token, read off the stream after each write");
    // Another size of the page or of the type may have put what is pinned out of sight.
    if (drawing.layout.columns !== shownColumns) followed = null;
    shownColumns = drawing.layout.columns;
  }

  function select(current: Selection, pinned: Selection): void {
    const { lens } = drawing;
    // With the focus here, the pointer may be in another view.
    const mine =
      hover !== null && selection.previewing && (hover.position === null || hover.position === current.position);
    const kept = pinnedCell(pinned);
    // With nothing selected, the last column in sight: what the model would say next.
    const position = current.position ?? columns.first + drawing.layout.columns - 1;
    const row = mine && hover?.row != null ? hover.row : rowOf(current);
    // A token pinned at another position says nothing here.
    const asked = mine || hoverToken !== null || current.position === pinned.position ? current.token : null;
    const token = lens.candidate(position, asked) < 0 ? lens.ids[lens.best(row, position)] : (asked as number);
    shown = { row, position, token };
    // The window follows the others and new pins; it stays where the reader has moved it.
    if (current.position !== null && !mine && hoverToken === null && current.position !== followed) {
      followed = current.position;
      columns.show(position);
    }
    const pointed = current.position !== null;
    columns.mark(shown, pointed, kept, current.layer, rowLayer());
    cellPanel.show(shown, token);
    plot.show({ position, token }, row, pins());
    frame.say(
      pointed
        ? sentence()
        : "Point at a cell for its top tokens; a click or Enter pins the first, a digit the one of that rank; Escape lets go.",
    );
  }

  function sentence(): string {
    const { lens, tokens, rowNames, vocabulary } = drawing;
    const { row, position } = shown;
    const best = lens.best(row, position);
    const name = rowNames[row][0].toUpperCase() + rowNames[row].slice(1);
    const guess = `${name}, at ${quoted(tokens[position])}: ${quoted(vocabulary[lens.ids[best]])} ${probability(lens.probability(row, best))}`;
    const value = drawing.quantity.value(row, position);
    return value === null
      ? `${guess}; nothing follows in the text.`
      : `${guess}; ${drawing.quantity.say(value, position)}.`;
  }

  return { draw, select };
}

export default defineView(
  "logit_lens_grid",
  [...DATA, "rows", "row_layer", "norms", "vocabulary", "top", "norm", "color", "trajectory"],
  create,
);

import { element } from "../shared/draw/dom";
import { defineView, type View } from "../shared/frame/view";
import { choice, select } from "../shared/parts/controls";
import { Damaged } from "../shared/wire/arrays";
import { type Acts, grid } from "./grid";
import { type Layout, layout } from "./layout";
import { overview } from "./overview";
import { panel } from "./panel";
import { QUANTITIES } from "./quantity";
import { type LensFrame, part, READERS, read, rowLabels, type Scene, sentence, structure } from "./scene";
import { scrolled } from "./scroll";
import * as state from "./state";
import { trackList } from "./tracks";
import { trajectories } from "./trajectories";

const NORM_NAMES: Record<string, string> = { own: "own scale", final: "last row's scale", none: "none" };
const NORM: Record<string, string> = {
  own: "The final LayerNorm divides each row by its own standard deviation.",
  final:
    "The final LayerNorm divides every row by the last row's standard deviation: rows differ only by what was written.",
  none: "This model has no LayerNorm: each row is read by W_U as it is.",
};
const HELP =
  "Point at a cell for its top tokens; a click or Enter pins the first, a digit the one of that rank; Escape lets go.";

function create(frame: LensFrame): View {
  const { traits, selection } = frame;
  let tools: ReturnType<typeof controls>;
  let drawn: ReturnType<typeof draw> | null = null;
  let scene: Scene;
  let columns: state.Columns = { first: 0, count: 1, positions: 1 };
  let pointer = state.NOWHERE;
  let now: state.Shown | null = null;
  let followed: number | null = null;
  /** The row that was scrolled to last. */
  let revealed: number | null = null;
  /** Whether legend and controls are short, for want of height; null: not known since it was built. */
  let short: boolean | null = null;
  /** What the legend was made for. */
  let explained = "";
  const toolbox = element("div", "hs-lens-tools");
  frame.controls.append(toolbox);
  frame.onClear(() => {
    pointer = state.NOWHERE;
    frame.set({ row: null, pins: [] });
  });

  const pins = () => state.tracks(traits.pins, scene.lens);

  function pin(cell: state.Cell, token: number): void {
    pointer = state.NOWHERE;
    frame.set({ row: cell.row, pins: state.withPin(pins(), { position: cell.position, token }) });
    selection.pin({ layer: state.layerOf(cell.row, scene.rowLayer), position: cell.position, token });
  }

  const acts: Acts = {
    point(place) {
      pointer = { place, token: null };
      selection.preview(place && state.partOf(place, scene.lens, scene.rowLayer));
    },
    keep(place) {
      const { row, position } = place;
      if (row !== null && position !== null) {
        pin({ row, position }, scene.lens.ids[scene.lens.best(row, position)]);
        return;
      }
      pointer = state.NOWHERE;
      if (row !== null) frame.set({ row });
      selection.pin(state.partOf(place, scene.lens, scene.rowLayer));
    },
    choose(cell, k) {
      const candidate = scene.lens.top(cell.row, cell.position, traits.top)[k];
      if (candidate !== undefined) pin(cell, scene.lens.ids[candidate]);
    },
    look(first) {
      if (move(first)) frame.reselect();
    },
  };

  /** Shows another window of columns; whether it is another one. */
  function move(wanted: number): boolean {
    const first = state.clamped(columns, wanted);
    if (first === columns.first) return false;
    columns = { ...columns, first };
    drawn?.grid.paint(scene, columns);
    drawn?.strip?.mark(columns);
    return true;
  }

  function draw(room: Layout) {
    const { rows, tokens } = traits;
    const em = frame.fontSize;
    const labels = rowLabels(rows);
    // What has the focus or is shown stays in sight.
    const focused = frame.picture.querySelector<HTMLElement>(".hs-lens-cell:focus")?.dataset.position;
    const pointed = now?.pointed ? now.position : null;
    columns = state.resized(columns, room.columns, tokens.length, focused === undefined ? pointed : Number(focused));
    const parts = {
      room,
      grid: grid(rows, room, em, acts),
      strip: room.overview ? overview(room, acts.look) : null,
      panel: panel(room, labels, {
        point(token) {
          pointer = { ...pointer, token };
          const { row, position } = now as state.Shown;
          const layer = state.layerOf(row, scene.rowLayer);
          selection.preview(token === null ? null : { layer, position, token });
        },
        choose: (k) => acts.choose(now as state.Shown, k),
      }),
      plot: room.plot ? trajectories(room, em, labels) : null,
      tracks: trackList(room, em, {
        show: ({ position, token }) => selection.pin({ position, token }),
        drop: (track) => frame.set({ pins: state.without(pins(), track) }),
      }),
    };
    revealed = null;
    scrolled(parts.grid.root, room.column, () => columns, acts.look);
    frame.picture.replaceChildren(arranged(parts, frame));
    return parts;
  }

  function layoutNow(): Layout {
    const { rows, tokens, top, ids } = traits;
    const room = {
      width: frame.width,
      em: frame.fontSize,
      rows: rows.length,
      positions: tokens.length,
      top: Math.min(top, ids.shape[0]),
      longestLabel: Math.max(9, ...rowLabels(rows).map((label) => label.length)),
    };
    const plotted = (plot: boolean) => {
      tools.plot.root.hidden = !plot;
      return layout({ ...room, height: frame.heightLeft() });
    };
    // The plot's control takes room too, and is there where the plot is.
    let found = plotted(false);
    if (found.plot) found = plotted(true);
    tools.plot.root.hidden = !found.plot;
    return found;
  }

  function equip(): void {
    tools = controls(frame, short === true);
    toolbox.replaceChildren(...tools.all.map(({ root }) => root));
  }

  /** As when nothing stands yet. */
  function begin(): void {
    drawn = null;
    short = null;
    equip();
  }

  function surround(): void {
    const { quantity, lens } = scene;
    const wanted = JSON.stringify([frame.theme, quantity, traits.norm, short, quantity.value(0, lens.positions - 1)]);
    if (wanted !== explained || !frame.legend.firstChild) {
      explained = wanted;
      frame.legend.replaceChildren(...legend(traits, scene, short === true));
    }
    for (const tool of tools.all) tool.update();
  }

  return {
    build() {
      if (!traits.rows.length || !traits.tokens.length) throw new Damaged("rows, tokens: there are none");
      begin();
    },

    paint() {
      scene = read(traits, frame.theme);
      selection.sizes = { layer: Math.max(-1, ...scene.rowLayer) + 1, position: scene.lens.positions };
      frame.title(`Logit lens: the next token, read off the stream after each write${part(scene)}`);
      surround();
      // A legend or a title of another height leaves other room.
      let room = layoutNow();
      const { length } = traits.tokens;
      if (drawn && length !== columns.positions) {
        // Where not all columns fit, others are painted on those that stand.
        if (JSON.stringify(room) === JSON.stringify(drawn.room))
          columns = state.resized(columns, columns.count, length, null);
        else {
          begin();
          surround();
          room = layoutNow();
        }
      }
      short ??= !room.ample;
      if (short && tools.long) {
        equip();
        surround();
        room = layoutNow();
      }
      if (JSON.stringify(room) !== JSON.stringify(drawn?.room)) drawn = draw(room);
      drawn?.grid.paint(scene, columns);
      drawn?.strip?.paint(scene);
      drawn?.strip?.mark(columns);
      drawn?.plot?.paint(scene, traits.trajectory, pins());
      drawn?.tracks.paint(scene, pins());
    },

    select(current, pinned) {
      if (!drawn) return;
      const { previewing } = selection;
      const question = { current, pinned, previewing, pointer, pinnedRow: traits.row };
      const ask = () =>
        // With nothing selected, the last column in sight: what the model would say next.
        state.shown(question, scene.lens, scene.rowLayer, columns.first + columns.count - 1);
      now = ask();
      // The window follows the others and new pins; it stays where the reader has moved it.
      if (!now.mine && pointer.token === null && current.position !== followed) {
        followed = current.position;
        if (followed !== null) move(state.around(columns, followed));
      }
      const kept =
        pinned.position === null
          ? null
          : { row: state.rowOf(pinned, scene.rowLayer, traits.row), position: pinned.position };
      drawn.grid.mark(now, kept, current.layer, scene.rowLayer);
      const row = kept?.row ?? (pinned.layer === null ? traits.row : state.rowOf(pinned, scene.rowLayer, traits.row));
      if (row !== null && row !== revealed) drawn.grid.reveal(row);
      revealed = row;
      drawn.panel.show(scene, now);
      drawn.plot?.show(now);
      drawn.tracks.show(now);
      frame.say(now.pointed ? sentence(scene, now) : HELP);
    },
  };
}

/** The parts in their places: the grid with what stands over and under it, and its side. */
function arranged({ room, ...parts }: Parts, { fontSize }: LensFrame): HTMLElement {
  const tall = room.tall === null ? "" : `max-height:${room.tall}px`;
  const box = element("div", room.tall === null ? "" : "hs-lens-tall", { style: tall }, parts.grid.root);
  const main = element("div", "", { style: `width:${room.main}px` });
  const side = element("div", "hs-lens-side", { style: `width:${room.side}px` });
  if (parts.strip) main.append(parts.strip.root);
  main.append(box);
  if (room.panel.choices) (room.panel.onSide ? side : main).append(parts.panel.root);
  if (parts.plot) side.append(parts.plot.root, parts.tracks.root);
  // The plot's rows stand in line with the grid's.
  if (parts.plot && room.beside && room.overview) side.style.marginTop = `${room.overview + 0.5 * fontSize}px`;
  return element("div", "hs-lens-both", {}, main, ...(side.firstChild ? [side] : []));
}
interface Parts {
  room: Layout;
  grid: ReturnType<typeof grid>;
  strip: ReturnType<typeof overview> | null;
  panel: ReturnType<typeof panel>;
  plot: ReturnType<typeof trajectories> | null;
  tracks: ReturnType<typeof trackList>;
}

/** Where there is little height, lists that open in place of rows of buttons. */
function controls(frame: LensFrame, short: boolean) {
  const { norms, change } = frame.traits;
  const colors = Object.fromEntries(Object.entries(QUANTITIES).filter(([name]) => change || name !== "change"));
  const one = short ? select : choice;
  const names = Object.fromEntries(norms.map((name) => [name, NORM_NAMES[name] ?? name]));
  const plot = choice(frame, "trajectory", "Plot", { rank: "rank", probability: "p" });
  const norm = norms.length > 1 ? [one(frame, "norm", "LayerNorm", names)] : [];
  return { plot, long: !short, all: [one(frame, "color", "Colour", colors), ...norm, plot] };
}

/** The colours' scale and what else stands for something; where there is little height, not the words on the LayerNorm. */
function legend(traits: LensFrame["traits"], { colors, quantity, lens }: Scene, short: boolean): HTMLElement[] {
  const note = (tag: "b" | "i", mark: string, text: string) =>
    element("span", "hs-quiet", {}, element(tag, "", {}, mark), text);
  const gaps = quantity.value(0, lens.positions - 1) === null;
  return [
    colors.legend(),
    note("b", "Bold", ": already the final prediction."),
    ...(gaps ? [note("i", "Slanted, grey", ": nothing follows in the text.")] : []),
    ...(short ? [] : [element("span", "hs-quiet hs-lens-norm", {}, NORM[traits.norm] ?? "")]),
  ];
}

export default defineView({ name: "logit_lens_grid", readers: READERS, structure, create });

// How tokens fare through the rows: one line a token, the rows upwards as in the grid, so that beside it they are the same rows.

import { element, svg } from "../shared/draw/dom";
import type { Tick } from "../shared/draw/legend";
import { action } from "../shared/parts/controls";
import { probability } from "../shared/text/format";
import { quoted, shortened, visible } from "../shared/text/tokens";
import type { Drawing } from "./grid";
import { decadesFor, rankShade, rankTicks } from "./quantity";

export interface Track {
  position: number;
  token: number;
}

/** Half-width 1; told apart by shape, not by colour. */
const SHAPES = [
  "M-1,-1H1V1H-1Z",
  "M0,-1.3L1.2,.9H-1.2Z",
  "M0,-1.4L1.4,0L0,1.4L-1.4,0Z",
  "M0,1.3L1.2,-.9H-1.2Z",
  "M-1.2,-.4H-.4V-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2Z",
];
const CIRCLE = "M-1.1,0A1.1,1.1 0 1 1 1.1,0A1.1,1.1 0 1 1 -1.1,0Z";

export function trajectories(
  { frame, lens, layout, tokens, rowLabels, rowNames, vocabulary }: Drawing,
  kind: "rank" | "probability",
  hooks: { show(track: Track): void; drop(track: Track): void },
) {
  const em = frame.fontSize;
  const left = layout.beside ? 0.8 * em : layout.label;
  const right = 0.8 * em;
  const head = layout.row;
  const height = head + lens.rows * layout.row + 2.2 * em;
  const decades = decadesFor(lens.largest.rank);
  const x = (t: number) => left + t * (layout.plot - left - right);
  const y = (row: number) => head + (lens.rows - 1 - row + 0.5) * layout.row;
  const value = (row: number, candidate: number) =>
    kind === "rank" ? lens.rank(row, candidate) : lens.probability(row, candidate);
  const place = (number: number) => x(kind === "rank" ? rankShade(number, decades) : number);
  const format = (number: number) => (kind === "rank" ? String(number) : probability(number));

  const lines = svg("g");
  const picture = svg("svg", { width: layout.plot, height, role: "img" });
  const bottom = head + lens.rows * layout.row;
  const ticks =
    kind === "rank"
      ? readable(rankTicks(decades))
      : [0, 0.5, 1].map((at) => ({ at, label: at % 1 ? ".5" : String(at) }));
  for (const { at, label } of ticks) {
    picture.append(
      svg("line", { class: "hs-lens-rule", x1: x(at), x2: x(at), y1: head, y2: bottom }),
      svg("text", { x: x(at), y: bottom + 1.2 * em, "text-anchor": "middle" }, label),
    );
  }
  for (let row = 0; row < lens.rows; row++) {
    picture.append(svg("line", { class: "hs-lens-rule", x1: x(0), x2: x(1), y1: y(row), y2: y(row) }));
    if (!layout.beside) {
      picture.append(svg("text", { x: left - 0.8 * em, y: y(row) + 0.32 * em, "text-anchor": "end" }, rowLabels[row]));
    }
  }
  const title = kind === "rank" ? "rank of the token" : "probability of the token";
  picture.append(svg("text", { x: x(0), y: 0.65 * head }, title), lines);
  const list = element("div", "hs-lens-tracks", { role: "list", "aria-label": "Trajectories" });
  const root = element("div", "hs-lens-side", { style: `width:${layout.plot}px` }, picture, list);

  /** 1 and 0 side by side would read as 10. */
  function readable(all: Tick[]): Tick[] {
    return all.filter(({ at }) => at === 1 || x(1) - x(at) > 1.4 * em);
  }

  function draw(track: Track, className: string, shape: string, now: number | null): SVGElement | null {
    const candidate = lens.candidate(track.position, track.token);
    if (candidate < 0) return null;
    const group = svg("g", { class: className, "data-position": track.position, "data-token": track.token });
    const points = Array.from({ length: lens.rows }, (_, row) => [place(value(row, candidate)), y(row)]);
    group.append(svg("polyline", { points: points.map((point) => point.join(",")).join(" ") }));
    points.forEach(([px, py], row) => {
      const size = 0.26 * em * (row === now ? 1.6 : 1);
      const number = format(value(row, candidate));
      group.append(
        svg("path", {
          d: shape,
          transform: `translate(${px},${py}) scale(${size})`,
          "data-row": row,
          "data-value": number,
        }),
      );
    });
    if (now !== null) {
      // Beside the point, on the side that has room.
      const [px, py] = points[now];
      const toLeft = px > x(0.5);
      group.append(
        svg(
          "text",
          {
            class: "hs-lens-here",
            x: px + (toLeft ? -0.7 : 0.7) * em,
            y: py - 0.35 * em,
            "text-anchor": toLeft ? "end" : "start",
          },
          format(value(now, candidate)),
        ),
      );
    }
    return group;
  }

  function entry(track: Track, className: string, shape: string, pinned: boolean): HTMLElement {
    const mark = svg("svg", { class: className, width: em, height: em, viewBox: "-2 -2 4 4", "aria-hidden": "true" });
    mark.append(svg("path", { d: shape }));
    const text = element(
      "button",
      "hs-lens-track",
      { type: "button" },
      element("span", "hs-lens-token", {}, shortened(visible(vocabulary[track.token]), 12)),
      element("span", "hs-quiet", {}, `at ${track.position}`),
      element("span", "hs-lens-token", {}, shortened(visible(tokens[track.position]), 8)),
    );
    text.addEventListener("click", () => hooks.show(track));
    const item = element("div", "hs-lens-entry", { role: "listitem" }, mark, text);
    if (pinned) {
      const drop = action("×", `Remove the trajectory of ${visible(vocabulary[track.token])}`, () => hooks.drop(track));
      drop.dataset.hsUnsaved = "";
      item.append(drop);
    }
    return item;
  }

  return {
    root,
    /** `current` is drawn over the pinned ones, with its number in the row that is shown. */
    show(current: Track, row: number, pins: Track[]): void {
      const same = (track: Track) => track.position === current.position && track.token === current.token;
      const marks = pins.map((track, index) => ({ track, shape: SHAPES[index % SHAPES.length] }));
      const own = marks.find(({ track }) => same(track));
      const others = marks.filter((mark) => mark !== own);
      const drawn = others.map(({ track, shape }) => draw(track, "hs-lens-line", shape, null));
      drawn.push(draw(current, "hs-lens-line hs-current", own?.shape ?? CIRCLE, row));
      lines.replaceChildren(...drawn.filter((group) => group !== null));
      const entries = marks.map(({ track, shape }) =>
        entry(track, `hs-lens-line${same(track) ? " hs-current" : ""}`, shape, true),
      );
      if (!own) entries.unshift(entry(current, "hs-lens-line hs-current", CIRCLE, false));
      list.replaceChildren(...entries);
      // Room for one that the pointer brings; beside the grid for all that can be pinned.
      list.style.minHeight = `${1.55 * (layout.beside ? SHAPES.length + 1 : pins.length + 1)}em`;
      picture.setAttribute("aria-label", describe(current));
    },
  };

  function describe({ position, token }: Track): string {
    const candidate = lens.candidate(position, token);
    const numbers = rowNames.map((name, row) => `${name} ${format(value(row, candidate))}`).join(", ");
    return `${kind === "rank" ? "Rank" : "Probability"} of ${quoted(vocabulary[token])} at position ${position}: ${numbers}`;
  }
}

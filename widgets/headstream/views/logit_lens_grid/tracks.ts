// The list of trajectories: what is pinned, each with a way to let go of it, and what is shown.
import { symbol } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { shortened, visible } from "../shared/text/tokens";
import type { Layout } from "./layout";
import type { Scene } from "./scene";
import { MAX_PINS, pinOf, type Shown, type Track } from "./state";
import { shapeOf } from "./trajectories";

export interface TrackActs {
  show(track: Track): void;
  drop(track: Track): void;
}

/** A line of the list, for whatever track it is given. The elements stay: one of them may have the focus. */
function entry(index: number, em: number, acts: TrackActs) {
  let track: Track;
  const shape = svg("path");
  const mark = svg("svg", { width: em, height: em, viewBox: "-2 -2 4 4", "aria-hidden": "true" }, shape);
  const token = element("span", "hs-lens-token");
  const at = element("span", "hs-quiet");
  const read = element("span", "hs-lens-token");
  const show = element("button", "hs-lens-track", { type: "button", "data-key": `track-${index}` }, token, at, read);
  show.addEventListener("click", () => acts.show(track));
  const attributes = { type: "button", "data-key": `drop-${index}`, "data-hs-unsaved": true };
  const drop = element("button", "hs-button", attributes, "×");
  drop.addEventListener("click", () => acts.drop(track));
  const root = element("div", "hs-lens-entry", { role: "listitem" }, mark, show, drop);
  return {
    root,
    write(next: Track, pin: number, isCurrent: boolean, { tokens, first, vocabulary }: Scene): void {
      track = next;
      mark.setAttribute("class", `hs-lens-line${isCurrent ? " hs-current" : ""}`);
      shape.setAttribute("d", symbol(shapeOf(pin), 4)() ?? "");
      token.textContent = shortened(visible(vocabulary[track.token]), 12);
      at.textContent = `at ${first + track.position}`;
      read.textContent = shortened(visible(tokens[track.position]), 8);
      const name = `Remove the trajectory of ${visible(vocabulary[track.token])}`;
      drop.setAttribute("aria-label", name);
      drop.title = name;
      drop.hidden = pin < 0;
    },
  };
}

export function trackList({ beside, tall, panel }: Layout, em: number, acts: TrackActs) {
  const entries = Array.from({ length: MAX_PINS + 1 }, (_, index) => entry(index, em, acts));
  const root = element("div", "hs-lens-tracks", { role: "list", "aria-label": "Trajectories" });
  root.append(...entries.map((one) => one.root));
  // Beside the grid there is room for all that can be pinned.
  if (beside && tall === null && !panel.onSide) root.style.minHeight = `${1.55 * entries.length}em`;
  let scene: Scene;
  let pins: Track[] = [];
  return {
    root,
    paint(next: Scene, nextPins: Track[]): void {
      scene = next;
      pins = nextPins;
      entries.forEach(({ root }, index) => {
        root.style.display = index > pins.length ? "none" : "";
      });
    },
    /** Under the pins a line for what is shown: where that is pinned, the line is empty, so that nothing moves. */
    show(shown: Shown): void {
      const own = pinOf(pins, shown);
      pins.forEach((pin, index) => {
        entries[index].write(pin, index, index === own, scene);
      });
      const last = entries[pins.length];
      last.write(shown, -1, true, scene);
      for (const { root } of entries) root.style.visibility = "";
      if (own >= 0) last.root.style.visibility = "hidden";
    },
  };
}

// Where the graph and the panel are, in the room that there is.
import { roomFor } from "../shared/frame/room";

/** Sizes in em, and shares of the width and of the height. */
const PANEL = { least: 18, most: 34, share: 0.3, gap: 1.4 };
const LOWEST = 16;
const GOOD = 38;
const BELOW = 0.62;

/** Whether the panel stands beside the graph, how wide it is, how high both are then, and how high the graph is at most where it is below. */
export function divided(width: number, em: number, height: number | null, natural: (graph: number) => number) {
  const room = roomFor(width, em);
  const beside = room === "much" || room === "plenty";
  const panel = beside ? Math.floor(Math.min(PANEL.most * em, Math.max(PANEL.least * em, PANEL.share * width))) : width;
  const graph = Math.floor(beside ? width - panel - PANEL.gap * em : width);
  return {
    beside,
    panel,
    graph,
    height: height === null ? null : Math.max(LOWEST * em, Math.min(height, Math.max(GOOD * em, natural(graph)))),
    most: height === null ? null : Math.max(LOWEST * em, BELOW * height),
  };
}

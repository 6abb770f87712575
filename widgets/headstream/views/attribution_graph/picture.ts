// The picture: bands of layers, the lines of all links, above them those of what is looked at, above these the nodes.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { linesCanvas } from "./canvas";
import type { Drawn, Link } from "./drawn";
import { type Input, type Layout, layout } from "./layout";
import { type Acts, marks } from "./marks";
import { type Words, written } from "./words";

/** How the links of what is looked at stand out, and those of the strongest path. */
const LOOKED = { more: 0.05, clear: true };
const PATH = { more: 0.1, clear: false };
/** What stands in a box beside a logit's label: a space and its probability. */
const SAID = 5;
/** How much wider the letters of a token are. */
const MONO = 1.15;

export interface Looked {
  /** What is pointed at or else kept, and what is kept. */
  item: number | null;
  kept: number | null;
  /** A link that is pointed at. */
  link: Link | null;
}

export function picture(acts: Acts) {
  const nodes = marks(acts);
  const [all, some] = [linesCanvas("hs-graph-all"), linesCanvas("hs-graph-some")];
  const surface = nodes.root;
  surface.append(nodes.back, all.canvas, some.canvas, nodes.front);
  const root = element("div", "hs-graph-picture", {}, surface);
  let now: { drawn: Drawn; places: Layout; encoding: Encoding; em: number; path: readonly Link[] } | null = null;

  return {
    root,
    /** How high it would be with no limit. */
    natural: (drawn: Drawn, words: Words, room: Room) =>
      layout(inputOf(drawn, words, { ...room, height: null })).height,
    paint(drawn: Drawn, words: Words, encoding: Encoding, room: Room, path: readonly number[]): void {
      const { em } = room;
      const input = inputOf(drawn, words, room);
      const places = layout(input);
      nodes.paint(drawn, places, input.items, rowNames(words), words, em);
      for (const lines of [all, some]) lines.size(places.width, places.height);
      all.draw(drawn.links, places.places, encoding, drawn.largest, em);
      surface.style.cssText = `width:${places.width}px;height:${places.height}px`;
      now = { drawn, places, encoding, em, path: linksOf(path, drawn) };
    },
    /** Shows the links of what is looked at, or else the strongest path. */
    mark({ item, kept, link }: Looked): void {
      if (!now) return;
      const { drawn, places, encoding, em, path } = now;
      const own = item === null ? [] : [...drawn.into(item), ...drawn.outOf(item)];
      const links = link ? [link] : item === null ? path : own;
      const near = new Set(links.flatMap(({ from, to }) => [from, to]));
      const looking = item !== null || link !== null;
      some.draw([...links].reverse(), places.places, encoding, drawn.largest, em, looking ? LOOKED : PATH);
      surface.toggleAttribute("data-looking", looking);
      nodes.mark(link ? null : item, near, kept);
    },
    flag: nodes.flag,
  };
}

export interface Room {
  width: number;
  height: number | null;
  em: number;
}

function inputOf(drawn: Drawn, words: Words, { width, height, em }: Room): Input {
  const { layers } = words.graph;
  const items = drawn.items.map((item) => {
    const { kind, layer, group, position } = item;
    const row = kind === "embed" ? 0 : kind === "logit" ? layers.length + 1 : 1 + layers.indexOf(layer ?? 0);
    const named = group !== null || kind === "logit";
    const letters = [...written(item)].length;
    const characters = group === null && named ? Math.ceil(MONO * (letters + SAID)) : letters;
    return { row, column: position, named, characters };
  });
  return { width, height, em, rows: layers.length + 2, items, tokens: words.tokens.map((token) => [...token].length) };
}

/** The rows from the bottom. */
const rowNames = ({ graph }: Words) => ["tokens", ...graph.layers.map(String), "logits"];

function linksOf(path: readonly number[], drawn: Drawn): Link[] {
  return path.slice(1).flatMap((to, at) => drawn.into(to).find(({ from }) => from === path[at]) ?? []);
}

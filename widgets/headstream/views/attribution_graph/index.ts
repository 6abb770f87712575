import type { Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { download } from "../shared/frame/save";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { action, slider } from "../shared/parts/controls";
import { fixed, probability } from "../shared/text/format";
import { plain, quoted } from "../shared/text/tokens";
import { array, number, optional, text, texts, wholes } from "../shared/wire/readers";
import { bench } from "./bench";
import { MOST_LINES } from "./canvas";
import { cards } from "./card";
import { divided } from "./divided";
import type { Link } from "./drawn";
import { grouped, groups, ungrouped } from "./groups";

import { encodingOf, key } from "./legend";
import { nodeAt, partOf } from "./looked";
import { panel } from "./panel";
import { picture, type Room } from "./picture";
import { toSchema } from "./schema";
import { State } from "./state";
import { count, many, status } from "./status";

const READERS = {
  nodes: array("int32", 2),
  labels: texts,
  activations: array("float32", 1),
  totals: array("float32", 1),
  constants: array("float32", 1),
  sources: array(["uint16", "int32"], 1),
  targets: array(["uint16", "int32"], 1),
  weights: array("float32", 1),
  tokens: texts,
  name: text,
  cards,
  node_threshold: optional(number),
  edge_threshold: optional(number),
  pinned: wholes,
  supernodes: groups,
};
type GraphFrame = Frame<typeof READERS>;

const RANGE = { min: 0, max: 1, step: 0.01 };

function create(frame: GraphFrame): View {
  const { traits, selection } = frame;
  const state = new State();
  let room: Room = { width: 0, height: null, em: 13 };
  let side: ReturnType<typeof panel>;
  let colors: { theme: Theme; largest: number; em: number; encoding: Encoding } | null = null;
  // The node that is meant, of several that a selection may be: the one that is pointed at, or that was kept. A link is pointed at in a list.
  let pointed: number | null = null;
  let meant: number | null = null;
  let link: Link | null = null;
  let chosen: ReadonlySet<number> = new Set();
  /** Whether it is said of the nodes which are chosen. */
  let flagged = false;

  const line = status();
  // What is not given yet is as the page has chosen it; moving the one keeps the other.
  const both = () => ({ node_threshold: state.thresholds.nodes, edge_threshold: state.thresholds.edges });
  const moved = {
    traits: {
      get node_threshold() {
        return state.thresholds.nodes;
      },
      get edge_threshold() {
        return state.thresholds.edges;
      },
    },
    set: (values: object) => frame.set({ ...both(), ...values }),
    attempt: (values: object) => frame.attempt({ ...both(), ...values }),
  } as unknown as GraphFrame;
  const sliders = [
    slider(moved, "node_threshold", "nodes", RANGE, (value) => {
      return `${fixed(value, 2)}: ${many(count(state.drawn.kept.nodes))} of ${many(state.graph.size)}`;
    }),
    slider(moved, "edge_threshold", "edges", RANGE, (value) => {
      return `${fixed(value, 2)}: ${many(count(state.drawn.kept.edges))} of ${many(state.graph.weights.length)}`;
    }),
  ];
  const saving = action("Save JSON", "Save the graph that is drawn as JSON, in circuit-tracer’s schema", save);
  frame.controls.append(...sliders.map(({ root }) => root), saving);
  frame.onClear(() => {
    meant = null;
    choose([]);
  });

  const partAt = (node: number) => partOf(state.graph.nodes[node]);
  const graph = picture({
    point(item) {
      pointed = item === null ? null : state.drawn.items[item].nodes[0];
      link = null;
      selection.preview(pointed === null ? null : partAt(pointed));
    },
    keep,
    press(item, { key, ctrlKey, metaKey, altKey }) {
      const run = { p: pin, g: toggle }[key.toLowerCase()];
      if (!run || ctrlKey || metaKey || altKey) return false;
      run(item);
      return true;
    },
    choose: toggle,
  });
  const making = bench({
    group(name) {
      const nodes = [...chosen];
      choose([]);
      frame.set({ supernodes: grouped(traits.supernodes, name, nodes) });
      meant = nodes[0];
      selection.pin(partAt(meant));
    },
    clear: () => choose([]),
    ungroup: (name) => frame.set({ supernodes: ungrouped(traits.supernodes, name) }),
    unpin: (node) => frame.set({ pinned: traits.pinned.filter((other) => other !== node) }),
  });

  function keep(item: number): void {
    meant = state.drawn.items[item].nodes[0];
    pointed = link = null;
    selection.pin(partAt(meant));
  }

  function pin(item: number): void {
    const { nodes } = state.drawn.items[item];
    const others = traits.pinned.filter((node) => !nodes.includes(node));
    const all = others.length === traits.pinned.length - nodes.length;
    frame.set({ pinned: all ? others : [...others, ...nodes].sort((a, b) => a - b) });
  }

  function toggle(item: number): void {
    const { nodes } = state.drawn.items[item];
    const others = [...chosen].filter((node) => !nodes.includes(node));
    choose(others.length === chosen.size - nodes.length ? others : [...others, ...nodes]);
  }

  function choose(nodes: readonly number[]): void {
    chosen = new Set(nodes);
    flagged = false;
    frame.reselect();
  }

  function save(): void {
    const { pruning, drawn } = state;
    const file = toSchema(state.graph, drawn.kept, { ...traits, ...both(), influence: pruning.influence });
    download(new Blob([JSON.stringify(file)], { type: "application/json" }), "attribution_graph.json");
  }

  function update(): void {
    if (!state.update(traits)) return;
    chosen = new Set();
    pointed = meant = link = null;
  }

  function surround(): void {
    const { theme, fontSize: em } = frame;
    const { largest } = state.drawn;
    if (!colors || colors.theme !== theme || colors.largest !== largest || colors.em !== em) {
      const encoding = encodingOf(largest, theme, state.words.decimals);
      colors = { theme, largest, em, encoding };
      frame.legend.replaceChildren(key(em, encoding, largest), encoding.legend());
    }
    for (const control of sliders) control.update();
    line.show(state);
    const { label, nodes } = state.drawn.items[state.top];
    const where = traits.name && ` in ${plain(traits.name)}`;
    frame.title(`What leads to ${quoted(label)} (${probability(state.graph.nodes[nodes[0]].activation)})${where}`);
  }

  /** Of what is selected the node, and its item where it is drawn. */
  function looked(current: Parameters<typeof nodeAt>[1], means: number | null) {
    const node = nodeAt(state.graph, current, means, state.pruning.influence);
    const item = node === null ? -1 : state.drawn.itemOf[node];
    return { node, item: item < 0 ? null : item };
  }

  /** What the panel tells of: what is kept, or else the logit where reading backwards begins. */
  const shown = () => looked(selection.pinned(), meant).item ?? state.top;

  function fill(): void {
    const { drawn, words } = state;
    const item = shown();
    const all = (set: ReadonlySet<number>) => drawn.items[item].nodes.every((node) => set.has(node));
    const pins = new Set(traits.pinned);
    const look = { encoding: colors!.encoding, cards: traits.cards, theme: frame.theme };
    side.show({ item, pinned: all(pins), chosen: all(chosen) }, state, look);
    if (flagged) return;
    flagged = true;
    graph.flag(drawn, pins, chosen, words);
    making.show(
      chosen.size,
      Object.entries(traits.supernodes).map(([name, nodes]) => [name, nodes.length]),
      traits.pinned.map((node) => [node, state.graph.nodes[node]?.label ?? ""]),
    );
  }

  return {
    build() {
      update();
      surround();
      const { width, fontSize: em } = frame;
      frame.picture.replaceChildren(line.root);
      const left = frame.heightLeft();
      const parts = divided(width, em, left === null ? null : left - line.root.offsetHeight, (wide) => {
        return graph.natural(state.drawn, state.words, { width: wide, height: null, em });
      });
      room = { width: parts.graph, height: parts.beside ? parts.height : parts.most, em };
      side = panel({
        point(next) {
          link = next && { ...next };
          const { drawn } = state;
          const end = next && (next.to === shown() ? next.from : next.to);
          selection.preview(end === null ? null : partAt(drawn.items[end].nodes[0]));
        },
        go: keep,
        pin: () => pin(shown()),
        choose: () => toggle(shown()),
      });
      const panes = element("div", "hs-graph-panel", {}, side.root, making.root);
      const style = parts.beside ? `grid-template-columns:minmax(0,1fr) ${parts.panel}px` : "";
      const both = element("div", "hs-graph-parts", { style, "data-beside": parts.beside }, graph.root, panes);
      if (parts.beside && parts.height !== null) both.style.height = `${parts.height}px`;
      if (!parts.beside && parts.most !== null) graph.root.style.maxHeight = `${parts.most}px`;
      frame.picture.append(both);
    },

    paint() {
      update();
      surround();
      link = null;
      graph.paint(state.drawn, state.words, colors!.encoding, room, state.path);
      flagged = false;
    },

    select(current, pinned) {
      fill();
      const { node, item } = looked(current, link ? null : (pointed ?? meant));
      graph.mark({ item, kept: looked(pinned, meant).item, link });
      frame.say(sentence(node, item));
    },
  };

  function sentence(node: number | null, item: number | null): string {
    const { drawn, words, path, graph: all } = state;
    if (link) return words.link(link, drawn);
    if (item !== null) return words.item(drawn.items[item], item, drawn);
    if (node !== null) return `${plain(all.nodes[node].label)} is not among the nodes that are kept.`;
    const few = drawn.links.length > MOST_LINES ? `, the ${many(MOST_LINES)} strongest of them as lines` : "";
    const kept = `${many(drawn.items.length)} nodes and ${many(drawn.links.length)} edges are drawn${few}.`;
    const way = path.length ? ` The strongest path: ${words.path(path, drawn)}.` : "";
    return `${kept}${way} Point at a node; click to keep it, Escape to let go.`;
  }
}

export default defineView({
  name: "attribution_graph",
  readers: READERS,
  structure: ({ cards }) => [cards.size > 0],
  create,
});

import type { Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { Weights } from "../shared/draw/weights";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { slider, toggle } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { fixed } from "../shared/text/format";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, number, optional, texts } from "../shared/wire/readers";
import { decimalsOf, type Edge, Edges, type Head, headsOf, MOST, READS } from "./edges";
import { graph, type Item } from "./graph";
import { type Layout, layout } from "./layout";
import { encodingOf, lines, paintReads } from "./legend";
import { edgeList } from "./list";
import { lookedAt } from "./looked";
import { numbers } from "./numbers";
import { type Cell, patterns } from "./patterns";
import { AS, Words } from "./words";

const READERS = {
  heads: array("int32", 2),
  scores: array("float32", 1),
  null: array("float32", 1),
  null_sd: array("float32", 1),
  copying: array("float32", 1),
  matching: array("float32", 1),
  roles: texts,
  tokens: texts,
  pattern: optional(array("uint8", 3)),
  packed: flag,
  threshold: number,
  q: flag,
  k: flag,
  v: flag,
};
type GraphFrame = Frame<typeof READERS>;
type Traits = GraphFrame["traits"];

/** The threshold's steps, and decimals at which they differ. */
const STEP = 0.001;
const STEP_DECIMALS = 3;

function create(frame: GraphFrame): View {
  const { traits, selection } = frame;
  let edges: Edges;
  let words: Words;
  let from: unknown[] = [];
  let drawn: { edges: Edge[]; total: number };
  let picture: ReturnType<typeof graph>;
  let places: Layout | null = null;
  let panel: HTMLElement;
  let list: ReturnType<typeof edgeList> | undefined;
  let weights: Weights | null = null;
  let sent: unknown = null;
  let matrices: ReturnType<typeof patterns> | null = null;
  let strip: ReturnType<typeof tokenStrip> | null = null;
  // Of this theme: with its legend, for neither follows the threshold.
  let colors: { theme: Theme; legend: HTMLElement } | null = null;
  let encoding: Encoding;
  const detail = numbers();
  // As what the later of two heads reads the earlier: by the line or row that is pointed at or kept, for the selection has no field for it.
  let pointed: Edge | null = null;
  let kept: Edge | null = null;
  let cell: Cell | null = null;

  const switches = [toggle(frame, "q", "Q"), toggle(frame, "k", "K"), toggle(frame, "v", "V")];
  switches.forEach(({ root }, read) => {
    root.setAttribute("aria-label", `${READS[read]}-composition, read as ${AS[read]}`);
  });
  const range = { min: 0, max: 1, step: STEP };
  const threshold = slider(frame, "threshold", "above the null by", range, (value) => {
    const { total } = drawn;
    const found = total > MOST ? `${MOST} of ${many(total)}` : `${total} ${total === 1 ? "edge" : "edges"}`;
    return `${fixed(value, STEP_DECIMALS)}: ${found}`;
  });
  const reads = element(
    "span",
    "hs-choice",
    { role: "group", "aria-label": "Edges" },
    element("span", "hs-quiet", {}, "Edges"),
  );
  reads.append(...switches.map(({ root }) => root));
  frame.controls.append(reads, threshold.root);
  frame.onClear(() => {
    kept = null;
  });

  const partOf = (edge: Edge): Partial<Selection> => {
    const [earlier, later] = [edges.heads[edge.from], edges.heads[edge.to]];
    return { layer: earlier.layer, head: earlier.head, to_layer: later.layer, to_head: later.head };
  };
  const acts = {
    point(item: Item | null) {
      pointed = item && "edge" in item ? item.edge : null;
      selection.preview(item && part(item));
    },
    keep(item: Item) {
      kept = "edge" in item ? item.edge : null;
      pointed = null;
      selection.pin(part(item));
    },
  };
  function part(item: Item): Partial<Selection> {
    return "edge" in item ? partOf(item.edge) : { ...edges.heads[item.head], to_layer: null, to_head: null };
  }

  const looked = (current: Selection) => lookedAt(edges, drawn.edges, current, [pointed, kept]);

  function read(): void {
    const { heads, scores, null: mean, null_sd, copying, matching, roles } = traits;
    const now = [heads, scores, mean, null_sd, copying, matching, roles];
    if (now.every((value, index) => value === from[index])) return;
    edges = new Edges({ heads, scores, null: mean, null_sd, copying, matching });
    if (roles.length) fits("roles", [roles.length], [edges.heads.length]);
    words = new Words(edges, roles, decimalsOf(null_sd.data));
    from = now;
  }

  function surround(): void {
    for (const each of [...switches, threshold]) each.update();
    frame.title("Composition of heads");
    const bold = traits.roles.some((role) => role) && !places?.graph.roles;
    const scale = traits.pattern && colors ? [colors.legend] : [];
    frame.legend.replaceChildren(lines(frame.fontSize, bold), ...scale);
  }

  function color(): void {
    if (colors?.theme === frame.theme) return;
    encoding = encodingOf(frame.theme);
    colors = { theme: frame.theme, legend: encoding.legend() };
    paintReads(frame.picture.parentElement as HTMLElement, frame.theme);
  }

  const cells = {
    point(next: Cell | null) {
      cell = next;
      const { edge } = looked(selection.pinned());
      selection.preview(next && edge && { ...partOf(edge), position: next.query, key: next.key });
    },
    keep(next: Cell) {
      const { edge } = looked(selection.pinned());
      if (edge) selection.pin({ ...partOf(edge), position: next.query, key: next.key });
    },
  };

  return {
    build() {
      read();
      const { width, fontSize: em } = frame;
      const { heads } = edges;
      const { tokens, roles } = traits;
      const most = (field: keyof Head) => 1 + Math.max(...heads.map((head) => head[field]));
      const [layers, count, length] = [most("layer"), most("head"), tokens.length];
      selection.sizes = { layer: layers, head: count, to_layer: layers, to_head: count, position: length, key: length };
      drawn = edges.shown(traits.threshold, switched(traits));
      color();
      surround();
      places = layout({ width, height: frame.heightLeft(), em, heads, roles, patterns: traits.pattern !== null });
      picture = graph(words, heads.length, places.graph, em, acts);
      panel = element("div", "hs-panel", {}, detail.root);
      matrices = null;
      strip = null;
      sent = null;
      if (traits.pattern) {
        matrices = patterns(length, places.square, cells);
        strip = tokenStrip(tokens, selection, "The text, token by token");
        panel.append(matrices.root, strip.root);
      }
      list = edgeList(words, acts, list);
      panel.append(list.root);
      const style = places.beside
        ? `height:${height(places.height)};grid-template-columns:minmax(0,1fr) ${places.panel}px`
        : "grid-template-columns:minmax(0,1fr)";
      const parts = element(
        "div",
        "hs-parts",
        { style, "data-beside": places.beside, "data-whole": frame.height === null },
        picture.root,
        panel,
      );
      frame.picture.replaceChildren(parts);
    },

    paint() {
      read();
      const { pattern, packed, tokens } = traits;
      if (pattern) {
        fits("pattern", pattern.shape.slice(2), [
          packed ? (tokens.length * (tokens.length + 1)) / 2 : tokens.length ** 2,
        ]);
        const [layers, heads] = pattern.shape;
        if (edges.heads.some(({ layer, head }) => layer >= layers || head >= heads)) {
          throw new Damaged(`pattern: expected every head, got ${layers} layers of ${heads}`);
        }
        if (sent !== pattern) {
          weights = new Weights(pattern, packed, tokens.length, null, false);
          sent = pattern;
          matrices?.renew();
        }
      }
      color();
      drawn = edges.shown(traits.threshold, switched(traits));
      threshold.bounds({ ...range, max: Math.max(0.01, Math.ceil(100 * edges.largest) / 100) });
      surround();
      picture.paint(drawn.edges, edges.largest);
      list?.paint(drawn.edges);
    },

    select(current, pinned) {
      const { marked, edge } = looked(current);
      const { head, pair } = marked;
      picture.mark(marked, looked(pinned).marked);
      list?.mark(marked);
      detail.show(edge && edges.between(edge.from, edge.to), edge?.read ?? -1, words, edges, pair !== null);
      const { position, key } = current;
      if (matrices && weights) {
        const names = edge ? [words.name(edge.from), words.name(edge.to)] : [];
        matrices.show(weights, encoding, edge, edges.heads, names, selection.previewing);
        matrices.mark(position, key);
        strip?.mark(position);
      }
      frame.say(sentence());

      function sentence(): string {
        if (edge && matrices && cell && position === cell.query && key === cell.key) {
          const weight = matrices.weight(cell.which, position, key);
          return words.cell(edge, cell.which, weight, traits.tokens, position, key);
        }
        const heads = pair && edge ? words.edge(edge) : head === null ? overview() : words.node(head, drawn.edges);
        if (!matrices || !edge || position === null) return heads;
        const { weight } = matrices;
        return `${heads} ${words.patterns(edge, (which, key) => weight(which, position, key), traits.tokens, position)}`;
      }
    },
  };

  function overview(): string {
    const { total } = drawn;
    const least = words.number(traits.threshold);
    const found = `${many(total)} of ${many(edges.count)} possible edges ${total === 1 ? "is" : "are"} at least ${least} above the null`;
    const cut = total > MOST ? `; the ${MOST} strongest are drawn` : "";
    return `${found}${cut}. Point at a head or an edge; click to keep it, Escape to let go.`;
  }
}

const many = (count: number) => count.toLocaleString("en-US");

const height = (pixels: number | null) => (pixels === null ? "auto" : `${pixels}px`);

const switched = ({ q, k, v }: Traits) => [q, k, v];

export default defineView({
  name: "composition_graph",
  readers: READERS,
  structure({ heads, roles, tokens, pattern }) {
    return [headsOf(heads), roles, tokens, pattern !== null];
  },
  create,
});

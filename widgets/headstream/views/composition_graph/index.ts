import { ramp, type Theme } from "../shared/draw/color";
import { element, svg } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { Weights } from "../shared/draw/weights";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { slider, toggle } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { table } from "../shared/parts/table";
import { fixed, probability } from "../shared/text/format";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, number, optional, texts } from "../shared/wire/readers";
import { decimalsOf, type Edge, Edges, type Head, headsOf, READS, STANDS_OUT } from "./edges";
import { dashes, graph, type Item } from "./graph";
import { type Layout, layout } from "./layout";
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
  let list: { edges: string; made: ReturnType<typeof table<Edge>> } | null = null;
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
  const threshold = slider(frame, "threshold", "above the null by", range, (value) => fixed(value, STEP_DECIMALS));
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

  /** The heads that are selected, the earlier one of an edge first, and the edge that is shown large. */
  function looked({ layer, head, to_layer, to_head }: Selection) {
    const [one, other] = [edges.find(layer, head), edges.find(to_layer, to_head)];
    const pair = one !== null && other !== null ? edges.between(one, other) : null;
    if (pair) {
      const meant = [pointed, kept].find((edge) => edge?.from === one && edge.to === other);
      const strongest = pair.reduce((best, edge) => (edge.excess > best.excess ? edge : best));
      return { head: null, pair, edge: meant ? pair[meant.read] : strongest };
    }
    const node = one ?? other;
    const edge = drawn.edges.find((each) => node === null || each.from === node || each.to === node) ?? null;
    return { head: node, pair: null, edge };
  }

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
    frame.legend.replaceChildren(lines(frame.fontSize, drawn, edges.count, bold), ...scale);
  }

  function color(): void {
    if (colors?.theme === frame.theme) return;
    encoding = encodingOf(frame.theme);
    colors = { theme: frame.theme, legend: encoding.legend() };
    paintReads(frame.picture.parentElement as HTMLElement, frame.theme);
  }

  function listed(): void {
    const key = JSON.stringify(drawn.edges);
    if (list?.edges === key) return;
    const columns = [
      { name: "heads", value: (edge: Edge) => `${words.label(edge.from)} → ${words.label(edge.to)}` },
      { name: "as", value: (edge: Edge) => READS[edge.read] },
      { name: "score", value: (edge: Edge) => edge.score, format: (value: number) => words.number(value) },
      { name: "null", value: (edge: Edge) => edge.null, format: (value: number) => words.number(value) },
      { name: "above it", value: (edge: Edge) => edge.excess, format: (value: number) => words.number(value) },
    ];
    const made = table("edges", drawn.edges, columns, {
      point: (edge) => acts.point(edge && { edge }),
      keep: (edge) => acts.keep({ edge }),
    });
    list?.made.root.remove();
    panel.append(made.root);
    list = { edges: key, made };
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
      list = null;
      matrices = null;
      strip = null;
      sent = null;
      if (traits.pattern) {
        matrices = patterns(length, places.square, cells);
        strip = tokenStrip(tokens, selection, "The text, token by token");
        panel.append(matrices.root, strip.root);
      }
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
      listed();
    },

    select(current) {
      const { head, pair, edge } = looked(current);
      picture.mark({ head, pair: pair?.[0] ?? null, pinned: !selection.previewing });
      list?.made.mark(
        (row) => (row.from === (pair?.[0].from ?? head) && (!pair || row.to === pair[0].to)) || row.to === head,
      );
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
    const found = `${total} of ${many(edges.count)} possible edges ${total === 1 ? "is" : "are"} at least ${least} above the null`;
    return `${found}. Point at a head or an edge; click to keep it, Escape to let go.`;
  }
}

const many = (count: number) => count.toLocaleString("en-US");

const height = (pixels: number | null) => (pixels === null ? "auto" : `${pixels}px`);

const switched = ({ q, k, v }: Traits) => [q, k, v];

function encodingOf(theme: Theme): Encoding {
  const ticks = [0, 0.25, 1].map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) }));
  return encode({ name: "attention", scale: "sequential", place: Math.sqrt, ticks }, theme);
}

/** Gives style sheets the colours of Q and K; V has that of the ink. */
function paintReads(node: HTMLElement, theme: Theme): void {
  node.style.setProperty("--hs-q", ramp(theme, "incoming").css(0.72));
  node.style.setProperty("--hs-k", ramp(theme, "sequential").css(0.7));
}

/** What the lines are, from where on they are drawn, and how many are left out. */
function lines(
  em: number,
  { edges, total }: { edges: Edge[]; total: number },
  count: number,
  bold: boolean,
): HTMLElement {
  const width = 0.2 * em;
  const samples = READS.map((read, index) => {
    const [long, high] = [3 * em, 0.8 * em];
    const attributes = { x1: 2, x2: long - 2, y1: high / 2, y2: high / 2, class: `hs-edge hs-${read}` };
    const dash = { "stroke-width": width, "stroke-dasharray": dashes(index, width) };
    const drawing = svg(
      "svg",
      { width: long, height: high, "aria-hidden": "true" },
      svg("line", { ...attributes, ...dash }),
    );
    return element(
      "span",
      "hs-sample",
      {},
      drawing as unknown as HTMLElement,
      read,
      element("span", "hs-wide", {}, `as ${AS[index]}`),
    );
  });
  const left = total > edges.length ? `the ${edges.length} strongest of ${many(total)}` : `${total} of ${many(count)}`;
  const said = `drawn from ${STANDS_OUT} sd above the null on, wider the further: ${left}${bold ? "; bold: has a role" : ""}`;
  return element("span", "hs-key", {}, ...samples, element("span", "hs-quiet", {}, said));
}

export default defineView({
  name: "composition_graph",
  readers: READERS,
  structure({ heads, roles, tokens, pattern }) {
    return [headsOf(heads), roles, tokens, pattern !== null];
  },
  create,
});

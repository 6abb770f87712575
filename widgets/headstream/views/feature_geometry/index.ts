import { element } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice, player } from "../shared/parts/controls";
import { Damaged, type NumericArray } from "../shared/wire/arrays";
import { array, fits, flag, oneOf, optional, texts, whole } from "../shared/wire/readers";
import { type Bars, barsPlot } from "./bars";
import { type Cell, type Cells, cells } from "./cells";
import { lossCurve } from "./curve";
import { Geometry, reach } from "./geometry";
import { GAP, layout } from "./layout";
import { type Picture, plane } from "./plane";
import { cellSentence, featureSentence, overview, percent, type Told, weightSentence } from "./words";

const READERS = {
  columns: array("float32", 3),
  bias: optional(array("float32", 2)),
  probability: optional(array("float32", 2)),
  importance: optional(array("float32", 2)),
  steps: array("int32", 1),
  loss: array("float32", 2),
  labels: texts,
  neurons: flag,
  toy: whole,
  picture: oneOf("plane", "matrix", "weights"),
};
type GeometryFrame = Frame<typeof READERS>;

function create(frame: GeometryFrame): View {
  const { traits, selection } = frame;
  let told: Told;
  let bars: Bars;
  let vectors: Picture | null = null;
  let table: Cells | null = null;
  let curve: ReturnType<typeof lossCurve> | null = null;
  let colors: Encoding;
  /** The cell that the pointer or the keyboard is on. */
  let pointed: Cell | null = null;

  const picture = choice(frame, "picture", "Show", { plane: "plane", matrix: "W Wᵀ", weights: "W" });
  const toys = player(
    "toy",
    {
      label: "Toy",
      count: () => traits.columns.shape[0],
      at: shown,
      go: (toy) => frame.set({ toy }),
      format: (toy) => `${toy + 1} of ${traits.columns.shape[0]}${rarity(traits, toy)}`,
    },
    frame.signal,
  );
  frame.controls.append(toys.root, picture.root);

  const acts = {
    point(feature: number | null) {
      pointed = null;
      selection.preview(feature === null ? null : { feature });
    },
    keep: (feature: number) => selection.pin({ feature }),
  };
  const cellActs = {
    point(cell: Cell | null) {
      pointed = cell;
      selection.preview(cell && { feature: cell.feature });
    },
    keep: (cell: Cell) => selection.pin({ feature: cell.feature }),
  };

  /** Toys may have become fewer. */
  function shown(): number {
    return Math.min(traits.toy, traits.columns.shape[0] - 1);
  }

  return {
    build() {
      read();
      const { labels, steps } = traits;
      const dims = traits.columns.shape[2];
      selection.sizes = { feature: labels.length };
      pointed = null;
      const [em, left] = [frame.fontSize, frame.heightLeft()];
      const room = layout(frame.width / em, left === null ? null : left / em, steps.data.length > 0);
      const side = Math.floor(room.side * em);
      vectors = flat() ? plane(side, em, labels, acts) : null;
      table = flat() ? null : cells(kind(), traits.bias !== null, side, em, labels, dims, cellActs);
      bars = barsPlot(room.bars, em, labels, acts);
      curve = room.loss ? lossCurve(room.bars.width * em, room.loss * em, em) : null;
      const right = element("div", "hs-geometry-right", {}, bars.root, ...(curve ? [curve.root] : []));
      const drawn = (vectors ?? table) as Picture | Cells;
      const parts = element("div", "hs-geometry-parts", { style: `gap:${GAP}em` }, drawn.root, right);
      parts.classList.toggle("hs-stacked", !room.beside);
      frame.picture.replaceChildren(parts);
    },

    paint() {
      read();
      bars.paint(told.geometry);
      vectors?.paint(told.geometry);
      table?.paint(told.geometry, colors);
      curve?.paint(traits.steps.data, traits.loss.data, shown());
      toys.update();
      picture.update();
    },

    select({ feature }, pinned) {
      bars.select(feature, pinned.feature);
      vectors?.select(feature, pinned.feature);
      const cell = selection.previewing ? pointed : null;
      table?.select(feature, cell);
      if (cell && cell.feature === feature)
        frame.say((kind() === "matrix" ? cellSentence : weightSentence)(told, cell.feature, cell.other));
      else if (feature !== null) frame.say(featureSentence(told, feature));
      else frame.say(overview(told, now()));
    },
  };

  function kind(): "matrix" | "weights" {
    return traits.picture === "weights" ? "weights" : "matrix";
  }

  function now() {
    const [count] = traits.columns.shape;
    const entries = traits.steps.data.length;
    const last = entries ? traits.steps.data[entries - 1] : null;
    const loss = entries ? traits.loss.data[shown() * entries + entries - 1] : null;
    return { index: shown(), count, steps: last, loss };
  }

  /** The toy that is drawn, and what stands around its picture. */
  function read(): void {
    checked(traits);
    const [count, features, dims] = traits.columns.shape;
    const of = (given: NumericArray | null, each: number) =>
      given && (given.data as Float32Array).subarray(shown() * each, (shown() + 1) * each);
    const columns = of(traits.columns, features * dims) as Float32Array;
    told = {
      geometry: new Geometry(columns, of(traits.bias, features), features, dims),
      labels: traits.labels,
      probability: of(traits.probability, features),
      importance: of(traits.importance, features),
      neurons: traits.neurons,
    };
    const into = traits.neurons ? `${dims} neurons` : dims === 1 ? "one dimension" : `${dims} dimensions`;
    frame.title(`${features} features in ${into}`);
    toys.root.style.display = count > 1 ? "" : "none";
    const plain = picture.root.querySelector<HTMLElement>("[data-key='picture-plane']");
    if (plain) plain.hidden = dims > 2;
    colors = encode(scaleOf(told.geometry), frame.theme);
    const key = "Dashed circle: length 1. With a feature chosen, small dots: what each other one writes along it.";
    frame.legend.replaceChildren(flat() ? element("span", "hs-quiet", {}, key) : colors.legend());
  }

  function flat(): boolean {
    return traits.picture === "plane" && traits.columns.shape[2] <= 2;
  }

  function scaleOf(geometry: Geometry) {
    const matrix = kind() === "matrix";
    const longest = Math.max(...geometry.lengths);
    const end = reach(matrix ? Math.max(longest ** 2, ...Array.from(geometry.bias ?? [], Math.abs)) : longest);
    const ends = [-end, 0, end].map((value) => ({ at: (value / end + 1) / 2, label: String(value).replace("-", "−") }));
    return {
      name: matrix
        ? `W of one feature · W of another${geometry.bias ? ", and the bias" : ""}`
        : `weight to each ${traits.neurons ? "neuron" : "dimension"}`,
      scale: "diverging" as const,
      place: (value: number) => (value / end + 1) / 2,
      ticks: ends,
    };
  }
}

/** Where toys differ in how rare their features are, that is said. */
function rarity({ probability }: GeometryFrame["traits"], toy: number): string {
  if (!probability) return "";
  const [toys, features] = probability.shape;
  const of = (one: number) =>
    Array.from((probability.data as Float32Array).subarray(one * features, (one + 1) * features));
  const own = of(toy);
  const same = own.every((value) => value === own[0]);
  const differ = Array.from({ length: toys }, (_, one) => of(one)).some((other) => other[0] !== own[0]);
  return same && differ ? `, there in ${percent(own[0])}` : "";
}

/** Raises for arrays that do not belong together. */
function checked({ columns, bias, probability, importance, steps, loss, labels }: GeometryFrame["traits"]): void {
  const [toys, features, dims] = columns.shape;
  if (!toys || !features || !dims) throw new Damaged("columns: expected a toy, a feature and a dimension at least");
  fits("labels", [labels.length], [features]);
  for (const [name, given] of Object.entries({ bias, probability, importance })) {
    if (given) fits(name, given.shape, [toys, features]);
  }
  fits("loss", loss.shape, [toys, steps.data.length]);
}

export default defineView({
  name: "feature_geometry",
  readers: READERS,
  structure: ({ columns, bias, labels, picture, steps }) => [
    columns.shape.slice(1),
    bias !== null,
    labels,
    picture,
    steps.data.length > 0,
  ],
  create,
});

import { element } from "../shared/draw/dom";
import { type Encoding, encode, type Quantity } from "../shared/draw/encoding";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { action, toggle } from "../shared/parts/controls";
import { fixed, signed } from "../shared/text/format";
import { plain } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import {
  array,
  fits,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  record,
  text,
  texts,
  whole,
  wholes,
} from "../shared/wire/readers";
import { cards, type Item } from "./cards";
import { Gallery, key, type Place } from "./gallery";
import { panel } from "./panel";
import { Words } from "./words";

const READERS = {
  method: oneOf("SPD", "APD"),
  model: text,
  matrices: texts,
  axes: listOf(record({ labels: texts })),
  weights: array("float32", 1),
  reads: array("float32", 1),
  writes: array("float32", 1),
  bias: array("float32", 1),
  inputs: array("float32", 2),
  input_names: texts,
  importance: array("float32", 3),
  importance_name: text,
  negligible: number,
  component: optional(wholes),
  off: listOf(wholes),
  input: optional(whole),
  show_all: flag,
};
type GalleryFrame = Frame<typeof READERS>;

function create(frame: GalleryFrame): View {
  const { traits } = frame;
  let gallery: Gallery;
  let drawn: unknown[] = [];
  let words: Words;
  let left: ReturnType<typeof cards>;
  let right: ReturnType<typeof panel>;
  let colors: { weights: Encoding; outputs: Encoding; importance: Encoding; unit: Encoding };
  let off = new Set<string>();
  /** What the pointer or the keyboard is on. */
  let pointed: Item | null = null;

  const all = toggle(frame, "show_all", "Negligible ones too");
  const switchOff = (places: Place[]) => frame.set({ off: places.map(({ matrix, component }) => [matrix, component]) });
  const every = () =>
    gallery.matrices.flatMap((_, matrix) => Array.from({ length: gallery.components }, (_, c) => pair(matrix, c)));
  frame.controls.append(
    action("All on", "All components on", () => switchOff([])),
    action("All off", "All components off", () => switchOff(every())),
    action("Only what matters", "Only components that matter for the input that is chosen, or for any", () =>
      switchOff(gallery.unimportant(traits.input)),
    ),
    all.root,
  );
  frame.onClear(() => {
    pointed = null;
    if (traits.component || traits.input !== null) frame.set({ component: null, input: null });
  });

  const acts = {
    point(item: Item | null) {
      pointed = item;
      frame.reselect();
    },
    keep(item: Item) {
      if (item.kind === "input") frame.set({ input: item.input === traits.input ? null : item.input });
      else if (item.kind === "part") frame.set({ component: [item.place.matrix, item.place.component] });
      else flip(item.place);
    },
  };

  function flip(place: Place): void {
    const same = new Set(gallery.same(place).map(key));
    const others = traits.off.filter(([matrix, component]) => !same.has(key(pair(matrix, component))));
    frame.set({ off: gallery.isOff(off, place) ? others : [...others, [place.matrix, place.component]] });
  }

  function readGallery(): void {
    const now = Object.entries(traits).filter(([name]) => !SETTINGS.has(name));
    if (now.length === drawn.length && now.every(([, value], index) => value === drawn[index])) return;
    gallery = read(traits);
    words = new Words(gallery, traits.input_names, traits.importance_name);
    drawn = now.map(([, value]) => value);
  }

  /** The component that is pinned, if there is one. */
  function pinned(): Place | null {
    if (!traits.component) return null;
    const place = pair(traits.component[0], traits.component[1]);
    return place.matrix < gallery.matrices.length && place.component < gallery.components ? place : null;
  }

  return {
    build() {
      readGallery();
      pointed = null;
      const shown = gallery.matrices.map((_, matrix) => gallery.shown(matrix, traits.show_all));
      left = cards(gallery, shown, traits.input_names, acts);
      right = panel(gallery, traits.input_names, traits.importance_name);
      const form = frame.room === "plenty" ? "hs-beside" : "";
      frame.picture.replaceChildren(element("div", `hs-gallery ${form}`, {}, left.root, right.root));
    },

    paint() {
      readGallery();
      off = new Set(traits.off.map(([matrix, component]) => key(pair(matrix, component))));
      frame.title(`${traits.method}: the components of ${plain(traits.model)}`);
      all.update();
      const largest = Math.max(...gallery.matrices.flatMap(({ weights }) => Array.from(weights, Math.abs)));
      const most = Math.max(...gallery.output());
      colors = {
        weights: encode(around(largest, "weight"), frame.theme),
        outputs: encode(upTo(most, "output"), frame.theme),
        importance: encode(upTo(1, plain(traits.importance_name)), frame.theme),
        unit: encode(around(1, ""), frame.theme),
      };
      const input = traits.input !== null && traits.input < gallery.inputs ? traits.input : null;
      left.paint({ gallery, off, input, ...colors });
      frame.legend.replaceChildren(colors.weights.legend(), colors.outputs.legend());
      frame.reselect();
    },

    select() {
      const kept = pinned();
      const input = traits.input !== null && traits.input < gallery.inputs ? traits.input : null;
      const place = pointed && pointed.kind !== "input" ? pointed.place : kept;
      left.mark(pointed, kept);
      const first = { matrix: 0, component: gallery.matrices[0].order[0] };
      right.show(gallery, place ?? first, colors.weights, colors.unit);
      frame.say(words.sentence(pointed, off, input, kept));
    },
  };
}

const SETTINGS = new Set(["component", "off", "input", "show_all"]);
const pair = (matrix: number, component: number): Place => ({ matrix, component });

function around(largest: number, name: string): Quantity {
  const limit = largest || 1;
  const place = (value: number) => 0.5 + (0.5 * value) / limit;
  const ticks = [-limit, 0, limit].map((value) => ({ at: place(value), label: value ? signed(value, 2) : "0" }));
  return { name, scale: "diverging", place, ticks };
}

function upTo(largest: number, name: string): Quantity {
  const limit = largest || 1;
  const ticks = [0, limit].map((value) => ({ at: value / limit, label: value ? fixed(value, 2) : "0" }));
  return { name, scale: "sequential", place: (value) => value / limit, ticks };
}

function read(traits: GalleryFrame["traits"]): Gallery {
  const { matrices, axes, weights, reads, writes, bias, inputs, input_names, importance } = traits;
  const count = matrices.length;
  fits("axes", [axes.length], [count + 1]);
  const [, components, given] = importance.shape;
  fits("importance", importance.shape, [count, components, input_names.length]);
  if (!count || !components || !given) throw new Damaged("importance: expected a matrix, a component and an input");
  fits("inputs", inputs.shape, [given, axes[0].labels.length]);
  fits("bias", bias.shape, [axes[count].labels.length]);
  const sizes = axes.map(({ labels }) => labels.length);
  fits("weights", weights.shape, [matrices.reduce((sum, _, index) => sum + sizes[index] * sizes[index + 1], 0)]);
  const before = sizes.slice(0, -1).reduce((a, b) => a + b, 0);
  const after = sizes.slice(1).reduce((a, b) => a + b, 0);
  const rank = Math.max(1, Math.round(reads.shape[0] / (components * before || 1)));
  fits("reads", reads.shape, [components * rank * before]);
  fits("writes", writes.shape, [components * rank * after]);
  return new Gallery({ ...traits, axes: axes.map(({ labels }) => labels) });
}

export default defineView({
  name: "component_gallery",
  readers: READERS,
  structure: ({ matrices, axes, input_names, importance, importance_name, show_all, reads, writes }) => [
    matrices,
    axes,
    input_names,
    importance.shape,
    importance_name,
    show_all,
    // Their order depends on the numbers, and which are negligible and so not shown.
    sum(reads.data),
    sum(writes.data),
  ],
  create,
});

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

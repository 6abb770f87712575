import { element, svg } from "../shared/draw/dom";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { choice } from "../shared/parts/controls";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, oneOf, optional, texts, vocabulary, whole } from "../shared/wire/readers";
import { layout } from "./layout";
import { complexPlane, type Plotted, singularLine } from "./plots";
import { readings } from "./readings";
import { type Direction, Spectra } from "./spectra";
import { headStrip } from "./strip";
import { directionSentence, headSentence, overview, TERMS } from "./words";

const READERS = {
  kind: oneOf("ov", "qk"),
  heads: array("int32", 2),
  labels: texts,
  score: array("float32", 1),
  null_score: array("float32", 1),
  eigenvalues: array("float32", 3),
  singular: array("float32", 2),
  null_radius: array("float32", 2),
  null_singular: array("float32", 2),
  eigen_token: array("int32", 5),
  eigen_weight: array("float32", 5),
  singular_token: array("int32", 5),
  singular_weight: array("float32", 5),
  vocabulary,
  values: oneOf("eigenvalues", "singular values"),
  direction: optional(whole),
};
type SpectrumFrame = Frame<typeof READERS>;

function create(frame: SpectrumFrame): View {
  const { traits, selection } = frame;
  let spectra: Spectra;
  let strip: ReturnType<typeof headStrip>;
  let plane: Plotted;
  let line: Plotted;
  let panel: ReturnType<typeof readings>;
  let both = false;
  /** The direction that the pointer or the keyboard is on. */
  let pointed: Direction | null = null;

  const values = choice(frame, "values", "Read", {
    eigenvalues: "eigenvalues",
    "singular values": "singular values",
  });
  frame.controls.append(values.root);
  frame.onClear(() => {
    pointed = null;
    if (traits.direction !== null) frame.set({ direction: null });
  });

  const acts = {
    point(direction: Direction | null) {
      pointed = direction;
      frame.reselect();
    },
    keep(direction: Direction) {
      frame.set({ values: direction.values, direction: direction.place });
    },
  };

  return {
    build() {
      spectra = read(traits);
      surround();
      const heads = Array.from({ length: spectra.count }, (_, index) => index);
      const layers = new Set(heads.map((head) => spectra.layer(head))).size;
      selection.sizes = {
        layer: Math.max(...heads.map((head) => spectra.layer(head))) + 1,
        head: Math.max(...heads.map((head) => spectra.number(head))) + 1,
      };
      const em = frame.fontSize;
      const left = frame.heightLeft();
      const places = Math.max(traits.eigen_token.shape[4], traits.singular_token.shape[4]);
      const room = layout(frame.width / em, left === null ? null : left / em, layers, places);
      both = room.both;
      strip = headStrip(selection, spectra, room.strip.width, room.strip.row, em);
      plane = complexPlane(room.side * em, em, spectra.rank, acts);
      line = singularLine(room.side * em, em, spectra.rank, acts);
      panel = readings(spectra, room.places, room.beside);
      const plots = element("div", "hs-spectrum-plots", {}, plane.root, line.root);
      const one = element("div", "hs-spectrum-one", {}, plots, panel.root);
      frame.picture.replaceChildren(element("div", `hs-spectrum-parts hs-${room.form}`, {}, strip.root, one));
    },

    paint() {
      spectra = read(traits);
      surround();
      values.update();
      const eigen = traits.values === "eigenvalues";
      plane.root.style.display = both || eigen ? "" : "none";
      line.root.style.display = both || !eigen ? "" : "none";
      for (const part of [strip, plane, line]) part.paint(spectra);
    },

    select(current, pinned) {
      const chosen = spectra.find(current.layer, current.head);
      const head = chosen ?? spectra.highest;
      const kept = traits.direction !== null && traits.direction < spectra.rank ? traits.direction : null;
      const direction = pointed ?? { values: traits.values, place: kept ?? 0 };
      strip.mark(head, chosen !== null, spectra.find(pinned.layer, pinned.head));
      const place = (of: Direction["values"]) => (direction.values === of ? direction.place : 0);
      const isKept = (of: Direction["values"]) => direction.values === of && (pointed !== null || kept !== null);
      plane.show(head, place("eigenvalues"), isKept("eigenvalues"));
      line.show(head, place("singular values"), isKept("singular values"));
      panel.show(spectra, traits.vocabulary, head, direction);
      frame.say(
        pointed || (kept !== null && !selection.previewing)
          ? directionSentence(spectra, traits.vocabulary, head, direction)
          : chosen === null
            ? overview(spectra)
            : headSentence(spectra, head),
      );
    },
  };

  /** What stands around the picture. */
  function surround(): void {
    frame.title(`Spectra of the heads' ${TERMS[traits.kind].title}`);
    frame.legend.replaceChildren(
      key(svg("g", { class: "hs-eigenvalue" }, svg("circle", { cx: 6, cy: 6, r: 4 })), "positive real part"),
      key(svg("g", { class: "hs-eigenvalue hs-negative" }, svg("circle", { cx: 6, cy: 6, r: 4 })), "negative"),
      key(svg("rect", { class: "hs-null", y: 1, width: 12, height: 10 }), "90 % of random circuits"),
    );
  }
}

function key(mark: SVGElement, name: string): HTMLElement {
  const drawn = svg("svg", { class: "hs-spectrum-mark", viewBox: "0 0 12 12", "aria-hidden": "true" }, mark);
  return element("span", "hs-spectrum-key hs-quiet", {}, drawn, name);
}

function read(traits: SpectrumFrame["traits"]): Spectra {
  const { heads, labels, singular, eigen_token, singular_token } = traits;
  const [count, rank] = singular.shape;
  if (!count || !rank) throw new Damaged("singular: expected at least one head and one value");
  fits("heads", heads.shape, [count, 2]);
  fits("labels", [labels.length], [count]);
  fits("score", traits.score.shape, [count]);
  fits("null_score", traits.null_score.shape, [2]);
  fits("eigenvalues", traits.eigenvalues.shape, [count, rank, 2]);
  fits("null_radius", traits.null_radius.shape, [2, rank]);
  fits("null_singular", traits.null_singular.shape, [2, rank]);
  for (const [name, { shape }] of Object.entries({ eigen_token, singular_token })) {
    fits(name, shape, [count, shape[1], 2, 2, shape[4]]);
  }
  fits("eigen_weight", traits.eigen_weight.shape, eigen_token.shape);
  fits("singular_weight", traits.singular_weight.shape, singular_token.shape);
  for (const tokens of [eigen_token, singular_token]) {
    const unnamed = tokens.data.find((token) => !(token in traits.vocabulary));
    if (unnamed !== undefined) throw new Damaged(`vocabulary: expected a label for token ${unnamed}`);
  }
  return new Spectra(traits.kind, labels, traits);
}

export default defineView({
  name: "spectrum",
  readers: READERS,
  structure: ({ kind, heads, singular, eigen_token, singular_token }) => [
    kind,
    Array.from(heads.data),
    singular.shape,
    eigen_token.shape[4],
    singular_token.shape[4],
  ],
  create,
});

import { element, svg } from "../shared/draw/dom";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { type Control, slider } from "../shared/parts/controls";
import { type Column, table } from "../shared/parts/table";
import { fixed } from "../shared/text/format";
import { array, fits, number, optional, text, texts } from "../shared/wire/readers";
import { BINS, Norms } from "./norms";
import { normsPlot } from "./plot";

const READERS = {
  name: text,
  places: texts,
  norms: array("float32", 2),
  density: optional(array("float32", 1)),
  low: number,
  high: number,
};
const CHUNK = 100;
/** In em: the small profile of a row; the list, where it stands beside the histogram, and what is between them; the histogram's heights. */
const PROFILE = { width: 7, height: 1.2 };
const BESIDE = { list: { much: 22, plenty: 30 }, gap: 2 };
const HEIGHT = { above: 11, least: 11, beside: 32 };
const RANGE = { min: 0, max: 1, step: 0.025 };

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  let norms: Norms;
  let plotted: ReturnType<typeof normsPlot>;
  let list: ReturnType<typeof table<number>> | undefined;
  let listed = element("div");
  let held: unknown[] = [];
  /** The features of the list. */
  let rows: number[] = [];
  let within: [number, number] = [0, 1];
  let bin: number | null = null;
  let kept: number | null = null;
  const format = (value: number) => fixed(value, 2);
  const controls: Control[] = [
    slider(frame, "low", "list from", RANGE, format),
    slider(frame, "high", "to", RANGE, format),
  ];
  frame.controls.prepend(...controls.map(({ root }) => root));
  frame.onClear(() => {
    if (traits.low !== 0 || traits.high !== 1) frame.set({ low: 0, high: 1 });
  });

  function profile(feature: number): SVGElement {
    const em = frame.fontSize;
    const [width, height] = [PROFILE.width * em, PROFILE.height * em];
    const shares = norms.shares(feature);
    const most = Math.max(...shares);
    const bars = shares.map((share, place) => {
      const tall = (height * share) / most;
      const step = width / shares.length;
      return svg("rect", {
        class: "hs-norms-share",
        x: place * step,
        width: Math.max(1, step - 2),
        y: height - tall,
        height: tall,
        "data-share": share,
      });
    });
    return svg("svg", { class: "hs-plot hs-norms-profile", width, height, "aria-hidden": true }, ...bars);
  }

  function makeList(): void {
    const { density, low, high } = traits;
    within = [low, high];
    rows = norms.within(Math.min(low, high), Math.max(low, high));
    const columns: Column<number>[] = [
      { name: "feature", value: (feature) => feature, format: String },
      { name: norms.places === 2 ? "share" : "place", value: (feature) => norms.centre(feature), format },
      { name: "norms", value: () => "" },
    ];
    if (density) {
      const percent = (value: number) => `${fixed(100 * value, 2)} %`;
      columns.splice(2, 0, { name: "fires at", value: (feature) => density.data[feature], format: percent });
    }
    const acts = {
      point: (feature: number | null) => selection.preview(feature === null ? null : { feature }),
      keep: (feature: number) => selection.pin({ feature }),
    };
    const found = (feature: number, wanted: string) => String(feature).startsWith(wanted);
    list = table("features", rows, columns, acts, { chunk: CHUNK, found, placeholder: "Number", before: list });
    list.paint(columns.length - 1, (cell, feature) => cell.replaceChildren(profile(feature)));
    listed.replaceChildren(list.root);
    kept = null;
  }

  return {
    build() {
      fits("norms", traits.norms.shape, [traits.norms.shape[0], traits.places.length]);
      if (traits.density) fits("density", traits.density.shape, [traits.norms.shape[0]]);
      norms = new Norms(traits.norms.data, traits.places);
      selection.sizes = { feature: norms.count };
      held = [];
      const em = frame.fontSize;
      const beside = frame.room === "much" || frame.room === "plenty" ? BESIDE.list[frame.room] : 0;
      const width = frame.width - (beside && (beside + BESIDE.gap) * em);
      const left = (frame.heightLeft() ?? Number.POSITIVE_INFINITY) / em;
      const height = beside ? Math.max(HEIGHT.least, Math.min(HEIGHT.beside, left)) : HEIGHT.above;
      plotted = normsPlot(norms, traits.places, [width, height * em], em, {
        point(next) {
          if (next === bin) return;
          bin = next;
          frame.reselect();
        },
        brush(low, high, done) {
          (done ? frame.set : frame.attempt)({ low, high });
        },
      });
      listed = element("div", "hs-norms-list");
      frame.picture.replaceChildren(element("div", `hs-norms ${beside ? "hs-beside" : ""}`, {}, plotted.root, listed));
    },

    paint() {
      const now = [traits.norms, traits.density, traits.low, traits.high];
      if (now.some((value, index) => value !== held[index])) {
        held = now;
        makeList();
      }
      plotted.paint(Math.min(...within), Math.max(...within));
      for (const control of controls) control.update();
      const count = norms.count.toLocaleString("en");
      frame.title(`${count} features of ${traits.name}, by where their decoders are long`);
    },

    select({ feature }, pinned) {
      plotted.mark(feature);
      list?.mark((row) => row === feature);
      if (pinned.feature !== kept) {
        kept = pinned.feature;
        if (kept !== null) list?.reveal(rows.indexOf(kept));
      }
      frame.say(feature !== null ? norms.sentence(feature) : bin !== null ? ofBin(bin) : overview());
    },
  };

  function ofBin(at: number): string {
    const count = plotted.count(at);
    const [from, to] = [at, at + 1].map((edge) => fixed(edge / BINS, 3));
    return `${count} ${count === 1 ? "feature" : "features"} between ${from} and ${to}. Drag to list a range.`;
  }

  function overview(): string {
    const [low, high] = [Math.min(...within), Math.max(...within)];
    const listed = norms.within(low, high).length;
    const of = `${listed.toLocaleString("en")} of ${norms.count.toLocaleString("en")} features`;
    return `The list has ${of}, those from ${format(low)} to ${format(high)}. Drag over the histogram for others; click a row to keep it.`;
  }
}

export default defineView({
  name: "decoder_norms",
  readers: READERS,
  structure: ({ places, norms, density }) => [places, Array.from(norms.data), density && Array.from(density.data)],
  create,
});

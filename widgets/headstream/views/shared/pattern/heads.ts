// Every head of every layer as a small picture; one of them is the large one.
import { element } from "../draw/dom";
import type { Encoding } from "../draw/encoding";
import { wholeStep } from "../draw/plot";
import { paintRaster } from "../draw/raster";
import type { HeadWeights } from "../draw/weights";
import type { Selection, SharedSelection } from "../frame/selection";
import { gridStep, pointAndKeep } from "../parts/items";
import { HEADS } from "./layout";
import { whole } from "./window";
import { type Head, named } from "./words";

const PIXELS = 48;

export function headGrid(
  selection: SharedSelection,
  layers: number,
  heads: number,
  size: number,
  em: number,
  role: (head: Head) => string,
) {
  const gap = HEADS.gap * em;
  const line = HEADS.line * em - gap;
  const columns = `${HEADS.label * em - gap}px repeat(${heads}, ${size}px)`;
  const root = element("div", "hs-heads", {
    role: "radiogroup",
    "aria-label": "Head",
    style: `gap:${gap}px;grid-template:${line}px ${line}px repeat(${layers}, ${size}px) / ${columns}`,
  });
  root.append(element("div", "hs-heads-corner", {}, "layers ↓ heads →"), element("span"));
  const number = (name: string, index: number, least: number) => {
    const step = wholeStep((least * em) / (size + gap));
    root.append(element("span", name, {}, index % step ? "" : String(index)));
  };
  for (let head = 0; head < heads; head++) number("hs-heads-number", head, 1.5);

  const canvases: HTMLCanvasElement[] = [];
  const thumbs: HTMLButtonElement[] = [];
  for (let layer = 0; layer < layers; layer++) {
    number("hs-heads-layer", layer, 1.1);
    for (let head = 0; head < heads; head++) {
      const canvas = element("canvas");
      const attributes = {
        type: "button",
        role: "radio",
        "aria-label": named({ layer, head }, role({ layer, head })),
        "aria-checked": "false",
        tabindex: -1,
        "data-index": thumbs.length,
        "data-key": `head-${layer}-${head}`,
      };
      const thumb = element(
        "button",
        role({ layer, head }) ? "hs-thumb hs-thumb-role" : "hs-thumb",
        attributes,
        canvas,
      );
      canvases.push(canvas);
      thumbs.push(thumb);
      root.append(thumb);
    }
  }
  const headAt = (index: number): Head => ({ layer: Math.floor(index / heads), head: index % heads });
  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const thumb = (event.target as HTMLElement).closest<HTMLElement>(".hs-thumb");
      return thumb ? Number(thumb.dataset.index) : null;
    },
    element: (index) => thumbs[index],
    step(index, key) {
      const { layer, head } = headAt(index);
      const next = gridStep([layer, head], key, [layers, heads]);
      return next && next[0] * heads + next[1];
    },
    point: (index) => selection.preview(index === null ? null : headAt(index)),
    keep: (index) => selection.pin(headAt(index)),
  });

  let marked: HTMLButtonElement | null = null;
  return {
    root,
    paint(weights: HeadWeights, { rgb, place }: Encoding) {
      const pixels = Math.min(weights.length, PIXELS);
      canvases.forEach((canvas, index) => {
        const { layer, head } = headAt(index);
        paintRaster(canvas, pixels, weights.raster(layer, head, whole(weights.length), pixels).map(place), rgb);
      });
    },
    /** The head that is drawn large; a quieter frame when it is only the default. */
    mark({ layer, head }: Head, current: Selection) {
      const chosen = current.layer !== null || current.head !== null;
      const thumb = thumbs[layer * heads + head];
      if (marked && marked !== thumb) {
        marked.classList.remove("hs-current", "hs-default");
        marked.setAttribute("aria-checked", "false");
      }
      thumb.classList.toggle("hs-default", !chosen);
      thumb.classList.toggle("hs-current", chosen);
      thumb.setAttribute("aria-checked", "true");
      marked = thumb;
      reach.offer(thumb);
    },
  };
}

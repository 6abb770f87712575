// Every head of every layer as a small picture; one of them is the large one.
import type { Ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Frame } from "../shared/frame/view";
import type { Weights } from "./weights";

const PIXELS = 48;

export function headGrid(frame: Frame, weights: Weights, { rgb }: Ramp) {
  const { selection } = frame;
  const gap = 0.25 * frame.fontSize;
  const label = 1.6 * frame.fontSize;
  const room = Math.min(frame.width, 32 * frame.fontSize);
  const size = Math.floor(Math.max(14, Math.min(4.2 * frame.fontSize, (room - label) / weights.heads - gap)));
  const width = Math.ceil(label + weights.heads * (size + gap));
  // More heads than there is room for scroll in a frame of their own.
  const root = element("div", width > frame.width ? "hs-heads hs-scrolling" : "hs-heads", {
    role: "radiogroup",
    "aria-label": "Head",
    style: `grid-template-columns:${label - gap}px repeat(${weights.heads}, ${size}px)`,
  });
  root.append(element("div", "hs-heads-corner", {}, "layers down, heads across"));
  root.append(element("span"));
  for (let head = 0; head < weights.heads; head++) root.append(element("span", "hs-heads-number", {}, String(head)));

  const thumbs: HTMLButtonElement[] = [];
  let marked: HTMLButtonElement | null = null;
  for (let layer = 0; layer < weights.layers; layer++) {
    root.append(element("span", "hs-heads-layer", {}, String(layer)));
    for (let head = 0; head < weights.heads; head++) {
      const canvas = element("canvas");
      paint(canvas, weights, layer, head, rgb);
      const attributes = {
        type: "button",
        role: "radio",
        "aria-label": `Layer ${layer}, head ${head}`,
        tabindex: -1,
        "aria-checked": "false",
      };
      const thumb = element("button", "hs-thumb", { ...attributes, style: `width:${size}px;height:${size}px` }, canvas);
      thumb.addEventListener("pointerenter", () => selection.preview({ layer, head }));
      thumb.addEventListener("pointerleave", () => selection.preview(null));
      thumb.addEventListener("click", () => selection.pin({ layer, head }));
      thumbs.push(thumb);
      root.append(thumb);
    }
  }
  root.addEventListener("keydown", (event) => {
    const index = thumbs.indexOf(event.target as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: weights.heads, ArrowUp: -weights.heads }[event.key];
    if (index < 0 || step === undefined) return;
    const next = index + step;
    if (next >= 0 && next < thumbs.length) {
      thumbs[next].focus();
      selection.preview({ layer: Math.floor(next / weights.heads), head: next % weights.heads });
    }
    event.preventDefault();
  });

  return {
    root,
    width: weights.layers * weights.heads > 1 ? Math.min(width, frame.width) : 0,
    /** The head that is drawn large; a quieter frame when it is only the default. */
    mark(layer: number, head: number, chosen: boolean) {
      const thumb = thumbs[layer * weights.heads + head];
      if (marked && marked !== thumb) {
        marked.classList.remove("hs-current", "hs-default");
        marked.setAttribute("aria-checked", "false");
        marked.tabIndex = -1;
      }
      thumb.classList.toggle("hs-default", !chosen);
      thumb.classList.toggle("hs-current", chosen);
      thumb.setAttribute("aria-checked", "true");
      thumb.tabIndex = 0;
      marked = thumb;
    },
  };
}

function paint(canvas: HTMLCanvasElement, weights: Weights, layer: number, head: number, rgb: Uint8Array): void {
  const size = Math.min(weights.length, PIXELS);
  canvas.width = size;
  canvas.height = size;
  drawRaster(canvas, weights.raster(layer, head, { query: 0, key: 0, span: weights.length }, size), rgb);
}

/** Weights 0..1 in the colour of √weight; -1, a cell that cannot be seen, stays clear. */
export function drawRaster(canvas: HTMLCanvasElement, values: Float32Array, rgb: Uint8Array): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0) continue;
    const color = 3 * Math.round(255 * Math.sqrt(Math.min(1, values[i])));
    image.data[4 * i] = rgb[color];
    image.data[4 * i + 1] = rgb[color + 1];
    image.data[4 * i + 2] = rgb[color + 2];
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

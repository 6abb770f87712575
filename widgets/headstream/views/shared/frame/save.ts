// Saves what is on the page as one SVG: boxes, text, canvases and inline SVG are read back from the layout the browser made.
// Every text becomes SVG text, so the file opens in a drawing program, which pictures of HTML do not.
import { channelsOf } from "../draw/color";
import { svg } from "../draw/dom";

const PAINTED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

// Paper around the picture, in CSS pixels.
const MARGIN = 12;

export function toSvg(root: HTMLElement, background: string): SVGSVGElement {
  const inner = root.getBoundingClientRect();
  const frame = new DOMRect(inner.x - MARGIN, inner.y - MARGIN, inner.width + 2 * MARGIN, inner.height + 2 * MARGIN);
  const out = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: frame.width,
    height: frame.height,
    viewBox: `0 0 ${frame.width} ${frame.height}`,
  });
  out.append(svg("rect", { width: frame.width, height: frame.height, fill: background }));
  copy(root, out, frame, frame);
  return out;
}

/** What can be seen of a box in which things are scrolled, itself in sight. */
function seen(box: DOMRect, sight: DOMRect): DOMRect {
  const [x, y] = [Math.max(box.left, sight.left), Math.max(box.top, sight.top)];
  return new DOMRect(x, y, Math.min(box.right, sight.right) - x, Math.min(box.bottom, sight.bottom) - y);
}

function copy(node: Element, out: SVGElement, frame: DOMRect, around: DOMRect): void {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node.hasAttribute("data-hs-unsaved")) return;
  // What is scrolled out of sight is no part of the picture; of a canvas, what is mostly so.
  const left = seen(box, around);
  if (left.width <= 0 || left.height <= 0) return;
  if (node instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box.width * box.height) return;
  const sight = style.overflowY === "visible" ? around : left;
  const x = box.left - frame.left;
  const y = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x, y, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(
      svg("image", { ...place, href, opacity: style.opacity, style: `image-rendering:${style.imageRendering}` }),
    );
    return;
  }
  if (node instanceof SVGSVGElement) {
    const copied = node.cloneNode(true) as SVGSVGElement;
    const originals = node.querySelectorAll("*");
    copied.querySelectorAll("*").forEach((child, index) => {
      const computed = getComputedStyle(originals[index]);
      for (const name of PAINTED) child.setAttribute(name, computed.getPropertyValue(name));
      child.removeAttribute("style");
    });
    for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x, y, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}

function paintBox(style: CSSStyleDeclaration, x: number, y: number, box: DOMRect, out: SVGElement): void {
  const filled = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled) {
    out.append(svg("rect", { x, y, width: box.width, height: box.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x, y, x + box.width, y],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x,
      y + box.height,
      x + box.width,
      y + box.height,
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x, y, x, y + box.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x + box.width,
      y,
      x + box.width,
      y + box.height,
    ],
  ] as const;
  for (const [width, kind, stroke, x1, y1, x2, y2] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2, y2, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x,
      y,
      width: box.width,
      height: box.height,
      rx: radius,
      fill: "none",
      stroke: style.outlineColor,
    };
    out.append(svg("rect", { ...attributes, "stroke-width": style.outlineWidth }));
  }
}

function paintText(text: Text, style: CSSStyleDeclaration, out: SVGElement, frame: DOMRect, sight: DOMRect): void {
  for (const { content, left, baseline } of lines(text, Number.parseFloat(style.fontSize))) {
    if (baseline < sight.top || baseline > sight.bottom) continue;
    const attributes = {
      x: left - frame.left,
      y: baseline - frame.top,
      ...filled(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "xml:space": "preserve",
    };
    out.append(svg("text", attributes, content));
  }
}

/** A colour as every program reads it: a computed one may be "color(srgb …)". */
function filled(color: string) {
  const [red, green, blue, alpha] = channelsOf(color) ?? [0, 0, 0, 1];
  const fill = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill, "fill-opacity": alpha < 1 ? alpha : undefined };
}

/** A text node cut where the browser broke it into lines. */
function lines(text: Text, fontSize: number): { content: string; left: number; baseline: number }[] {
  const result: { content: string; left: number; top: number; baseline: number }[] = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text.data) {
    range.setStart(text, offset);
    offset += character.length;
    range.setEnd(text, offset);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const last = result.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.content += character;
    // 0.79 of the em above the baseline, on average, for the sans and monospace fonts in use.
    else
      result.push({
        content: character,
        left: box.left,
        top: box.top,
        baseline: box.top + box.height / 2 + 0.34 * fontSize,
      });
  }
  return result;
}

/** Gives the reader a file. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The picture as text; XML has no place for some characters that HTML shows. */
function source(root: HTMLElement, background: string): string {
  const text = new XMLSerializer().serializeToString(toSvg(root, background));
  return text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

export function saveSvg(root: HTMLElement, background: string, name: string): void {
  download(new Blob([source(root, background)], { type: "image/svg+xml" }), `${name}.svg`);
}

/** Twice the size on the page, so that it stays sharp on a slide. */
export async function savePng(root: HTMLElement, background: string, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source(root, background))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob) download(blob, `${name}.png`);
}

// One head in large: queries down, keys across. What of it is drawn is decided in window.ts; here it is drawn, and events are read.
import { element, svg } from "../draw/dom";
import type { Encoding } from "../draw/encoding";
import { paintRaster } from "../draw/raster";
import type { HeadWeights, Window } from "../draw/weights";
import type { Selection, SharedSelection } from "../frame/selection";
import { gridStep } from "../parts/items";
import { shortened } from "../text/tokens";
import type { Layout } from "./layout";
import { type Cell, cellAt, center, followed, named, naming, outline, panned, whole, zoomed } from "./window";
import type { Head } from "./words";

const ZOOM = 1.6;
// CSS pixels after which a press that moves is a drag and no click.
const DRAG = 4;
/** Between a label and the square. */
const GAP = 5;

/** `view` holds the window, which outlives what is drawn here. */
export function square(
  selection: SharedSelection,
  names: readonly string[],
  { width, margin, limit }: Layout["square"],
  em: number,
  view: { window: Window },
  looked: () => void,
) {
  const length = names.length;
  const side = width - margin;
  const labels = names.map((name) => shortened(name, limit));
  const canvas = element("canvas", "", {
    tabindex: 0,
    role: "application",
    "aria-roledescription": "attention heatmap",
    "aria-label":
      "One head: queries down, keys across. Arrow keys move, Enter pins, Escape clears, plus and minus zoom, 0 shows all.",
    "data-key": "square",
    style: `left:${margin}px;top:${margin}px;width:${side}px;height:${side}px`,
  });
  const axes = svg("g");
  const cross = svg("rect", { class: "hs-cross", visibility: "hidden" });
  const pin = svg("rect", { class: "hs-pinned", visibility: "hidden" });
  const overlay = svg("svg", { width, height: width, "aria-hidden": "true" }, axes, cross, pin);
  const root = element("div", "hs-head", {}, canvas, overlay);

  let drawn: { weights: HeadWeights; encoding: Encoding; head: Head } | null = null;
  // The axes' labels by position, and those that are marked.
  let labelled = { query: new Map<number, SVGElement>(), key: new Map<number, SVGElement>() };
  let marked: SVGElement[] = [];
  let selected: { current: Selection; pinned: Selection } | null = null;

  function draw(): void {
    if (!drawn) return;
    const { weights, encoding, head } = drawn;
    const pixels = Math.min(view.window.span, Math.round(side * (globalThis.devicePixelRatio || 1)));
    const raster = weights.raster(head.layer, head.head, view.window, pixels);
    paintRaster(canvas, pixels, raster.map(encoding.place), encoding.rgb);
    drawAxes();
    mark();
  }

  function drawAxes(): void {
    const { query, key, span } = view.window;
    const cell = side / span;
    const { tokens, step } = naming(cell, em, limit > 0);
    const axis = (name: "query" | "key", start: number) =>
      new Map(
        named(start, span, step).map((index) => {
          const at = margin + (index - start + 0.5) * cell;
          const place =
            name === "query"
              ? { x: margin - GAP, y: at, "text-anchor": "end" }
              : { transform: `translate(${at},${margin - GAP}) rotate(-90)`, "text-anchor": "start" };
          const attributes = { class: tokens ? "hs-label" : "", "data-axis": name, "data-index": index, ...place };
          const text = tokens ? labels[index] : String(index);
          return [index, svg("text", { ...attributes, "dominant-baseline": "central" }, text)] as const;
        }),
      );
    labelled = { query: axis("query", query), key: axis("key", key) };
    marked = [];
    axes.replaceChildren(...labelled.query.values(), ...labelled.key.values());
  }

  function mark(): void {
    if (!selected) return;
    const { current, pinned } = selected;
    place(cross, current);
    place(pin, pinned);
    for (const label of marked) label.classList.remove("hs-current");
    marked = [labelled.query.get(current.position ?? -1), labelled.key.get(current.key ?? -1)].filter(
      (label) => !!label,
    );
    for (const label of marked) label.classList.add("hs-current");
  }

  function place(rect: SVGElement, { position, key }: Selection): void {
    const box = outline(view.window, position, key);
    rect.setAttribute("visibility", box ? "visible" : "hidden");
    if (!box) return;
    rect.setAttribute("x", String(margin + box.x * side));
    rect.setAttribute("y", String(margin + box.y * side));
    rect.setAttribute("width", String(box.width * side));
    rect.setAttribute("height", String(box.height * side));
  }

  function look(next: Window): void {
    if (next === view.window) return;
    view.window = next;
    draw();
    looked();
  }

  const zoom = (factor: number) => look(zoomed(view.window, factor, center(view.window, selection.current()), length));
  const reset = () => look(whole(length));
  const part = ({ query, key }: Cell) => ({ ...drawn?.head, position: query, key });

  function under(event: MouseEvent): Cell {
    const box = canvas.getBoundingClientRect();
    return cellAt(view.window, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  let drag: { x: number; y: number; from: Window; moved: boolean } | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, from: view.window, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag && view.window.span < length) {
      const [x, y] = [drag.x - event.clientX, drag.y - event.clientY];
      drag.moved ||= Math.hypot(x, y) > DRAG;
      const cell = side / drag.from.span;
      if (drag.moved) return look(panned(drag.from, y / cell, x / cell, length));
    }
    selection.preview(part(under(event)));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (drag && !drag.moved) selection.pin(part(under(event)));
    drag = null;
  });
  canvas.addEventListener("pointercancel", () => {
    drag = null;
  });
  canvas.addEventListener("pointerleave", () => selection.preview(null));
  canvas.addEventListener("blur", () => selection.preview(null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      // The page scrolls as it always does; with Ctrl or ⌘, as for maps, the wheel zooms.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      look(zoomed(view.window, Math.exp(event.deltaY / 300), under(event), length));
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    const current = selection.current();
    const cell = { query: current.position ?? 0, key: current.key ?? 0 };
    const next = gridStep([cell.query, cell.key], event.key, [length, length]);
    if (next) {
      const to = { query: next[0], key: next[1] };
      look(followed(view.window, to));
      selection.preview(part(to));
    } else if (event.key === "Enter" || event.key === " ") selection.pin(part(cell));
    else if (event.key === "+" || event.key === "=") zoom(1 / ZOOM);
    else if (event.key === "-") zoom(ZOOM);
    else if (event.key === "0") reset();
    else if (next === undefined) return;
    event.preventDefault();
  });

  return {
    root,
    zoomIn: () => zoom(1 / ZOOM),
    zoomOut: () => zoom(ZOOM),
    reset,
    /** Draws a head's weights; the same ones again are left as they are. */
    show(weights: HeadWeights, encoding: Encoding, head: Head) {
      const same = drawn?.weights === weights && drawn.encoding === encoding;
      if (same && drawn?.head.layer === head.layer && drawn.head.head === head.head) return;
      drawn = { weights, encoding, head };
      draw();
    },
    mark(current: Selection, pinned: Selection) {
      selected = { current, pinned };
      mark();
    },
  };
}

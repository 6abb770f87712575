// One head in large: queries down, keys across; zoom and pan for long prompts.
import type { Ramp } from "../shared/draw/color";
import { element, svg } from "../shared/draw/dom";
import type { Selection } from "../shared/frame/selection";
import type { Frame } from "../shared/frame/view";
import { shortened, visible } from "../shared/text/tokens";
import { drawRaster } from "./heads";
import { panned, type Weights, type Window, zoomed } from "./weights";

// Characters of a token that an axis shows at most.
const LABEL_LIMIT = 12;

export function square(frame: Frame, weights: Weights, tokens: string[], width: number, { rgb }: Ramp) {
  const { selection, fontSize } = frame;
  const names = tokens.map(visible);
  const perCharacter = 0.85 * 0.61 * fontSize;
  const widest = Math.min(LABEL_LIMIT, Math.max(...names.map((name) => [...name].length)));
  // Where the whole pattern has no room for labels they only come with zooming in, and are kept short.
  const roomy = tokens.length * 0.95 * fontSize <= Math.min(width - widest * perCharacter, 40 * fontSize);
  const limit = roomy ? widest : Math.min(widest, 7);
  const labels = names.map((name) => shortened(name, limit));
  const margin = Math.ceil((limit + 1) * perCharacter + 6);
  const side = Math.floor(Math.max(120, Math.min(width - margin, 40 * fontSize, tokens.length * 2.4 * fontSize)));
  const canvas = element("canvas", "", {
    tabindex: 0,
    role: "application",
    "aria-roledescription": "attention heatmap",
    "aria-label":
      "One head: queries down, keys across. Arrow keys move, Enter pins, Escape clears, plus and minus zoom.",
    style: `left:${margin}px;top:${margin}px;width:${side}px;height:${side}px`,
  });
  const axes = svg("g");
  const cross = svg("rect", { class: "hs-cross", visibility: "hidden" });
  const pin = svg("rect", { class: "hs-pinned", visibility: "hidden" });
  const overlay = svg("svg", { width: side + margin, height: side + margin, "aria-hidden": "true" }, axes, cross, pin);
  const root = element(
    "div",
    "hs-head",
    { style: `width:${side + margin}px;height:${side + margin}px` },
    canvas,
    overlay,
  );

  let window: Window = { query: 0, key: 0, span: tokens.length };
  let layer = 0;
  let head = 0;
  // The axes' labels by position, and those that are marked.
  let named = { query: new Map<number, SVGElement>(), key: new Map<number, SVGElement>() };
  let marked: SVGElement[] = [];
  let last: { current: Selection; pinned: Selection } | null = null;
  const cell = () => side / window.span;
  const labelled = () => cell() >= 0.95 * fontSize;

  function paint(): void {
    const size = Math.min(window.span, Math.round(side * (globalThis.devicePixelRatio || 1)));
    canvas.width = size;
    canvas.height = size;
    drawRaster(canvas, weights.raster(layer, head, window, size), rgb);
    paintAxes();
    if (last) mark(last.current, last.pinned);
  }

  function paintAxes(): void {
    named = { query: new Map(), key: new Map() };
    marked = [];
    // With no room for every token, only round positions are named.
    const step = labelled() ? 1 : Math.max(1, niceStep((2.5 * fontSize) / cell()));
    for (let i = 0; i < window.span; i++) {
      for (const [axis, start] of [
        ["query", window.query],
        ["key", window.key],
      ] as const) {
        const index = start + i;
        if (index % step) continue;
        const at = margin + (i + 0.5) * cell();
        const attributes = {
          class: labelled() ? "hs-label" : "",
          "data-axis": axis,
          "data-index": index,
          "text-anchor": axis === "query" ? "end" : "start",
          "dominant-baseline": "central",
          ...(axis === "query"
            ? { x: margin - 5, y: at }
            : { transform: `translate(${at},${margin - 5}) rotate(-90)` }),
        };
        named[axis].set(index, svg("text", attributes, labelled() ? labels[index] : String(index)));
      }
    }
    axes.replaceChildren(...named.query.values(), ...named.key.values());
  }

  function place(rect: SVGElement, query: number | null, key: number | null): void {
    const inside = (value: number, start: number) => value >= start && value < start + window.span;
    const hasRow = query !== null && inside(query, window.query);
    const hasColumn = key !== null && inside(key, window.key);
    rect.setAttribute("visibility", hasRow && (hasColumn || key === null) ? "visible" : "hidden");
    if (!hasRow) return;
    rect.setAttribute("x", String(margin + (hasColumn ? (key - window.key) * cell() : 0)));
    rect.setAttribute("y", String(margin + (query - window.query) * cell()));
    rect.setAttribute("width", String(hasColumn ? cell() : side));
    rect.setAttribute("height", String(cell()));
  }

  function mark(current: Selection, pinned: Selection): void {
    last = { current, pinned };
    place(cross, current.position, current.key);
    place(pin, pinned.position, pinned.key);
    for (const label of marked) label.classList.remove("hs-current");
    marked = [named.query.get(current.position ?? -1), named.key.get(current.key ?? -1)].filter(
      (label) => label !== undefined,
    );
    for (const label of marked) label.classList.add("hs-current");
  }

  function under(event: MouseEvent): { query: number; key: number } {
    const box = canvas.getBoundingClientRect();
    const index = (value: number, start: number) =>
      start + Math.min(window.span - 1, Math.max(0, Math.floor((value / box.width) * window.span)));
    return { query: index(event.clientY - box.top, window.query), key: index(event.clientX - box.left, window.key) };
  }

  function look(next: Window): void {
    window = next;
    paint();
  }

  function center(): { query: number; key: number } {
    const pinned = selection.current();
    const middle = Math.floor(window.span / 2);
    const query = pinned.position ?? window.query + middle;
    return { query, key: pinned.key ?? Math.min(query, window.key + middle) };
  }

  let drag: { x: number; y: number; from: Window; moved: boolean } | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, from: window, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag && window.span < tokens.length) {
      const keys = (drag.x - event.clientX) / cell();
      const queries = (drag.y - event.clientY) / cell();
      if (Math.hypot(drag.x - event.clientX, drag.y - event.clientY) > 4) drag.moved = true;
      if (drag.moved) {
        look(panned(drag.from, queries, keys, tokens.length));
        return;
      }
    }
    const { query, key } = under(event);
    selection.preview({ layer, head, position: query, key });
  });
  canvas.addEventListener("pointerup", (event) => {
    const dragged = drag?.moved;
    drag = null;
    if (dragged) return;
    const { query, key } = under(event);
    selection.pin({ layer, head, position: query, key });
  });
  canvas.addEventListener("pointerleave", () => selection.preview(null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      // The page scrolls as it always does; with Ctrl or ⌘, as for maps, the wheel zooms.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      look(zoomed(window, Math.exp(event.deltaY / 300), under(event), tokens.length));
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    const current = selection.current();
    const position = current.position ?? 0;
    const key = current.key ?? 0;
    const clamp = (value: number) => Math.min(tokens.length - 1, Math.max(0, value));
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    };
    const move = moves[event.key];
    if (move) {
      const next = { position: clamp(position + move[0]), key: clamp(key + move[1]) };
      follow(next.position, next.key);
      selection.preview({ layer, head, ...next });
    } else if (event.key === "Enter") selection.pin({ layer, head, position, key });
    else if (event.key === "+" || event.key === "=") zoom(1 / 1.6);
    else if (event.key === "-") zoom(1.6);
    else if (event.key === "0") reset();
    else return;
    event.preventDefault();
  });

  /** Moves the window so that a cell is in it. */
  function follow(query: number, key: number): void {
    const shift = (value: number, start: number) =>
      Math.min(0, value - start) + Math.max(0, value - (start + window.span - 1));
    const queries = shift(query, window.query);
    const keys = shift(key, window.key);
    if (queries || keys) look(panned(window, queries, keys, tokens.length));
  }

  function zoom(factor: number): void {
    look(zoomed(window, factor, center(), tokens.length));
  }

  function reset(): void {
    look({ query: 0, key: 0, span: tokens.length });
  }

  return {
    root,
    mark,
    zoom,
    reset,
    show(nextLayer: number, nextHead: number) {
      layer = nextLayer;
      head = nextHead;
      paint();
    },
  };
}

/** 1, 2, 5, 10, 20, 50 ... at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

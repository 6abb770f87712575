// The matrices, each beside its sum and its components; and what the model gives back of each input.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { paintRaster } from "../shared/draw/raster";
import { pointAndKeep } from "../shared/parts/items";
import { fixed } from "../shared/text/format";
import { plain, shortened } from "../shared/text/tokens";
import { type Gallery, key, type Place, range } from "./gallery";

/** What is pointed at: a component, its switch, or an input. */
export type Item = { kind: "part" | "switch"; place: Place } | { kind: "input"; input: number };

export interface Acts {
  point(item: Item | null): void;
  keep(item: Item): void;
}

export interface Painted {
  gallery: Gallery;
  off: ReadonlySet<string>;
  input: number | null;
  weights: Encoding;
  outputs: Encoding;
  importance: Encoding;
}

interface Card {
  place: Place;
  root: HTMLElement;
  canvas: HTMLCanvasElement;
  meter: HTMLElement;
  box: HTMLElement;
}
interface Whole {
  target: Heat;
  sum: Heat;
  distance: HTMLElement;
}
type Heat = ReturnType<typeof heat>;

/** Of a large picture and of a small one, in em: the sides of a cell at most, and those of the picture. */
const LARGE = { width: 3.1, height: 1.5, most: 15.5, tall: 10 };
const SMALL = { width: 1, height: 1, most: 6, tall: 6 };
/** Labels and numbers are written where cells are so large: "−0.54" has to fit. */
const NUMBERED = { width: 2.9, height: 1.3 };

export function cards(shape: Gallery, shown: readonly number[][], names: readonly string[], acts: Acts) {
  const { matrices, data } = shape;
  const made: Card[] = [];
  const wholes: Whole[] = [];
  const grid: Item[][] = [];
  const elements = new Map<string, HTMLElement>();
  const root = element("div", "hs-gallery-left", { role: "group", "aria-label": "Matrices and their components" });

  function register(item: Item, node: HTMLElement): void {
    elements.set(name(item), node);
    node.dataset.item = JSON.stringify(item);
    node.dataset.key = name(item);
    node.tabIndex = -1;
  }

  function card(place: Place): Card {
    const { rows, columns, name: matrix } = matrices[place.matrix];
    const canvas = element("canvas", "hs-gallery-small", { "aria-hidden": "true" });
    const { width, height } = sides(SMALL, rows, columns);
    canvas.style.width = `${columns * width}em`;
    canvas.style.height = `${rows * height}em`;
    const meter = element("span", "hs-gallery-meter");
    const part = element(
      "div",
      "hs-gallery-part",
      { role: "button", "aria-label": `${plain(matrix)}, component ${place.component}` },
      canvas,
      element("span", "hs-gallery-track", {}, meter),
    );
    const box = element("span", "hs-gallery-switch", {
      role: "checkbox",
      "aria-label": `${plain(matrix)}, component ${place.component} on`,
    });
    register({ kind: "part", place }, part);
    register({ kind: "switch", place }, box);
    return { place, root: element("div", "hs-gallery-card", {}, part, box), canvas, meter, box };
  }

  matrices.forEach(({ name, rows, columns }, matrix) => {
    const [before, after] = [data.axes[matrix], data.axes[matrix + 1]];
    const target = heat(rows, columns, before, after);
    const sum = heat(rows, columns, before, after);
    const distance = element("span", "hs-gallery-distance hs-number hs-quiet");
    wholes.push({ target, sum, distance });
    const own = shown[matrix].map((component) => card({ matrix, component }));
    made.push(...own);
    if (own.length) {
      grid.push(own.map(({ place }) => ({ kind: "part", place })));
      grid.push(own.map(({ place }) => ({ kind: "switch", place })));
    }
    const hidden = shape.components - own.length;
    const rest = hidden ? [element("span", "hs-gallery-rest hs-quiet", {}, `${hidden} more, negligible`)] : [];
    root.append(
      element(
        "div",
        "hs-gallery-matrix",
        { "data-matrix": matrix },
        figure(`${shortened(plain(name), 12)}, the target's`, target.root),
        element("span", "hs-gallery-equals", { "aria-hidden": "true" }, "≈"),
        figure("sum of those on", sum.root, distance),
        element("div", "hs-gallery-cards", {}, ...own.map((one) => one.root), ...rest),
      ),
    );
  });

  const rows = range(shape.inputs).map((input) => {
    const label = shortened(plain(names[input]), 12);
    const row = element(
      "div",
      "hs-gallery-input",
      { role: "button", "aria-label": `input ${plain(names[input])}` },
      label,
    );
    register({ kind: "input", input }, row);
    grid.push([{ kind: "input", input }]);
    return row;
  });
  const width = data.bias.data.length;
  const last = data.axes[data.axes.length - 1];
  const given = [0, 1].map(() => heat(shape.inputs, width, null, last));
  const error = element("span", "hs-gallery-error hs-number");
  const labels = element("div", "hs-gallery-inputs", {}, ...rows);
  labels.style.setProperty("--hs-gallery-cell", `${given[0].cell.height}em`);
  root.append(
    element(
      "div",
      "hs-gallery-matrix hs-gallery-outputs",
      {},
      figure("inputs", labels),
      figure("the target's output", given[0].root),
      figure("with those on", given[1].root),
      element("div", "hs-gallery-answer", { "aria-live": "polite" }, element("span", "hs-quiet", {}, "error "), error),
    ),
  );

  const reach = pointAndKeep<Item>({
    root,
    at(event) {
      const found = (event.target as HTMLElement).closest<HTMLElement>("[data-item]");
      return found ? (JSON.parse(found.dataset.item ?? "null") as Item) : null;
    },
    element: (item) => elements.get(name(item)),
    step: (item, pressed) => step(grid, item, pressed),
    point: acts.point,
    keep: acts.keep,
  });
  reach.offer(elements.get(name(grid[0][0])));

  return {
    root,
    paint({ gallery, off, input, weights, outputs, importance }: Painted): void {
      gallery.matrices.forEach((matrix, index) => {
        const { target, sum, distance } = wholes[index];
        target.paint(matrix.weights, weights);
        sum.paint(gallery.sum(index, off), weights);
        distance.textContent = `${fixed(100 * gallery.distance(index, off), 1)} % away`;
      });
      for (const { place, root, canvas, meter, box } of made) {
        const { parts, columns } = gallery.matrices[place.matrix];
        paintRaster(canvas, columns, parts[place.component].map(weights.place), weights.rgb);
        const value = input === null ? gallery.most(place).value : gallery.importance(place, input);
        meter.style.width = `${100 * Math.min(1, Math.max(0, value))}%`;
        meter.style.backgroundColor = importance.color(1);
        meter.dataset.value = fixed(value, 2);
        const isOff = gallery.isOff(off, place);
        root.classList.toggle("hs-off", isOff);
        box.setAttribute("aria-checked", String(!isOff));
        box.textContent = `${isOff ? "□" : "■"} ${place.component}`;
      }
      given[0].paint(gallery.output(), outputs);
      given[1].paint(gallery.output(off), outputs);
      rows.forEach((row, index) => {
        row.setAttribute("aria-pressed", String(index === input));
        row.classList.toggle("hs-pinned", index === input);
      });
      for (const one of given) one.frame(input);
      error.textContent = written(gallery.error(off, input));
    },
    /** Marks what is pointed at or pinned, and the pinned component. */
    mark(current: Item | null, pinned: Place | null): void {
      const here = current && name(current);
      for (const [id, node] of elements) node.classList.toggle("hs-current", id === here);
      for (const { place, root } of made) {
        const own = root.firstElementChild as HTMLElement;
        const kept = pinned !== null && key(pinned) === key(place);
        own.classList.toggle("hs-pinned", kept);
        own.setAttribute("aria-pressed", String(kept));
      }
    },
  };
}

/** An error of any size, with three digits. */
export function written(error: number): string {
  if (error === 0) return "0";
  if (error >= 0.001) return fixed(error, error < 0.1 ? 4 : 3);
  const [digits, power] = error.toExponential(1).split("e-");
  return `${digits} × 10⁻${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

export function name(item: Item): string {
  return item.kind === "input" ? `input-${item.input}` : `${item.kind}-${key(item.place)}`;
}

/** Where an arrow leads: along a line of items, or to the line above or below. */
export function step(grid: readonly Item[][], item: Item, pressed: string): Item | undefined {
  const line = grid.findIndex((items) => items.some((one) => name(one) === name(item)));
  const place = grid[line]?.findIndex((one) => name(one) === name(item));
  const moves: Record<string, [number, number]> = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
  };
  const move = moves[pressed];
  if (line < 0 || (!move && pressed !== "Home" && pressed !== "End")) return undefined;
  const bound = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  if (!move) return grid[line][pressed === "Home" ? 0 : grid[line].length - 1];
  const items = grid[bound(line + move[0], grid.length)];
  return items[bound(place + move[1], items.length)];
}

function sides(most: typeof LARGE, rows: number, columns: number): { width: number; height: number } {
  return { width: Math.min(most.width, most.most / columns), height: Math.min(most.height, most.tall / rows) };
}

function figure(caption: string, ...parts: HTMLElement[]): HTMLElement {
  const title = element("span", "hs-gallery-caption hs-quiet", {}, caption);
  return element("div", "hs-gallery-figure", {}, title, ...parts);
}

/** A table of numbers as colours, with numbers and labels where there is room for them. */
function heat(
  rows: number,
  columns: number,
  before: readonly string[] | null,
  after: readonly string[] | null,
): {
  root: HTMLElement;
  cell: { width: number; height: number };
  paint(values: ArrayLike<number>, colors: Encoding): void;
  frame(row: number | null): void;
} {
  const cell = sides(LARGE, rows, columns);
  const numbered = cell.width >= NUMBERED.width && cell.height >= NUMBERED.height;
  const canvas = element("canvas", "hs-gallery-large", { "aria-hidden": "true" });
  const cells = numbered ? range(rows * columns).map(() => element("span", "hs-gallery-cell hs-number")) : [];
  const chosen = element("span", "hs-gallery-chosen");
  chosen.hidden = true;
  const body = element("div", "hs-gallery-body", {}, canvas, ...cells, chosen);
  body.style.width = `${columns * cell.width}em`;
  body.style.height = `${rows * cell.height}em`;
  body.style.gridTemplate = `repeat(${rows}, 1fr) / repeat(${columns}, 1fr)`;
  const label = (text: string, limit: number) => element("span", "", {}, shortened(plain(text), limit));
  const root = element("div", "hs-gallery-heat", {}, body);
  if (after && numbered) {
    const top = element("div", "hs-gallery-top hs-quiet", {}, ...after.map((text) => label(text, 4)));
    root.prepend(...(before ? [element("span")] : []), top);
  } else if (after) root.classList.add("hs-gallery-bare");
  if (before) {
    const side = element("div", "hs-gallery-side hs-quiet", {});
    if (numbered) side.append(...before.map((text) => label(text, 4)));
    body.before(side);
    root.classList.add("hs-gallery-sided");
  }
  return {
    root,
    cell,
    paint(values, colors) {
      paintRaster(canvas, columns, Array.from(values, colors.place), colors.rgb);
      cells.forEach((one, index) => {
        one.textContent = fixed(values[index], 2);
        one.style.color = colors.ink(values[index]);
      });
    },
    /** A frame around one row. */
    frame(row) {
      chosen.hidden = row === null;
      chosen.style.top = `${(row ?? 0) * cell.height}em`;
      chosen.style.height = `${cell.height}em`;
    },
  };
}

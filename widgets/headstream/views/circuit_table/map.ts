// The whole matrix in blocks, each in the colour of its largest entry. A block is looked into by asking Python for its part.
import { ramp, type Theme } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { encode } from "../shared/draw/encoding";
import { paintRaster } from "../shared/draw/raster";
import type { Kernel } from "../shared/frame/ask";
import { action } from "../shared/parts/controls";
import { gridStep } from "../shared/parts/items";
import type { NumericArray } from "../shared/wire/arrays";
import { array, vocabulary } from "../shared/wire/readers";
import { ENDS, edges, type Kind, Signed } from "./entries";

export interface Cell {
  /** Ids: the first, and the one after the last. */
  rows: readonly [number, number];
  columns: readonly [number, number];
  value: number;
}

/** Where its blocks begin, and the last ends, and their numbers row by row. */
export interface Part {
  rows: ArrayLike<number>;
  columns: ArrayLike<number>;
  values: ArrayLike<number>;
}

const ANSWER = { rows: array("int32", 1), columns: array("int32", 1), blocks: array("float32", 2), labels: vocabulary };

export function cellOf({ rows, columns, values }: Part, row: number, column: number): Cell {
  return {
    rows: [rows[row], rows[row + 1]],
    columns: [columns[column], columns[column + 1]],
    value: values[row * (columns.length - 1) + column],
  };
}

interface Wants {
  kind: Kind;
  size: number;
  blocks: NumericArray;
  kernel: Kernel;
  learn(labels: Record<string, string>): void;
  point(cell: Cell | null): void;
  /** A single token is chosen. */
  pick(token: number): void;
}

export function blockMap({ kind, size, blocks, kernel, learn, point, pick }: Wants) {
  const runs = edges(size, blocks.shape[0]);
  const parts: Part[] = [{ rows: runs, columns: runs, values: blocks.data }];
  let theme: Theme = "light";
  let at: [number, number] = [0, 0];
  const canvas = element("canvas", "hs-circuit-canvas", {
    tabindex: 0,
    role: "application",
    "data-key": "map",
    "aria-label": "The circuit in blocks: arrows move, Enter looks inside, Escape goes back",
  });
  const cursor = element("div", "hs-circuit-cursor", { hidden: true });
  const status = element("div", "hs-quiet hs-circuit-told", { role: "status" });
  const out = action("Back", "Back to the larger part", () => back());
  const legend = element("div", "hs-circuit-legend");
  const [row, column] = ENDS[kind];
  const root = element(
    "div",
    "hs-circuit-map",
    {},
    element("div", "hs-quiet hs-circuit-across", {}, `${column} →`),
    element("div", "hs-circuit-canvas-box", {}, canvas, cursor),
    element("div", "hs-circuit-under", {}, element("span", "hs-quiet", {}, `${row} ↓`), out, status),
    legend,
  );
  const now = () => parts[parts.length - 1];
  const count = () => [now().rows.length - 1, now().columns.length - 1] as const;

  function draw(): void {
    const { rows, columns, values } = now();
    const numbers = new Signed(values);
    const quantity = numbers.quantity("largest entry of a block");
    const colors = encode(quantity, theme);
    paintRaster(canvas, count()[1], Float64Array.from(values, quantity.place), ramp(theme, "diverging").rgb);
    canvas.dataset.limit = String(numbers.limit);
    legend.replaceChildren(colors.legend());
    const span = (ids: ArrayLike<number>) => `${ids[0]} to ${ids[ids.length - 1] - 1}`;
    out.disabled = parts.length === 1;
    status.textContent = parts.length === 1 ? `all ${size} tokens` : `ids ${span(rows)} by ${span(columns)}`;
  }

  function mark(cell: [number, number] | null): void {
    cursor.hidden = cell === null;
    if (cell) {
      at = cell;
      const [rows, columns] = count();
      const box = { top: cell[0] / rows, left: cell[1] / columns, height: 1 / rows, width: 1 / columns };
      for (const [side, part] of Object.entries(box)) cursor.style.setProperty(side, `${100 * part}%`);
    }
    point(cell && cellOf(now(), ...cell));
  }

  function enter(): void {
    const { rows, columns } = cellOf(now(), ...at);
    if (rows[1] - rows[0] === 1 && columns[1] - columns[0] === 1) {
      pick(columns[0]);
      return;
    }
    status.textContent = "asking Python …";
    kernel.ask("part", { part: [...rows, ...columns] }, ANSWER, (told) => {
      if ("answer" in told) {
        const { rows, columns, blocks, labels } = told.answer;
        learn(labels);
        parts.push({ rows: rows.data, columns: columns.data, values: blocks.data });
        at = [0, 0];
        draw();
        mark(document.activeElement === canvas ? at : null);
      } else if ("error" in told) status.textContent = told.error;
      else status.textContent = "Finer blocks are computed by Python, and no kernel answers.";
    });
  }

  function back(): void {
    kernel.drop("part");
    if (parts.length > 1) parts.pop();
    at = [0, 0];
    draw();
    mark(null);
  }

  function under(event: MouseEvent): [number, number] {
    const box = canvas.getBoundingClientRect();
    const [rows, columns] = count();
    const step = (part: number, steps: number) => Math.min(steps - 1, Math.max(0, Math.floor(part * steps)));
    return [step((event.clientY - box.top) / box.height, rows), step((event.clientX - box.left) / box.width, columns)];
  }

  canvas.addEventListener("pointermove", (event) => mark(under(event)));
  canvas.addEventListener("pointerleave", () => mark(null));
  canvas.addEventListener("blur", () => mark(null));
  canvas.addEventListener("click", (event) => {
    mark(under(event));
    enter();
  });
  canvas.addEventListener("keydown", (event) => {
    const next = gridStep(at, event.key, count());
    if (next) mark(next);
    else if (event.key === "Enter" || event.key === " ") enter();
    else if (next === undefined) return;
    event.preventDefault();
  });

  return {
    root,
    back,
    paint(next: Theme): void {
      theme = next;
      draw();
    },
  };
}

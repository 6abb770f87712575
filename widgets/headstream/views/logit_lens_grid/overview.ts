// Every column as a stripe of colours, for prompts whose columns do not fit: where the readable window is, and a way to move it.
import { element } from "../shared/draw/dom";
import { paintRaster } from "../shared/draw/raster";
import type { Layout } from "./layout";
import type { Scene } from "./scene";
import { type Columns, windowStep } from "./state";

export function overview({ label, column, columns: count, overview: height }: Layout, look: (first: number) => void) {
  const canvas = element("canvas", "", { "aria-hidden": "true" });
  const pane = element("div", "hs-lens-pane");
  const style = `margin-left:${label}px;width:${count * column}px;height:${height}px`;
  const attributes = { role: "slider", tabindex: 0, "data-key": "overview", "aria-label": "Columns shown", style };
  const root = element("div", "hs-lens-overview", attributes, canvas, pane);
  let columns: Columns;
  let offset = 0;

  const follow = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    look(((event.clientX - box.left) / box.width) * columns.positions - count / 2);
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    follow(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) follow(event);
  });
  root.addEventListener("keydown", (event) => {
    const first = windowStep(columns, event.key);
    if (first === undefined) return;
    look(first);
    event.preventDefault();
  });

  return {
    root,
    paint({ lens, quantity, colors, first }: Scene): void {
      offset = first;
      const { rows, positions } = lens;
      const places = Float64Array.from({ length: rows * positions }, (_, i) => {
        const value = quantity.value(rows - 1 - Math.floor(i / positions), i % positions);
        return value === null ? Number.NaN : quantity.place(value);
      });
      paintRaster(canvas, positions, places, colors.rgb);
    },
    mark(next: Columns): void {
      columns = next;
      const { first, positions } = columns;
      pane.style.width = `${(100 * count) / positions}%`;
      pane.style.left = `${(100 * first) / positions}%`;
      root.setAttribute("aria-valuemin", "0");
      root.setAttribute("aria-valuemax", String(positions - count));
      root.setAttribute("aria-valuenow", String(first));
      root.setAttribute(
        "aria-valuetext",
        `positions ${offset + first} to ${offset + first + count - 1} of ${positions}`,
      );
    },
  };
}

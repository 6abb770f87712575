// Every column as a stripe of colours, for prompts whose columns do not fit: where the readable window is, and a way to move it.
import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Drawing } from "./grid";

export function overview({ frame, lens, quantity, layout }: Drawing, look: (first: number) => void) {
  const { columns } = layout;
  const width = columns * layout.column;
  const height = Math.round(Math.max(1.8, Math.min(4.5, 0.36 * lens.rows)) * frame.fontSize);
  const canvas = element("canvas", "", { width: lens.positions, height: lens.rows, "aria-hidden": "true" });
  const pane = element("div", "hs-lens-pane", { style: `width:${(100 * columns) / lens.positions}%` });
  const root = element(
    "div",
    "hs-lens-overview",
    {
      role: "slider",
      tabindex: 0,
      "aria-label": "Columns shown",
      "aria-valuemin": 0,
      "aria-valuemax": lens.positions - columns,
      style: `margin-left:${layout.label}px;width:${width}px;height:${height}px`,
    },
    canvas,
    pane,
  );
  let first = 0;

  const context = canvas.getContext("2d");
  if (context) {
    const { rgb } = ramp(frame.theme, "sequential");
    const image = context.createImageData(lens.positions, lens.rows);
    for (let row = 0; row < lens.rows; row++) {
      for (let position = 0; position < lens.positions; position++) {
        const value = quantity.value(row, position);
        if (value === null) continue;
        const color = 3 * Math.round(255 * Math.min(1, Math.max(0, quantity.shade(value))));
        image.data.set(
          [rgb[color], rgb[color + 1], rgb[color + 2], 255],
          4 * ((lens.rows - 1 - row) * lens.positions + position),
        );
      }
    }
    context.putImageData(image, 0, 0);
  }

  const follow = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    look(((event.clientX - box.left) / box.width) * lens.positions - columns / 2);
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    follow(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) follow(event);
  });
  root.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: columns,
      PageDown: -columns,
      Home: -first,
      End: lens.positions,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    look(first + step);
    event.preventDefault();
  });

  return {
    root,
    height,
    mark(next: number) {
      first = next;
      pane.style.left = `${(100 * first) / lens.positions}%`;
      root.setAttribute("aria-valuenow", String(first));
      root.setAttribute("aria-valuetext", `positions ${first} to ${first + columns - 1} of ${lens.positions}`);
    },
  };
}

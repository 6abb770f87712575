// Any number of dims: a table of cells in colour. W Wᵀ, every feature with every other, and the bias beside it; or W, dims by features.
import { element, svg } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { readable } from "../shared/draw/plot";
import { paintRaster } from "../shared/draw/raster";
import { gridStep } from "../shared/parts/items";
import { plain, shortened } from "../shared/text/tokens";
import type { Geometry } from "./geometry";

export interface Cell {
  feature: number;
  /** The other feature, or as many as there are for the bias; of weights, the dim. */
  other: number;
}

export interface CellActs {
  point(cell: Cell | null): void;
  keep(cell: Cell): void;
}

export interface Cells {
  root: HTMLElement;
  paint(geometry: Geometry, encoding: Encoding): void;
  select(feature: number | null, cell: Cell | null): void;
}

export type Kind = "matrix" | "weights";
/** Between the matrix and the bias, in cells. */
const BETWEEN = 1;

export function cells(
  kind: Kind,
  biased: boolean,
  side: number,
  em: number,
  labels: readonly string[],
  dims: number,
  acts: CellActs,
): Cells {
  const count = labels.length;
  const square = kind === "matrix";
  const [rows, columns] = square ? [count, count + (biased ? BETWEEN + 1 : 0)] : [dims, count];
  // Names of rows stand to the left, those of columns below.
  const longest = Math.max(...(square ? labels : ["00"]).map((label) => [...shortened(plain(label), 9)].length));
  const [left, foot] = [(0.6 + 0.56 * longest) * em, 1.7 * em];
  const size = Math.min((side - left) / columns, square ? (side - foot) / rows : Math.max((side - foot) / rows, 0));
  const [wide, tall] = square ? [size * columns, size * rows] : [side - left, Math.min(side - foot, 4 * em * rows)];
  const [cellWide, cellTall] = [wide / columns, tall / rows];
  const canvas = element("canvas", "hs-geometry-canvas", { style: `width:${wide}px;height:${tall}px` });
  const over = svg("svg", { class: "hs-geometry-over hs-plot", width: side, height: tall + foot });
  const root = element(
    "div",
    "hs-geometry-cells",
    {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "table of cells",
      "data-key": `cells-${kind}`,
      style: `width:${side}px;height:${tall + foot}px;--left:${left}px`,
    },
    canvas,
    over,
  );
  const feature = svg("rect", { class: "hs-geometry-row", style: "display:none" });
  const second = svg("rect", { class: "hs-geometry-row", style: "display:none" });
  const one = svg("rect", { class: "hs-geometry-cell", style: "display:none" });
  const names = svg("g", {});
  over.append(names, feature, second, one);
  let at: readonly [number, number] = [0, 0];

  const cellAt = ([row, column]: readonly [number, number]): Cell | null => {
    if (!square) return { feature: column, other: row };
    if (column >= count && column < count + BETWEEN) return null;
    return { feature: row, other: Math.min(column, count) };
  };
  const placeOf = (cell: Cell): [number, number] =>
    square ? [cell.feature, cell.other === count ? columns - 1 : cell.other] : [cell.other, cell.feature];
  const under = (event: MouseEvent): Cell | null => {
    const box = canvas.getBoundingClientRect();
    const place = [Math.floor((event.clientY - box.top) / cellTall), Math.floor((event.clientX - box.left) / cellWide)];
    const inside = place[0] >= 0 && place[0] < rows && place[1] >= 0 && place[1] < columns;
    return inside ? cellAt([place[0], place[1]]) : null;
  };
  let pointed = "";
  const point = (cell: Cell | null) => {
    const key = JSON.stringify(cell);
    if (key !== pointed) acts.point(cell);
    pointed = key;
  };
  root.addEventListener("pointermove", (event) => point(under(event)));
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("blur", () => point(null));
  root.addEventListener("click", (event) => {
    const cell = under(event);
    if (cell) {
      at = placeOf(cell);
      acts.keep(cell);
    }
  });
  root.addEventListener("keydown", (event) => {
    const cell = cellAt(at);
    if (event.key === "Enter" || event.key === " ") {
      if (cell) acts.keep(cell);
    } else {
      let next = gridStep(at, event.key, [rows, columns]);
      if (next === undefined) return;
      // The gap before the bias is passed over.
      if (next && cellAt(next) === null) next = gridStep(next, event.key, [rows, columns]);
      if (next) at = next;
      point(cellAt(at));
    }
    event.preventDefault();
    event.stopPropagation();
  });

  function write(): void {
    names.replaceChildren();
    const short = labels.map((label) => shortened(plain(label), 9));
    const across = short.map((label, index) => ({ at: left + (index + 0.5) * cellWide, label }));
    const ticks = square && biased ? [...across, { at: left + (columns - 0.5) * cellWide, label: "bias" }] : across;
    for (const tick of readable(ticks, 0.56 * em)) {
      const place = { x: tick.at, y: tall + 0.4 * em, "text-anchor": "middle", "dominant-baseline": "hanging" };
      names.append(svg("text", place, tick.label));
    }
    const every = Math.max(1, Math.ceil((1.1 * em) / cellTall));
    for (let row = 0; row < rows; row += every) {
      const place = {
        x: left - 0.4 * em,
        y: (row + 0.5) * cellTall,
        "text-anchor": "end",
        "dominant-baseline": "central",
      };
      names.append(svg("text", place, square ? short[row] : String(row)));
    }
  }

  return {
    root,
    paint(geometry, encoding) {
      const values = Array.from({ length: rows * columns }, (_, index) => {
        const cell = cellAt([Math.floor(index / columns), index % columns]);
        return cell ? numberAt(kind, geometry, cell) : Number.NaN;
      });
      paintRaster(
        canvas,
        columns,
        values.map((value) => encoding.place(value)),
        encoding.rgb,
      );
      root.setAttribute(
        "aria-label",
        `${square ? "Every feature with every other" : "Weights"}. Arrows move from cell to cell, Enter pins the feature.`,
      );
      write();
    },
    select(chosen, cell) {
      outline(feature, chosen !== null && square ? [left, chosen * cellTall, wide, cellTall] : null);
      outline(second, chosen === null ? null : [left + chosen * cellWide, 0, cellWide, tall]);
      const place = cell && placeOf(cell);
      outline(one, place ? [left + place[1] * cellWide, place[0] * cellTall, cellWide, cellTall] : null);
    },
  };
}

/** Of weights, what a feature writes to a dim; of the matrix, W_i·W_j, or the bias. */
export function numberAt(kind: Kind, geometry: Geometry, { feature, other }: Cell): number {
  if (kind === "weights") return geometry.weight(feature, other);
  return geometry.bias && other === geometry.features ? geometry.bias[feature] : geometry.dot(feature, other);
}

function outline(mark: SVGElement, box: [number, number, number, number] | null): void {
  mark.style.display = box ? "" : "none";
  if (!box) return;
  ["x", "y", "width", "height"].forEach((name, index) => {
    mark.setAttribute(name, box[index].toFixed(2));
  });
}

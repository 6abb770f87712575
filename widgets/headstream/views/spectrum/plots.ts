// One head: its eigenvalues in the complex plane, with a logarithm as radius; its singular values as a line. Behind them, random circuits.
import { area as areaShape, line } from "d3-shape";
import { element, svg } from "../shared/draw/dom";
import { drawAxis, plot, wholeStep } from "../shared/draw/plot";
import { linear, logarithm } from "../shared/draw/scale";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { type Direction, decades, powers, type Spectra, type Values } from "./spectra";
import { complex, size, TERMS } from "./words";

export interface PlotActs {
  point(direction: Direction | null): void;
  keep(direction: Direction): void;
}

export interface Plotted {
  root: HTMLElement;
  paint(spectra: Spectra): void;
  show(head: number, place: number, chosen: boolean): void;
}

/** Dots of one head, the largest first, that are pointed at. */
function dotsOf(drawing: SVGElement, values: Values, name: string, rank: number, radius: number, acts: PlotActs) {
  const kind = values === "eigenvalues" ? "hs-eigenvalue" : "hs-singular";
  const dots = Array.from({ length: rank }, (_, place) =>
    svg("g", {
      class: kind,
      role: "radio",
      tabindex: -1,
      "data-place": place,
      "data-key": `${values}-${place}`,
    }),
  );
  const circles = dots.map((dot) => dot.appendChild(svg("circle", { r: radius })));
  const root = element("div", "", { role: "radiogroup", "aria-label": name }, drawing);
  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const dot = (event.target as Element).closest<SVGElement>(`.${kind}`);
      return dot ? Number(dot.dataset.place) : null;
    },
    element: (place) => dots[place],
    step: (place, key) => listStep(place, key, rank),
    point: (place) => acts.point(place === null ? null : { values, place }),
    keep: (place) => acts.keep({ values, place }),
  });
  return {
    root,
    dots,
    show(place: number, chosen: boolean, write: (place: number) => { x: number; y: number; value: string }): void {
      dots.forEach((dot, index) => {
        const { x, y, value } = write(index);
        circles[index].setAttribute("cx", x.toFixed(2));
        circles[index].setAttribute("cy", y.toFixed(2));
        dot.dataset.value = value;
        dot.setAttribute("aria-label", `${index + 1} of ${rank}: ${value}`);
        dot.setAttribute("aria-checked", String(index === place));
        dot.classList.toggle("hs-current", index === place);
        dot.classList.toggle("hs-default", index === place && !chosen);
      });
      reach.offer(dots[place]);
    },
  };
}

const NONE = { top: 0, right: 0, bottom: 0, left: 0 };

export function complexPlane(side: number, em: number, rank: number, acts: PlotActs): Plotted {
  const area = plot(side, side, NONE);
  const center = side / 2;
  const outer = center - 1.6 * em;
  const ring = svg("path", { class: "hs-null", "fill-rule": "evenodd" });
  const items = dotsOf(area.root, "eigenvalues", "Eigenvalues", rank, Math.min(0.36, 0.015 * (side / em)) * em, acts);
  area.marks.append(ring, ...[...items.dots].reverse());
  let spectra: Spectra;
  let radius: (size: number) => number;

  return {
    root: items.root,
    /** The same circles for every head, so that heads can be compared. */
    paint(next) {
      spectra = next;
      const sizes: number[] = [];
      for (let head = 0; head < spectra.count; head++) {
        for (let place = 0; place < rank; place++) sizes.push(spectra.size(head, { values: "eigenvalues", place }));
      }
      const top = spectra.largest("eigenvalues");
      const low = top / 10 ** decades(sizes, top);
      radius = logarithm([low, top], [0, outer]);
      area.axes.replaceChildren(
        svg("line", { class: "hs-rule", x1: 0, x2: side, y1: center, y2: center }),
        svg("line", { class: "hs-rule", x1: center, x2: center, y1: 0, y2: side }),
        svg("text", { x: side, y: center - 0.4 * em, "text-anchor": "end" }, "Re"),
        svg("text", { x: center + 0.4 * em, y: 0.9 * em }, "Im"),
        svg("text", { class: "hs-axis-name", x: 0, y: 0.9 * em }, "eigenvalue"),
        svg("text", { x: 0, y: side - 0.4 * em }, "log radius"),
        svg("text", { x: side, y: side - 0.4 * em, "text-anchor": "end" }, `${TERMS[spectra.kind].does} →`),
      );
      let last = 0;
      for (const power of powers(low, top)) {
        const r = radius(power);
        if (r < 0.5 * em) continue;
        area.axes.append(svg("circle", { class: "hs-ring", cx: center, cy: center, r, "data-radius": power }));
        // Down and to the left, where no axis is.
        if (r - last < 1.6 * em) continue;
        last = r;
        const place = { x: center - Math.SQRT1_2 * r, y: center + Math.SQRT1_2 * r };
        area.axes.append(
          svg("text", { ...place, "text-anchor": "middle", "dominant-baseline": "central" }, label(power)),
        );
      }
    },
    show(head, place, chosen) {
      const [low, high] = spectra.band(head, { values: "eigenvalues", place }).map(radius);
      ring.setAttribute("d", `${disc(center, high)} ${disc(center, low)}`);
      items.show(place, chosen, (index) => {
        const [real, imaginary] = spectra.eigenvalue(head, index);
        items.dots[index].classList.toggle("hs-negative", real < 0);
        const length = Math.hypot(real, imaginary);
        const r = length ? radius(length) / length : 0;
        return { x: center + r * real, y: center - r * imaginary, value: complex([real, imaginary]) };
      });
    },
  };
}

const disc = (center: number, r: number) =>
  `M${center - r},${center}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;

/** 0.01, 0.1, 1, 10, 100; else 10⁵. */
function label(power: number): string {
  const exponent = Math.round(Math.log10(power));
  if (Math.abs(exponent) <= 2) return exponent < 0 ? power.toFixed(-exponent) : String(power);
  return `10${[...String(exponent)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("")}`;
}

export function singularLine(side: number, em: number, rank: number, acts: PlotActs): Plotted {
  const area = plot(side, side, { top: 2.2 * em, right: 0.8 * em, bottom: 3.6 * em, left: 3.4 * em });
  const x = linear([0.5, rank + 0.5], area.x);
  const band = svg("path", { class: "hs-null" });
  const path = svg("path", { class: "hs-spectrum-line" });
  const step = (area.x[1] - area.x[0]) / rank;
  const radius = Math.max(0.16 * em, Math.min(0.36 * em, 0.45 * step));
  const items = dotsOf(area.root, "singular values", "Singular values", rank, radius, acts);
  area.marks.append(band, path, ...items.dots);
  // A dot may be small: its whole column is pointed at.
  items.dots.forEach((dot, place) => {
    const column = { x: x(place + 0.5), y: area.y[1], width: step, height: area.y[0] - area.y[1] };
    dot.prepend(svg("rect", { class: "hs-column", fill: "none", "pointer-events": "all", ...column }));
  });
  let spectra: Spectra;

  return {
    root: items.root,
    paint(next) {
      spectra = next;
    },
    /** From 0 to the head's own largest: the sizes of heads are seen beside each other in the plane. */
    show(head, place, chosen) {
      const y = linear([0, spectra.largest("singular values", head)], area.y);
      const every = wholeStep((3 * em) / step);
      const places = Array.from({ length: rank }, (_, index) => index);
      area.axes.replaceChildren();
      const marks = places.filter((index) => index === 0 || (index + 1) % every === 0);
      const ticks = marks.map((index) => ({ at: x(index + 1), label: String(index + 1) }));
      drawAxis(area, { side: "bottom", ticks, gap: 0.4 * em, fontSize: em, rules: false, name: "place" });
      const sizes = y
        .ticks(4)
        .map((value) => ({ at: y(value), label: value ? String(Number(value.toPrecision(3))) : "0" }));
      drawAxis(area, { side: "left", ticks: sizes, gap: 0.5 * em, fontSize: em, rules: true });
      area.axes.append(svg("text", { class: "hs-axis-name", x: 0, y: 0.9 * em }, "singular value"));
      const bands = places.map((index) => spectra.band(head, { values: "singular values", place: index }));
      band.setAttribute(
        "d",
        areaShape<[number, number]>()
          .x((_, index) => x(index + 1))
          .y0(([low]) => y(low))
          .y1(([, high]) => y(high))(bands) ?? "",
      );
      const points = places.map((index): [number, number] => [x(index + 1), y(spectra.singular(head, index))]);
      path.setAttribute("d", line()(points) ?? "");
      items.show(place, chosen, (index) => ({
        x: points[index][0],
        y: points[index][1],
        value: size(spectra.singular(head, index)),
      }));
    },
  };
}

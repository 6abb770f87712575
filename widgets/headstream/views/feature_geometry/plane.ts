// One dim or two: the features as vectors. Of the one that is chosen, the line along it and what every other one writes there.
import { element, svg } from "../shared/draw/dom";
import { plot } from "../shared/draw/plot";
import { plain, shortened } from "../shared/text/tokens";
import type { FeatureActs } from "./bars";
import { type Geometry, reach } from "./geometry";

export interface Picture {
  root: HTMLElement;
  paint(geometry: Geometry): void;
  select(shown: number | null, pinned: number | null): void;
}

/** Of type, in em; shorter vectors have no name, for they would all stand at the origin. */
const CHARACTER = 0.56;
const NAMED = 0.2;
/** So near, in em, is pointed at. */
const NEAR = 3;

export function plane(side: number, em: number, labels: readonly string[], acts: FeatureActs): Picture {
  const area = plot(side, side, { top: 0, right: 0, bottom: 0, left: 0 });
  const center = side / 2;
  const names = svg("g", { class: "hs-geometry-names" });
  const seen = svg("g", { class: "hs-geometry-seen" });
  const vectors = labels.map((_, feature) =>
    svg(
      "g",
      { class: "hs-geometry-vector", "data-feature": feature },
      svg("line", { x1: center, y1: center }),
      svg("circle", { r: 0.32 * em }),
    ),
  );
  area.root.append(names);
  area.marks.append(seen, ...vectors);
  const root = element(
    "div",
    "hs-geometry-plane",
    { role: "img", style: `width:${side}px;height:${side}px` },
    area.root,
  );
  let geometry: Geometry;
  let unit = 1;
  let current: number | null = null;

  const place = (x: number, y: number): [number, number] => [center + unit * x, center - unit * y];
  const tip = (feature: number) => place(...geometry.tip(feature));
  const under = (event: MouseEvent): number | null => {
    const box = root.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, nearest] = [null as number | null, NEAR * em];
    for (const feature of labels.keys()) {
      const [left, top] = tip(feature);
      const away = Math.hypot(left - x, top - y);
      if (away < nearest) [best, nearest] = [feature, away];
    }
    return best;
  };
  let pointed: number | null = null;
  root.addEventListener("pointermove", (event) => {
    const feature = under(event);
    if (feature !== pointed) acts.point(feature);
    pointed = feature;
  });
  root.addEventListener("pointerleave", () => {
    pointed = null;
    acts.point(null);
  });
  root.addEventListener("click", (event) => {
    const feature = under(event);
    if (feature !== null) acts.keep(feature);
  });

  /** Names stand outside the tips, the longest vectors' first; one that would lie on another is left out. */
  function write(): void {
    const order = [...labels.keys()].filter((feature) => geometry.lengths[feature] > NAMED || feature === current);
    order.sort((a, b) => Number(b === current) - Number(a === current) || geometry.lengths[b] - geometry.lengths[a]);
    const taken: { left: number; right: number; y: number }[] = [];
    names.replaceChildren();
    for (const feature of order) {
      const [x, y] = tip(feature);
      const away = Math.max(1e-6, Math.hypot(x - center, y - center));
      const [right, down] = [(x - center) / away, (y - center) / away];
      const [atX, atY] = [x + 0.9 * em * right, y + 0.9 * em * down];
      const anchor = right > 0.35 ? "start" : right < -0.35 ? "end" : "middle";
      const free = { start: side - atX, end: atX, middle: 2 * Math.min(atX, side - atX) }[anchor];
      const text = shortened(plain(labels[feature]), Math.max(1, Math.floor(free / (CHARACTER * em))));
      const wide = [...text].length * CHARACTER * em;
      const left = { start: atX, end: atX - wide, middle: atX - wide / 2 }[anchor];
      const box = { left, right: left + wide, y: atY };
      if (taken.some((one) => Math.abs(one.y - box.y) < em && one.left < box.right && box.left < one.right)) continue;
      taken.push(box);
      const attributes = { x: atX, y: atY, "text-anchor": anchor, "dominant-baseline": "central" };
      names.append(svg("text", { class: feature === current ? "hs-here" : "", ...attributes }, text));
    }
  }

  /** The line along the chosen one, and on it the feet of the others. */
  function project(): void {
    seen.replaceChildren();
    if (current === null || geometry.lengths[current] === 0) return;
    const [x, y] = geometry.tip(current).map((part) => part / geometry.lengths[current as number]);
    const far = center / unit;
    const ends = [place(-far * x, -far * y), place(far * x, far * y)];
    const line = { x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1] };
    seen.append(svg("line", { class: "hs-geometry-along", ...line }));
    for (const other of labels.keys()) {
      const part = geometry.along(current, other);
      if (other === current || geometry.lengths[other] < 0.05) continue;
      const [from, to] = [tip(other), place(part * x, part * y)];
      const down = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] };
      const foot = { cx: to[0], cy: to[1], r: 0.22 * em, "data-part": part.toFixed(4), "data-feature": other };
      seen.append(svg("line", { class: "hs-geometry-down", ...down }), svg("circle", foot));
    }
  }

  return {
    root,
    paint(next) {
      geometry = next;
      const most = reach(Math.max(...geometry.lengths));
      unit = (center - 1.9 * em) / most;
      const axis = (ends: object) => svg("line", { class: "hs-rule", ...ends });
      area.axes.replaceChildren(
        axis({ x1: 0, x2: side, y1: center, y2: center }),
        ...(geometry.dims > 1 ? [axis({ x1: center, x2: center, y1: 0, y2: side })] : []),
        svg("circle", { class: "hs-geometry-unit", cx: center, cy: center, r: unit }),
      );
      vectors.forEach((vector, feature) => {
        const [x, y] = tip(feature);
        const [line, dot] = vector.children;
        line.setAttribute("x2", x.toFixed(2));
        line.setAttribute("y2", y.toFixed(2));
        dot.setAttribute("cx", x.toFixed(2));
        dot.setAttribute("cy", y.toFixed(2));
      });
      const many = `${labels.length} features as vectors in ${geometry.dims === 1 ? "one dimension" : "the plane"}`;
      root.setAttribute("aria-label", many);
      write();
      project();
    },
    select(shown, pinned) {
      current = shown;
      vectors.forEach((vector, feature) => {
        vector.classList.toggle("hs-current", feature === shown);
        vector.classList.toggle("hs-pinned", feature === pinned);
      });
      if (shown !== null) area.marks.append(vectors[shown]);
      write();
      project();
    },
  };
}

// All heads at a glance: a row a layer, a dot a head, at its score from -1 to 1; behind them, where random circuits are.
import { element, svg } from "../shared/draw/dom";
import { drawAxis, plot } from "../shared/draw/plot";
import { linear } from "../shared/draw/scale";
import type { SharedSelection } from "../shared/frame/selection";
import { pointAndKeep } from "../shared/parts/items";
import { signed } from "../shared/text/format";
import { FOOT } from "./layout";
import { dodged, type Spectra, stepHead } from "./spectra";
import { score, TERMS } from "./words";

/** Of a label's character, in em. */
const CHARACTER = 0.5;

export function headStrip(selection: SharedSelection, first: Spectra, width: number, row: number, em: number) {
  const heads = Array.from({ length: first.count }, (_, head) => head);
  const layers = [...new Set(heads.map((head) => first.layer(head)))].sort((a, b) => a - b);
  const margin = { top: 1.2 * em, right: em, bottom: (FOOT - 1.2) * em, left: 2.6 * em };
  const area = plot(width * em, (layers.length * row + FOOT) * em, margin);
  const x = linear([-1, 1], area.x);
  const radius = Math.min(0.38, 0.2 * row) * em;
  let y: number[] = [];
  const root = element("div", "hs-spectrum-strip", { role: "radiogroup", "aria-label": "Head" }, area.root);
  const band = svg("rect", { class: "hs-null", y: area.y[1], height: area.y[0] - area.y[1] });
  const dots = heads.map((head) =>
    svg("circle", {
      class: "hs-spectrum-head",
      r: radius,
      role: "radio",
      tabindex: -1,
      "data-index": head,
      "data-key": `head-${first.layer(head)}-${first.number(head)}`,
    }),
  );
  const names = svg("g", { class: "hs-spectrum-names" });
  const here = svg("text", { class: "hs-spectrum-here", x: width * em, y: 0.85 * em, "text-anchor": "end" });
  // Above all dots: the one that it marks may lie under others.
  const halo = svg("circle", { r: radius, fill: "none", "pointer-events": "none" });
  area.marks.append(band, names, ...dots, halo, here);
  let spectra = first;

  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const dot = (event.target as Element).closest<SVGElement>(".hs-spectrum-head");
      return dot ? Number(dot.dataset.index) : null;
    },
    element: (head) => dots[head],
    step: (head, key) => stepHead(spectra, head, key),
    point: (head) => selection.preview(head === null ? null : partOf(head)),
    keep: (head) => selection.pin(partOf(head)),
  });

  function partOf(head: number) {
    return { layer: spectra.layer(head), head: spectra.number(head) };
  }

  /** Heads of a layer whose dots would lie on each other stand above and below each other. */
  function placeDots(): void {
    const lanes = Math.max(1, Math.floor((0.8 * row * em) / (2 * radius) + 1e-9));
    y = heads.map(() => 0);
    layers.forEach((layer, index) => {
      const own = heads.filter((head) => spectra.layer(head) === layer);
      const lane = dodged(
        own.map((head) => x(spectra.score(head))),
        2 * radius,
        lanes,
      );
      own.forEach((head, at) => {
        y[head] = area.y[1] + (index + 0.5) * row * em + 2 * radius * lane[at];
      });
    });
  }

  /** Beside its dot, on the side that has room. */
  function placeOf(head: number) {
    const at = x(spectra.score(head));
    const long = spectra.labels[head].length * CHARACTER * em;
    const toLeft = at + long + 0.7 * em > width * em;
    const from = at + (toLeft ? -0.6 : 0.6) * em;
    return { from, toLeft, box: toLeft ? [from - long, from] : [from, from + long] };
  }

  /** The names of heads that have a role, where they run into no dot or name. */
  function nameHeads(): void {
    names.replaceChildren();
    const taken = new Map(layers.map((layer) => [layer, [] as number[][]]));
    for (const head of heads) {
      const at = x(spectra.score(head));
      taken.get(spectra.layer(head))?.push([at - 0.3 * em, at + 0.3 * em]);
    }
    for (const head of heads) {
      const label = spectra.labels[head];
      const { from, toLeft, box } = placeOf(head);
      const others = taken.get(spectra.layer(head)) ?? [];
      if (!label.includes(" ") || others.some(([start, end]) => start < box[1] && box[0] < end)) continue;
      others.push(box);
      const place = { x: from, y: y[head], "text-anchor": toLeft ? "end" : "start", "dominant-baseline": "central" };
      names.append(svg("text", place, label));
    }
  }

  return {
    root,
    paint(next: Spectra): void {
      spectra = next;
      const [low, high] = spectra.nullScore;
      band.setAttribute("x", String(x(low)));
      band.setAttribute("width", String(Math.max(1, x(high) - x(low))));
      area.axes.replaceChildren();
      const ticks = [-1, -0.5, 0, 0.5, 1].map((value) => ({ at: x(value), label: signed(value, value % 1 ? 1 : 0) }));
      drawAxis(area, {
        side: "bottom",
        ticks,
        gap: 0.4 * em,
        fontSize: em,
        rules: true,
        name: `${TERMS[spectra.kind].score} Σλ / Σ|λ|`,
      });
      const rows = layers.map((layer, index) => ({
        at: area.y[1] + (index + 0.5) * row * em,
        label: String(layer),
      }));
      drawAxis(area, { side: "left", ticks: rows, gap: 0.8 * em, fontSize: em, rules: true });
      area.axes.append(svg("text", { class: "hs-axis-name", x: 0, y: 0.85 * em }, "layer"));
      placeDots();
      dots.forEach((dot, head) => {
        dot.setAttribute("cy", String(y[head]));
        dot.setAttribute("cx", String(x(spectra.score(head))));
        dot.dataset.value = score(spectra.score(head));
        dot.setAttribute("aria-label", `Head ${spectra.labels[head]}, ${score(spectra.score(head))}`);
      });
      nameHeads();
    },
    /** The head that is drawn; quieter when it is only the default. */
    mark(head: number, chosen: boolean, pinned: number | null): void {
      dots.forEach((dot, index) => {
        dot.classList.toggle("hs-pinned", index === pinned);
        dot.setAttribute("aria-checked", String(index === head));
      });
      halo.setAttribute("class", chosen ? "hs-current" : "hs-default");
      halo.setAttribute("cx", String(x(spectra.score(head))));
      halo.setAttribute("cy", String(y[head]));
      here.textContent = `${spectra.labels[head]}: ${score(spectra.score(head))}`;
      reach.offer(dots[head]);
    },
  };
}

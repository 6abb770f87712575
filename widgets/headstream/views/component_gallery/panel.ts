// One component in numbers: what it reads and writes, what it matters for, and how much its vectors are the target's.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { fixed, signed } from "../shared/text/format";
import { plain, shortened } from "../shared/text/tokens";
import { type Gallery, type Place, range } from "./gallery";

/** Lines of a list at most: of more, those with the largest numbers. */
const LINES = 8;
/** Heights in em: of a line, and of a list's heading with what is around it. */
const LINE = 1.5;
const HEADING = 2.6;
/** The cosine of a vector that is a smaller share than this of the target's says nothing. */
const SAYS = 0.05;

interface Row {
  label: string;
  value: number;
  text: string;
}

export function panel(shape: Gallery, names: readonly string[], importanceName: string) {
  const { matrices } = shape;
  const title = element("div", "hs-gallery-heading");
  const lists = range(4).map(() => element("div", "hs-gallery-list"));
  const body = element("div", "hs-gallery-lists", {}, ...lists);
  const root = element("div", "hs-gallery-panel", { "aria-hidden": "true" }, title, body);
  const most = (count: number) => Math.min(LINES, count) * LINE + HEADING;
  // Lists that stand side by side are as high as the higher one.
  const heights = matrices.map(({ rows, columns }, index) => {
    return most(Math.max(rows, shape.inputs)) + most(shape.inColumns(index) ? columns : Math.max(rows, columns));
  });
  body.style.height = `${Math.max(...heights)}em`;

  function list(node: HTMLElement, heading: string, rows: Row[], limit: number, colors: Encoding, both = true): void {
    const shown = largest(rows);
    node.classList.toggle("hs-unsigned", !both);
    node.replaceChildren(
      element("div", "hs-gallery-name hs-quiet", {}, heading),
      ...shown.map(({ label, value, text }) => {
        const bar = element("span", "hs-gallery-bar");
        const share = Math.min(1, Math.abs(value) / (limit || 1));
        bar.style.width = `${(both ? 50 : 100) * share}%`;
        bar.style[value < 0 ? "right" : "left"] = both ? "50%" : "0";
        bar.style.backgroundColor = colors.color(value < 0 ? -limit : limit);
        return element(
          "div",
          "hs-gallery-line",
          {},
          element("span", "hs-gallery-label", {}, shortened(plain(label), 10)),
          element("span", "hs-gallery-rail", {}, bar),
          element("span", "hs-gallery-value hs-number", {}, text),
        );
      }),
    );
  }

  return {
    root,
    show(gallery: Gallery, place: Place, weights: Encoding, unit: Encoding): void {
      const { matrix, component } = place;
      const { data } = gallery;
      const { name, sizes, columns, rows } = gallery.matrices[matrix];
      const ranked = gallery.rank > 1 ? `, first of ${gallery.rank}` : "";
      title.textContent = `${shortened(plain(name), 12)}, component ${component}: size ${fixed(sizes[component], 3)}`;
      const [before, after] = [data.axes[matrix], data.axes[matrix + 1]];
      const row = (label: string, value: number): Row => ({ label, value, text: signed(value, 2) });
      const read = gallery.read(place, 0).map((value, i) => row(before[i], value));
      const written = gallery.write(place, 0).map((value, i) => row(after[i], value));
      const top = Math.max(...written.map(({ value }) => Math.abs(value)));
      list(lists[0], `reads: V${ranked || ", of length 1"}`, read, 1, unit);
      list(lists[1], `writes: U${ranked}`, written, Math.max(top, 1e-9), scaled(weights, top));
      const matters = range(gallery.inputs).map((input) => {
        const value = gallery.importance(place, input);
        return { label: names[input], value, text: fixed(value, 2) };
      });
      list(lists[2], plain(importanceName), matters, 1, unit, false);
      const own = gallery.inColumns(matrix) ? after : before;
      const across = gallery.inColumns(matrix) ? rows : columns;
      const cosines = gallery.likeness(place).map(({ cosine, length }, i) => {
        const says = length >= SAYS && across > 1;
        return { label: own[i], value: says ? cosine : 0, text: says ? signed(cosine, 3) : "–" };
      });
      list(lists[3], `cosine, target's ${gallery.inColumns(matrix) ? "column" : "row"}`, cosines, 1, unit);
    },
  };
}

/** At most so many rows, those with the largest numbers, in their own order. */
export function largest(rows: readonly Row[]): Row[] {
  if (rows.length <= LINES) return [...rows];
  const order = rows.map((_, i) => i).sort((a, b) => Math.abs(rows[b].value) - Math.abs(rows[a].value));
  const kept = new Set(order.slice(0, LINES));
  return rows.filter((_, i) => kept.has(i));
}

/** The colours of the ends of a scale, whatever its limit is. */
function scaled(colors: Encoding, limit: number): Encoding {
  return { ...colors, color: (value) => colors.color(limit ? value / limit : 0) };
}

// A direction's vectors read as tokens: what it reads and what it gives, promoted and suppressed, with their parts as bars.
import { element } from "../shared/draw/dom";
import { visible } from "../shared/text/tokens";
import type { Direction, Spectra } from "./spectra";
import { TERMS, unread, weight } from "./words";

export function readings(first: Spectra, places: number, beside: boolean) {
  const heading = element("div", "hs-readings-name");
  const note = element("p", "hs-readings-note hs-quiet");
  const terms = TERMS[first.kind];
  const lists = [0, 1].map((end) => {
    const name = element("div", "hs-readings-end", {}, terms.ends[end]);
    const signs = [0, 1].map((sign) => {
      const rows = Array.from({ length: places }, () => {
        const token = element("span", "hs-readings-token");
        const bar = element("span", sign ? "hs-readings-bar hs-negative" : "hs-readings-bar");
        const number = element("span", "hs-number");
        const row = element("div", "hs-readings-row", {}, token, element("span", "hs-readings-track", {}, bar), number);
        return { row, token, bar, number };
      });
      const root = element(
        "div",
        "hs-readings-list",
        { role: "group", "aria-label": `${terms.ends[end]}, ${terms.signs[end][sign]}` },
        element("div", "hs-quiet", {}, terms.signs[end][sign]),
        ...rows.map(({ row }) => row),
      );
      return { root, rows };
    });
    return { root: element("div", "hs-readings-both", {}, name, ...signs.map(({ root }) => root)), signs };
  });
  const ends = element(
    "div",
    beside ? "hs-readings-ends hs-beside" : "hs-readings-ends",
    {},
    ...lists.map(({ root }) => root),
  );
  const root = element("div", "hs-readings", {}, heading, element("div", "hs-readings-body", {}, ends, note));
  return {
    root,
    show(spectra: Spectra, vocabulary: Record<string, string>, head: number, direction: Direction): void {
      const { values, place } = direction;
      const name = values === "eigenvalues" ? "Eigenvalue" : "Singular value";
      heading.textContent = `${name} ${place + 1} of ${spectra.labels[head]}`;
      const isRead = place < spectra.read(values);
      // Its room stays: a hover moves nothing.
      ends.style.visibility = isRead ? "" : "hidden";
      note.textContent = isRead ? "" : unread(spectra, direction);
      if (!isRead) return;
      lists.forEach(({ signs }, end) => {
        const both = signs.map((_, sign) => spectra.parts(head, direction, end, sign));
        const largest = Math.max(...both.flat().map((part) => Math.abs(part.weight))) || 1;
        signs.forEach(({ rows }, sign) => {
          rows.forEach(({ row, token, bar, number }, index) => {
            const part = both[sign][index];
            row.style.visibility = part ? "" : "hidden";
            if (!part) return;
            token.textContent = visible(vocabulary[part.token]);
            token.title = token.textContent;
            bar.style.width = `${(100 * Math.abs(part.weight)) / largest}%`;
            number.textContent = weight(part.weight, largest);
          });
        });
      });
    },
  };
}

// The ladder: a line for each step, with its switch, its bar on the axis of losses and its numbers.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { readable } from "../shared/draw/plot";
import { type AxisScale, linear } from "../shared/draw/scale";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { fixed } from "../shared/text/format";
import { type Answer, type Paths, type Row, state } from "./paths";

/** A row's switch, or that of one term. */
export interface Switch {
  row: Row;
  term: number | null;
  terms: number[];
}
interface Line {
  track: HTMLElement;
  bar: HTMLElement;
  random: HTMLElement | null;
  number: HTMLElement;
  null: HTMLElement;
}

const MARKS = { true: "■", false: "□", mixed: "◧" };

export function ladder(paths: Paths, acts: { point(at: Switch | null): void; use(at: Switch): void }) {
  const switches: { at: Switch; box: HTMLElement; mark: HTMLElement }[] = [];
  const lines: { line: Line; row: Row; step: number }[] = [];
  const body = element("div", "hs-path-rows", { role: "group", "aria-label": "Switches of paths" });

  function box(at: Switch, name: string, key: string): HTMLElement {
    const mark = element("span", "hs-path-mark", { "aria-hidden": "true" });
    const made = element(
      "span",
      "hs-path-switch",
      { role: "checkbox", "aria-label": name, tabindex: -1, "data-switch": switches.length, "data-key": key },
      mark,
      element("span", "hs-path-label", {}, name),
    );
    switches.push({ at, box: made, mark });
    return made;
  }

  function line(name: HTMLElement | string, random: boolean): { root: HTMLElement; line: Line } {
    const bar = element("span", "hs-path-bar hs-moving");
    const track = element("span", "hs-path-track", {}, bar);
    const made: Line = {
      track,
      bar,
      random: random ? element("span", "hs-path-random") : null,
      number: element("span", "hs-path-number hs-number"),
      null: element("span", "hs-path-null hs-number hs-quiet"),
    };
    if (made.random) track.append(made.random);
    const cell = element("span", "hs-path-name", {}, name);
    return { root: element("div", "hs-path-line", {}, cell, track, made.number, made.null), line: made };
  }

  paths.rows.forEach((row, index) => {
    const root = element("div", row.order === null ? "hs-path-row hs-path-part" : "hs-path-row", {
      "data-row": row.name,
    });
    row.steps.forEach(({ random }, step) => {
      const name =
        step === 0
          ? box({ row, term: null, terms: row.terms }, row.name, `row-${index}`)
          : element("span", "hs-path-given hs-quiet", {}, "with the other layers");
      const made = line(name, !Number.isNaN(random));
      if (row.order !== null) name.after(element("span", "hs-path-order hs-quiet", {}, `order ${row.order}`));
      lines.push({ line: made.line, row, step });
      root.append(made.root);
    });
    if (row.inside.length) {
      const parts = row.inside.map((term) =>
        box({ row, term, terms: [term] }, paths.terms[term].label, `term-${term}`),
      );
      root.append(element("div", "hs-path-inside", {}, ...parts));
    }
    body.append(root);
  });

  const now = line("what is on", false);
  now.root.classList.add("hs-path-now");
  const rules = element("div", "hs-path-rules");
  const axis = element("div", "hs-path-axis");
  const head = element("div", "hs-path-line hs-path-head hs-quiet");
  head.append(
    element("span", "hs-path-name", {}, "paths"),
    axis,
    element("span", "hs-path-number", {}, "lower by"),
    element("span", "hs-path-null", {}, "null"),
  );
  const root = element("div", "hs-path-ladder", {}, head, element("div", "hs-path-body", {}, rules, body, now.root));

  const reach = pointAndKeep<number>({
    root: body,
    at(event) {
      const found = (event.target as HTMLElement).closest<HTMLElement>("[data-switch]");
      return found ? Number(found.dataset.switch) : null;
    },
    element: (index) => switches[index].box,
    step(index, key) {
      if (key !== "ArrowDown" && key !== "ArrowUp") return listStep(index, key, switches.length);
      // To the row above or below.
      const rows = switches.flatMap(({ at }, place) => (at.term === null ? [place] : []));
      const own = rows.filter((place) => place <= index).length - 1;
      const up = rows[own] < index ? own : own - 1;
      return rows[Math.max(0, Math.min(rows.length - 1, key === "ArrowDown" ? own + 1 : up))];
    },
    point: (index) => acts.point(index === null ? null : switches[index].at),
    keep: (index) => acts.use(switches[index].at),
  });
  reach.offer(switches[0].box);

  /** A bar between two losses. */
  function place(bar: HTMLElement, scale: AxisScale, [from, to]: [number, number]): void {
    const ends = [scale(from), scale(to)].map((end) => Math.max(0, Math.min(100, end)));
    bar.style.left = `${Math.min(...ends)}%`;
    bar.style.width = `${Math.abs(ends[1] - ends[0])}%`;
  }

  return {
    root,
    paint(off: ReadonlySet<number>, answer: Answer | null, adds: Encoding, gain: Encoding, em: number): void {
      const scale = linear([0, paths.largest], [0, 100]);
      const width = axis.clientWidth || 300;
      const ticks = scale.ticks(6).map((at) => ({ at: (scale(at) * width) / 100, label: String(at) }));
      axis.replaceChildren(
        ...readable(ticks, 0.6 * em).map(({ at, label }) => tick(`${(100 * at) / width}%`, label)),
        element("span", "hs-path-axis-name", {}, "loss, nats a token"),
      );
      const rule = (at: number, kind: string) =>
        element("span", `hs-path-rule hs-moving ${kind}`, { style: `left:${Math.min(100, scale(at))}%` });
      rules.replaceChildren(rule(paths.uniform, "hs-path-uniform"), rule(paths.whole, "hs-path-whole"));
      if (answer) rules.append(rule(answer.loss, "hs-path-at"));
      for (const { line, row, step } of lines) {
        const { loss, lower, random } = row.steps[step];
        place(line.bar, scale, [loss + lower, loss]);
        line.bar.style.backgroundColor = gain.color(Math.sign(lower));
        if (line.random) place(line.random, scale, [loss + lower, loss + lower - random]);
        line.number.textContent = fixed(lower, 2);
        line.null.textContent = fixed(random, 2);
        line.track.classList.toggle("hs-path-off", state(off, row.terms) === "false");
      }
      now.line.bar.hidden = !answer;
      if (answer) place(now.line.bar, scale, [paths.uniform, answer.loss]);
      now.line.number.textContent = answer ? fixed(paths.uniform - answer.loss, 2) : "–";
      for (const { at, box, mark } of switches) {
        const now = state(off, at.terms);
        box.setAttribute("aria-checked", now);
        mark.textContent = MARKS[now];
        if (at.term === null) continue;
        const value = paths.means[at.term];
        box.style.backgroundColor = now === "true" ? adds.color(value) : "";
        box.style.color = now === "true" ? adds.ink(value) : "";
      }
    },
    /** Marks a head that is selected. */
    mark(layer: number | null, head: number | null): void {
      for (const { at, box } of switches) {
        const term = at.term === null ? null : paths.terms[at.term];
        const current = term !== null && term.head !== null && term.layer === layer && term.head === head;
        box.classList.toggle("hs-current", current);
      }
    },
  };
}

function tick(left: string, label: string): HTMLElement {
  return element("span", "hs-path-tick", { style: `left:${left}` }, label);
}

// The rows on the page: a tree of bars on one axis.
import { ticks } from "d3-array";
import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Selection } from "../shared/frame/selection";
import type { Frame } from "../shared/frame/view";
import { visible } from "../shared/text/tokens";
import type { Row } from "./bars";
import { decimalsFor, show } from "./numbers";
import { used, type Words } from "./words";

const FOLDED = new Set(["sum", "smaller", "rest"]);

interface Parts {
  root: HTMLElement;
  twist: HTMLElement;
  label: HTMLElement;
  count: HTMLElement;
  value: HTMLElement;
  track: HTMLElement;
  bar: HTMLElement;
  link: HTMLElement;
  marks: HTMLElement[];
}

export interface Show {
  rows: Row[];
  position: number;
  /** The ends of the axis. */
  extent: [number, number];
  current: Selection;
  pinned: Selection;
  cumulative: boolean;
  /** Whether a change may be seen moving; what follows the pointer is there at once. */
  moving: boolean;
}

export function barList(
  frame: Frame,
  words: Words,
  tokens: string[],
  widths: { label: number; value: number },
  signed: boolean,
  act: { point(row: Row | null): void; open(row: Row): void },
) {
  const grid = element("div", "hs-bars-grid", { "aria-hidden": "true" });
  const list = element("div", "hs-bars-rows", { role: "tree", "aria-label": "Components and what each adds" });
  const style = `--hs-bars-label:${widths.label}px;--hs-bars-value:${widths.value}px`;
  // Large type on a narrow page: the bar stands below its name.
  const stacked = frame.width < 22 * frame.fontSize;
  const root = element("div", stacked ? "hs-bars hs-bars-stacked" : "hs-bars", { style }, grid, list);
  const beside = stacked ? 0 : widths.label + widths.value;
  const track = Math.min(frame.width, 72 * frame.fontSize) - beside - 2.5 * frame.fontSize;
  const colors = ramp(frame.theme, signed ? "diverging" : "sequential");
  const made = new Map<string, Parts>();
  let rows: Row[] = [];
  let domain: [number, number] = [0, 1];
  const percent = (value: number) => (100 * (value - domain[0])) / (domain[1] - domain[0]);

  function update(next: Show): void {
    const before = rows.map(({ id }) => id).join();
    rows = next.rows;
    root.classList.toggle("hs-bars-still", !next.moving);
    rescale(next);
    if (before !== rows.map(({ id }) => id).join()) arrange(next.moving);
    const largest = Math.max(...rows.map((row) => (FOLDED.has(row.kind) ? 0 : Math.abs(row.value ?? 0))));
    rows.forEach((row, index) => {
      fill(made.get(row.id) as Parts, row, next, largest, rows[index + 1]);
    });
    reachable();
  }

  function rescale({ extent }: Show): void {
    let low = Math.min(0, extent[0]);
    let high = Math.max(0, extent[1]);
    if (low === high) high = 1;
    const wide = decimalsFor(Math.max(-low, high)) === null;
    const count = Math.max(2, Math.floor(track / ((wide ? 9 : 5) * frame.fontSize)));
    // A little room at the ends; round ends would leave half of a narrow axis empty.
    const room = 0.02 * (high - low);
    [low, high] = [low && low - room, high && high + room];
    if (low === domain[0] && high === domain[1] && grid.childElementCount) return;
    domain = [low, high];
    const values = ticks(low, high, count);
    const step = values.length > 1 ? values[1] - values[0] : 1;
    const decimals = wide ? null : Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const lines = values.map((value) =>
      element(
        "span",
        value === 0 ? "hs-bars-tick hs-bars-zero" : "hs-bars-tick",
        { style: `left:${percent(value)}%` },
        element("span", "hs-bars-tick-label", {}, show(value, decimals, signed && value !== 0)),
      ),
    );
    grid.replaceChildren(...lines);
  }

  /** Puts the rows in their order; those that were there glide from their old place. */
  function arrange(moving: boolean): void {
    const focused = [...made].find(([, { root }]) => root === document.activeElement)?.[0];
    const glides = moving && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const places = new Map([...made].map(([id, { root }]) => [id, glides ? root.offsetTop : 0]));
    for (const row of rows) if (!made.has(row.id)) made.set(row.id, create(row));
    for (const id of [...made.keys()]) if (!rows.some((row) => row.id === id)) made.delete(id);
    list.replaceChildren(...rows.map(({ id }) => (made.get(id) as Parts).root));
    if (focused !== undefined) made.get(focused)?.root.focus({ preventScroll: true });
    if (!glides) return;
    for (const [id, { root }] of made) {
      const moved = (places.get(id) ?? root.offsetTop) - root.offsetTop;
      if (moved) root.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], { duration: 150 });
    }
  }

  function create(row: Row): Parts {
    const twist = element("span", "hs-bars-twist", { "aria-hidden": "true" });
    const label = element("span", row.kind === "source" ? "hs-bars-name hs-bars-mono" : "hs-bars-name");
    const count = element("span", "hs-quiet hs-bars-count");
    const value = element("span", "hs-bars-value");
    const bar = element("span", "hs-bars-bar hs-moving");
    const link = element("span", "hs-bars-link hs-moving");
    const track = element("span", "hs-bars-track", {}, link, bar);
    const head = element("span", "hs-bars-label", {}, twist, label, count);
    const root = element("div", `hs-bars-row hs-bars-${row.kind}`, { "data-id": row.id }, head, value, track);
    if (row.kind === "empty") root.setAttribute("aria-hidden", "true");
    else root.setAttribute("role", "treeitem");
    return { root, twist, label, count, value, track, bar, link, marks: [] };
  }

  function fill(parts: Parts, row: Row, next: Show, largest: number, below: Row | undefined): void {
    const { root } = parts;
    const number = words.number(row, next.position);
    const size = Math.abs(row.value ?? 0);
    const text = row.kind === "source" ? visible(tokens[row.key as number]) : words.label(row);
    const level = String(row.depth + 1);
    if (root.getAttribute("aria-level") !== level) {
      root.setAttribute("aria-level", level);
      root.style.setProperty("--hs-depth", String(row.depth));
    }
    root.setAttribute("aria-label", words.sentence(row, next.position));
    if (row.expanded !== null) root.setAttribute("aria-expanded", String(row.expanded));
    root.classList.toggle("hs-bars-large", !FOLDED.has(row.kind) && size >= 0.5 * largest && size > 0);
    root.classList.toggle("hs-bars-small", row.kind !== "sum" && size < 0.05 * largest && row.value !== null);
    root.classList.toggle("hs-current", matches(row, next.current));
    root.classList.toggle("hs-pinned", matches(row, next.pinned));
    root.setAttribute("aria-selected", String(matches(row, next.pinned)));
    write(parts.twist, row.expanded === null ? "" : row.expanded ? "▾" : "▸");
    if (row.kind === "note") write(parts.label, words.sentence(row, next.position));
    else write(parts.label, row.kind === "rest" && used(row) === 0 ? "" : text);
    write(parts.count, row.kind === "heads" ? `×${row.parts.length}` : row.kind === "source" ? String(row.key) : "");
    write(parts.value, number);
    if (row.value === null) root.removeAttribute("data-value");
    else root.setAttribute("data-value", number);
    const { bar, link } = parts;
    bar.hidden = !row.value;
    bar.style.left = `${percent(Math.min(row.from, row.to))}%`;
    bar.style.width = `${percent(Math.max(row.from, row.to)) - percent(Math.min(row.from, row.to))}%`;
    bar.style.backgroundColor = row.kind === "sum" ? "" : color(row);
    link.hidden = !next.cumulative || below === undefined || below.kind === "empty" || row.kind === "empty";
    link.style.left = `${percent(row.to)}%`;
    if (below && Math.abs((below.kind === "sum" ? below.to : below.from) - row.to) > 1e-9) link.hidden = true;
    mark(parts, row, next);
  }

  /** In a closed layer every head is a mark: one that stands apart, or two that cancel, are seen. */
  function mark(parts: Parts, row: Row, { cumulative, current }: Show): void {
    const heads = row.kind === "heads" && !row.expanded && !cumulative ? row.parts : [];
    while (parts.marks.length < heads.length) {
      const dot = element("span", "hs-bars-mark hs-moving");
      parts.marks.push(dot);
      parts.track.append(dot);
    }
    parts.marks.forEach((dot, index) => {
      const head = heads[index];
      dot.hidden = head === undefined;
      if (head) dot.style.left = `${percent(head.value ?? 0)}%`;
      dot.classList.toggle("hs-current", head?.layer === current.layer && head?.component?.head === current.head);
    });
  }

  /** Pale where the bar is open: its parts repeat it. */
  function color(row: Row): string {
    const open = row.expanded === true && row.parts.length > 0;
    if (!signed) return colors.css(open ? 0.3 : 0.72);
    const strength = open ? 0.16 : 0.36;
    return colors.css((row.value ?? 0) < 0 ? 0.5 - strength : 0.5 + strength);
  }

  function reachable(): void {
    const focusable = rows.filter(({ kind }) => kind !== "empty");
    const inside = list.contains(document.activeElement);
    const wanted =
      focusable.find(({ id }) => made.get(id)?.root === document.activeElement) ??
      (inside ? undefined : focusable.find(({ id }) => made.get(id)?.root.classList.contains("hs-pinned"))) ??
      focusable[0];
    for (const row of focusable) (made.get(row.id) as Parts).root.tabIndex = row === wanted ? 0 : -1;
  }

  const rowOf = (event: Event): Row | null => {
    const id = (event.target as HTMLElement).closest<HTMLElement>(".hs-bars-row")?.dataset.id;
    return rows.find((row) => row.id === id && row.kind !== "empty") ?? null;
  };
  let pointed: string | null = null;
  list.addEventListener("pointerover", (event) => {
    const row = rowOf(event);
    if (row && row.id !== pointed) act.point(row);
    pointed = row?.id ?? null;
  });
  list.addEventListener("pointerleave", () => {
    pointed = null;
    act.point(null);
  });
  list.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (row) act.open(row);
  });
  list.addEventListener("focusout", (event) => {
    if (!list.contains(event.relatedTarget as Node | null)) act.point(null);
  });
  list.addEventListener("keydown", (event) => {
    const row = rowOf(event);
    if (!row) return;
    const reach = rows.filter(({ kind }) => kind !== "empty");
    const index = reach.indexOf(row);
    const parent = reach
      .slice(0, index)
      .reverse()
      .find(({ depth }) => depth < row.depth);
    const go = (to: Row | undefined) => {
      if (!to) return;
      made.get(to.id)?.root.focus();
      act.point(to);
    };
    if (event.key === "ArrowDown") go(reach[index + 1]);
    else if (event.key === "ArrowUp") go(reach[index - 1]);
    else if (event.key === "Home") go(reach[0]);
    else if (event.key === "End") go(reach.at(-1));
    else if (event.key === "ArrowRight") row.expanded === false ? act.open(row) : row.expanded && go(reach[index + 1]);
    else if (event.key === "ArrowLeft") row.expanded ? act.open(row) : go(parent);
    else if (event.key === "Enter" || event.key === " ") act.open(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return { root, update };
}

/** Only where it changes: every write costs the page a new layout. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether a row is what is selected: its head or source token; or a layer, when no head of it is. */
function matches(row: Row, { layer, head, key }: Selection): boolean {
  const { kind, component } = row;
  if (row.layer === null || row.layer !== layer) return false;
  if (kind === "source") return component?.head === head && row.key === key;
  if (kind === "heads")
    return head === null || (!row.expanded && row.parts.some((part) => part.component?.head === head));
  if (kind !== "component") return false;
  return component?.kind === "head" ? component.head === head : head === null;
}

// The rows on the page: a tree of bars on one axis. What they show is worked out in rows.ts; here it is written.
import { element } from "../shared/draw/dom";
import { afterLayout } from "../shared/frame/layout";
import { pointAndKeep } from "../shared/parts/items";
import { reveal } from "../shared/parts/strip";
import { keyLeads, type RowShown, tabRow } from "./rows";
import type { Axis } from "./scales";

export interface ListShown {
  rows: RowShown[];
  axis: Axis;
  /** Of the columns of names and of numbers, in em. */
  widths: { label: number; value: number };
  /** Whether a change may be seen moving; what follows the pointer is there at once. */
  moving: boolean;
}

interface Acts {
  point(id: string | null): void;
  /** Opens, closes or pins a row. */
  open(id: string): void;
}

interface Made {
  root: HTMLElement;
  twist: HTMLElement;
  label: HTMLElement;
  count: HTMLElement;
  value: HTMLElement;
  track: HTMLElement;
  bar: HTMLElement;
  link: HTMLElement;
  marks: HTMLElement[];
  /** What is written on it. */
  written: string;
}

export function barList(act: Acts) {
  const ticks = element("div", "hs-bars-ticks");
  const rules = element("div", "hs-bars-rules", { "aria-hidden": "true" });
  const list = element("div", "hs-bars-rows", { role: "tree", "aria-label": "Components and what each adds" });
  const head = element("div", "hs-bars-axis", { "aria-hidden": "true" }, ticks);
  const root = element("div", "hs-bars", {}, head, element("div", "hs-bars-body", {}, rules, list));
  const made = new Map<string, Made>();
  let rows: RowShown[] = [];
  let axis = "";
  let kept: string | undefined;

  const reach = pointAndKeep<string>({
    root: list,
    at(event) {
      const id = (event.target as HTMLElement).closest<HTMLElement>(".hs-bars-row")?.dataset.id;
      return rows.find((row) => row.id === id && row.kind !== "empty")?.id ?? null;
    },
    element: (id) => made.get(id)?.root,
    step(id, key) {
      const led = keyLeads(rows, id, key);
      if (led === undefined || "go" in led) return led?.go;
      act.open(id);
      return null;
    },
    point: act.point,
    keep: act.open,
  });

  function update(next: ListShown): void {
    const { widths, moving } = next;
    const order = rows.map(({ id }) => id).join();
    rows = next.rows;
    root.style.setProperty("--hs-bars-label", `${widths.label}em`);
    root.style.setProperty("--hs-bars-value", `${widths.value}em`);
    root.style.setProperty("--hs-bars-count", String(rows.length));
    root.toggleAttribute("data-still", !moving);
    drawAxis(next.axis);
    if (order !== rows.map(({ id }) => id).join()) arrange(moving);
    for (const row of rows) write(made.get(row.id) as Made, row);
    reach.offer(made.get(tabRow(rows) ?? "")?.root);
  }

  /** Scrolls to what is pinned, when that has changed. */
  function follow(): void {
    const before = kept;
    kept = rows.find(({ pinned }) => pinned)?.id;
    const row = kept !== undefined && kept !== before ? made.get(kept) : null;
    if (row) afterLayout(() => reveal(row.root, root));
  }

  function drawAxis(next: Axis): void {
    const wanted = JSON.stringify(next);
    if (wanted === axis) return;
    axis = wanted;
    const at = (place: number) => ({ style: `left:${place}%` });
    rules.replaceChildren(
      ...next.rules.map(({ at: place, zero }) =>
        element("span", zero ? "hs-bars-rule hs-zero" : "hs-bars-rule", at(place)),
      ),
    );
    ticks.replaceChildren(
      ...next.ticks.map(({ at: place, label }) => element("span", "hs-bars-tick", at(place), label)),
    );
  }

  /** Puts the rows in their order; those that were there glide from their old place, and the focused one is never taken off the page. */
  function arrange(moving: boolean): void {
    const glides = moving && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const places = glides ? [...made].map(([id, { root }]) => [id, root.offsetTop] as const) : [];
    for (const row of rows) if (!made.has(row.id)) made.set(row.id, create(row));
    for (const [id, { root }] of made) {
      if (rows.some((row) => row.id === id)) continue;
      made.delete(id);
      root.remove();
    }
    const elements = rows.map(({ id }) => (made.get(id) as Made).root);
    const focused = elements.findIndex((row) => row.matches(":focus"));
    if (focused < 0) list.replaceChildren(...elements);
    else {
      elements[focused].before(...elements.slice(0, focused));
      elements[focused].after(...elements.slice(focused + 1));
    }
    for (const [id, before] of places) {
      const root = made.get(id)?.root;
      const moved = root ? before - root.offsetTop : 0;
      if (moved) root?.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], { duration: 150 });
    }
  }

  return { root, update, follow };
}

function create({ id, kind }: RowShown): Made {
  const twist = element("span", "hs-bars-twist", { "aria-hidden": "true" });
  const label = element("span", kind === "source" ? "hs-bars-name hs-bars-mono" : "hs-bars-name");
  const count = element("span", "hs-quiet hs-bars-count");
  const value = element("span", "hs-bars-value");
  const bar = element("span", "hs-bars-bar hs-moving");
  const link = element("span", "hs-bars-link hs-moving");
  const track = element("span", "hs-bars-track", {}, link, bar);
  const name = element("span", "hs-bars-label", {}, twist, label, " ", count);
  const role =
    kind === "empty" ? { "aria-hidden": "true" } : { role: "treeitem", tabindex: -1, "data-key": `row-${id}` };
  const root = element("div", "", { "data-id": id, ...role }, name, " ", value, " ", track);
  return { root, twist, label, count, value, track, bar, link, marks: [], written: "" };
}

/** Only where it changes: every write costs the page a new layout. */
function write(made: Made, row: RowShown): void {
  const wanted = JSON.stringify(row);
  if (made.written === wanted) return;
  made.written = wanted;
  const { root, bar, link } = made;
  root.className = ["hs-bars-row", `hs-bars-${row.kind}`, ...row.classes].join(" ");
  root.style.setProperty("--hs-depth", String(row.depth));
  root.setAttribute("aria-level", String(row.depth + 1));
  root.setAttribute("aria-selected", String(row.pinned));
  if (row.expanded !== null) root.setAttribute("aria-expanded", String(row.expanded));
  else root.removeAttribute("aria-expanded");
  if (row.number) root.dataset.value = row.number;
  else delete root.dataset.value;
  made.twist.textContent = row.expanded === null ? "" : row.expanded ? "▾" : "▸";
  made.label.textContent = row.label;
  made.count.textContent = row.count;
  made.value.textContent = row.number;
  bar.hidden = row.bar === null;
  if (row.bar) {
    bar.style.left = `${row.bar.left}%`;
    bar.style.width = `${row.bar.width}%`;
    bar.style.backgroundColor = row.bar.color;
  }
  link.hidden = row.link === null;
  link.style.left = `${row.link ?? 0}%`;
  writeMarks(made, row.marks);
}

function writeMarks({ marks, track }: Made, shown: RowShown["marks"]): void {
  while (marks.length < shown.length) {
    const mark = element("span", "hs-bars-mark hs-moving");
    marks.push(mark);
    track.append(mark);
  }
  marks.forEach((mark, index) => {
    const here = shown[index];
    mark.hidden = here === undefined;
    if (here) mark.style.left = `${here.left}%`;
    mark.classList.toggle("hs-current", here?.current === true);
  });
}

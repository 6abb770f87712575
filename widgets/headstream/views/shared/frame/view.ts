// The frame of every view: a title, the picture, a read-out in words, one row of controls. And its life in three levels: build the
// structure, paint values and options on it, follow the selection; until it ends.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";
import { above, type Theme, themeOf } from "../draw/color";
import { element } from "../draw/dom";
import { plain } from "../text/tokens";
import { Damaged } from "../wire/arrays";
import { flag, number, type Read, type Readers, text } from "../wire/readers";
import { keepingFocus } from "./focus";
import { afterLayout } from "./layout";
import { SharedLecture } from "./lecture";
import { menu } from "./menu";
import { type Room, roomFor } from "./room";
import { type Selection, SharedSelection } from "./selection";
import { heightInSight, scrollerOf } from "./sight";
import { Traits } from "./traits";

export interface Frame<R extends Readers = Readers> {
  /** The traits as they are now. */
  readonly traits: Read<R>;
  /** Sets options and tells Python; `attempt` only shows them, as while a slider is dragged. */
  set(values: Partial<Read<R>>): void;
  attempt(values: Partial<Read<R>>): void;
  picture: HTMLElement;
  controls: HTMLElement;
  legend: HTMLElement;
  selection: SharedSelection;
  host: Host;
  /** For what is asked of the kernel (ask.ts). */
  model: AnyModel;
  /** Aborted when the view is closed. */
  signal: AbortSignal;
  theme: Theme;
  /** CSS pixels of the type; sizes are multiples of it. */
  fontSize: number;
  /** CSS pixels that the view may fill, the height that of the window or of a board; null where it may be as tall as it likes. */
  width: number;
  height: number | null;
  room: Room;
  /**
   * What title, legend, read-out and controls leave of the height for the picture, as they are now; null: any height. Style sheets
   * know it as `--hs-left`.
   */
  heightLeft(): number | null;
  /** Asks that again, after the frame's layout: one of them has changed in `select`. What of the picture is taller still is scrolled through. */
  fit(): void;
  title(text: string): void;
  /** One sentence in words: what the pointer is on. A screen reader hears it too. */
  say(text: string): void;
  /** Runs when Escape has unpinned everything. */
  onClear(run: () => void): void;
  /** Shows the selection again: something of the view's own that it depends on has changed. */
  reselect(): void;
}

export interface View {
  /** Makes the structure: at first, and when what `structure` names, the width or the size of the type has changed. */
  build(): void;
  /** Writes values, colours and options on the structure that stands: after every build, and for every other change. */
  paint(): void;
  /** Shows another selection on what is painted: must be quick, it follows the pointer. */
  select(current: Selection, pinned: Selection): void;
}

export interface Definition<R extends Readers> {
  /** Name of the view's folder, its class and its pictures' files. */
  name: string;
  /** Every trait that is drawn or decides how, and how it is read. */
  readers: R;
  /** What the structure depends on, compared as JSON: with the same answer a change is painted and nothing is rebuilt. */
  structure(traits: Read<R>): unknown;
  create(frame: Frame<R>): View;
}

/** Every view has these. */
const COMMON = { title: text, font_size: number, whole: flag };
/** In em: the least height of a picture that is of use, and a height of which a view should spend little around it. */
const LEAST = 14;
const LOW = 34;
const THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];

export function defineView<R extends Readers>({ name, readers, structure, create }: Definition<R>): AnyWidget {
  return {
    async render({ model, el, host, signal }: { model: AnyModel; el: HTMLElement; host: Host; signal: AbortSignal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite", tabindex: -1 });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);

      let built: string | null = null;
      /** Whether the traits as they are now are drawn: not where they are damaged, nor where the view has no width, as in a hidden tab. */
      let drawn = false;
      /** Whether what the view stands in is known: type, theme and room are asked for anew only where one of them may have changed. */
      let measured = false;
      let pending = 0;
      let onPage = false;
      let scroller: Element | null | undefined;
      const clearing: (() => void)[] = [];
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(refresh);
        busy();
      };
      const remeasure = () => {
        measured = false;
        schedule();
      };
      const busy = () => root.toggleAttribute("data-busy", pending !== 0 || selection.pending);
      const select = () => {
        if (drawn && pending === 0) view.select(selection.current(), selection.pinned());
        busy();
      };
      const selection = new SharedSelection(model, host, signal, select);
      const lecture = new SharedLecture(model, host, signal, remeasure);
      const common = new Traits(model, COMMON, signal, remeasure);
      const traits = new Traits(model, readers, signal, schedule);
      const frame: Frame<R> = {
        traits: traits.now,
        set: (values) => traits.set(values),
        attempt: (values) => traits.try(values),
        picture,
        controls,
        legend,
        selection,
        host,
        model,
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        height: null,
        room: "much",
        heightLeft() {
          const left = frame.height === null ? null : leftOf(frame.height);
          const written = left === null ? "none" : `${left}px`;
          // Only where it changes: all that is in the view inherits it.
          if (root.style.getPropertyValue("--hs-left") !== written) root.style.setProperty("--hs-left", written);
          return left;
        },
        fit: () => afterLayout(fit),
        title(text) {
          const wanted = plain(common.now.title || text);
          if (heading.textContent === wanted) return;
          heading.textContent = wanted;
          root.setAttribute("aria-label", wanted);
        },
        say(text) {
          if (readout.textContent !== text) readout.textContent = text;
        },
        onClear: (run) => clearing.push(run),
        reselect: select,
      };

      function leftOf(height: number): number {
        // Not rounded: it must be the same whatever the picture's height is.
        const others = root.getBoundingClientRect().height - picture.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height - others));
      }

      function fit(): void {
        const left = frame.heightLeft();
        picture.toggleAttribute("data-scrolled", left !== null && picture.scrollHeight > left);
      }

      function measure(): void {
        frame.theme = themeOf(el);
        lecture.sizeAround(root);
        frame.fontSize = Number(el.dataset.hsFontSize ?? lecture.fontSize(common.now.font_size));
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        // Of the root and of what scrolls it, not of its content: a height or width must never depend on what was drawn before.
        frame.width = Math.floor(root.clientWidth);
        measured = frame.width > 0;
        if (measured) frame.height = height();
        // For style sheets; a container query in em is not asked again when only the type's size changes (Chromium 156).
        frame.room = roomFor(frame.width, frame.fontSize);
        root.dataset.room = frame.room;
        root.toggleAttribute("data-low", frame.height !== null && frame.height < LOW * frame.fontSize);
      }

      function height(): number | null {
        const { hsHeight } = el.dataset;
        if (hsHeight !== undefined) return hsHeight === WHOLE ? null : Number(hsHeight);
        if (scroller === undefined) {
          scroller = scrollerOf(root);
          if (scroller) resize.observe(scroller);
        }
        return common.now.whole ? null : heightInSight(scroller);
      }

      function draw(): void {
        drawn = false;
        if (!measured) measure();
        if (!measured) return;
        const wanted = JSON.stringify([frame.width, frame.height, frame.fontSize, structure(traits.now)]);
        if (wanted !== built) {
          built = null;
          view.build();
        }
        view.paint();
        frame.fit();
        built = wanted;
        drawn = true;
      }

      function refresh(): void {
        const inflating = traits.inflating();
        if (inflating) {
          inflating.then(() => signal.aborted || schedule());
          return;
        }
        pending = 0;
        try {
          keepingFocus(root, draw);
        } catch (error) {
          if (!(error instanceof Damaged)) throw error;
          built = null;
          const sentence = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence));
          legend.replaceChildren();
        }
        select();
      }

      const view = create(frame);
      controls.append(menu(common, lecture, root, figure, name));
      const resized = () => {
        const width = Math.floor(root.clientWidth);
        if (width !== frame.width || (width > 0 && height() !== frame.height)) remeasure();
      };
      const resize = new ResizeObserver(() => {
        arrive();
        resized();
      });
      resize.observe(root);
      window.addEventListener("resize", resized, { signal });
      const shaded = () => {
        if (themeOf(el) !== frame.theme) remeasure();
      };
      const theme = new MutationObserver(shaded);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shaded, { signal });
      // JupyterLab puts a view on the page after it has rendered, and where it is out of sight no ResizeObserver tells.
      const arrival = new MutationObserver(() => {
        arrive();
        if (onPage) remeasure();
      });
      arrival.observe(document, { childList: true, subtree: true });
      arrive();

      function arrive(): void {
        if (onPage || !el.isConnected) return;
        onPage = true;
        arrival.disconnect();
        for (let node: Element | null = above(el); node; node = above(node)) {
          if (node.getRootNode() === document && node !== document.body && node !== document.documentElement) continue;
          theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
        }
      }

      const arranged = new MutationObserver(remeasure);
      arranged.observe(el, { attributes: true, attributeFilter: ARRANGED });
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const run of clearing) run();
        selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
        arrival.disconnect();
        arranged.disconnect();
        root.remove();
      });
      // Drawn first, then followed: a view whose selection or lecture is missing is a view all the same.
      await traits.inflating();
      if (signal.aborted) return;
      refresh();
      await Promise.all([selection.follow(), lecture.follow()]);
    },
  };
}

/** What whoever arranges this view says around it: the height that is left for it, or that it may be whole; the size of the type. */
const ARRANGED = ["data-hs-height", "data-hs-font-size"];
export const WHOLE = "whole";

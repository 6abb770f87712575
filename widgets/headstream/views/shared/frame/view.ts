// The frame of every view: a title, the picture, a read-out in words, one row of controls. And its life: draw, follow the selection, end.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";
import { type Theme, themeOf } from "../draw/color";
import { element } from "../draw/dom";
import { action } from "../parts/controls";
import { plain } from "../text/tokens";
import { savePng, saveSvg } from "./save";
import { type Selection, SharedSelection } from "./selection";

export interface Frame {
  model: AnyModel;
  picture: HTMLElement;
  controls: HTMLElement;
  legend: HTMLElement;
  selection: SharedSelection;
  /** Aborted when the view is closed. */
  signal: AbortSignal;
  theme: Theme;
  /** CSS pixels of the type; sizes are multiples of it. */
  fontSize: number;
  /** CSS pixels that the picture may fill. */
  width: number;
  title(text: string): void;
  /** One sentence in words: what the pointer is on. A screen reader hears it too. */
  say(text: string): void;
}

export interface View {
  /** Draws everything: at first, and when data, theme, type size or width have changed. */
  draw(): void;
  /** Shows another selection on what is drawn: must be quick, it follows the pointer. */
  select(current: Selection, pinned: Selection): void;
}

const THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
const LECTURE = 22;

/** `redraw` names the traits on whose change everything is drawn anew. */
export function defineView(name: string, redraw: string[], create: (frame: Frame) => View): AnyWidget {
  return {
    async render({ model, el, host, signal }: { model: AnyModel; el: HTMLElement; host: Host; signal: AbortSignal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite" });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);

      let ready = false;
      const select = () => {
        if (ready) view.select(frame.selection.current(), frame.selection.pinned());
      };
      const frame: Frame = {
        model,
        picture,
        controls,
        legend,
        selection: new SharedSelection(model, host, signal, select),
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        title(text) {
          heading.textContent = plain(model.get("title") || text);
          root.setAttribute("aria-label", heading.textContent ?? "");
        },
        say(text) {
          if (readout.textContent !== text) readout.textContent = text;
        },
      };
      const view = create(frame);
      controls.append(menu(model, root, figure, name));

      const draw = () => {
        frame.theme = themeOf(el);
        frame.fontSize = model.get("font_size");
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        // clientWidth of the root, not of its content: a height or width must never depend on what was drawn before.
        frame.width = Math.floor(root.clientWidth);
        if (frame.width === 0) return;
        // For style sheets; a container query in em is not asked again when only the type's size changes (Chromium 156).
        const ems = frame.width / frame.fontSize;
        root.dataset.room = ems <= 22 ? "little" : ems <= 40 ? "some" : "much";
        view.draw();
        ready = true;
        select();
      };
      let pending = 0;
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(draw);
      };
      for (const trait of [...redraw, "tokens", "title", "font_size"]) model.on(`change:${trait}`, schedule);
      const resize = new ResizeObserver(() => {
        if (Math.floor(root.clientWidth) !== frame.width) schedule();
      });
      resize.observe(root);
      const theme = new MutationObserver(() => {
        if (themeOf(el) !== frame.theme) schedule();
      });
      for (const node of [document.documentElement, document.body]) {
        theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
      }
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        frame.selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => frame.selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
      });
      await frame.selection.follow();
      draw();
    },
  };
}

function menu(model: AnyModel, root: HTMLElement, figure: HTMLElement, name: string): HTMLElement {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type", () => {
      model.set("font_size", model.get("font_size") >= LECTURE ? 13 : LECTURE);
      model.save_changes();
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name)),
  );
  const details = element(
    "details",
    "hs-menu",
    {},
    element("summary", "hs-button", { "aria-label": "More" }, "⋯"),
    list,
  );
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget as Node | null)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

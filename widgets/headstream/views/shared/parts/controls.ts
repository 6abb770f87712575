// The quiet row of controls under a picture. Each control is bound to one trait, so Python sees and sets the same state; a view that
// puts one on the page calls its `update` when it paints.
import { element } from "../draw/dom";
import type { Frame } from "../frame/view";
import type { Readers } from "../wire/readers";

export interface Control {
  root: HTMLElement;
  update(): void;
}

type Bound = Pick<Frame, "traits" | "set" | "attempt">;
const bound = <R extends Readers>(frame: Frame<R>): Bound => frame as unknown as Bound;

/** One of a few named values: a row of buttons of which one is pressed. `options` maps a value to its label. */
export function choice<R extends Readers>(
  frame: Frame<R>,
  trait: keyof R & string,
  name: string,
  options: Record<string, string>,
): Control {
  const { traits, set } = bound(frame);
  const buttons = Object.entries(options).map(([value, label]) => {
    const button = element("button", "hs-button", { type: "button", "data-key": `${trait}-${value}` }, label);
    button.addEventListener("click", () => set({ [trait]: value }));
    return { value, button };
  });
  const label = element("span", "hs-quiet", {}, name);
  const root = element("div", "hs-choice", { role: "group", "aria-label": name }, label);
  root.append(...buttons.map(({ button }) => button));
  return {
    root,
    update() {
      for (const { value, button } of buttons) button.setAttribute("aria-pressed", String(traits[trait] === value));
    },
  };
}

/** One of many named values: a list that opens. */
export function select<R extends Readers>(
  frame: Frame<R>,
  trait: keyof R & string,
  name: string,
  options: Record<string, string>,
): Control {
  const { traits, set } = bound(frame);
  const list = element("select", "hs-select", { "aria-label": name, "data-key": trait });
  list.append(...Object.entries(options).map(([value, label]) => element("option", "", { value }, label)));
  list.addEventListener("change", () => set({ [trait]: list.value }));
  return {
    root: element("label", "hs-choice", {}, element("span", "hs-quiet", {}, name), list),
    update() {
      list.value = String(traits[trait]);
    },
  };
}

/** A boolean trait. */
export function toggle<R extends Readers>(frame: Frame<R>, trait: keyof R & string, label: string): Control {
  const { traits, set } = bound(frame);
  const button = element("button", "hs-button", { type: "button", "data-key": trait }, label);
  button.addEventListener("click", () => set({ [trait]: !traits[trait] }));
  return { root: button, update: () => button.setAttribute("aria-pressed", String(traits[trait])) };
}

export interface Range {
  min: number;
  max: number;
  step: number;
}

/** A number trait between two bounds. The page follows while it is dragged; the kernel hears the value that is let go. */
export function slider<R extends Readers>(
  frame: Frame<R>,
  trait: keyof R & string,
  label: string,
  range: Range,
  format: (value: number) => string,
): Control & { bounds(range: Range): void } {
  const { traits, set, attempt } = bound(frame);
  const input = element("input", "hs-slider", { type: "range", "aria-label": label, "data-key": trait, ...range });
  const output = element("output", "hs-number");
  input.addEventListener("input", () => attempt({ [trait]: Number(input.value) }));
  input.addEventListener("change", () => set({ [trait]: Number(input.value) }));
  return {
    root: element("label", "hs-choice", {}, element("span", "hs-quiet", {}, label), input, output),
    update() {
      const value = traits[trait] as number;
      input.value = String(value);
      output.textContent = format(value);
      input.setAttribute("aria-valuetext", output.textContent);
    },
    /** Other ends, for what is drawn now; before `update`. */
    bounds(other) {
      for (const [name, value] of Object.entries(other)) input.setAttribute(name, String(value));
    },
  };
}

export interface Played {
  label: string;
  count(): number;
  /** Which of them is shown. */
  at(): number;
  go(index: number): void;
  /** What is said of one. */
  format(index: number): string;
}

// A step of a film: long enough to be seen, short enough that twenty of them are no wait.
const STEP = 250;

/** A slider over a film's steps with a button that plays it; for readers who prefer less motion, the slider alone. */
export function player(key: string, { label, count, at, go, format }: Played, signal: AbortSignal): Control {
  const input = element("input", "hs-slider", { type: "range", "aria-label": label, "data-key": key, min: 0, step: 1 });
  const output = element("output", "hs-number");
  const track = element("label", "hs-choice", {}, element("span", "hs-quiet", {}, label), input, output);
  const button = element("button", "hs-button", { type: "button", "data-key": `${key}-play` });
  button.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  const show = () => {
    button.textContent = timer ? "Pause" : "Play";
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    show();
  };
  input.addEventListener("input", () => {
    stop();
    go(Number(input.value));
  });
  button.addEventListener("click", () => {
    if (timer) return stop();
    let index = at();
    if (index === count() - 1) {
      index = 0;
      go(index);
    }
    timer = window.setInterval(() => {
      index = Math.min(count() - 1, index + 1);
      go(index);
      if (index === count() - 1) stop();
    }, STEP);
    show();
  });
  signal.addEventListener("abort", stop);
  show();
  return {
    root: element("span", "hs-choice hs-player", {}, button, track),
    update() {
      input.max = String(count() - 1);
      input.value = String(at());
      output.textContent = format(at());
      input.setAttribute("aria-valuetext", output.textContent);
    },
  };
}

/** A button that does something on the page. What is written on it is a part of its name, for whoever says it aloud. */
export function action(label: string, name: string, run: () => void): HTMLButtonElement {
  const word = /\p{L}/u.test(label) && !name.toLowerCase().includes(label.toLowerCase());
  const spoken = word ? `${label}: ${name}` : name;
  const attributes = { type: "button", "aria-label": spoken, title: name, "data-key": `action-${name}` };
  const button = element("button", "hs-button", attributes, label);
  button.addEventListener("click", run);
  return button;
}

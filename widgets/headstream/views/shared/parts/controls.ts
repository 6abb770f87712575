// The quiet row of controls under a picture. Each control is bound to one trait of the model, so Python sees and sets the same state.
import type { AnyModel } from "@anywidget/types";
import { element } from "../draw/dom";

function commit(model: AnyModel, trait: string, value: unknown): void {
  model.set(trait, value);
  model.save_changes();
}

/** One of a few named values: a row of buttons of which one is pressed. `options` maps a value to its label. */
export function choice(model: AnyModel, trait: string, name: string, options: Record<string, string>): HTMLElement {
  const group = element(
    "div",
    "hs-choice",
    { role: "group", "aria-label": name },
    element("span", "hs-quiet", {}, name),
  );
  for (const [value, label] of Object.entries(options)) {
    const pressed = model.get(trait) === value;
    const button = element("button", "hs-button", { type: "button", "aria-pressed": String(pressed) }, label);
    button.addEventListener("click", () => commit(model, trait, value));
    group.append(button);
  }
  model.on(`change:${trait}`, () => {
    Object.keys(options).forEach((value, index) => {
      group.children[index + 1].setAttribute("aria-pressed", String(model.get(trait) === value));
    });
  });
  return group;
}

/** A boolean trait. */
export function toggle(model: AnyModel, trait: string, label: string): HTMLElement {
  const button = element(
    "button",
    "hs-button",
    { type: "button", "aria-pressed": String(Boolean(model.get(trait))) },
    label,
  );
  button.addEventListener("click", () => commit(model, trait, !model.get(trait)));
  model.on(`change:${trait}`, () => button.setAttribute("aria-pressed", String(Boolean(model.get(trait)))));
  return button;
}

/** A number trait between two bounds. The page follows while it is dragged; the kernel hears the value that is let go. */
export function slider(
  model: AnyModel,
  trait: string,
  label: string,
  range: { min: number; max: number; step: number },
  format: (value: number) => string,
): HTMLElement {
  const input = element("input", "hs-slider", { type: "range", "aria-label": label, ...range });
  const output = element("output", "hs-number");
  const show = () => {
    input.value = String(model.get(trait));
    output.textContent = format(model.get(trait));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => model.set(trait, Number(input.value)));
  input.addEventListener("change", () => commit(model, trait, Number(input.value)));
  model.on(`change:${trait}`, show);
  show();
  return element("label", "hs-choice", {}, element("span", "hs-quiet", {}, label), input, output);
}

/** A button that does something on the page. */
export function action(label: string, name: string, run: () => void): HTMLButtonElement {
  const button = element("button", "hs-button", { type: "button", "aria-label": name, title: name }, label);
  button.addEventListener("click", run);
  return button;
}

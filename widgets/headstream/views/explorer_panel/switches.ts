// Parts whose write is replaced: each can be turned off again, and another one added.
import { element } from "../shared/draw/dom";
import { plain, quoted } from "../shared/text/tokens";
import type { Switch } from "./wanted";

const BY: Record<string, string> = {
  zero: "set to zero",
  mean: "set to its mean over a page of Alice",
  resample: "resampled from the second prompt",
  patch: "patched from the second prompt",
};
/** What needs a second prompt. */
const NEEDS = ["resample", "patch"];

export function switchList(changed: (switches: Switch[]) => void) {
  const list = element("div", "hs-explore-switches");
  const part = choose("Part", "part");
  const by = choose("How", "by");
  const where = choose("Where", "where");
  const add = element("button", "hs-button", { type: "button", "data-key": "add" }, "Switch");
  const form = element("div", "hs-explore-add", {}, part, by, where, add);
  let now: readonly Switch[] = [];
  let shown = "";
  by.append(...Object.entries(BY).map(([value, label]) => element("option", "", { value }, label)));
  add.addEventListener("click", () => {
    const position = where.value === "" ? null : Number(where.value);
    const others = now.filter((one) => one.part !== part.value || one.position !== position);
    changed([...others, { part: part.value, by: by.value, position, on: true }]);
  });

  return {
    root: element("div", "", {}, element("div", "hs-quiet hs-explore-heading", {}, "Switches"), list, form),
    paint(
      switches: readonly Switch[],
      parts: readonly string[],
      labels: readonly string[],
      tokens: readonly string[],
      hasSecond: boolean,
    ) {
      now = switches;
      const wanted = JSON.stringify([parts, labels, tokens]);
      if (wanted !== shown) {
        shown = wanted;
        refill(part, parts, labels.map(plain));
        refill(
          where,
          ["", ...tokens.map((_, position) => String(position))],
          ["everywhere", ...tokens.map((token, position) => `at ${position}, ${quoted(token)}`)],
        );
      }
      for (const option of by.options) option.disabled = !hasSecond && NEEDS.includes(option.value);
      if (by.selectedOptions[0]?.disabled) by.value = "zero";
      list.replaceChildren(...switches.map(line));

      function line(one: Switch, index: number): HTMLElement {
        const label = labels[parts.indexOf(one.part)] ?? one.part;
        const place = one.position === null ? "" : ` at ${one.position}, ${quoted(tokens[one.position] ?? "")}`;
        const box = element("input", "", { type: "checkbox", "data-key": `switch-${index}` });
        box.checked = one.on;
        box.addEventListener("change", () => {
          changed(switches.map((other) => (other === one ? { ...one, on: box.checked } : other)));
        });
        const words = plain(`${label} ${BY[one.by] ?? one.by}${place}`);
        const attributes = { type: "button", "aria-label": `Remove: ${words}`, "data-key": `remove-${index}` };
        const remove = element("button", "hs-button", attributes, "×");
        remove.addEventListener("click", () => changed(switches.filter((other) => other !== one)));
        return element("div", "hs-explore-switch", {}, element("label", "", {}, box, words), remove);
      }
    },
    /** What is pinned, here or in another view, stands in the form. */
    offer(name: string | null, position: number | null) {
      const key = `${name} ${position}`;
      if (form.dataset.offered === key) return;
      form.dataset.offered = key;
      if (name !== null) part.value = name;
      if (position !== null && where.value !== "") where.value = String(position);
    },
  };
}

function choose(name: string, key: string): HTMLSelectElement {
  return element("select", "hs-select", { "aria-label": name, "data-key": key });
}

/** Other options; the one that is chosen stays so where it is still there. */
function refill(list: HTMLSelectElement, values: readonly string[], labels: readonly string[]): void {
  const { value } = list;
  list.replaceChildren(...values.map((one, index) => element("option", "", { value: one }, labels[index])));
  if (values.includes(value)) list.value = value;
}

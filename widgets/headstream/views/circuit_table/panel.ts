// A token by name: searched for by typing, and the ends of its row and its column.
import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import type { Kernel } from "../shared/frame/ask";
import { quoted, shortened, visible } from "../shared/text/tokens";
import { array, vocabulary } from "../shared/wire/readers";
import { type Entry, heldLines, heldTokens, type Kind, LISTS, type Line, Signed } from "./entries";

const SEARCHED = { ids: array("int32", 1), labels: vocabulary };
const LOOKED = {
  row: array("int32", 1),
  row_values: array("float32", 1),
  column: array("int32", 1),
  column_values: array("float32", 1),
  labels: vocabulary,
};
/** Tokens that a search offers; lines of a list, as Python sends them. */
const FOUND = 8;
const LINES = 10;
/** Characters of a token in a list. */
const LABEL = 24;

interface Wants {
  kind: Kind;
  entries: readonly Entry[];
  kernel: Kernel;
  labels: Record<string, string>;
  label(token: number): string;
  learn(labels: Record<string, string>): void;
  pick(token: number): void;
}

export function tokenPanel({ kind, entries, kernel, labels, label, learn, pick }: Wants) {
  const input = element("input", "hs-search", {
    type: "search",
    "aria-label": "Search a token",
    placeholder: "A token's row and column",
    "data-key": "token",
  });
  const offered = element("div", "hs-circuit-found", { hidden: true });
  const status = element("div", "hs-quiet hs-circuit-told", { role: "status" });
  const lists = element("div", "hs-circuit-lists", { hidden: true });
  const root = element(
    "div",
    "hs-circuit-token",
    {},
    element("div", "hs-circuit-ask", { "data-hs-unsaved": true }, input, offered),
    status,
    lists,
  );
  let colors: Encoding;
  let shown: number | null | undefined;
  let lines: [Line[], Line[]] | null = null;

  function offer(ids: number[]): void {
    offered.replaceChildren(
      ...ids.map((token) => {
        const button = element(
          "button",
          "hs-button",
          { type: "button", "data-token": token, "data-key": `found-${token}` },
          shortened(visible(label(token)), LABEL),
        );
        button.addEventListener("click", () => choose(token));
        return button;
      }),
    );
    offered.hidden = ids.length === 0;
  }

  function choose(token: number): void {
    offer([]);
    input.value = "";
    input.focus();
    pick(token);
  }

  input.addEventListener("input", () => {
    const text = input.value;
    if (!text.trim()) {
      kernel.drop("search");
      offer([]);
      return;
    }
    kernel.ask("search", { search: text }, SEARCHED, (told) => {
      if ("answer" in told) {
        learn(told.answer.labels);
        offer(Array.from(told.answer.ids.data));
        status.textContent = told.answer.ids.data.length ? "" : `No token has ‘${text.trim()}’ in it.`;
      } else if ("error" in told) status.textContent = told.error;
      else {
        const found = heldTokens(labels, text, FOUND);
        offer(found);
        const missing = found.length ? "" : ` None of them has ‘${text.trim()}’ in it.`;
        status.textContent = `No kernel answers: only the tokens of the entries held are searched.${missing}`;
      }
    });
  });
  root.addEventListener("keydown", (event) => {
    const buttons = [...offered.querySelectorAll<HTMLElement>("button")];
    const here = buttons.indexOf(event.target as HTMLElement);
    if (event.key === "Escape" && buttons.length) offer([]);
    else if (event.key === "Enter" && event.target === input && buttons.length) buttons[0].click();
    else if (event.key === "ArrowDown") buttons[Math.min(here + 1, buttons.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here >= 0) (buttons[here - 1] ?? input).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function draw(): void {
    lists.hidden = lines === null;
    if (!lines) return;
    const numbers = new Signed(lines.flat().map(({ value }) => value));
    const names = LISTS[kind];
    lists.replaceChildren(
      ...lines.map((some, index) => {
        const items = some.map(({ token, value }) => {
          const number = element("span", "hs-number", { "data-value": value }, numbers.text(value));
          number.style.backgroundColor = colors.color(value);
          number.style.color = colors.ink(value);
          const name = shortened(visible(label(token)), LABEL);
          return element("li", "", { "data-token": token }, element("span", "hs-circuit-label", {}, name), number);
        });
        const head = element("div", "hs-quiet", {}, names[index]);
        return element(
          "div",
          "hs-circuit-list",
          { "data-end": index ? "column" : "row" },
          head,
          element("ol", "", {}, ...items),
        );
      }),
    );
  }

  return {
    root,
    paint(next: Encoding): void {
      colors = next;
      draw();
    },
    /** The token whose row and column are shown; the same one again is left as it is. */
    show(token: number | null): void {
      if (token === shown) return;
      shown = token;
      if (token === null) {
        kernel.drop("token");
        lines = null;
        status.textContent = "";
        draw();
        return;
      }
      kernel.ask("token", { token }, LOOKED, (told) => {
        if ("answer" in told) {
          const { row, row_values, column, column_values, labels } = told.answer;
          learn(labels);
          const of = (ids: ArrayLike<number>, values: ArrayLike<number>) =>
            Array.from(ids, (token, i) => ({ token, value: values[i] }));
          lines = [of(row.data, row_values.data), of(column.data, column_values.data)];
          status.textContent = `${quoted(label(token))}: the top and the bottom of its row and column.`;
        } else if ("error" in told) {
          lines = null;
          status.textContent = told.error;
        } else {
          lines = [
            heldLines(entries, token, "row").slice(0, LINES),
            heldLines(entries, token, "column").slice(0, LINES),
          ];
          status.textContent = `${quoted(label(token))}: no kernel answers, so this is only what the entries held say of it.`;
        }
        draw();
      });
    },
  };
}

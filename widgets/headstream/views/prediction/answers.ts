// The two ways to answer: a column of options, of which one is chosen, or a field to type in.
import { element } from "../shared/draw/dom";
import { listStep, pointAndKeep } from "../shared/parts/items";
import { plain, plainLines } from "../shared/text/tokens";
import { type Asked, decided, LETTERS, type Mark, markOf, markOfTyped, reason, WORDS } from "./state";

export interface Answers {
  root: HTMLElement;
  paint(question: string, asked: Asked): void;
  /** Writes the reasons: of all options, or only of those that are marked. */
  explain(asked: Asked, all: boolean): void;
  /** The element that takes the focus. */
  stop(): HTMLElement;
}

function paintMark(row: HTMLElement, words: HTMLElement, mark: Mark): void {
  words.textContent = mark ? WORDS[mark] : "";
  if (mark) row.dataset.mark = mark;
  else delete row.dataset.mark;
}

export function optionList(options: readonly string[], answered: (option: string) => void): Answers {
  const root = element("div", "hs-options", { role: "radiogroup" });
  let open = true;
  const rows = options.map((option, index) => {
    const attributes = { role: "radio", tabindex: -1, "data-index": index, "data-key": `option-${index}` };
    const letter = element("span", "hs-letter", {}, LETTERS[index]);
    const words = element("span", "hs-verdict");
    const row = element("div", "hs-option", attributes, letter, element("span", "hs-text", {}, plain(option)), words);
    const why = element("p", "hs-reason");
    root.append(row, why);
    return { row, words, why };
  });
  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const row = (event.target as HTMLElement).closest<HTMLElement>(".hs-option");
      return row ? Number(row.dataset.index) : null;
    },
    element: (index) => rows[index].row,
    step: (index, key) => listStep(index, key, rows.length),
    point() {},
    keep(index) {
      if (open) answered(options[index]);
    },
  });
  return {
    root,
    paint(question, asked) {
      open = !decided(asked);
      root.setAttribute("aria-label", plain(question));
      root.toggleAttribute("data-open", open);
      rows.forEach(({ row, words }, index) => {
        paintMark(row, words, markOf(asked, options[index]));
        row.setAttribute("aria-checked", String(options[index] === asked.answer));
        row.setAttribute("aria-disabled", String(!open));
      });
      reach.offer(rows[Math.max(0, options.indexOf(asked.answer ?? ""))].row);
    },
    explain(asked, all) {
      rows.forEach(({ why }, index) => {
        const text = plainLines(reason(asked, index, all));
        // What the reader has marked with the mouse stays marked.
        if (why.textContent !== text) why.textContent = text;
      });
    },
    stop: () => root.querySelector<HTMLElement>("[tabindex='0']") ?? rows[0].row,
  };
}

export function field(answered: (text: string | null) => void): Answers {
  const input = element("input", "hs-search", { type: "text", autocomplete: "off", "data-key": "answer" });
  const button = element("button", "hs-button", { type: "button", "data-key": "record" }, "Record");
  const words = element("span", "hs-verdict");
  const typed = element("div", "hs-line", {}, input, button, words);
  const truth = element("span", "hs-text", { tabindex: -1 });
  const right = element("div", "hs-line", {}, truth, element("span", "hs-verdict", {}, "the answer"));
  let shown: string | null = null;
  const record = () => {
    if (!input.readOnly) answered(input.value.trim() === "" ? null : input.value);
  };
  button.addEventListener("click", record);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    record();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    root: element("div", "hs-field", {}, typed, right),
    paint(question, asked) {
      const closed = decided(asked);
      const mark = closed ? markOfTyped(asked) : null;
      input.setAttribute("aria-label", plain(question));
      // What is being typed is the reader's until it is recorded.
      if (asked.answer !== shown) input.value = asked.answer === null ? "" : plain(asked.answer);
      shown = asked.answer;
      input.readOnly = closed;
      typed.hidden = closed && asked.answer === null;
      button.hidden = closed;
      words.hidden = !closed;
      paintMark(typed, words, mark);
      right.hidden = !closed || mark === "right";
      truth.textContent = plain(asked.truth ?? "");
    },
    explain() {},
    stop: () => (typed.hidden ? truth : input),
  };
}

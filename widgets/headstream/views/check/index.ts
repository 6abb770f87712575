import { element } from "../shared/draw/dom";
import { paintVerdicts } from "../shared/draw/verdict";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { plain, plainLines } from "../shared/text/tokens";
import { oneOf, text, texts, whole } from "../shared/wire/readers";
import { blocks, drawn, prose } from "./message";

const READERS = {
  exercise: text,
  status: oneOf("passed", "not yet", "unanswered"),
  message: text,
  hints: texts,
  solution: text,
  difficulty: whole,
  minutes: whole,
};
const SIGNS = { passed: "✓", "not yet": "✗", unanswered: "…" };

function create(frame: Frame<typeof READERS>): View {
  const { traits } = frame;
  const sign = element("span", "hs-sign", { "aria-hidden": "true" });
  const word = element("span", "hs-word");
  const name = element("span", "hs-exercise");
  const cost = element("span", "hs-quiet hs-cost");
  const head = element("div", "hs-head-line", {}, sign, word, name, cost);
  const message = element("div", "hs-message");
  const hints = element("div", "hs-hints", { "aria-live": "polite" });
  const solution = element("pre", "hs-code hs-solution", { tabindex: 0, role: "region", "data-key": "solution" });
  solution.setAttribute("aria-label", "A solution");
  const result = element("div", "hs-result", {}, head, message, hints, solution);

  let exercise = "";
  let given = 0;
  let solved = false;
  const hint = element("button", "hs-button", { type: "button", "data-key": "hint" });
  const show = element("button", "hs-button", { type: "button", "data-key": "show-solution" });
  hint.addEventListener("click", () => {
    given += 1;
    frame.reselect();
  });
  show.addEventListener("click", () => {
    solved = !solved;
    frame.reselect();
  });
  frame.controls.append(hint, show);

  /** The hints so far, the solution where it is asked for, and the buttons for what is left. */
  function help(): void {
    const count = traits.hints.length;
    for (const [index, line] of [...hints.children].entries()) (line as HTMLElement).hidden = index >= given;
    solution.hidden = !solved;
    const left = given < count && traits.status !== "passed";
    const { activeElement } = hint.getRootNode() as Document | ShadowRoot;
    hint.textContent = `Hint ${given + 1} of ${count}`;
    hint.hidden = !left;
    show.textContent = solved ? "Hide the solution" : "Show a solution";
    show.hidden = traits.solution === "";
    show.setAttribute("aria-expanded", String(solved));
    // Before the hints are through it stands back.
    show.classList.toggle("hs-back", left);
    if (!left && activeElement === hint) show.focus({ preventScroll: true });
  }

  return {
    build() {
      frame.picture.replaceChildren(result);
    },

    paint() {
      if (traits.exercise !== exercise) [exercise, given, solved] = [traits.exercise, 0, false];
      frame.title("");
      paintVerdicts(frame.picture, frame.theme);
      result.dataset.status = traits.status;
      sign.textContent = SIGNS[traits.status];
      word.textContent = traits.status[0].toUpperCase() + traits.status.slice(1);
      name.textContent = plain(traits.exercise);
      cost.textContent = `difficulty ${traits.difficulty} of 3 · about ${traits.minutes} min`;
      message.replaceChildren(...blocks(traits.message).map(drawn));
      hints.replaceChildren(...traits.hints.map(hintLine));
      solution.textContent = plainLines(traits.solution);
    },

    select: help,
  };
}

function hintLine(text: string, index: number): HTMLElement {
  return element("p", "hs-hint", {}, element("b", "", {}, `Hint ${index + 1}`), " ", ...prose(text));
}

export default defineView({ name: "check", readers: READERS, structure: () => null, create });

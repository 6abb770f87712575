import { element } from "../shared/draw/dom";
import { paintVerdicts } from "../shared/draw/verdict";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { plain } from "../shared/text/tokens";
import { flag, optional, text, texts } from "../shared/wire/readers";
import { type Answers, field, optionList } from "./answers";
import { checkAsked, decided, hasOthers, sentence, waiting } from "./state";

const READERS = {
  question: text,
  options: texts,
  answer: optional(text),
  truth: optional(text),
  why: texts,
  asked: flag,
};

function create(frame: Frame<typeof READERS>): View {
  const { traits } = frame;
  const question = element("p", "hs-question");
  const answered = (answer: string | null) => frame.set({ answer });
  const typing = field(answered);
  let answers: Answers = typing;
  /** Whether the truth waits for the reader, as it was painted. */
  let truthWaits = false;
  let all = false;
  // One button, for what there is to ask for: the answer, then the reasons against the other options.
  const more = element("button", "hs-button", { type: "button", "data-key": "more" });
  more.addEventListener("click", () => {
    if (truthWaits) return frame.set({ asked: true });
    all = !all;
    frame.reselect();
  });
  frame.onClear(() => {
    if (!decided(traits) && traits.answer !== null) frame.set({ answer: null });
  });

  return {
    build() {
      answers = traits.options.length ? optionList(traits.options, answered) : typing;
      frame.picture.replaceChildren(question, answers.root);
    },

    paint() {
      checkAsked(traits);
      frame.title("");
      paintVerdicts(frame.picture, frame.theme);
      question.textContent = plain(traits.question);
      answers.paint(traits.question, traits);
      truthWaits = waiting(traits);
      frame.say(sentence(traits));
    },

    select() {
      all &&= hasOthers(traits);
      answers.explain(traits, all);
      offer();
    },
  };

  function offer(): void {
    more.textContent = truthWaits ? "Show the answer" : all ? "Hide the others" : "Why not the others?";
    if (truthWaits) more.removeAttribute("aria-expanded");
    else more.setAttribute("aria-expanded", String(all));
    if (truthWaits || hasOthers(traits)) {
      if (!more.parentElement) frame.controls.prepend(more);
      return;
    }
    const { activeElement } = frame.picture.getRootNode() as Document | ShadowRoot;
    more.remove();
    if (activeElement === more) answers.stop().focus({ preventScroll: true });
  }
}

export default defineView({ name: "prediction", readers: READERS, structure: ({ options }) => options, create });

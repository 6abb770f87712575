// What a prediction has come to: what is marked, which reasons stand, and what is said of it.
import { plain, plainLines, quoted } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";

export const LETTERS = "abcdefghij";

export interface Asked {
  options: readonly string[];
  answer: string | null;
  truth: string | null;
  /** One for each option, or one for all, or none. */
  why: readonly string[];
  /** Whether the reader, with no answer, has asked for the right one. */
  asked: boolean;
}

/** What an option or a typed answer is; null: nothing to mark. */
export type Mark = "chosen" | "right" | "wrong" | null;

export const WORDS: Record<NonNullable<Mark>, string> = {
  chosen: "your answer",
  right: "✓ right",
  wrong: "✗ your answer",
};

/** Throws Damaged for an answer that is no option. */
export function checkAsked({ options, answer, truth, why }: Asked): void {
  if (!options.length) return;
  for (const [name, text] of Object.entries({ answer, truth })) {
    if (text !== null && !options.includes(text)) throw new Damaged(`${name}: expected one of the options`);
  }
  if (why.length > 1 && why.length !== options.length) throw new Damaged("why: expected one an option");
}

/** Whether the reader has the truth before them: no answer is taken any more. */
export function decided({ answer, truth, asked }: Asked): boolean {
  return truth !== null && (answer !== null || asked);
}

/** Whether the truth waits for the reader to choose, or to ask. */
export function waiting(asked: Asked): boolean {
  return asked.truth !== null && !decided(asked);
}

export function markOf(asked: Asked, option: string): Mark {
  if (decided(asked) && option === asked.truth) return "right";
  if (option !== asked.answer) return null;
  return decided(asked) ? "wrong" : "chosen";
}

/** The same of an answer that was typed. A number is neither right nor wrong: it is more or less near. */
export function markOfTyped(asked: Asked): Mark {
  const { answer, truth } = asked;
  if (answer === null) return null;
  if (truth === null || isNumber(truth)) return "chosen";
  return bare(answer) === bare(truth) ? "right" : "wrong";
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** Without the quotes and spaces around it. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/s, "$2")
    .trim()
    .toLowerCase();
}

/** The reason that stands at an option; those of options that are neither right nor chosen wait to be asked for. */
export function reason(asked: Asked, index: number, all: boolean): string {
  const { options, why } = asked;
  if (!decided(asked) || why.length < 2) return "";
  return all || markOf(asked, options[index]) ? why[index] : "";
}

/** Whether there are reasons that wait to be asked for. */
export function hasOthers(asked: Asked): boolean {
  return asked.options.some((_, index) => reason(asked, index, true) !== reason(asked, index, false));
}

/** What is said below it, the one reason for all included. */
export function sentence(asked: Asked): string {
  const { options, answer, truth, why } = asked;
  const name = (text: string) =>
    options.length ? LETTERS[options.indexOf(text)] : isNumber(text) ? plain(text) : quoted(text);
  if (truth !== null && decided(asked)) {
    const mark = options.length && answer !== null ? markOf(asked, answer) : markOfTyped(asked);
    const verdict =
      answer === null
        ? `The answer is ${name(truth)}. You made no prediction.`
        : mark === "right"
          ? "You were right."
          : `${mark === "wrong" ? "Not so" : `You said ${name(answer)}`}: the answer is ${name(truth)}.`;
    return why.length === 1 ? `${verdict}\n${plainLines(why[0])}` : verdict;
  }
  if (answer !== null) return `Your answer is ${name(answer)}. You may change it until the right one is shown.`;
  if (truth !== null) return "The answer is known. Commit to yours first, and it is shown.";
  return options.length ? "Choose one, then read on." : "Type your answer and press Enter, then read on.";
}

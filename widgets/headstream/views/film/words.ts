// What is said of the step and the head that are looked at.
import { fixed, probability, signed } from "../shared/text/format";

export interface At {
  step: number;
  last: number;
  /** At which step the patterns are. */
  frame: number;
  loss: number;
  early: number;
  late: number;
  first: number;
  second: number;
  /** 1.6, and its role where it has one. */
  head: string;
  prefix: number;
  previous: number;
}

const count = (step: number) => step.toLocaleString("en");

/** Of the step and the head; what a token attends to follows it. */
export function stepSentence(at: At): string {
  const place =
    at.step === at.last ? `Step ${count(at.step)}, the last` : `Step ${count(at.step)} of ${count(at.last)}`;
  const filmed = at.frame === at.step ? "" : ` Patterns of step ${count(at.frame)}.`;
  return (
    `${place}: loss ${fixed(at.loss, 2)}, in context ${signed(at.late - at.early, 2)}; a first copy ${fixed(at.first, 2)}, ` +
    `a second ${fixed(at.second, 2)}. Head ${at.head}: prefix matching ${probability(at.prefix)}, ` +
    `previous token ${probability(at.previous)}.${filmed}`
  );
}

// What is said of the ladder, in sentences.
import { fixed, signed } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import type { Answer, Paths, Row, Term } from "./paths";

const nats = (value: number) => fixed(value, 2);
const lowers = (value: number) => `${value < 0 ? "raise" : "lower"} the loss by ${nats(Math.abs(value))} nats`;

export function rowSentence(row: Row): string {
  const name = row.name[0].toUpperCase() + row.name.slice(1);
  const steps = row.steps.map(({ given, loss, lower, random }) => {
    const added = given === "nothing" ? "by itself" : `added to ${given === "direct path" ? "the direct path" : given}`;
    const chance = Number.isNaN(random) ? "" : `; reading at random places, they ${lowers(random)}`;
    return `${added}, they ${lowers(lower)}, to ${nats(loss)}${chance}`;
  });
  return `${name}: ${steps.join(". ")}.`;
}

export function termSentence(term: Term, mean: number): string {
  const what =
    term.head === null ? `The path of ${term.label}` : `Head ${term.label}${term.role ? `, ${term.role}` : ""}`;
  const alone = term.order === 1 ? ", by itself," : "";
  return `${what}${alone} adds ${signed(mean, 2)} to the logit of the token that follows, on average.`;
}

/** How the switches stand, in words. */
export function offNames(paths: Paths, off: ReadonlySet<number>): string {
  const names: string[] = [];
  const told = new Set<number>();
  for (const { name, terms } of paths.rows) {
    if (terms.every((term) => off.has(term)) && terms.some((term) => !told.has(term))) {
      names.push(name);
      for (const term of terms) told.add(term);
    }
  }
  for (const term of off) if (!told.has(term)) names.push(paths.terms[term].label);
  return names.join(", ");
}

export function overview(paths: Paths, off: ReadonlySet<number>, answer: Answer | null): string {
  if (off.size === 0) {
    const logit = `and the logit of the token that follows ${signed(paths.logit(off), 2)}, less the vocabulary's mean`;
    return `All paths are on: the loss is the model's own, ${nats(paths.whole)} nats a token, ${logit}. A click or Enter switches paths off.`;
  }
  const names = `Off: ${offNames(paths, off)}.`;
  if (!answer) return names;
  const more = answer.loss - paths.whole;
  return `${names} The loss is ${nats(answer.loss)} nats a token, ${nats(Math.abs(more))} ${more < 0 ? "below" : "above"} the model's own.`;
}

export function tokenSentence(
  paths: Paths,
  off: ReadonlySet<number>,
  answer: Answer | null,
  { position, before, token }: { position: number; before: string; token: string },
): string {
  const all = new Set<number>();
  const whole = paths.answer(all)?.tokens;
  const losses = [
    ...(answer?.tokens ? [`${nats(answer.tokens[position])} nats with what is on`] : []),
    ...(whole ? [`${nats(whole[position])} with all`] : []),
  ];
  const loss = losses.length ? ` loss ${losses.join(", ")};` : "";
  const logits = `${signed(paths.logit(off, position), 1)} with what is on, ${signed(paths.logit(all, position), 1)} with all`;
  return `${quoted(token)} after ${quoted(before)}:${loss} logit ${logits}.`;
}

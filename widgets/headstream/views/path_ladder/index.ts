import { element } from "../shared/draw/dom";
import { type Encoding, encode, type Quantity } from "../shared/draw/encoding";
import { Kernel } from "../shared/frame/ask";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { action } from "../shared/parts/controls";
import { tokenStrip } from "../shared/parts/strip";
import { fixed, signed } from "../shared/text/format";
import { plain } from "../shared/text/tokens";
import { array, fits, listOf, number, optional, record, text, texts, whole } from "../shared/wire/readers";
import { ladder, type Switch } from "./ladder";
import { type Answer, mean, Paths, switched } from "./paths";
import { overview, rowSentence, termSentence, tokenSentence } from "./words";

const READERS = {
  model: text,
  groups: texts,
  terms: listOf(
    record({
      label: text,
      role: text,
      order: whole,
      group: whole,
      layer: optional(whole),
      head: optional(whole),
    }),
  ),
  steps: listOf(record({ paths: text, given: text })),
  step_numbers: array("float32", 2),
  settings: array("int32", 2),
  losses: array("float32", 1),
  token_losses: optional(array("float16", 2)),
  logits: array("float32", 2),
  tokens: texts,
  next_tokens: texts,
  uniform: number,
  off: texts,
};
type PathFrame = Frame<typeof READERS>;

function create(frame: PathFrame): View {
  const { traits, selection } = frame;
  const kernel = new Kernel(frame.model, frame.signal);
  /** What the kernel has answered, by what is off; what it is asked now; and why it has not answered. */
  let answers = new Map<string, Answer>();
  let asked: string | null = null;
  let trouble = "";
  let drawn: unknown[] = [];
  let paths: Paths;
  let off = new Set<number>();
  let rungs: ReturnType<typeof ladder>;
  let strip: ReturnType<typeof tokenStrip>;
  let loss: HTMLElement;
  let logit: HTMLElement;
  let note: HTMLElement;
  let pointed: Switch | null = null;

  const set = (next: ReadonlySet<number>) => frame.set({ off: paths.terms.filter((_, i) => next.has(i)).map(label) });
  frame.controls.prepend(
    action("All on", "All paths on", () => set(new Set())),
    action("All off", "All paths off", () => set(new Set(paths.terms.keys()))),
  );

  function readPaths(): void {
    const { off: _, ...data } = READERS;
    const now = (Object.keys(data) as (keyof typeof data)[]).map((name) => traits[name]);
    if (now.every((value, index) => value === drawn[index])) return;
    paths = read(traits);
    drawn = now;
    // What is still asked is of another result.
    kernel.drop("losses");
    answers = new Map();
    asked = null;
  }

  /** What is known with these off; what is not is asked for. */
  function known(): Answer | null {
    const sent = paths.answer(off);
    if (sent?.tokens) return sent;
    const key = [...off].join();
    const told = answers.get(key);
    if (told) return told;
    if (asked !== key) ask(key);
    return answers.get(key) ?? sent;
  }

  function ask(key: string): void {
    asked = key;
    trouble = "";
    kernel.ask("losses", { off: traits.off }, { losses: array("float32", 1) }, (told) => {
      if (asked === key) asked = null;
      if ("answer" in told) {
        const { data } = told.answer.losses;
        answers.set(key, { loss: mean(data), tokens: data });
      }
      trouble = "error" in told ? told.error : "silent" in told ? "no kernel answers, and this loss was not sent" : "";
      if ([...off].join() === key) show(answers.get(key) ?? paths.answer(off));
    });
  }

  return {
    build() {
      readPaths();
      pointed = null;
      const heads = paths.terms.filter(({ head }) => head !== null);
      selection.sizes = {
        position: paths.positions,
        layer: Math.max(-1, ...heads.map(({ layer }) => layer ?? -1)) + 1,
        head: Math.max(-1, ...heads.map(({ head }) => head ?? -1)) + 1,
      };
      rungs = ladder(paths, {
        point(at) {
          pointed = at;
          const term = at?.term == null ? null : paths.terms[at.term];
          selection.preview(term && term.head !== null ? { layer: term.layer, head: term.head } : null);
          frame.reselect();
        },
        use: ({ terms }) => set(switched(off, terms)),
      });
      strip = tokenStrip(traits.next_tokens, selection, "The tokens that are predicted");
      loss = element("span", "hs-path-figure hs-number");
      logit = element("span", "hs-path-figure hs-number");
      note = element("span", "hs-path-note hs-quiet");
      const answer = element("div", "hs-path-answer", { "aria-live": "polite" }, loss, logit, note);
      const wide = frame.room === "plenty";
      const left = element("div", "hs-path-left", {}, answer, rungs.root);
      frame.picture.replaceChildren(element("div", `hs-paths ${wide ? "hs-beside" : ""}`, {}, left, strip.root));
    },

    paint() {
      readPaths();
      off = paths.named(traits.off);
      frame.title(`What the paths of ${traits.model} are worth, over ${paths.positions} tokens`);
      show(known());
    },

    select({ position, layer, head }) {
      strip.mark(position);
      rungs.mark(layer, head);
      frame.say(words(position));
    },
  };

  function show(answer: Answer | null): void {
    const adds: Encoding = encode(around(paths.means, "adds to the logit"), frame.theme);
    const gain: Encoding = encode(around([1.4], ""), frame.theme);
    const ofTokens: Encoding = encode(ofLoss(paths.uniform), frame.theme);
    rungs.paint(off, answer, adds, gain, frame.fontSize);
    loss.textContent = `loss ${answer ? fixed(answer.loss, 2) : "–"} nats`;
    logit.textContent = `logit ${signed(paths.logit(off), 2)}`;
    note.textContent = noted(answer);
    strip.spans.forEach((span, position) => {
      const value = answer?.tokens?.[position];
      span.dataset.value = value === undefined ? "" : fixed(value, 2);
      span.style.backgroundColor = value === undefined ? "" : ofTokens.color(value);
      span.style.color = value === undefined ? "" : ofTokens.ink(value);
    });
    frame.legend.replaceChildren(adds.legend(), ofTokens.legend());
    frame.reselect();
  }

  /** What stands beside the two numbers: those of the whole model, or why there is none. */
  function noted(answer: Answer | null): string {
    if (answer) return `all on: ${fixed(paths.whole, 2)} nats and ${signed(paths.logit(new Set()), 2)}`;
    return trouble || "the loss is being computed";
  }

  function words(position: number | null): string {
    if (pointed?.term != null) return termSentence(paths.terms[pointed.term], paths.means[pointed.term]);
    if (pointed) return rowSentence(pointed.row);
    const answer = paths.answer(off) ?? answers.get([...off].join()) ?? null;
    if (position === null) return overview(paths, off, answer);
    const [before, token] = [traits.tokens[position], traits.next_tokens[position]];
    return tokenSentence(paths, off, answer, { position, before, token });
  }
}

const label = ({ label }: { label: string }) => label;

function around(values: readonly number[], name: string): Quantity {
  const limit = Math.max(...values.map(Math.abs)) || 1;
  const place = (value: number) => 0.5 + (0.5 * value) / limit;
  const ticks = [-limit, 0, limit].map((value) => ({ at: place(value), label: value ? signed(value, 2) : "0" }));
  return { name, scale: "diverging", place, ticks };
}

function ofLoss(uniform: number): Quantity {
  const place = (value: number) => value / uniform;
  const ticks = [
    { at: 0, label: "0" },
    { at: 1, label: `${fixed(uniform, 2)}+` },
  ];
  return { name: "loss, nats", scale: "sequential", place, ticks };
}

function read(traits: PathFrame["traits"]): Paths {
  const { groups, terms, settings, losses, token_losses, logits, tokens, steps, step_numbers } = traits;
  fits("step_numbers", step_numbers.shape, [steps.length, 3]);
  fits("settings", settings.shape, [settings.shape[0], groups.length]);
  fits("losses", losses.shape, [settings.shape[0]]);
  fits("logits", logits.shape, [terms.length, tokens.length]);
  fits("next_tokens", [traits.next_tokens.length], [tokens.length]);
  if (token_losses) fits("token_losses", token_losses.shape, [settings.shape[0], tokens.length]);
  const numbers = steps.map((step, index) => {
    const [loss, lower, random] = Array.from(step_numbers.data.slice(3 * index, 3 * index + 3));
    return { ...step, loss, lower, random };
  });
  const named = terms.map((term) => ({ ...term, label: plain(term.label), role: plain(term.role) }));
  return new Paths(groups, named, numbers, traits.uniform, settings, losses.data, token_losses?.data ?? null, logits);
}

export default defineView({
  name: "path_ladder",
  readers: READERS,
  structure: ({ groups, terms, steps, tokens, next_tokens }) => [groups, terms, steps, tokens, next_tokens],
  create,
});

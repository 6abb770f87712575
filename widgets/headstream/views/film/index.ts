import { element } from "../shared/draw/dom";
import type { Encoding } from "../shared/draw/encoding";
import { Weights } from "../shared/draw/weights";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { player, select } from "../shared/parts/controls";
import { encodings, type Patterns, patternParts } from "../shared/pattern/parts";
import { type Head, sentence } from "../shared/pattern/words";
import { plain } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, oneOf, text, texts } from "../shared/wire/readers";
import { curvePlot, type Drawn } from "./curves";
import { layout } from "./layout";
import { frameAt, nearest } from "./steps";
import { stepSentence } from "./words";

const READERS = {
  tokens: texts,
  name: text,
  steps: array("int32", 1),
  losses: array("float32", 2),
  scores_of_heads: array("float32", 4),
  nulls: array("float32", 1),
  frames: array("int32", 1),
  pattern: array("uint8", 4),
  bands: texts,
  roles: texts,
  verdict: text,
  curves: oneOf("loss", "in context", "two copies"),
  scores: oneOf("prefix matching", "previous token"),
};
type FilmFrame = Frame<typeof READERS>;
const SCORES = ["prefix matching", "previous token"] as const;
const named = (options: readonly string[]) => Object.fromEntries(options.map((option) => [option, option]));

function create(frame: FilmFrame): View {
  const { traits, selection } = frame;
  let to: Encoding;
  let by: Encoding;
  let plots: ReturnType<typeof curvePlot>[];
  let patterns: Patterns;
  let verdict = "";
  /** Of the frames that were looked at. */
  let weights: (Weights | undefined)[] = [];
  /** The head that is drawn as chosen, and the frame whose patterns are. */
  let chosen = -1;
  let shown = -1;

  const parts = patternParts(selection, role);
  const curves = select(frame, "curves", "Curves", named(["loss", "in context", "two copies"]));
  const scores = select(frame, "scores", "Heads", named(SCORES));
  const play = player(
    "step",
    {
      label: "Step",
      count: () => traits.steps.data.length,
      at: () => indexOf(selection.current().step),
      go,
      format: (index) => traits.steps.data[index].toLocaleString("en"),
    },
    frame.signal,
  );
  frame.controls.append(play.root, curves.root, scores.root, parts.zoom);

  const step = (index: number) => traits.steps.data[index];
  const at = (index: number) => `Step ${step(index).toLocaleString("en")}.`;
  const lastIndex = () => traits.steps.data.length - 1;
  const indexOf = (chosenStep: number | null) =>
    chosenStep === null ? lastIndex() : nearest(traits.steps.data, chosenStep);

  /** The last step is not pinned but followed: a training may go on. */
  function go(index: number): void {
    selection.pin({ step: index === lastIndex() ? null : step(index) });
  }

  const acts = {
    point: (index: number | null) => selection.preview(index === null ? null : { step: step(index) }),
    keep: go,
  };

  function surround(): void {
    const tight = frame.room === "little" || frame.room === "some";
    [to, by] = encodings(frame.theme, "p", tight);
    frame.legend.replaceChildren(to.legend(), by.legend(), ...left());
    frame.title(`The training of ${plain(traits.name)}`);
    parts.zoom.hidden = parts.small(traits.tokens);
    for (const control of [curves, scores]) control.update();
  }

  /** Where not every step has patterns, that is said. */
  function left(): HTMLElement[] {
    const [all, filmed] = [traits.steps.data.length, traits.frames.data.length];
    return all === filmed ? [] : [element("span", "hs-quiet", {}, `patterns at ${filmed} of ${all} steps`)];
  }

  return {
    build() {
      checked(traits);
      const { tokens, pattern } = traits;
      const [, layers, heads] = pattern.shape;
      selection.sizes = { layer: layers, head: heads, position: tokens.length, key: tokens.length };
      surround();
      const { width, fontSize: em } = frame;
      const height = frame.heightLeft();
      const room = layout(width / em, height === null ? null : height / em);
      plots = ["plot-losses", "plot-scores"].map((key) => curvePlot(key, room.width * em, room.height * em, em, acts));
      const above = element("div", "hs-film-curves", { style: `gap:${room.gap}em` }, ...plots.map((one) => one.root));
      patterns = parts.make(tokens, { width, em, layers, heads }, () => {
        return height === null
          ? null
          : height - (room.rows * room.height + (room.rows - 1) * room.gap + room.between) * em;
      });
      frame.picture.replaceChildren(element("div", "hs-film-parts", {}, above, patterns.root));
      chosen = -1;
    },

    paint() {
      checked(traits);
      verdict = plain(traits.verdict);
      selection.sizes.step = step(lastIndex()) + 1;
      weights = [];
      shown = -1;
      surround();
      plots[0].paint(traits.steps.data, losses(traits));
      chosen = -1;
    },

    select(current, pinned) {
      const { steps, frames, tokens } = traits;
      const index = indexOf(current.step);
      const place = frameAt(frames.data, index);
      const head = headOf(current.layer, current.head);
      const number = head.layer * traits.pattern.shape[2] + head.head;
      if (number !== chosen) plots[1].paint(steps.data, headScores(traits, number));
      chosen = number;
      plots[0].mark(index, "");
      plots[1].mark(index, "hs-chosen");
      weights[place] ??= weightsOf(place);
      if (place !== shown) patterns.paint(weights[place], to, by);
      shown = place;
      patterns.select(head, { ...current, ...head }, pinned);
      play.update();
      const where = sentence(weights[place], tokens, { ...head, role: role(head) }, current);
      if (current.position !== null) frame.say(`${at(index)} ${where}`);
      else if (current.step === null && !selection.previewing && current.head === null) frame.say(verdict);
      else frame.say(spoken(index, place, head));
    },
  };

  function role({ layer, head }: Head): string {
    return traits.roles[layer * traits.pattern.shape[2] + head] ?? "";
  }

  function headOf(layer: number | null, head: number | null): Head {
    const [, , layers, heads] = traits.scores_of_heads.shape;
    if (layer !== null || head !== null) return { layer: layer ?? 0, head: head ?? 0 };
    // That with the highest prefix-matching score at the last step.
    const from = lastIndex() * layers * heads;
    const last = Array.from(traits.scores_of_heads.data.subarray(from, from + layers * heads));
    const best = last.indexOf(Math.max(...last));
    return { layer: Math.floor(best / heads), head: best % heads };
  }

  function weightsOf(at: number): Weights {
    const { pattern, tokens } = traits;
    const [, layers, heads, each] = pattern.shape;
    const size = layers * heads * each;
    const data = (pattern.data as Float32Array).subarray(at * size, (at + 1) * size);
    return new Weights({ shape: [layers, heads, each], data, half: false }, true, tokens.length, null, false);
  }

  function spoken(index: number, at: number, { layer, head }: Head): string {
    const [loss, early, late, first, second] = [0, 1, 2, 3, 4].map((row) => rowOf(traits, row)[index]);
    const [prefix, previous] = [0, 1].map(
      (which) => scoreOf(traits, which, layer * traits.pattern.shape[2] + head)[index],
    );
    const frameStep = step(traits.frames.data[at]);
    const places = {
      step: step(index),
      last: step(lastIndex()),
      frame: frameStep,
      head: `${layer}.${head} ${role({ layer, head })}`.trim(),
    };
    return stepSentence({ ...places, loss, early, late, first, second, prefix, previous });
  }
}

const rowOf = ({ losses }: FilmFrame["traits"], row: number): number[] => {
  const [, steps] = losses.shape;
  return Array.from(losses.data.subarray(row * steps, (row + 1) * steps));
};

const scoreOf = ({ scores_of_heads }: FilmFrame["traits"], which: number, number: number): number[] => {
  const [, steps, layers, heads] = scores_of_heads.shape;
  const each = layers * heads;
  return Array.from({ length: steps }, (_, index) => scores_of_heads.data[(which * steps + index) * each + number]);
};

function losses(traits: FilmFrame["traits"]): Drawn {
  const [loss, early, late, first, second] = [0, 1, 2, 3, 4].map((row) => rowOf(traits, row));
  if (traits.curves === "loss") {
    return {
      names: ["loss on text it was not trained on, nats a token", "loss, nats a token"],
      curves: [{ values: loss, kind: "hs-first" }],
    };
  }
  if (traits.curves === "two copies") {
    return {
      names: ["loss on random tokens, dotted, and on their second copy, nats", "two copies; dotted: first"],
      curves: [
        { values: first, kind: "hs-second" },
        { values: second, kind: "hs-first" },
      ],
    };
  }
  return {
    names: [`loss ${traits.bands[1]} minus loss ${traits.bands[0]}, nats`, "late loss minus early"],
    curves: [{ values: late.map((value, index) => value - early[index]), kind: "hs-first" }],
    level: 0,
  };
}

/** The chosen head's curve lies above the others. */
function headScores(traits: FilmFrame["traits"], chosen: number): Drawn {
  const [, , layers, heads] = traits.scores_of_heads.shape;
  const which = SCORES.indexOf(traits.scores);
  const order = Array.from({ length: layers * heads }, (_, number) => number).filter((number) => number !== chosen);
  const curves = [...order, chosen].map((number) => ({
    values: scoreOf(traits, which, number),
    kind: number === chosen ? "hs-chosen" : "hs-other",
  }));
  return {
    names: [`${traits.scores}, every head; dashed: even attention`, traits.scores],
    curves,
    level: traits.nulls.data[which],
    ends: [0, 0],
  };
}

/** Raises for arrays that do not belong together. */
function checked({
  tokens,
  steps,
  losses,
  scores_of_heads,
  nulls,
  frames,
  pattern,
  bands,
  roles,
}: FilmFrame["traits"]): void {
  const [count] = steps.shape;
  const [filmed] = frames.shape;
  const [, layers, heads] = pattern.shape;
  if (!count || !filmed || !layers || !heads || !tokens.length) {
    throw new Damaged("pattern: expected a step, a layer, a head and a token at least");
  }
  fits("losses", losses.shape, [5, count]);
  fits("scores_of_heads", scores_of_heads.shape, [2, count, layers, heads]);
  fits("nulls", nulls.shape, [2]);
  fits("pattern", pattern.shape, [filmed, layers, heads, (tokens.length * (tokens.length + 1)) / 2]);
  fits("bands", [bands.length], [2]);
  if (roles.length) fits("roles", [roles.length], [layers * heads]);
  if (frames.data.some((index) => index < 0 || index >= count)) throw new Damaged("frames: expected recorded steps");
}

export default defineView({
  name: "film",
  readers: READERS,
  structure: ({ tokens, pattern, roles }) => [tokens, pattern.shape.slice(1, 3), roles],
  create,
});

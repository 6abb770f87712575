import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { tokenStrip } from "../shared/parts/strip";
import { probability } from "../shared/text/format";
import { visible } from "../shared/text/tokens";
import { array, fits, number, optional, text, texts, vocabulary } from "../shared/wire/readers";
import { Ladder, lineStep } from "./ladder";
import { guesses, paintMark, rungs } from "./panel";
import { writeProse } from "./prose";

const READERS = {
  models: texts,
  tokens: texts,
  next_prob: array("float32", 2),
  loss: array("float32", 1),
  guesses: optional(array("int32", 3)),
  guess_prob: optional(array("float32", 3)),
  vocabulary,
  threshold: number,
  only: optional(text),
};
export type LadderFrame = Frame<typeof READERS>;

function create(frame: LadderFrame): View {
  const { traits, selection } = frame;
  let ladder: Ladder;
  let strip: ReturnType<typeof tokenStrip>;
  let models: ReturnType<typeof rungs>;
  let panel: ReturnType<typeof guesses>;
  let pinnedSpan: HTMLElement | undefined;

  return {
    build() {
      const { tokens } = traits;
      selection.sizes = { position: tokens.length - 1 };
      strip = tokenStrip(tokens, selection, "The text, token by token", { write: writeProse, part, step: moveByLine });
      strip.root.classList.add("hs-prose");
      models = rungs(frame, traits.models);
      panel = guesses(frame, traits.models);
      const side = element("div", "hs-ladder-side", {}, panel.root, models.root);
      frame.picture.replaceChildren(element("div", `hs-ladder hs-${frame.room}`, {}, strip.root, side));
    },

    /** Light enough to follow a drag of the threshold, or a film. */
    paint() {
      ladder = read(traits);
      const { threshold, only } = traits;
      const colors = ramp(frame.theme, "sequential");
      strip.spans.forEach((span, index) => {
        const first = ladder.first(index, threshold);
        const shown = first !== null && (only === null || ladder.models[first] === only);
        const part = span.querySelector<HTMLElement>(".hs-mark")!;
        paintMark(part, shown ? first : null, ladder.models.length, colors);
        const rung = part.lastElementChild as HTMLElement;
        // Apart from the token, whose name has it too.
        const number = shown ? ` ${first + 1}` : "";
        // Writing the same again would lay out the whole text.
        if (rung.textContent !== number) {
          rung.textContent = number;
          span.setAttribute("aria-label", `${index}: ${visible(traits.tokens[index])}${number}`);
        }
        span.dataset.first = first === null ? "" : ladder.models[first];
        span.classList.toggle("hs-predicted", shown);
        span.classList.toggle("hs-faded", only !== null && !shown);
      });
      models.paint(ladder, threshold, only, colors);
      panel.paint(ladder, threshold, colors);
      frame.title(`Each token is marked by the first model that predicts it (p > ${probability(threshold)})`);
    },

    select(current, pinned) {
      const index = tokenAfter(current);
      strip.mark(index);
      pinnedSpan?.classList.remove("hs-pinned");
      pinnedSpan = pinned.position === null ? undefined : strip.spans[pinned.position + 1];
      pinnedSpan?.classList.add("hs-pinned");
      panel.show(ladder, index, traits.threshold);
      frame.say(
        index === null
          ? "Point at a token to see what each model expected in its place; click to keep it, Escape to let go."
          : ladder.sentence(index, traits.threshold),
      );
    },
  };

  /** A position is where the stream is read: what is predicted there is the token after it. */
  function tokenAfter({ position }: Selection): number | null {
    if (position !== null) return position + 1;
    return strip.spans[0].matches(":hover, :focus") ? 0 : null;
  }

  function part(index: number): Partial<Selection> {
    return { position: index > 0 ? index - 1 : null, key: null };
  }

  /** In prose the arrows up and down go to the next line. */
  function moveByLine(from: number, key: string): number | undefined {
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const boxes = strip.spans.map((span) => span.getClientRects()[0] ?? span.getBoundingClientRect());
    return lineStep(boxes, from, key === "ArrowUp" ? -1 : 1);
  }
}

function read(traits: LadderFrame["traits"]): Ladder {
  const { models, tokens, next_prob, loss, guesses, guess_prob } = traits;
  fits("next_prob", next_prob.shape, [models.length, tokens.length]);
  fits("loss", loss.shape, [models.length]);
  if (guesses) fits("guesses", guesses.shape.slice(0, 2), next_prob.shape);
  if (guesses) fits("guess_prob", guess_prob?.shape ?? [], guesses.shape);
  return new Ladder(models, tokens, next_prob, loss, guesses, guess_prob, traits.vocabulary);
}

export default defineView({
  name: "model_ladder",
  readers: READERS,
  structure: ({ models, tokens }) => [models, tokens],
  create,
});

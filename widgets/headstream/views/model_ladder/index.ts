import { ramp } from "../shared/draw/color";
import { element } from "../shared/draw/dom";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { tokenStrip } from "../shared/parts/strip";
import { probability } from "../shared/text/format";
import { Ladder, lineStep } from "./ladder";
import { guesses, paintMark, rungs } from "./panel";
import { writeProse } from "./prose";

function create(frame: Frame): View {
  const { model, selection } = frame;
  let ladder: Ladder;
  let strip: ReturnType<typeof tokenStrip>;
  let models: ReturnType<typeof rungs>;
  let panel: ReturnType<typeof guesses>;
  let pinnedSpan: HTMLElement | undefined;

  const threshold = (): number => model.get("threshold");

  /** What depends on the threshold and on the one model that is left: light enough to follow a drag. */
  function mark(): void {
    const colors = ramp(frame.theme, "sequential");
    const only: string | null = model.get("only");
    strip.spans.forEach((span, position) => {
      const first = ladder.first(position, threshold());
      const shown = first !== null && (only === null || ladder.models[first] === only);
      const part = span.querySelector<HTMLElement>(".hs-mark")!;
      paintMark(part, shown ? first : null, ladder.models.length, colors);
      const rung = part.lastElementChild as HTMLElement;
      const number = shown ? String(first + 1) : "";
      // Writing the same again would lay out the whole text.
      if (rung.textContent !== number) rung.textContent = number;
      span.dataset.first = first === null ? "" : ladder.models[first];
      span.classList.toggle("hs-predicted", shown);
      span.classList.toggle("hs-faded", only !== null && !shown);
    });
    models.update(threshold(), only);
    panel.update(threshold());
    frame.title(`Each token is marked by the first model that predicts it (p > ${probability(threshold())})`);
  }

  function select(current = selection.current(), pinned = selection.pinned()): void {
    strip.mark(current.position);
    pinnedSpan?.classList.remove("hs-pinned");
    pinnedSpan = pinned.position === null ? undefined : strip.spans[pinned.position];
    pinnedSpan?.classList.add("hs-pinned");
    panel.show(current.position, threshold());
    frame.say(
      current.position === null
        ? "Point at a token to see what each model expected in its place; click to keep it, Escape to let go."
        : ladder.sentence(current.position, threshold()),
    );
  }

  function follow(): void {
    if (!ladder) return;
    mark();
    select();
  }
  model.on("change:threshold", follow);
  model.on("change:only", follow);

  return {
    draw() {
      ladder = new Ladder(
        model.get("models"),
        model.get("tokens"),
        model.get("next_prob"),
        model.get("guesses"),
        model.get("guess_prob"),
        model.get("vocabulary"),
      );
      selection.sizes = { position: ladder.tokens.length };
      const colors = ramp(frame.theme, "sequential");
      strip = tokenStrip(ladder.tokens, selection, "The text, token by token", writeProse);
      strip.root.classList.add("hs-prose");
      strip.root.addEventListener("keydown", moveByLine, { capture: true });
      models = rungs(frame, ladder, colors);
      panel = guesses(frame, ladder, colors);
      frame.picture.replaceChildren(element("div", layout(), {}, models.root, strip.root, panel.root));
      mark();
    },
    select,
  };

  /** The ladder and the guesses stand beside the text where there is room, else side by side above it, else around it. */
  function layout(): string {
    // In type sizes, as a container query would; Chromium does not ask such a query again when the type size changes.
    const ems = frame.width / frame.fontSize;
    const place = ems >= 56 ? " hs-wide" : ems >= 44 ? " hs-above" : "";
    return `hs-ladder${place}${ems < 32 ? " hs-narrow" : ""}${ems < 24 ? " hs-tiny" : ""}`;
  }

  /** In prose the arrows up and down go to the next line; Home and End to the ends of the text. */
  function moveByLine(event: KeyboardEvent): void {
    const from = strip.spans.indexOf(event.target as HTMLElement);
    if (from < 0) return;
    const boxes = () => strip.spans.map((span) => span.getClientRects()[0] ?? span.getBoundingClientRect());
    let next: number;
    if (event.key === "ArrowUp") next = lineStep(boxes(), from, -1);
    else if (event.key === "ArrowDown") next = lineStep(boxes(), from, 1);
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = strip.spans.length - 1;
    else return;
    strip.spans[next].focus();
    selection.preview({ position: next, key: null });
    event.preventDefault();
    event.stopPropagation();
  }
}

export default defineView("model_ladder", ["models", "next_prob", "guesses", "guess_prob", "vocabulary"], create);

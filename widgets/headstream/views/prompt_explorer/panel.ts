// What is typed, its tokens, and how far the model has come with it.
import { element } from "../shared/draw/dom";
import type { SharedSelection } from "../shared/frame/selection";
import { type Strip, tokenStrip } from "../shared/parts/strip";
import { promptField } from "../shared/prompt/field";
import { plain } from "../shared/text/tokens";
import type { State } from "./driver";

/** In milliseconds: what takes less is not announced. */
const QUICK = 300;

export function promptPanel(selection: SharedSelection, typed: (text: string) => void, signal: AbortSignal) {
  const { root: label, area, write } = promptField("Your text", "prompt", typed);
  const tokens = element("div", "hs-prompt-tokens");
  const words = element("span", "", { role: "status" });
  const progress = element("progress", "hs-prompt-progress", { "aria-label": "Loaded of the model" });
  const told = element("div", "hs-prompt-told", {}, words, progress);
  let strip: Strip | null = null;
  let clock = 0;
  signal.addEventListener("abort", () => clearTimeout(clock));
  progress.hidden = true;

  function say(text: string, kind: string): void {
    clearTimeout(clock);
    if (words.textContent !== text) words.textContent = text;
    told.dataset.state = kind;
    progress.hidden = kind !== "loading";
  }

  return {
    root: element("div", "hs-prompt-side", {}, label, tokens, told),
    /** What is in the field. */
    get text(): string {
      return area.value;
    },
    write,
    /** The field cannot be typed in, for a reason. */
    close(why: string): void {
      area.readOnly = true;
      say(plain(why), "closed");
    },
    open(invitation: string): void {
      area.readOnly = false;
      say(invitation, "idle");
    },
    tokens(labels: readonly string[]): void {
      strip = tokenStrip(labels, selection, "The text, token by token");
      tokens.replaceChildren(strip.root);
    },
    mark: (position: number | null) => strip?.mark(position),
    tell(state: State, name: string): void {
      if (state.kind === "loading") {
        const { received, bytes } = state;
        if (bytes) progress.max = bytes;
        progress.value = received;
        // A screen reader hears that it begins, and sees the progress.
        say(bytes ? `Loading ${name}, ${(bytes / 1e6).toFixed(1)} MB` : `Loading ${name}`, "loading");
      } else if (state.kind === "computing") {
        told.dataset.state = "computing";
        progress.hidden = true;
        clearTimeout(clock);
        clock = window.setTimeout(() => say("Computing …", "computing"), QUICK);
      } else if (state.kind === "error") say(plain(state.message), "error");
      else say(`${state.tokens} of at most ${state.most} tokens`, "ready");
    },
  };
}

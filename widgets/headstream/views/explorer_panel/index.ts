import { element } from "../shared/draw/dom";
import { Kernel } from "../shared/frame/ask";
import type { Selection } from "../shared/frame/selection";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { type Strip, tokenStrip } from "../shared/parts/strip";
import { promptField } from "../shared/prompt/field";
import { probability } from "../shared/text/format";
import { plain, quoted, visible } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { array, fits, flag, listOf, optional, record, text, texts, whole } from "../shared/wire/readers";
import { nextTokens } from "./next";
import { switchList } from "./switches";
import { type Heard, type State, Wanted } from "./wanted";

const READERS = {
  tokens: texts,
  text,
  second: text,
  second_tokens: texts,
  position: whole,
  parts: texts,
  part_labels: texts,
  switches: listOf(record({ part: text, by: text, position: optional(whole), on: flag })),
  runs: texts,
  choices: texts,
  shown: text,
  next_tokens: texts,
  next_prob: array("float32", 2),
  code: text,
  undo: flag,
  redo: flag,
};
type PanelFrame = Frame<typeof READERS>;

function create(frame: PanelFrame): View {
  const { traits, selection } = frame;
  const wanted = new Wanted(new Kernel(frame.model, frame.signal), hear);
  const told = element("p", "hs-prompt-told", { role: "status" });
  const first = field("Prompt", "prompt", (typed) => ask({ text: typed }));
  const second = field("Second prompt", "second", (typed) => ask({ second: typed }));
  const next = nextTokens();
  const switches = switchList((changed) => ask({ switches: changed }));
  const lengths = element("div", "hs-quiet", { role: "note" });
  const shown = element("span", "hs-choice", { role: "group", "aria-label": "The views show" });
  const undo = button("Undo", "undo", () => wanted.step(-1));
  const redo = button("Redo", "redo", () => wanted.step(1));
  const copy = button("Copy code", "copy", () => void copyCode());
  const code = element("pre", "hs-explore-code", { tabindex: 0, "data-key": "code" });
  const script = button("Code", "script", () => showCode(code.hidden === true));
  let strip: Strip | null = null;
  let written: string | null = null;

  second.root.append(lengths);
  frame.controls.append(shown, element("span", "hs-choice", {}, undo, redo, script, copy));
  showCode(false);

  return {
    build() {
      if (first.root.isConnected) return; // what is typed in keeps its place, at any width
      const left = element("div", "hs-prompt-side", {}, first.root, second.root, told);
      const right = element("div", "hs-prompt-side", {}, next.root, switches.root, code);
      frame.picture.replaceChildren(element("div", "hs-prompt", {}, left, right));
    },

    paint() {
      checked(traits);
      const { tokens, second_tokens, part_labels, parts, position, choices, runs } = traits;
      frame.title("Explore");
      const numbers = parts.map((part) => part.split(".").map(Number));
      const count = (at: number) => 1 + Math.max(-1, ...numbers.map((pair) => pair[at]).filter(Number.isInteger));
      selection.sizes = { position: tokens.length, layer: count(0), head: count(1) };
      const labels = JSON.stringify([tokens, second_tokens]);
      if (labels !== written) {
        written = labels;
        strip = tokenStrip(tokens, selection, "The prompt, token by token");
        first.tokens.replaceChildren(strip.root);
        second.tokens.textContent = second_tokens.map(visible).join("|");
        lengths.textContent = comparable(tokens.length, second_tokens.length);
      }
      if (!wanted.ahead) {
        first.write(traits.text);
        second.write(traits.second);
      }
      next.paint(frame.theme, runs, traits.next_tokens, traits.next_prob.data, quoted(tokens[position]));
      switches.paint(traits.switches, parts, part_labels, tokens, traits.second !== "");
      shown.replaceChildren(
        element("span", "hs-quiet", {}, "The views show"),
        ...choices.map((name) => {
          const one = button(name, `shown-${name}`, () => ask({ shown: name }));
          one.setAttribute("aria-pressed", String(name === traits.shown));
          return one;
        }),
      );
      undo.disabled = !traits.undo;
      redo.disabled = !traits.redo;
      if (code.textContent !== traits.code) code.textContent = plain(traits.code);
    },

    select(current, pinned) {
      strip?.mark(current.position ?? traits.position);
      switches.offer(partOf(pinned), pinned.position);
      frame.say(sentence(current));
    },
  };

  function ask(change: Partial<State>): void {
    const { text, second, switches, shown } = wanted.state ?? traits;
    wanted.ask({ text, second, switches, shown, ...change });
  }

  function hear(heard: Heard): void {
    told.textContent = words(heard);
    told.dataset.state = typeof heard === "object" && "error" in heard ? "error" : "";
  }

  /** The name of the part that is pinned here or in another view. */
  function partOf({ layer, head }: Selection): string | null {
    if (layer === null) return null;
    const name = head === null ? `${layer}.mlp` : `${layer}.${head}`;
    return traits.parts.includes(name) ? name : null;
  }

  function sentence({ position }: Selection): string {
    if (position !== null && position !== traits.position) {
      return `${quoted(traits.tokens[position])}, position ${position}: click to read there what comes next.`;
    }
    const after = traits.runs.map((run, index) => {
      const row = traits.next_tokens.map(
        (_, token) => traits.next_prob.data[index * traits.next_tokens.length + token],
      );
      const best = row.indexOf(Math.max(...row));
      return `${run}: ${quoted(traits.next_tokens[best])} ${probability(row[best])}`;
    });
    return `After ${quoted(traits.tokens[traits.position])}, ${after.join("; ")}.`;
  }

  function showCode(shown: boolean): void {
    code.hidden = !shown;
    script.setAttribute("aria-expanded", String(shown));
    frame.fit();
  }

  async function copyCode(): Promise<void> {
    try {
      await navigator.clipboard.writeText(traits.code);
      told.textContent = "The code is copied.";
    } catch {
      // A page without the right to write there: the reader can.
      showCode(true);
      getSelection()?.selectAllChildren(code);
      told.textContent = "The code is marked: copy it with the keyboard.";
    }
  }
}

/** Why there is no difference of two prompts. */
function comparable(size: number, other: number): string {
  if (!other || size === other) return "";
  return `${size} tokens above, ${other} here: a difference and a patch need as many in both, for they go position by position.`;
}

function words(heard: Heard): string {
  if (heard === "silent") return "No kernel answers: this is where it stood.";
  if (heard === "") return "";
  if ("error" in heard) return plain(heard.error);
  return heard.done > 0 ? `Computing the lens: ${Math.floor(100 * heard.done)} %` : "Computing …";
}

function button(label: string, key: string, run: () => void): HTMLButtonElement {
  const made = element("button", "hs-button", { type: "button", "data-key": key }, plain(label));
  made.addEventListener("click", run);
  return made;
}

/** A prompt to type, and its tokens below. */
function field(name: string, key: string, typed: (text: string) => void) {
  const { root, write } = promptField(name, key, typed);
  const tokens = element("div", "hs-explore-tokens");
  return { root: element("div", "", {}, root, tokens), tokens, write };
}

function checked({ tokens, position, runs, next_tokens, next_prob, parts, part_labels }: PanelFrame["traits"]): void {
  if (!(position >= 0 && position < tokens.length)) throw new Damaged(`position: expected one of ${tokens.length}`);
  fits("next_prob", next_prob.shape, [runs.length, next_tokens.length]);
  fits("part_labels", [part_labels.length], [parts.length]);
}

export default defineView({ name: "explorer_panel", readers: READERS, structure: () => null, create });

// A text that the reader types, read by a model in this page; the views that show it are given what it makes of it.

import { Lens } from "../logit_lens_grid/lens";
import { cells } from "../shared/cells/cells";
import { element } from "../shared/draw/dom";
import { Traits } from "../shared/frame/traits";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { probability } from "../shared/text/format";
import { plain, quoted } from "../shared/text/tokens";
import { Damaged } from "../shared/wire/arrays";
import { array, optional, text, texts, vocabulary } from "../shared/wire/readers";
import { address } from "./address";
import { Driver, type Views } from "./driver";
import { type Candidate, nextTokens } from "./next";
import { promptPanel } from "./panel";

export { Engine } from "./engine/engine"; // for tests of its numbers

const READERS = { views: texts, text, model: text, weights: text };
/** Of the lens, which holds what comes next. */
const LENS = {
  tokens: texts,
  vocabulary,
  starts: array("int32", 1),
  ids: array("int32", 1),
  log_prob: array("float16", 3),
  rank: array(["uint16", "int32"], 3),
  entropy: array("float32", 3),
  kl: array("float32", 3),
  change: optional(array("float32", 3)),
  next_token: array("int32", 1),
};
/** How many tokens are offered. */
const OFFERED = 5;

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  const panel = promptPanel(selection, () => ask(), frame.signal);
  const next = nextTokens(selection, (token) => {
    selection.pin({ token });
    ask();
  });
  const top = element("div", "hs-prompt", {}, panel.root, next.root);
  const board = cells(frame);
  let followed = "";
  let ending = new AbortController();
  frame.signal.addEventListener("abort", () => ending.abort());
  let found: { driver: Driver | null; lens: Traits<typeof LENS> } | null = null;
  /** What the views show, read; null while they cannot be. */
  let shown: { tokens: readonly string[]; lens: Lens; labels: Record<string, string> } | null = null;
  let written: string | null = null;
  let asked = "";
  let offered: readonly Candidate[] = [];
  /** The place and the theme of what is offered. */
  let offeredAt = "";

  /** Finds the models of the three views, and what reads texts for them. */
  async function follow(refs: readonly string[]): Promise<void> {
    followed = refs.join();
    ending.abort();
    ending = new AbortController();
    const { signal } = ending;
    const models = await Promise.all(refs.map((ref) => frame.host.getModel(ref))).catch(() => null);
    if (models?.length !== 3 || signal.aborted) return; // each cell says that its view is missing
    const [heatmap, bars, lens] = models;
    const views: Views = { heatmap, bars, lens };
    found = { driver: null, lens: new Traits(lens, LENS, signal, read) };
    const place = address(traits.weights, document);
    if ("why" in place) panel.close(place.why);
    else {
      const tell = (state: Parameters<typeof panel.tell>[0]) => panel.tell(state, traits.model);
      const done = ({ text }: { text: string }) => {
        written = text;
        frame.attempt({ text });
      };
      found.driver = new Driver(place.base, traits.model, views, tell, done, signal);
      panel.open(`What you type is read in this page: ${plain(traits.model)} is loaded at the first key.`);
    }
    read();
  }

  /** Asks for what is typed, at what is pinned. */
  function ask(): void {
    const { position, token } = selection.pinned();
    asked = JSON.stringify([position, token]);
    found?.driver?.want({ text: panel.text, position, target: token });
  }

  let pending = 0;
  /** Of many changes of the lens, all in one message, one is read. */
  function read(): void {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      try {
        const lens = found?.lens.now;
        if (!lens) return;
        const fresh = { tokens: lens.tokens, lens: new Lens(lens, 0), labels: lens.vocabulary };
        if (fresh.tokens.join("\0") !== shown?.tokens.join("\0")) panel.tokens(fresh.tokens);
        shown = fresh;
        offeredAt = "";
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        shown = null; // the lens itself says so
      }
      frame.reselect();
    });
  }
  frame.signal.addEventListener("abort", () => cancelAnimationFrame(pending));

  function entitle(): void {
    frame.title(`Your text, read by ${traits.model}`);
  }

  function candidates(position: number): Candidate[] {
    const { lens, labels } = shown!;
    return lens.top(lens.rows - 1, position, OFFERED).map((candidate) => {
      const token = lens.ids[candidate];
      return { token, label: labels[token] ?? String(token), p: lens.probability(lens.rows - 1, candidate) };
    });
  }

  return {
    build() {
      const { views } = traits;
      entitle(); // before what is left of the height is asked
      if (!top.isConnected) frame.picture.replaceChildren(top, board.root);
      if (followed !== views.join()) void follow(views);
      const left = frame.heightLeft();
      board.place(views, left === null ? null : left - top.getBoundingClientRect().height);
    },
    paint() {
      entitle();
      if (traits.text === written) return;
      written = traits.text;
      panel.write(written);
    },
    select(current, pinned) {
      if (!shown) return;
      const { tokens } = shown;
      const { config } = found?.driver ?? {};
      const most = config?.d_vocab ?? 1 + Math.max(...Object.keys(shown.labels).map(Number));
      selection.sizes = { position: tokens.length, token: most };
      if (config && JSON.stringify([pinned.position, pinned.token]) !== asked) ask();
      // What is pinned was checked against the sizes of the text before.
      const position = Math.min(current.position ?? tokens.length, tokens.length - 1);
      const place = `${position} ${frame.theme}`;
      if (place !== offeredAt) {
        offeredAt = place;
        offered = candidates(position);
        next.paint(frame.theme, offered, quoted(tokens[position]));
      }
      panel.mark(position);
      next.mark(pinned.token, current.token);
      const words = offered.map(({ label, p }) => `${quoted(label)} ${probability(p)}`).join(", ");
      frame.say(`After ${quoted(tokens[position])}: ${words}. A token that is chosen is the bars’.`);
    },
  };
}

export default defineView({ name: "prompt_explorer", readers: READERS, structure: ({ views }) => views, create });

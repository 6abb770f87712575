// A model that is loaded, and what it makes of one text after the other.
import { Attribution } from "./bars";
import type { Kernel } from "./kernel";
import { best, LensReader, lensRoom } from "./lens";
import { Network, roomOf } from "./network";
import { attentionTraits, barsTraits, lensTraits, type Traits, tokenTraits } from "./sent";
import { NoPrompt, Tokenizer, type Vocabulary } from "./tokenizer";
import type { Config, Tensors } from "./weights";

export interface Question {
  text: string;
  /** Where the bars' token is read; null, or past the end: at the last position. */
  position: number | null;
  /** The bars' token; null: the model's own top token there. */
  target: number | null;
  /** How many best tokens of every row of the lens are candidates. */
  top: number;
}

/** The traits that change, by view; those of attention only where the text has changed. */
export interface Answer {
  tokens: number;
  position: number;
  target: number;
  heatmap: Traits | null;
  bars: Traits;
}

/** Floats that the kernel must have. */
export const room = (config: Config, tensors: Tensors) =>
  roomOf(config, tensors) + lensRoom(1 + config.n_layers * (config.d_mlp ? 2 : 1), config);

export class Explored {
  readonly network: Network;
  readonly tokenizer: Tokenizer;
  readonly lens: LensReader;
  private readonly attribution: Attribution;
  private asked: string | null = null;
  /** The first position of which the lens is to be read. */
  private unread = 0;

  constructor(config: Config, tensors: Tensors, vocabulary: Vocabulary, kernel: Kernel) {
    this.network = new Network(config, tensors, kernel);
    this.lens = new LensReader(this.network, kernel);
    this.attribution = new Attribution(this.network);
    this.tokenizer = new Tokenizer(vocabulary);
  }

  /** All but the lens, which takes longest. Throws NoPrompt for a text that the model does not read. */
  answer({ text, position, target }: Question): Answer {
    const { network, tokenizer } = this;
    const { labels } = tokenizer.vocabulary;
    const { n_ctx, d_vocab } = network.config;
    const changed = text !== this.asked;
    if (changed) {
      this.unread = network.forward(this.ids(text, n_ctx));
      this.asked = text;
    }
    const { ids } = network;
    const place = position === null || position >= ids.length ? ids.length - 1 : position;
    const token = target ?? best(network.logits.subarray(place * d_vocab, (place + 1) * d_vocab), 1)[0];
    const bars = barsTraits(this.attribution.of(token), tokenizer.quoted(token), place);
    return {
      tokens: ids.length,
      position: place,
      target: token,
      heatmap: changed ? { ...tokenTraits(ids, labels), ...attentionTraits(network) } : null,
      bars: { ...tokenTraits(ids, labels), ...bars },
    };
  }

  /** The lens of the text that was answered last; null where it is the one that was read last. */
  read(top: number): Traits | null {
    const { network, tokenizer, lens, unread } = this;
    const { ids } = network;
    const { labels } = tokenizer.vocabulary;
    this.unread = ids.length;
    if (unread >= ids.length && lens.readings.length === ids.length && top === lens.top) return null;
    lens.read(unread, top);
    const known = lens.readings.flatMap(({ candidates }) => candidates);
    const vocabulary = Object.fromEntries(known.map((id) => [String(id), labels[id]]));
    return { ...tokenTraits(ids, labels), ...lensTraits(lens.readings, lens.norms, lens.rows, ids), vocabulary };
  }

  private ids(text: string, most: number): number[] {
    if (text === "") throw new NoPrompt("prompt: expected at least one character, got none");
    const { start } = this.tokenizer.vocabulary;
    const ids = [start, ...this.tokenizer.encode(text)];
    if (ids.length > most) {
      throw new NoPrompt(
        `prompt: expected at most ${most} tokens with the start token, which is all that the model reads, got ${ids.length}`,
      );
    }
    return ids;
  }
}

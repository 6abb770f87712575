// The forward pass of a shipped model, with every activation that the views need. Of a text that has changed, only positions from the
// first other token on are computed: in a causal model those before it stay what they are.
import { type Kernel, type Matrix, pack } from "./kernel";
import type { Config, Tensors } from "./weights";

interface Layer {
  query: Matrix;
  key: Matrix;
  value: Matrix;
  out: Matrix;
  mlp: { in: Matrix; out: Matrix } | null;
}

/** As in torch. */
const EPS = 1e-5;

/** Floats that a network and its activations take, at most: weights, and what is kept of the longest text. */
export function roomOf(
  { d_model, n_layers, n_heads, d_head, d_mlp, n_ctx, d_vocab }: Config,
  tensors: Tensors,
): number {
  const weights = [...tensors.values()].reduce((sum, tensor) => sum + tensor.length, 0);
  const heads = n_heads * d_head;
  const kept = (1 + 2 * n_layers) * d_model + 3 * n_layers * heads + d_vocab;
  return weights + n_ctx * (kept + 2 * d_model + heads + d_mlp);
}

/** The start of a query's row in a lower triangle. */
export const triangle = (query: number) => (query * (query + 1)) / 2;

export class Network {
  /** The text that the activations are of. */
  ids: readonly number[] = [];
  readonly layers: readonly Layer[];
  readonly unembed: Matrix;
  /** W_E [d_vocab, d_model] and W_pos [n_ctx, d_model]. */
  readonly embed: Float32Array;
  readonly positions: Float32Array;
  /** The stream after the embedding, each attention and each MLP: [row][position, d_model]. */
  readonly stream: readonly Float32Array[];
  /** [layer][position, head, d_head]. */
  readonly keys: readonly Float32Array[];
  readonly values: readonly Float32Array[];
  readonly mixtures: readonly Float32Array[];
  /** [layer][head][query, key up to the query]. */
  readonly patterns: readonly (readonly Float32Array[])[];
  /** [position, d_vocab]. */
  readonly logits: Float32Array;
  private readonly normed: Float32Array;
  private readonly queries: Float32Array;
  private readonly written: Float32Array;
  private readonly hidden: Float32Array;

  constructor(
    readonly config: Config,
    tensors: Tensors,
    readonly kernel: Pick<Kernel, "floats" | "multiply">,
  ) {
    const { d_model, n_layers, n_heads, d_head, d_mlp, n_ctx, d_vocab } = config;
    const linear = (name: string) => pack(kernel, tensors.get(`${name}.weight`)!, tensors.get(`${name}.bias`)!);
    const each = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));
    const kept = (width: number) => kernel.floats(n_ctx * width);
    this.layers = each(n_layers, (layer) => ({
      query: linear(`blocks.${layer}.attn.q`),
      key: linear(`blocks.${layer}.attn.k`),
      value: linear(`blocks.${layer}.attn.v`),
      out: linear(`blocks.${layer}.attn.o`),
      mlp: d_mlp ? { in: linear(`blocks.${layer}.mlp.in`), out: linear(`blocks.${layer}.mlp.out`) } : null,
    }));
    this.unembed = linear("unembed");
    this.embed = tensors.get("embed.weight")!;
    this.positions = tensors.get("pos_embed.weight")!;
    this.stream = each(1 + n_layers * (d_mlp ? 2 : 1), () => kept(d_model));
    [this.keys, this.values, this.mixtures] = each(3, () => each(n_layers, () => kept(n_heads * d_head)));
    this.patterns = each(n_layers, () => each(n_heads, () => new Float32Array(triangle(n_ctx))));
    this.logits = kept(d_vocab);
    this.normed = kept(d_model);
    this.queries = kept(n_heads * d_head);
    this.written = kept(d_model);
    this.hidden = kept(d_mlp);
  }

  /** Computes what is new, and returns the first position of it. */
  forward(ids: readonly number[]): number {
    let start = 0;
    while (start < ids.length && ids[start] === this.ids[start]) start++;
    this.ids = ids;
    if (start === ids.length) return start;
    const { config, kernel, stream } = this;
    const { d_model: width, d_vocab } = config;
    const count = ids.length - start;
    for (let at = start; at < ids.length; at++) {
      for (let i = 0; i < width; i++) {
        stream[0][at * width + i] = this.embed[ids[at] * width + i] + this.positions[at * width + i];
      }
    }
    let row = 0;
    const write = (from: Float32Array, matrix: Matrix) => {
      kernel.multiply(from, count, matrix, this.written);
      const [before, after] = [stream[row].subarray(start * width), stream[row + 1].subarray(start * width)];
      for (let i = 0; i < count * width; i++) after[i] = before[i] + this.written[i];
      row += 1;
    };
    this.layers.forEach((layer, index) => {
      const kept = start * layer.query.n;
      this.norm(row, start);
      kernel.multiply(this.normed, count, layer.query, this.queries);
      kernel.multiply(this.normed, count, layer.key, this.keys[index].subarray(kept));
      kernel.multiply(this.normed, count, layer.value, this.values[index].subarray(kept));
      for (let head = 0; head < config.n_heads; head++) this.attend(index, head, start);
      write(this.mixtures[index].subarray(kept), layer.out);
      if (!layer.mlp) return;
      this.norm(row, start);
      kernel.multiply(this.normed, count, layer.mlp.in, this.hidden);
      activate(this.hidden, count * config.d_mlp);
      write(this.hidden, layer.mlp.out);
    });
    this.norm(row, start);
    kernel.multiply(this.normed, count, this.unembed, this.logits.subarray(start * d_vocab));
    return start;
  }

  /** The scale that a LayerNorm divides a row of the stream by; 1 in a model without. */
  scale(row: number, position: number): number {
    if (!this.config.ln) return 1;
    const { d_model: width } = this.config;
    const [mean, variance] = moments(this.stream[row], position * width, width);
    return Math.sqrt(variance - mean * mean + EPS);
  }

  /** What is read of a row of the stream at one position, before it is divided by the scale: centred where there is a LayerNorm. */
  centred(row: number, position: number, to: Float32Array): void {
    const { d_model: width, ln } = this.config;
    const from = position * width;
    const mean = ln ? moments(this.stream[row], from, width)[0] : 0;
    for (let i = 0; i < width; i++) to[i] = this.stream[row][from + i] - mean;
  }

  /** What a layer reads of a row of the stream, from a position on, into `normed`. */
  private norm(row: number, start: number): void {
    const { d_model: width } = this.config;
    for (let at = start; at < this.ids.length; at++) {
      const to = this.normed.subarray((at - start) * width, (at - start + 1) * width);
      const scale = this.scale(row, at);
      this.centred(row, at, to);
      for (let i = 0; i < width; i++) to[i] /= scale;
    }
  }

  /** One head's pattern and mixture of values, for the queries from a position on. */
  private attend(layer: number, head: number, start: number): void {
    const { n_heads, d_head } = this.config;
    const width = n_heads * d_head;
    const [keys, values, mixtures] = [this.keys[layer], this.values[layer], this.mixtures[layer]];
    const pattern = this.patterns[layer][head];
    const scale = 1 / Math.sqrt(d_head);
    const shift = head * d_head;
    for (let query = start; query < this.ids.length; query++) {
      const from = (query - start) * width + shift;
      const to = query * width + shift;
      const row = triangle(query);
      let largest = Number.NEGATIVE_INFINITY;
      for (let key = 0; key <= query; key++) {
        let score = 0;
        for (let i = 0; i < d_head; i++) score += this.queries[from + i] * keys[key * width + shift + i];
        pattern[row + key] = score * scale;
        largest = Math.max(largest, pattern[row + key]);
      }
      let sum = 0;
      for (let key = 0; key <= query; key++) {
        pattern[row + key] = Math.exp(pattern[row + key] - largest);
        sum += pattern[row + key];
      }
      mixtures.fill(0, to, to + d_head);
      for (let key = 0; key <= query; key++) {
        const p = pattern[row + key] / sum;
        pattern[row + key] = p;
        for (let i = 0; i < d_head; i++) mixtures[to + i] += p * values[key * width + shift + i];
      }
    }
  }
}

/** The mean, and the mean of the squares. */
function moments(numbers: Float32Array, from: number, count: number): [number, number] {
  let sum = 0;
  let squares = 0;
  for (let i = from; i < from + count; i++) {
    sum += numbers[i];
    squares += numbers[i] * numbers[i];
  }
  return [sum / count, squares / count];
}

/** GELU by its tanh, 0.5 x (1 + tanh(u)), which is x / (1 + e^(-2u)). */
function activate(numbers: Float32Array, count: number): void {
  const twice = -2 * Math.sqrt(2 / Math.PI);
  for (let i = 0; i < count; i++) {
    const x = numbers[i];
    numbers[i] = x / (1 + Math.exp(twice * (x + 0.044715 * x * x * x)));
  }
}

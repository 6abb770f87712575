// One token's logit, split over what wrote it: the numbers of headstream.attribute_logit.
import { columnOf, timesColumn } from "./kernel";
import { type Network, triangle } from "./network";

export interface Bars {
  /** [component, position]: embedding, position, each layer's heads and its MLP, all biases. */
  values: Float32Array;
  /** [position]. */
  total: Float32Array;
  /** [head, query, key up to the query]. */
  sources: Float32Array;
}

export class Attribution {
  /** Of W_U over the vocabulary, and of b_U. */
  private readonly meanColumn: Float64Array;
  private readonly meanBias: number;
  private readonly biases: Float64Array;

  constructor(private readonly network: Network) {
    const { unembed, layers, config } = network;
    const share = new Float64Array(unembed.n).fill(1 / unembed.n);
    this.meanColumn = timesColumn(unembed, share);
    this.meanBias = dot(unembed.bias, 0, share);
    this.biases = new Float64Array(config.d_model);
    for (const { out, mlp } of layers) {
      for (let i = 0; i < config.d_model; i++) this.biases[i] += out.bias[i] + (mlp ? mlp.out.bias[i] : 0);
    }
  }

  /** Of the logit of a token less the vocabulary's mean, at every position. */
  of(target: number): Bars {
    const { network } = this;
    const { config, unembed, ids, layers, stream } = network;
    const { d_model: width, d_head, d_vocab, n_heads } = config;
    const size = ids.length;
    const direction = columnOf(unembed, target).map((number, i) => number - this.meanColumn[i]);
    // Centring what is read once is centring every write.
    const mean = config.ln ? direction.reduce((sum, number) => sum + number, 0) / width : 0;
    const reader = direction.map((number) => number - mean);
    const scales = ids.map((_, at) => network.scale(stream.length - 1, at));
    const rows: Float32Array[] = [];
    const read = (value: (at: number) => number) => {
      rows.push(Float32Array.from(ids, (_, at) => value(at) / scales[at]));
    };
    const sources: Float32Array[] = [];
    read((at) => dot(network.embed, ids[at] * width, reader));
    read((at) => dot(network.positions, at * width, reader));
    let row = 0;
    layers.forEach(({ out, mlp }, layer) => {
      const readers = timesColumn(out, reader);
      for (let head = 0; head < n_heads; head++) {
        const one = readers.subarray(head * d_head, (head + 1) * d_head);
        const place = (at: number) => (at * n_heads + head) * d_head;
        read((at) => dot(network.mixtures[layer], place(at), one));
        const brought = ids.map((_, at) => dot(network.values[layer], place(at), one));
        sources.push(triangles(network.patterns[layer][head], brought, scales));
      }
      row += 1;
      if (!mlp) return;
      const [before, after] = [stream[row], stream[row + 1]];
      const bias = dot(mlp.out.bias, 0, reader);
      read((at) => dot(after, at * width, reader) - dot(before, at * width, reader) - bias);
      row += 1;
    });
    const bias = dot(this.biases, 0, reader);
    const offset = unembed.bias[target] - this.meanBias;
    rows.push(Float32Array.from(scales, (scale) => bias / scale + offset));
    const total = Float32Array.from(ids, (_, at) => {
      let sum = 0;
      for (let i = at * d_vocab; i < (at + 1) * d_vocab; i++) sum += network.logits[i];
      return network.logits[at * d_vocab + target] - sum / d_vocab;
    });
    return { values: joined(rows, size), total, sources: joined(sources, triangle(size)) };
  }
}

function dot(numbers: ArrayLike<number>, from: number, by: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < by.length; i++) sum += numbers[from + i] * by[i];
  return sum;
}

/** A pattern times what each key brings, over the query's scale. */
function triangles(pattern: Float32Array, brought: readonly number[], scales: readonly number[]): Float32Array {
  const found = new Float32Array(triangle(brought.length));
  for (let query = 0, at = 0; query < brought.length; query++) {
    for (let key = 0; key <= query; key++, at++) found[at] = (pattern[at] * brought[key]) / scales[query];
  }
  return found;
}

export function joined(rows: readonly Float32Array[], width: number): Float32Array<ArrayBuffer> {
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    all.set(row.subarray(0, width), index * width);
  });
  return all;
}

// A model's file as tensors, and its LayerNorms folded as headstream.load folds them.
import { halfToFloat } from "../../shared/wire/arrays";

export interface Config {
  d_model: number;
  n_layers: number;
  n_heads: number;
  d_head: number;
  /** 0: attention only. */
  d_mlp: number;
  n_ctx: number;
  d_vocab: number;
  /** Whether there are LayerNorms. */
  ln: boolean;
}

/** By torch's names; a Linear's weight is [out, in], row after row. */
export type Tensors = Map<string, Float32Array>;

/** The file's bytes are not what they should be; the message is for the reader. */
export class DamagedWeights extends Error {}

interface Entry {
  dtype: string;
  data_offsets: [number, number];
}

/** The tensors of a safetensors file of float16 numbers: eight bytes of length, a header in JSON, the numbers. */
export function tensorsOf(file: ArrayBuffer): Tensors {
  let header: Record<string, Entry>;
  let start: number;
  try {
    const length = Number(new DataView(file).getBigUint64(0, true));
    start = 8 + length;
    header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
  } catch {
    throw new DamagedWeights("the weights' file has no header that can be read");
  }
  const values = Float32Array.from({ length: 1 << 16 }, (_, bits) => halfToFloat(bits));
  const tensors: Tensors = new Map();
  for (const [name, { dtype, data_offsets }] of Object.entries(header)) {
    const [from, to] = data_offsets;
    if (dtype !== "F16" || start + to > file.byteLength) {
      throw new DamagedWeights(`${name}: expected ${to - from} bytes of float16 in the weights' file`);
    }
    // Copied: the numbers need not begin at an even byte.
    const halves = new Uint16Array(file.slice(start + from, start + to));
    const tensor = new Float32Array(halves.length);
    for (let i = 0; i < halves.length; i++) tensor[i] = values[halves[i]];
    tensors.set(name, tensor);
  }
  return tensors;
}

/**
 * Folds, in place, as TransformerLens' compatibility mode does: a norm's weight and bias go into the matrices that read it, which are
 * centred; so are all that write into the stream, and the logits; values' biases go into the output's. Nothing without LayerNorm.
 */
export function fold(tensors: Tensors, { n_layers, d_model, d_mlp, ln }: Config): void {
  if (!ln) return;
  const get = (name: string) => tensors.get(name)!;
  const linear = (name: string): [Float32Array, Float32Array] => [get(`${name}.weight`), get(`${name}.bias`)];
  centreRows(get("embed.weight"), d_model);
  centreRows(get("pos_embed.weight"), d_model);
  for (let layer = 0; layer < n_layers; layer++) {
    const block = `blocks.${layer}`;
    for (const name of ["q", "k", "v"]) foldNorm(linear(`${block}.attn.${name}`), linear(`${block}.ln1`));
    const [out, outBias] = linear(`${block}.attn.o`);
    const valueBias = get(`${block}.attn.v.bias`);
    centreColumns(out, outBias);
    for (let o = 0; o < outBias.length; o++) {
      outBias[o] += sum(valueBias.length, (i) => out[o * valueBias.length + i] * valueBias[i]);
    }
    valueBias.fill(0);
    centreRows(outBias, outBias.length);
    if (!d_mlp) continue;
    foldNorm(linear(`${block}.mlp.in`), linear(`${block}.ln2`));
    centreColumns(...linear(`${block}.mlp.out`));
  }
  foldNorm(linear("unembed"), linear("ln_final"));
  centreColumns(...linear("unembed"));
}

function sum(count: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
}

/** A norm's weight and bias go into the matrix that reads it, whose rows [in] are then centred: the norm does that to what they read. */
function foldNorm([weight, bias]: [Float32Array, Float32Array], [scale, shift]: [Float32Array, Float32Array]): void {
  const width = scale.length;
  for (let o = 0; o < bias.length; o++) {
    bias[o] += sum(width, (i) => weight[o * width + i] * shift[i]);
    for (let i = 0; i < width; i++) weight[o * width + i] *= scale[i];
  }
  centreRows(weight, width);
}

/** Every row of `width` numbers less its mean. */
function centreRows(matrix: Float32Array, width: number): void {
  for (let start = 0; start < matrix.length; start += width) {
    const mean = sum(width, (i) => matrix[start + i]) / width;
    for (let i = 0; i < width; i++) matrix[start + i] -= mean;
  }
}

/** What is written, less its mean over where it is written to: the columns of [out, in], and the bias. */
function centreColumns(matrix: Float32Array, bias: Float32Array): void {
  const outs = bias.length;
  const width = matrix.length / outs;
  const means = new Float64Array(width);
  for (let at = 0; at < matrix.length; at++) means[at % width] += matrix[at];
  for (let at = 0; at < matrix.length; at++) matrix[at] -= means[at % width] / outs;
  centreRows(bias, outs);
}

// A network's activations as the traits that Python sends to the views: see the `_drawn` of AttentionHeatmap, ResidualBars, LogitLensGrid.
import type { Dtype, WireArray } from "../../shared/wire/arrays";
import { type Bars, joined } from "./bars";
import { halves, toEven } from "./half";
import type { Reading } from "./lens";
import { type Network, triangle } from "./network";

/** An array whose bytes travel beside it: the page makes a DataView of them. */
export type Sent = Omit<WireArray, "data"> & { data: ArrayBuffer };
export type Traits = Record<string, unknown>;

type Numbers = Uint8Array | Uint16Array | Int32Array | Float32Array;

/** Bytes that a `ResidualBars` may take for its sources. */
const SOURCES_BUDGET = 4_000_000;

function sent(dtype: Dtype, shape: number[], numbers: Numbers): Sent {
  const scale = dtype === "uint8" ? "sqrt" : "linear";
  return { dtype, shape, scale, deflated: false, data: numbers.buffer as ArrayBuffer };
}

export function tokenTraits(ids: readonly number[], labels: readonly string[]): Traits {
  return { tokens: ids.map((id) => labels[id]), token_ids: sent("int32", [ids.length], Int32Array.from(ids)) };
}

export function attentionTraits({ config, ids, patterns, values }: Network): Traits {
  const { n_layers, n_heads, d_head } = config;
  const size = triangle(ids.length);
  const pattern = new Uint8Array(n_layers * n_heads * size);
  patterns.flat().forEach((head, index) => {
    // √p in one byte.
    for (let i = 0; i < size; i++) pattern[index * size + i] = toEven(255 * Math.sqrt(Math.min(1, head[i])));
  });
  const norms = new Float32Array(n_layers * n_heads * ids.length);
  for (let index = 0; index < norms.length; index++) {
    const [one, at] = [Math.floor(index / ids.length), index % ids.length];
    const rows = values[Math.floor(one / n_heads)];
    const from = (at * n_heads + (one % n_heads)) * d_head;
    let squares = 0;
    for (let i = from; i < from + d_head; i++) squares += rows[i] * rows[i];
    norms[index] = Math.sqrt(squares);
  }
  return {
    pattern: sent("uint8", [n_layers, n_heads, size], pattern),
    packed: true,
    value_norm: sent("float32", [n_layers, n_heads, ids.length], norms),
  };
}

export function barsTraits({ values, total, sources }: Bars, target: string, position: number): Traits {
  const size = total.length;
  const heads = sources.length / triangle(size);
  let largest = 0;
  for (let i = 0; i < sources.length; i++) largest = Math.max(largest, Math.abs(sources[i]));
  // Outside this range float16 would hold fewer digits than are shown.
  const half = largest === 0 || (largest >= 0.01 && largest <= 1000);
  const bytes = sources.length * (half ? 2 : 4);
  const note = `What each of ${heads} heads brings from each of ${size} tokens would take ${mega(bytes)}, more than the ${SOURCES_BUDGET / 1e6} MB that are sent: a shorter text shows it.`;
  const fits = bytes <= SOURCES_BUDGET;
  const packed = half ? sent("float16", [heads, triangle(size)], halves(sources)) : null;
  return {
    values: sent("float32", [values.length / size, size], values),
    total: sent("float32", [size], total),
    sources: heads && fits ? (packed ?? sent("float32", [heads, triangle(size)], sources)) : null,
    sources_note: heads && !fits ? note : "",
    quantity: `logit of ${target} less the vocabulary's mean`,
    default_position: position,
  };
}

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** `rows` of the stream. */
export function lensTraits(readings: readonly Reading[], norms: number, rows: number, ids: readonly number[]): Traits {
  const counts = readings.map(({ candidates }) => candidates.length);
  const starts = Int32Array.from([0, ...counts]);
  for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
  const candidates = readings.flatMap((reading) => reading.candidates);
  const cells = norms * rows;
  const shape = [norms, rows, candidates.length];
  // [norm, row] first, then the positions' candidates one after the other.
  const all = <T extends Float32Array | Int32Array>(of: (reading: Reading) => T, to: T): T => {
    for (let cell = 0, at = 0; cell < cells; cell++) {
      readings.forEach((reading, position) => {
        const count = counts[position];
        to.set(of(reading).subarray(cell * count, (cell + 1) * count), at);
        at += count;
      });
    }
    return to;
  };
  const each = (of: (reading: Reading) => Float32Array) => {
    const numbers = new Float32Array(cells * readings.length);
    for (let i = 0; i < numbers.length; i++) {
      numbers[i] = of(readings[i % readings.length])[Math.floor(i / readings.length)];
    }
    return sent("float32", [norms, rows, readings.length], numbers);
  };
  const rank = all((reading) => reading.rank, new Int32Array(cells * candidates.length));
  const logProb = all((reading) => reading.logProb, new Float32Array(cells * candidates.length));
  const small = rank.every((number) => number < 2 ** 16);
  return {
    starts: sent("int32", [starts.length], starts),
    ids: sent("int32", [candidates.length], Int32Array.from(candidates)),
    // What float16 cannot hold is a probability of 0 as well.
    log_prob: sent("float16", shape, halves(logProb.map((number) => Math.max(-60000, number)))),
    rank: small ? sent("uint16", shape, Uint16Array.from(rank)) : sent("int32", shape, rank),
    entropy: each((reading) => reading.entropy),
    kl: each((reading) => reading.kl),
    change: null,
    next_token: sent(
      "int32",
      [ids.length],
      Int32Array.from(ids, (_, at) => ids[at + 1] ?? -1),
    ),
  };
}

/** What the tests compare with the package's own numbers. */
export function activations(network: Network, readings: readonly Reading[]): Record<string, unknown> {
  const { config, ids, stream, patterns, mixtures, logits } = network;
  return {
    stream: joined(stream, ids.length * config.d_model),
    patterns: joined(patterns.flat(), triangle(ids.length)),
    mixtures: joined(mixtures, ids.length * config.n_heads * config.d_head),
    logits: logits.slice(0, ids.length * config.d_vocab),
    readings,
  };
}

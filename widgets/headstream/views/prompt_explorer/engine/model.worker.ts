// The worker in which a model runs, so that the page stays free. engine.ts is its other end.
import { type Answer, Explored, type Question, room } from "./explored";
import { plainKernel, simdKernel } from "./kernel";
import kernelBytes from "./kernel.wasm?text";
import { activations, type Sent, type Traits } from "./sent";
import { NoPrompt, type Vocabulary } from "./tokenizer";
import { type Config, DamagedWeights, fold, type Tensors, tensorsOf } from "./weights";

export interface Load {
  kind: "load";
  /** The address of the folder that `headstream.models.served` wrote, absolute. */
  base: string;
  name: string;
  /** Whether SIMD may be used. */
  simd: boolean;
}
export type Asked = Load | ({ kind: "ask" } & Question) | { kind: Probe; text: string };
/** What tests look at. */
export type Probe = "activations" | "encode" | "weights";

export type Told =
  | { kind: "progress"; received: number; bytes: number }
  | { kind: "loaded"; config: Config; simd: boolean }
  | { kind: "answer"; answer: Answer }
  | { kind: "lens"; lens: Traits | null }
  | { kind: "probed"; found: unknown }
  | { kind: "error"; message: string };

class NotServed extends Error {}

let explored: Explored | null = null;
let loaded: Tensors;

/** The numbers' bytes are handed over, not copied. */
function tell(told: Told): void {
  const traits =
    told.kind === "answer" ? [told.answer.heatmap, told.answer.bars] : told.kind === "lens" ? [told.lens] : [];
  const arrays = traits.flatMap((some) => Object.values(some ?? {})).filter(isSent);
  postMessage(told, { transfer: arrays.map(({ data }) => data) });
}

function isSent(value: unknown): value is Sent {
  return typeof value === "object" && value !== null && (value as Sent).data instanceof ArrayBuffer;
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok)
    throw new NotServed(`${url} ${response ? `is not there (${response.status})` : "does not answer"}`);
  return response;
}

async function json<T>(url: string): Promise<T> {
  const response = await fetched(url);
  return response.json().catch(() => {
    throw new DamagedWeights(`${url} is no JSON`);
  });
}

/** A file of so many bytes; how far it has come is told now and then. */
async function file(url: string, bytes: number): Promise<ArrayBuffer> {
  const reader = (await fetched(url)).body!.getReader();
  const whole = new Uint8Array(bytes);
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (received + value.length <= bytes) whole.set(value, received);
    received += value.length;
    tell({ kind: "progress", received: Math.min(received, bytes), bytes });
  }
  if (received !== bytes) throw new DamagedWeights(`${url}: expected ${bytes} bytes, got ${received}`);
  return whole.buffer;
}

async function load({ base, name, simd }: Load): Promise<void> {
  const [{ config, bytes }, vocabulary] = await Promise.all([
    json<{ config: Config; bytes: number }>(`${base}${name}.json`),
    json<Vocabulary>(`${base}tokenizer.json`),
  ]);
  loaded = tensorsOf(await file(`${base}${name}.safetensors`, bytes));
  fold(loaded, config);
  const wasm = Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0));
  const kernel = (simd ? simdKernel(wasm, room(config, loaded)) : null) ?? plainKernel();
  explored = new Explored(config, loaded, vocabulary, kernel);
  tell({ kind: "loaded", config, simd: kernel.simd });
}

function probed(kind: Probe, text: string, { network, lens, tokenizer }: Explored): unknown {
  if (kind === "weights") return Object.fromEntries(loaded);
  if (kind === "activations") return activations(network, lens.readings);
  return (JSON.parse(text) as string[]).map((one) => {
    try {
      return tokenizer.encode(one);
    } catch (error) {
      return String((error as Error).message);
    }
  });
}

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  try {
    if (data.kind === "load") await load(data);
    else if (data.kind === "ask") {
      tell({ kind: "answer", answer: explored!.answer(data) });
      tell({ kind: "lens", lens: explored!.read(data.top) });
    } else tell({ kind: "probed", found: probed(data.kind, data.text, explored!) });
  } catch (error) {
    if (!(error instanceof NoPrompt || error instanceof DamagedWeights || error instanceof NotServed)) throw error;
    tell({ kind: "error", message: error.message });
  }
});

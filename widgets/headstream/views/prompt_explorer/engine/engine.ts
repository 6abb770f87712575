// The page's end of the worker in which a model runs.
import type { Answer, Question } from "./explored";
import type { Asked, Probe, Told } from "./model.worker";
import script from "./model.worker?text";
import type { Traits } from "./sent";
import type { Config } from "./weights";

/** Why the model cannot be loaded, or the text not be read, in the reader's words. */
export class EngineError extends Error {}

type Kind<K extends Told["kind"]> = Extract<Told, { kind: K }>;

export class Engine {
  private readonly worker: Worker;
  private readonly open: { kind: Told["kind"]; done(told: never): void; failed(error: Error): void }[] = [];
  private progress: (received: number, bytes: number) => void = () => {};
  private soon: (answer: Answer) => void = () => {};

  constructor() {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.worker.addEventListener("message", ({ data }: MessageEvent<Told>) => this.hear(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.open.shift()?.failed(new EngineError(event.message || "this page may not start a worker"));
    });
  }

  /** Loads a model from the folder at an address; how many of its bytes have come is told meanwhile. */
  async load(
    base: string,
    name: string,
    progress: (received: number, bytes: number) => void,
    simd = true,
  ): Promise<{ config: Config; simd: boolean }> {
    this.progress = progress;
    return this.ask({ kind: "load", base, name, simd }, "loaded");
  }

  /** What the model makes of a text: all but the lens is given to `soon`, which need not wait for it. */
  async answer(question: Question, soon: (answer: Answer) => void): Promise<Traits | null> {
    this.soon = soon;
    return (await this.ask({ kind: "ask", ...question }, "lens")).lens;
  }

  /** What tests look at: the activations of the last text, the tokens of texts, a list in JSON, or the folded weights. */
  async probe(kind: Probe, text = ""): Promise<unknown> {
    return (await this.ask({ kind, text }, "probed")).found;
  }

  close(): void {
    this.worker.terminate();
  }

  private ask<K extends Told["kind"]>(asked: Asked, kind: K): Promise<Kind<K>> {
    return new Promise((done, failed) => {
      this.open.push({ kind, done, failed });
      this.worker.postMessage(asked);
    });
  }

  private hear(told: Told): void {
    if (told.kind === "progress") {
      this.progress(told.received, told.bytes);
      return;
    }
    if (told.kind === "answer") {
      this.soon(told.answer);
      return;
    }
    // The worker does one thing after the other, and answers in turn.
    const asked = this.open.shift();
    if (told.kind === "error") asked?.failed(new EngineError(told.message));
    else asked?.done(told as never);
  }
}

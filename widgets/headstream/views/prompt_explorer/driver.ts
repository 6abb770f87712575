// What is typed is read by the model, and the views are given what it makes of it, as Python would give it. One text is under way at a
// time, and of those that come meanwhile the newest counts.
import type { AnyModel } from "@anywidget/types";
import { Engine, EngineError } from "./engine/engine";
import type { Question } from "./engine/explored";
import type { Sent, Traits } from "./engine/sent";
import type { Config } from "./engine/weights";

export type State =
  | { kind: "loading"; received: number; bytes: number }
  | { kind: "computing" }
  | { kind: "ready"; tokens: number; most: number }
  | { kind: "error"; message: string };

export type Wanted = Omit<Question, "top">;
export type Views = Record<"heatmap" | "bars" | "lens", AnyModel>;

export class Driver {
  /** Of the model, once it is loaded. */
  config: Config | null = null;
  private engine: Engine | null = null;
  private next: Wanted | null = null;
  private busy = false;

  constructor(
    private readonly base: string,
    private readonly name: string,
    private readonly views: Views,
    private readonly tell: (state: State) => void,
    /** A text's answer stands in the views. */
    private readonly done: (wanted: Wanted) => void,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.engine?.close());
  }

  want(wanted: Wanted): void {
    this.next = wanted;
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.next) {
      const wanted = this.next;
      try {
        const { engine, config } = await this.loaded();
        if (this.next !== wanted) continue;
        this.next = null;
        this.tell({ kind: "computing" });
        let tokens = 0;
        // Attention and bars are painted while the lens is still being read.
        const lens = await engine.answer({ ...wanted, top: this.views.lens.get("top") }, (answer) => {
          tokens = answer.tokens;
          this.write("heatmap", answer.heatmap);
          this.write("bars", answer.bars);
        });
        this.write("lens", lens);
        this.done(wanted);
        this.tell({ kind: "ready", tokens, most: config.n_ctx });
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (this.next === wanted) this.next = null;
        this.tell({ kind: "error", message: error.message });
      }
    }
    this.busy = false;
  }

  private async loaded(): Promise<{ engine: Engine; config: Config }> {
    if (this.engine && this.config) return { engine: this.engine, config: this.config };
    const engine = new Engine();
    this.engine = engine;
    this.tell({ kind: "loading", received: 0, bytes: 0 });
    try {
      const progress = (received: number, bytes: number) => this.tell({ kind: "loading", received, bytes });
      const { config } = await engine.load(this.base, this.name, progress);
      const { shape } = this.views.heatmap.get("pattern") as Sent;
      if (shape[0] !== config.n_layers || shape[1] !== config.n_heads) {
        const [model, views] = [[config.n_layers, config.n_heads], shape].map(
          ([layers, heads]) => `${layers} × ${heads}`,
        );
        throw new EngineError(`views: expected the ${model} heads of ${this.name}, got ${views}`);
      }
      this.config = config;
      return { engine, config };
    } catch (error) {
      engine.close();
      this.engine = null;
      throw error;
    }
  }

  private write(name: keyof Views, traits: Traits | null): void {
    for (const [trait, value] of Object.entries(traits ?? {})) this.views[name].set(trait, received(value));
  }
}

/** An array as a view reads it. */
function received(value: Traits[string]): unknown {
  const { data } = (value ?? {}) as Partial<Sent>;
  return data instanceof ArrayBuffer ? { ...(value as Sent), data: new DataView(data) } : value;
}

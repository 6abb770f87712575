// A view's traits, typed: each is read and checked once, when it has changed.
import type { AnyModel } from "@anywidget/types";
import type { Read, Readers } from "../wire/readers";

export class Traits<R extends Readers> {
  /** What the model holds, read. Throws Damaged for a trait that cannot be. */
  readonly now: Read<R>;
  private readonly read = new Map<string, unknown>();

  /** `changed` is called for every change of a trait, wherever it came from. */
  constructor(
    private readonly model: AnyModel,
    private readonly readers: R,
    signal: AbortSignal,
    changed: (name: string) => void,
  ) {
    this.now = Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(readers).map((name) => [name, { enumerable: true, get: () => this.get(name) }])),
    ) as Read<R>;
    for (const name of Object.keys(readers)) {
      const listener = () => {
        this.read.delete(name);
        changed(name);
      };
      model.on(`change:${name}`, listener);
      signal.addEventListener("abort", () => model.off(`change:${name}`, listener));
    }
  }

  private get(name: string): unknown {
    if (!this.read.has(name)) this.read.set(name, this.readers[name](this.model.get(name), name));
    return this.read.get(name);
  }

  /** Sets traits on the page only, as while a slider is dragged. */
  try(values: Partial<Read<R>>): void {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
  }

  /** Sets traits, and tells Python. */
  set(values: Partial<Read<R>>): void {
    this.try(values);
    this.model.save_changes();
  }
}

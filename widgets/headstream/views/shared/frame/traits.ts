// A view's traits, typed: each is read and checked once, when it has changed.
import type { AnyModel } from "@anywidget/types";
import { inflatedAhead } from "../wire/arrays";
import type { Read, Readers } from "../wire/readers";

export class Traits<R extends Readers> {
  /** What the model holds, read. Throws Damaged for a trait that cannot be. */
  readonly now: Read<R>;
  private readonly read = new Map<string, unknown>();
  /** Large arrays that came deflated: `whole` is the same until it is inflated. */
  private readonly ahead = new Map<string, { sent: unknown; whole: unknown; coming: Promise<void> | null }>();

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

  /** Resolves when the large arrays that have come are inflated; null where there are none. One that is read before is inflated by then. */
  inflating(): Promise<unknown> | null {
    for (const name of Object.keys(this.readers)) {
      const sent = this.model.get(name);
      if (this.read.has(name) || this.ahead.get(name)?.sent === sent) continue;
      const inflated = inflatedAhead(sent)?.then((whole) => void Object.assign(one, { whole, coming: null }));
      const one = { sent, whole: sent, coming: inflated ?? null };
      if (inflated) this.ahead.set(name, one);
    }
    const coming = [...this.ahead.values()].flatMap((one) => one.coming ?? []);
    return coming.length ? Promise.all(coming) : null;
  }

  private get(name: string): unknown {
    if (!this.read.has(name)) {
      const sent = this.model.get(name);
      const ahead = this.ahead.get(name);
      this.ahead.delete(name);
      this.read.set(name, this.readers[name](ahead?.sent === sent ? ahead?.whole : sent, name));
    }
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

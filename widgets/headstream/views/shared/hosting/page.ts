// Views on a page that has no kernel: models of what was saved, which they read and set. Nothing leaves the page.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";

export type Path = (string | number)[];
export type State = Record<string, unknown>;
type Listener = (...told: unknown[]) => void;

/** `view`: what draws it, as the page names it; null for what others only refer to. */
export class Model<Name> {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    readonly view: Name | null,
    private readonly state: State,
  ) {}

  get(name: string): unknown {
    return this.state[name];
  }
  has(name: string): boolean {
    return name in this.state;
  }
  set(name: string, value: unknown): void {
    if (Object.is(this.state[name], value)) return;
    this.state[name] = value;
    for (const listener of [...(this.listeners.get(`change:${name}`) ?? [])]) listener();
  }
  on(name: string, listener: Listener): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }
  off(name: string, listener: Listener): void {
    this.listeners.get(name)?.delete(listener);
  }
  save_changes(): void {}
  send(): void {
    throw new Error("this page has no kernel");
  }
}

/** What was saved as base64; of browsers before 2025 character by character. (Uint8Array.from takes ten times as long.) */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Puts an array where it belongs in a state. */
export function put(state: State, path: Path, array: DataView): void {
  const owner = path.slice(0, -1).reduce((inner, step) => inner[step] as State, state);
  owner[path[path.length - 1]] = array;
}

/** `viewOf`: by the name that models have for it. */
export class Page<Name> {
  constructor(
    readonly models: Map<string, Model<Name>>,
    private readonly viewOf: (name: Name) => AnyWidget | undefined | Promise<AnyWidget>,
  ) {}

  private readonly host: Host = {
    getModel: async (ref) => this.found(ref) as unknown as AnyModel<never>,
    getWidget: async (ref) => ({
      exports: {} as never,
      render: ({ el, signal }) => this.draw(ref, el, signal),
    }),
  };

  /** The model that a reference such as "anywidget:…" means. */
  found(ref: string): Model<Name> {
    const model = this.models.get(ref.slice("anywidget:".length));
    if (!model) throw new Error(`nothing was saved as ${ref}`);
    return model;
  }

  async draw(ref: string, el: HTMLElement, signal = new AbortController().signal): Promise<void> {
    const model = this.found(ref);
    const view = model.view === null ? undefined : await this.viewOf(model.view);
    if (!view) throw new Error(`no view is called ${model.view}`);
    await (view as { render(given: object): Promise<void> }).render({ model, el, host: this.host, signal });
  }
}

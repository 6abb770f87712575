// Hosts the views of a page that has no kernel: models of what was saved, which views read and set. Nothing leaves the page.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";

type Path = (string | number)[];
type State = Record<string, unknown>;
type Listener = (...told: unknown[]) => void;

/** As page.py writes it. */
export interface Saved {
  modules: string[];
  styles: string[];
  models: Record<string, { module: number; state: State; buffers: { path: Path; data: string }[] }>;
}

export class Model {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    readonly module: number,
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

function bytes(base64: string): DataView {
  return new DataView(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
}

export class Page {
  readonly models: Map<string, Model>;
  private readonly modules: Promise<AnyWidget>[];
  private readonly host: Host = {
    getModel: async (ref) => this.found(ref) as unknown as AnyModel<never>,
    getWidget: async (ref) => ({
      exports: {} as never,
      render: ({ el, signal }) => this.draw(ref, el, signal),
    }),
  };

  constructor({ modules, styles, models }: Saved) {
    this.models = new Map(
      Object.entries(models).map(([name, { module, state, buffers }]) => {
        for (const { path, data } of buffers) {
          const owner = path.slice(0, -1).reduce((inner, step) => inner[step] as State, state);
          owner[path[path.length - 1]] = bytes(data);
        }
        return [name, new Model(module, state)];
      }),
    );
    // A page of a file cannot import files: each module comes from the page itself.
    this.modules = modules.map(async (text) => {
      const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      return (await import(url)).default as AnyWidget;
    });
    for (const text of styles)
      document.head.append(Object.assign(document.createElement("style"), { textContent: text }));
  }

  /** The model that a reference such as "anywidget:…" means. */
  found(ref: string): Model {
    const model = this.models.get(ref.slice("anywidget:".length));
    if (!model) throw new Error(`nothing was saved as ${ref}`);
    return model;
  }

  async draw(ref: string, el: HTMLElement, signal = new AbortController().signal): Promise<void> {
    const model = this.found(ref);
    const view = (await this.modules[model.module]) as { render(given: object): Promise<void> };
    await view.render({ model, el, host: this.host, signal });
  }
}

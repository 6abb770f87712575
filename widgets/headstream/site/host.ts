// Hosts the views of a page that has no kernel: models of what was saved, which views read and set. Nothing leaves the page.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";
import { print } from "./print";

/** What was saved, by model's id. `view`: what draws it, null for what others only refer to; `arrays`: where in the state which belongs. */
type Saved = Record<
  string,
  { view: string | null; state: State; arrays: [path: Path, start: number, length: number][] }
>;
type Path = (string | number)[];
type State = Record<string, unknown>;
type Listener = (...told: unknown[]) => void;

/** Where a view belongs: its model's id. */
const PLACE = "[data-hs-view]";

class Model {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    readonly view: string | null,
    private readonly state: State,
  ) {}

  get(name: string): unknown {
    return this.state[name];
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

/** Reads what pages.py packed: the JSON's length in four bytes, the JSON, all arrays; deflated, in base64. */
async function unpacked(base64: string): Promise<Map<string, Model>> {
  const deflated = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(stream).arrayBuffer();
  const begin = 4 + new DataView(bytes).getUint32(0, true);
  const saved: Saved = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, begin - 4)));
  return new Map(
    Object.entries(saved).map(([id, { view, state, arrays }]) => {
      for (const [path, start, length] of arrays) {
        const owner = path.slice(0, -1).reduce((inner, step) => inner[step] as State, state);
        owner[path[path.length - 1]] = new DataView(bytes.slice(begin + start, begin + start + length));
      }
      return [id, new Model(view, state)];
    }),
  );
}

/** Draws every view of the page, from its top on; the page stays quick to scroll meanwhile. */
async function draw(views: Record<string, AnyWidget>, models: Map<string, Model>): Promise<void> {
  const found = (ref: string): Model => {
    const model = models.get(ref.slice("anywidget:".length));
    if (!model) throw new Error(`nothing was saved as ${ref}`);
    return model;
  };
  const render = async (model: Model, el: HTMLElement, signal: AbortSignal): Promise<void> => {
    const view = views[model.view ?? ""] as { render(given: object): Promise<void> } | undefined;
    if (!view) throw new Error(`no view is called ${model.view}`);
    await view.render({ model, el, host, signal });
  };
  const host: Host = {
    getModel: async (ref) => found(ref) as unknown as AnyModel<never>,
    getWidget: async (ref) => ({
      exports: {} as never,
      render: ({ el, signal }) => render(found(ref), el, signal ?? new AbortController().signal),
    }),
  };
  for (const place of document.querySelectorAll<HTMLElement>(PLACE)) {
    await new Promise((resolve) => setTimeout(resolve));
    place.replaceChildren();
    try {
      await render(found(`anywidget:${place.dataset.hsView}`), place, new AbortController().signal);
    } catch (error) {
      place.textContent = "This view cannot be drawn.";
      reportError(error);
    }
  }
  document.documentElement.dataset.hsViews = "drawn";
}

/** Makes `headstream.page`, which each page calls with what was saved of its views. */
export function host(views: Record<string, AnyWidget>): void {
  const page = async (base64: string): Promise<void> => draw(views, await unpacked(base64));
  Object.assign(window, { headstream: { page } });
  print(() => [...document.querySelectorAll<HTMLElement>(PLACE)]);
  // Where the theme follows the system's, no attribute of the page tells views that it has changed.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.body.dataset.theme = document.body.dataset.theme ?? "auto";
  });
}

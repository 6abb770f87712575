// For unit tests: a model and a host stricter than any real one. Unknown traits, forgotten listeners and unsaved changes are errors.
import type { AnyModel, AnyWidget, Host } from "@anywidget/types";
import { vi } from "vitest";
import { EMPTY } from "../frame/selection";
import type { NumericArray, WireArray } from "../wire/arrays";

export interface FakeModel extends AnyModel {
  /** What each save_changes() sent to the kernel, in order. */
  sent: Record<string, unknown>[];
  /** Listeners still attached. */
  listeners(): number;
  /** What answers messages; without it there is no kernel. */
  kernel: ((content: unknown, reply: (content: unknown, buffers?: DataView[]) => void) => void) | null;
}

export function fakeModel(state: Record<string, unknown>): FakeModel {
  const values = new Map(Object.entries(state));
  const listeners: [string, (...told: unknown[]) => void][] = [];
  let unsaved: Record<string, unknown> = {};
  const known = (name: string) => {
    if (!values.has(name)) throw new Error(`no trait ${name}`);
  };
  const model = {
    sent: [] as Record<string, unknown>[],
    listeners: () => listeners.length,
    get(name: string) {
      known(name);
      return values.get(name);
    },
    set(name: string, value: unknown) {
      known(name);
      if (value === undefined || (typeof value === "number" && !Number.isFinite(value))) {
        throw new Error(`${name}: ${String(value)} cannot be sent`);
      }
      if (values.get(name) === value) return;
      values.set(name, value);
      unsaved[name] = value;
      for (const [event, listener] of [...listeners]) if (event === `change:${name}`) listener();
    },
    save_changes() {
      model.sent.push(unsaved);
      unsaved = {};
    },
    on(event: string, listener: () => void) {
      if (event !== "msg:custom") {
        if (!event.startsWith("change:")) throw new Error(`unexpected event ${event}`);
        known(event.slice("change:".length));
      }
      listeners.push([event, listener]);
    },
    off(event: string, listener: () => void) {
      const index = listeners.findIndex(([name, other]) => name === event && other === listener);
      if (index < 0) throw new Error(`off without on: ${event}`);
      listeners.splice(index, 1);
    },
    kernel: null as FakeModel["kernel"],
    send(content: unknown) {
      if (!model.kernel) throw new Error("a view must not need a kernel");
      model.kernel(content, (...told) => {
        for (const [event, listener] of [...listeners]) if (event === "msg:custom") listener(told[0], told[1] ?? []);
      });
    },
    get widget_manager(): never {
      throw new Error("use host.getModel");
    },
  };
  return model as unknown as FakeModel;
}

export function fakeSelection(fields: Record<string, number | null> = {}): FakeModel {
  return fakeModel({ ...EMPTY, ...fields });
}

/** A host that knows the models given, by the references that traits hold ("anywidget:<id>"). */
export function fakeHost(models: Record<string, AnyModel>): Host {
  return {
    async getModel(ref: string) {
      const model = models[ref];
      if (!model) throw new Error(`no model ${ref}`);
      return model;
    },
    async getWidget() {
      throw new Error("not used");
    },
  } as Host;
}

export function wire(values: Uint8Array | Uint16Array | Int32Array | Float32Array, shape: number[]): WireArray {
  const names = { Uint8Array: "uint8", Uint16Array: "uint16", Int32Array: "int32", Float32Array: "float32" } as const;
  const dtype = names[values.constructor.name as keyof typeof names];
  // As from Jupyter: at an offset that need not be aligned.
  const buffer = new ArrayBuffer(values.byteLength + 1);
  new Uint8Array(buffer, 1).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const scale = dtype === "uint8" ? "sqrt" : "linear";
  return { dtype, shape, scale, deflated: false, data: new DataView(buffer, 1) };
}

/** Numbers as the frame hands them to a view's pure parts. */
export function numbers(data: NumericArray["data"], shape: number[]): NumericArray {
  return { shape, data, half: false };
}

/** A view on a page, with a selection of its own. */
export interface Mounted {
  el: HTMLElement;
  model: FakeModel;
  pins: FakeModel;
  lecture: FakeModel;
  all(selector: string): HTMLElement[];
  readout(): string;
  /** Resolves when nothing is left to be drawn. */
  settled(): Promise<void>;
  press(key: string): void;
  close(): void;
}

/** What happy-dom lacks: it tells of an observation that begins, as browsers do. */
class Observer {
  constructor(private readonly told: (entries: [], observer: Observer) => void) {}
  observe(): void {
    queueMicrotask(() => this.told([], this));
  }
  unobserve(): void {}
  disconnect(): void {}
}

export async function mount(view: AnyWidget, traits: Record<string, unknown>, width = 900): Promise<Mounted> {
  vi.stubGlobal("ResizeObserver", Observer);
  // happy-dom lays nothing out.
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => width });
  const pins = fakeSelection();
  const lecture = fakeModel({ font_size: null });
  const common = { title: "", font_size: 13, whole: true };
  const model = fakeModel({ selection: "anywidget:pins", lecture: "anywidget:lecture", ...common, ...traits });
  const el = document.createElement("div");
  document.body.append(el);
  const closing = new AbortController();
  const host = fakeHost({ "anywidget:pins": pins, "anywidget:lecture": lecture });
  const { render } = view as unknown as { render(props: unknown): Promise<void> };
  await render({ model, el, host, signal: closing.signal });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const settled = async () => {
    await frame();
    while (el.querySelector("[data-busy]")) await frame();
  };
  await settled();
  return {
    el,
    model,
    pins,
    lecture,
    settled,
    all: (selector) => [...el.querySelectorAll<HTMLElement>(selector)],
    readout: () => el.querySelector(".hs-readout")?.textContent ?? "",
    press(key) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    },
    close() {
      closing.abort();
      el.remove();
    },
  };
}

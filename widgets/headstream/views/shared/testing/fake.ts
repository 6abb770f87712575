// For unit tests: a model and a host stricter than any real one. Unknown traits, forgotten listeners and unsaved changes are errors.
import type { AnyModel, Host } from "@anywidget/types";
import type { WireArray } from "../wire/arrays";

export interface FakeModel extends AnyModel {
  /** What each save_changes() sent to the kernel, in order. */
  sent: Record<string, unknown>[];
  /** Listeners still attached. */
  listeners(): number;
}

export function fakeModel(state: Record<string, unknown>): FakeModel {
  const values = new Map(Object.entries(state));
  const listeners: [string, () => void][] = [];
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
      if (!event.startsWith("change:")) throw new Error(`unexpected event ${event}`);
      known(event.slice("change:".length));
      listeners.push([event, listener]);
    },
    off(event: string, listener: () => void) {
      const index = listeners.findIndex(([name, other]) => name === event && other === listener);
      if (index < 0) throw new Error(`off without on: ${event}`);
      listeners.splice(index, 1);
    },
    send() {
      throw new Error("a view must not need a kernel");
    },
    get widget_manager(): never {
      throw new Error("use host.getModel");
    },
  };
  return model as unknown as FakeModel;
}

export function fakeSelection(fields: Record<string, number | null> = {}): FakeModel {
  return fakeModel({ layer: null, head: null, position: null, key: null, token: null, ...fields });
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
  return { dtype, shape, data: new DataView(buffer, 1) };
}

"""A page with no kernel that hosts views: each widget's own module, and a model object with what Python sends."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import ipywidgets

from headstream.views.shared.asking import AnsweringView

# Milliseconds from opening a page until what stands on it now is painted.
PAINTED_AT = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
})"""

HOST = """
const models = new Map();
function model(state) {
  const listeners = new Map();
  return {
    state, saved: [],
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      for (const listener of [...(listeners.get("change:" + name) ?? [])]) listener();
    },
    save_changes() { this.saved.push(structuredClone(Object.fromEntries(
      Object.entries(state).filter(([, value]) => value === null || typeof value !== "object")))); },
    listening: () => [...listeners.values()].reduce((sum, some) => sum + some.length, 0),
    on(name, listener) { listeners.set(name, [...(listeners.get(name) ?? []), listener]); },
    off(name, listener) { listeners.set(name, (listeners.get(name) ?? []).filter((other) => other !== listener)); },
    send(content) {
      if (!window.kernel) throw new Error("a view must not need a kernel");
      window.kernel(content).then(({ content, buffers }) => {
        for (const listener of listeners.get("msg:custom") ?? []) listener(content, buffers.map(revive));
      });
    },
  };
}
window.revive = function revive(value) {
  if (value && value.base64 !== undefined) {
    return new DataView(Uint8Array.fromBase64(value.base64).buffer);
  }
  if (Array.isArray(value)) return value.map(revive);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(item)]));
  }
  return value;
};
window.models = models;
window.draw = draw;
window.addEventListener("error", (event) => window.errors.push(String(event.message)));
window.addEventListener("unhandledrejection", (event) => window.errors.push(String(event.reason)));
function found(ref) {
  const model = models.get(ref.slice("anywidget:".length));
  if (!model) throw new Error("no model " + ref);
  return model;
}
const host = {
  getModel: async (ref) => found(ref),
  getWidget: async (ref) => {
    const model = found(ref);
    return { exports: {}, render: ({ el, signal }) => draw(model, el, signal) };
  },
};
async function draw(model, el, signal) {
  const url = URL.createObjectURL(new Blob([model.state._esm], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  URL.revokeObjectURL(url);
  await widget.render({ model, el, host, signal });
}
// Of what stood there before nothing is left, neither elements nor globals; its errors are returned.
window.show = async (states, shown, dark) => {
  window.closing?.abort();
  const errors = window.errors ?? [];
  window.errors = [];
  window.closing = new AbortController();
  for (const name of Object.keys(window)) if (!own.includes(name) && !name.startsWith("__")) delete window[name];
  const body = document.createElement("body");
  const [paper, ink] = dark ? ["#111417", "#e8eaed"] : ["#ffffff", "#1b1f24"];
  body.style.cssText = `margin:16px;background:${paper};color:${ink};font-family:DejaVu Sans`;
  document.body.replaceWith(body);
  document.head.replaceChildren();
  models.clear();
  for (const [id, state] of Object.entries(states)) {
    models.set(id, model(revive(state)));
    const style = document.createElement("style");
    style.textContent = state._css ?? "";
    document.head.append(style);
  }
  for (const id of shown) {
    const place = document.createElement("div");
    place.id = "view-" + id;
    place.style.marginBottom = "8px";
    body.append(place);
  }
  const started = performance.now();
  for (const id of shown) await draw(models.get(id), document.getElementById("view-" + id), closing.signal);
  window.painted_after = performance.now() - started;
  return errors;
};
// What begins with __ is Playwright's.
const own = [...Object.keys(window), "errors", "closing", "painted_after"];
"""


def _jsonable(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    return value


def state_of(widget: ipywidgets.Widget) -> dict[str, Any]:
    """What Python sends of a widget, for the page's `revive`."""
    state: dict[str, Any] = _jsonable(widget.get_state())
    return state


def reply_of(view: AnsweringView, content: Any) -> dict[str, Any]:
    """What Python answers to a message of a page, for its `window.kernel`."""
    told: list[dict[str, Any]] = []
    view.send = lambda content, buffers: told.append({"content": content, "buffers": _jsonable(buffers)})
    view._asked(view, content, [])
    return told[-1]  # before it, what takes long says which share is done


def shown(views: Sequence[ipywidgets.Widget], *, dark: bool = False) -> str:
    """The arguments of the page's `show`, as JSON: it draws the views one below the other."""
    states: dict[str, Any] = {}
    for view in views:
        for widget in (view, view.selection, view.lecture, *getattr(view, "views", ())):
            states[widget.model_id] = state_of(widget)
    return json.dumps([states, [view.model_id for view in views], dark])


def page(views: Sequence[ipywidgets.Widget] = (), *, dark: bool = False) -> str:
    """A whole HTML page that draws the views; `window.ready` is true when they are drawn."""
    arguments = shown(views, dark=dark).replace("<", "\\u003c")  # it stands inside a script element
    # As data, which browsers read several times faster than the same text as a program.
    read = 'JSON.parse(document.getElementById("arguments").textContent)'
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>views</title><body>'
        f'<script type="application/json" id="arguments">{arguments}</script>'
        f'<script type="module">{HOST}await show(...{read});\nwindow.ready = true;</script></body></html>'
    )

"""A page with no kernel that hosts views: each widget's own module, and a model object with what Python sends."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import ipywidgets

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
    return new DataView(Uint8Array.from(atob(value.base64), (c) => c.charCodeAt(0)).buffer);
  }
  if (Array.isArray(value)) return value.map(revive);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(item)]));
  }
  return value;
};
window.models = models;
window.draw = draw;
window.errors = [];
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
  await widget.render({ model, el, host, signal });
}
for (const [id, state] of Object.entries(STATES)) {
  models.set(id, model(revive(state)));
  const style = document.createElement("style");
  style.textContent = state._css ?? "";
  document.head.append(style);
}
window.closing = new AbortController();
const started = performance.now();
for (const id of SHOWN) await draw(models.get(id), document.getElementById("view-" + id), closing.signal);
window.painted_after = performance.now() - started;
window.ready = true;
"""


def _jsonable(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    return value


def _inline(value: Any) -> str:
    """JSON that may stand inside a script element, whatever text is in it."""
    return json.dumps(value).replace("<", "\\u003c")


def state_of(widget: ipywidgets.Widget) -> dict[str, Any]:
    """What Python sends of a widget, for the page's `revive`."""
    state: dict[str, Any] = _jsonable(widget.get_state())
    return state


def page(views: Sequence[ipywidgets.Widget], *, dark: bool = False, width: int | None = None) -> str:
    """A whole HTML page that draws the views one below the other; `window.ready` is true when they are drawn."""
    states: dict[str, Any] = {}
    for view in views:
        for widget in (view, view.selection, view.lecture, *getattr(view, "views", ())):
            states[widget.model_id] = state_of(widget)
    shown = [view.model_id for view in views]
    paper, ink = ("#111417", "#e8eaed") if dark else ("#ffffff", "#1b1f24")
    places = "".join(f'<div id="view-{model_id}" style="margin-bottom:8px"></div>' for model_id in shown)
    body_width = f"width:{width}px;" if width else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>views</title>'
        f'<body style="{body_width}margin:16px;background:{paper};color:{ink};font-family:DejaVu Sans">{places}'
        f'<script type="module">const STATES = {_inline(states)}; const SHOWN = {_inline(shown)};\n'
        f"{HOST}</script></body></html>"
    )

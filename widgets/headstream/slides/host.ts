// Hosts the views of a lesson's slides, from what page.py saved of them.
import type { AnyWidget } from "@anywidget/types";
import { bytesOf, Model, Page, type Path, put, type State } from "../views/shared/hosting/page";

/** As page.py writes it. */
export interface Saved {
  modules: string[];
  styles: string[];
  models: Record<string, { module: number; state: State; buffers: { path: Path; data: string }[] }>;
}

export function hosted({ modules, styles, models }: Saved): Page<number> {
  // A page of a file cannot import files: each module comes from the page itself.
  const views = modules.map(async (text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    return (await import(url)).default as AnyWidget;
  });
  for (const text of styles)
    document.head.append(Object.assign(document.createElement("style"), { textContent: text }));
  const saved = Object.entries(models).map(([name, { module, state, buffers }]): [string, Model<number>] => {
    for (const { path, data } of buffers) put(state, path, new DataView(bytesOf(data).buffer));
    return [name, new Model(module, state)];
  });
  return new Page(new Map(saved), (module) => views[module]);
}

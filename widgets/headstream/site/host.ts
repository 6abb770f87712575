// Hosts the views of a page of the site, from what was saved of them. Nothing leaves the page.
import type { AnyWidget } from "@anywidget/types";
import { bytesOf, Model, Page, type Path, put, type State } from "../views/shared/hosting/page";
import { print } from "./print";

/** What was saved, by model's id. `view`: what draws it, null for what others only refer to; `arrays`: where in the state which belongs. */
type Saved = Record<
  string,
  { view: string | null; state: State; arrays: [path: Path, start: number, length: number][] }
>;

/** Where a view belongs: its model's id. */
const PLACE = "[data-hs-view]";

/** Reads what pages.py packed: the JSON's length in four bytes, the JSON, all arrays; deflated, in base64. */
async function unpacked(base64: string): Promise<Map<string, Model<string>>> {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(stream).arrayBuffer();
  const begin = 4 + new DataView(bytes).getUint32(0, true);
  const saved: Saved = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, begin - 4)));
  return new Map(
    Object.entries(saved).map(([id, { view, state, arrays }]) => {
      for (const [path, start, length] of arrays) {
        put(state, path, new DataView(bytes.slice(begin + start, begin + start + length)));
      }
      return [id, new Model(view, state)];
    }),
  );
}

/** Draws every view of the page, from its top on; the page stays quick to scroll meanwhile. */
async function draw(page: Page<string>): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>(PLACE)) {
    await new Promise((resolve) => setTimeout(resolve));
    place.replaceChildren();
    try {
      await page.draw(`anywidget:${place.dataset.hsView}`, place);
    } catch (error) {
      place.textContent = "This view cannot be drawn.";
      reportError(error);
    }
  }
  document.documentElement.dataset.hsViews = "drawn";
}

/** Makes `headstream.page`, which each page calls with what was saved of its views; `headstream.views` may be added to before. */
export function host(views: Record<string, AnyWidget>): void {
  const page = async (base64: string) => draw(new Page(await unpacked(base64), (name) => views[name]));
  Object.assign(window, { headstream: { page, views } });
  print(() => [...document.querySelectorAll<HTMLElement>(PLACE)]);
  // Where the theme follows the system's, no attribute of the page tells views that it has changed.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.body.dataset.theme = document.body.dataset.theme ?? "auto";
  });
}

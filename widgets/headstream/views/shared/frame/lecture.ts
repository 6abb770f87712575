// The size of type of the whole notebook: one model, to which every view refers. Its menu item switches it for all of them.
import type { AnyModel, Host } from "@anywidget/types";

/** CSS pixels. */
const NORMAL = 13;
const LARGE = 22;
/** Of JupyterLab's own sizes, those of what is printed and written, and of "[12]:" beside it, in that type; and how wide a
 * notebook is in it at least. */
const AROUND = { "--jp-code-font-size": 1, "--jp-content-font-size1": 1, "--jp-cell-prompt-width": 5 };
const NARROWEST = 68;

export class SharedLecture {
  private model: AnyModel<{ font_size: number | null }> | null = null;

  constructor(
    private readonly owner: AnyModel,
    private readonly host: Host,
    private readonly signal: AbortSignal,
    private readonly changed: () => void,
  ) {}

  /** Resolves when the model has been found, or is known to be missing: then the view's own size is all there is. */
  async follow(): Promise<void> {
    let model: AnyModel<{ font_size: number | null }>;
    try {
      model = await this.host.getModel(this.owner.get("lecture"));
    } catch {
      return;
    }
    if (this.signal.aborted) return;
    this.model = model;
    model.on("change:font_size", this.changed);
    this.signal.addEventListener("abort", () => model.off("change:font_size", this.changed));
    if (this.least) this.changed();
  }

  private get least(): number {
    return this.model?.get("font_size") ?? 0;
  }

  /** The size of a view's type, whose own is given. */
  fontSize(own: number): number {
    return Math.max(own, this.least);
  }

  /** What the notebook around a view prints is as large as the views, where a hundred characters of it fit on a line. */
  sizeAround(view: HTMLElement): void {
    const notebook = view.closest<HTMLElement>(".jp-Notebook");
    if (!notebook || !this.model) return;
    const fitting = Math.floor(notebook.clientWidth / NARROWEST);
    const size = Math.max(NORMAL, Math.min(this.least, fitting));
    const large = this.least > NORMAL;
    notebook.toggleAttribute("data-hs-lecture", large);
    for (const [name, times] of Object.entries(AROUND)) {
      const wanted = large ? `${times * size}px` : "";
      if (notebook.style.getPropertyValue(name) !== wanted) notebook.style.setProperty(name, wanted);
    }
  }

  /** For the whole notebook; for this view where it stands alone. */
  toggle(): void {
    if (this.model) this.model.set("font_size", this.least ? null : LARGE);
    else this.owner.set("font_size", this.owner.get("font_size") >= LARGE ? NORMAL : LARGE);
    (this.model ?? this.owner).save_changes();
  }
}

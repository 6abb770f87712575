// One selection for several views: hover previews it on the page, a click or Enter pins it (and Python hears of it).
import type { AnyModel, Host } from "@anywidget/types";
import fields from "../selection.json";

/** The one list of the selection's fields is selection.json; Python reads it too. */
export type Field = keyof typeof fields;
export const FIELDS = Object.keys(fields) as Field[];
export type Selection = Record<Field, number | null>;
export type Sizes = Partial<Record<Field, number>>;

export const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, null])) as Selection;
const PREVIEW = "headstream:preview";
interface Preview {
  ref: string;
  part: Partial<Selection> | null;
}

/** Where pins are kept: the selection's model, or this view alone while there is none. */
interface Pins {
  get(field: Field): number | null;
  set(field: Field, value: number | null): void;
  save_changes(): void;
}

function ownPins(changed: () => void): Pins {
  const kept = { ...EMPTY };
  return {
    get: (field) => kept[field],
    set: (field, value) => {
      kept[field] = value;
    },
    save_changes: changed,
  };
}

/** What a view sees of the selection its model refers to. Values outside `sizes` are ignored here, and kept for the others. */
export class SharedSelection {
  private model: AnyModel<Selection> | null = null;
  private pins: Pins;
  private hover: Partial<Selection> | null = null;
  private frame = 0;
  private generation = 0;

  constructor(
    private readonly owner: AnyModel,
    private readonly host: Host,
    private readonly signal: AbortSignal,
    private readonly changed: () => void,
    public sizes: Sizes = {},
  ) {
    this.pins = ownPins(() => this.schedule());
    // A preview must reach views in other bundles and must not reach the kernel: a DOM event does both, with no shared state.
    const listen = (event: Event) => {
      const { ref, part } = (event as CustomEvent<Preview>).detail;
      if (ref !== this.owner.get("selection")) return;
      this.hover = part;
      this.schedule();
    };
    document.addEventListener(PREVIEW, listen, { signal });
    owner.on("change:selection", this.follow);
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(this.frame);
      owner.off("change:selection", this.follow);
      this.unfollow();
    });
  }

  /** Resolves when the selection's model has been found, or is known to be missing: then pins stay in this view. */
  readonly follow = async (): Promise<void> => {
    this.generation += 1;
    const generation = this.generation;
    let model: AnyModel<Selection> | null;
    try {
      model = await this.host.getModel<Selection>(this.owner.get("selection"));
    } catch {
      model = null;
    }
    // Relinked twice, or closed, while the host was looking.
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.model = model;
    this.pins = model ?? ownPins(() => this.schedule());
    for (const field of FIELDS) model?.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };

  private unfollow(): void {
    for (const field of FIELDS) this.model?.off(`change:${field}`, this.schedule);
    this.model = null;
  }

  private readonly schedule = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.changed();
    });
  };

  /** Whether a change is still to be shown. */
  get pending(): boolean {
    return this.frame !== 0;
  }

  private inRange(selection: Selection): Selection {
    const result = { ...selection };
    for (const field of FIELDS) {
      const value = result[field];
      const size = this.sizes[field];
      if (value !== null && size !== undefined && !(value >= 0 && value < size)) result[field] = null;
    }
    return result;
  }

  /** What is pinned. */
  pinned(): Selection {
    const result = { ...EMPTY };
    for (const field of FIELDS) result[field] = this.pins.get(field) ?? null;
    return this.inRange(result);
  }

  /** What is shown: the preview where there is one, else what is pinned. */
  current(): Selection {
    const pinned = this.pinned();
    if (!this.hover) return pinned;
    const merged = this.inRange({ ...EMPTY, ...this.hover });
    for (const field of FIELDS) {
      const given = this.hover[field];
      // A preview of null is meant; one out of range is ignored.
      if (given === undefined || (given !== null && merged[field] === null)) merged[field] = pinned[field];
    }
    return merged;
  }

  get previewing(): boolean {
    return this.hover !== null;
  }

  preview(part: Partial<Selection> | null): void {
    const detail: Preview = { ref: this.owner.get("selection"), part };
    document.dispatchEvent(new CustomEvent(PREVIEW, { detail }));
  }

  pin(part: Partial<Selection>): void {
    for (const field of FIELDS) {
      const value = part[field];
      if (value !== undefined) this.pins.set(field, value);
    }
    this.pins.save_changes();
    this.preview(null);
  }

  clear(): void {
    this.pin(EMPTY);
  }
}

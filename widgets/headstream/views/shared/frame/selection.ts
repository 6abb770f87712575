// One selection for several views: hover previews it on the page, a click or Enter pins it (and Python hears of it).
import type { AnyModel, Host } from "@anywidget/types";

export const FIELDS = ["layer", "head", "position", "key", "token"] as const;
export type Field = (typeof FIELDS)[number];
export type Selection = Record<Field, number | null>;
export type Sizes = Partial<Record<Field, number>>;

const EMPTY: Selection = { layer: null, head: null, position: null, key: null, token: null };
const PREVIEW = "headstream:preview";
interface Preview {
  ref: string;
  part: Partial<Selection> | null;
}

/** What a view sees of the selection its model refers to. Values outside `sizes` are ignored here, and kept for the others. */
export class SharedSelection {
  private pins: AnyModel<Selection> | null = null;
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

  /** Resolves when the selection's model has been found. */
  readonly follow = async (): Promise<void> => {
    this.generation += 1;
    const generation = this.generation;
    const pins = await this.host.getModel<Selection>(this.owner.get("selection"));
    // Relinked twice, or closed, while the host was looking.
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.pins = pins;
    for (const field of FIELDS) pins.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };

  private unfollow(): void {
    for (const field of FIELDS) this.pins?.off(`change:${field}`, this.schedule);
  }

  private readonly schedule = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.changed);
  };

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
    for (const field of FIELDS) result[field] = this.pins?.get(field) ?? null;
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
    if (!this.pins) return;
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

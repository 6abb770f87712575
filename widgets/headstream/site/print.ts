// A printed page is light whatever its theme, as wide as the paper, and each view on it stands whole on one sheet, scaled down where it is
// higher. Paper has no frames to wait for, so what views would draw on the next one is drawn before the page is laid out for it.
import { LAID_OUT } from "../views/shared/frame/layout";
import { WHOLE } from "../views/shared/frame/view";

/** CSS pixels of A4 and Letter within the margins that site.css sets, with some room for a caption. */
const PAPER = { width: 680, height: 880 };
/** How far a view is scaled down, the least first that is enough. One that would be smaller still scrolls, and is cut as on the screen. */
const SCALES = [1, 0.85, 0.7, 0.6, 0.5];
/** Views in views, one in the other. */
const DEEP = 2;
/** Of an animation, which asks for the next frame in each, not more than this is run. */
const MOST = 5000;

/** places: the elements that views stand in. */
export function print(places: () => HTMLElement[]): void {
  let before: { theme: string | undefined; frames: Frames } | null = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    before = { theme: document.body.dataset.theme, frames: new Frames() };
    document.body.dataset.theme = "light";
    drawForSheets(places(), before.frames);
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    before.frames.release();
    document.body.dataset.theme = before.theme;
    before = null;
    for (const place of places()) {
      place.style.width = place.style.zoom = "";
      delete place.dataset.hsHeight;
    }
    dispatchEvent(new Event("resize"));
  });
}

/** Draws each view for a sheet. A view that is scaled down is drawn for as much more width, so that it fills the sheet's. */
function drawForSheets(places: HTMLElement[], frames: Frames): void {
  const draw = (some: HTMLElement[], scale: number, height: string) => {
    for (const place of some) {
      place.style.width = `${PAPER.width / scale}px`;
      place.dataset.hsHeight = height;
    }
    for (let level = 0; level < DEEP; level++) {
      dispatchEvent(new Event("resize"));
      frames.draw();
    }
  };
  let higher = places;
  for (const scale of SCALES) {
    draw(higher, scale, WHOLE);
    const whole = higher.filter((place) => place.offsetHeight * scale <= PAPER.height);
    // Once it is drawn: a view measures itself in pixels of the screen.
    for (const place of whole) place.style.zoom = String(scale);
    higher = higher.filter((place) => !whole.includes(place));
  }
  draw(higher, 1, String(PAPER.height));
}

/** Takes the place of the browser's frames until it is released. */
class Frames {
  private readonly request = window.requestAnimationFrame;
  private readonly cancel = window.cancelAnimationFrame;
  private readonly waiting = new Map<number, FrameRequestCallback>();
  private count = 0;

  constructor() {
    window.requestAnimationFrame = (run) => {
      this.count += 1;
      // Observers tell of changes when the event is over, and what they ask for is still to be drawn.
      if (this.waiting.size === 0) queueMicrotask(() => this.draw());
      this.waiting.set(-this.count, run);
      return -this.count;
    };
    window.cancelAnimationFrame = (id) => {
      if (!this.waiting.delete(id)) this.cancel.call(window, id);
    };
  }

  draw(): void {
    for (const [id, run] of this.waiting) {
      if (this.count > MOST) return;
      this.waiting.delete(id);
      run(performance.now());
    }
    document.dispatchEvent(new Event(LAID_OUT));
  }

  release(): void {
    window.requestAnimationFrame = this.request;
    window.cancelAnimationFrame = this.cancel;
    for (const run of this.waiting.values()) requestAnimationFrame(run);
  }
}

// A printed page is light whatever its theme, as wide as the paper, and has no view that is taller than a sheet. Paper has no frames to
// wait for, so what views would draw on the next one is drawn before the page is laid out for it.

/** CSS pixels of A4 and Letter within the margins that site.css sets, with some room for a caption. */
const PAPER = { width: 680, height: 880 };
/** Of an animation, which asks for the next frame in each, not more than this is run. */
const MOST = 5000;

/** places: the elements that views stand in. */
export function print(places: () => HTMLElement[]): void {
  let before: { theme: string | undefined; frames: Frames } | null = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    before = { theme: document.body.dataset.theme, frames: new Frames() };
    document.body.dataset.theme = "light";
    for (const place of places()) {
      place.style.width = `${PAPER.width}px`;
      place.dataset.hsHeight = String(PAPER.height);
    }
    dispatchEvent(new Event("resize"));
    before.frames.draw();
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    before.frames.release();
    document.body.dataset.theme = before.theme;
    before = null;
    for (const place of places()) {
      place.style.width = "";
      delete place.dataset.hsHeight;
    }
    dispatchEvent(new Event("resize"));
  });
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
  }

  release(): void {
    window.requestAnimationFrame = this.request;
    window.cancelAnimationFrame = this.cancel;
    for (const run of this.waiting.values()) requestAnimationFrame(run);
  }
}

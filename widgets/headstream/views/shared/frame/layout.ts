// What must know where things stand asks once the browser has laid out the frame. Views that ask while they draw make it lay out the
// whole page again, each of them several times.

/** Tells views, on the document, that the page is laid out where no frame comes: for paper. */
export const LAID_OUT = "headstream:laid-out";

const waiting = new Set<() => void>();
let observer: ResizeObserver | null = null;

/** Runs in this frame, when its layout is made and nothing is painted yet; what is asked for twice runs once. Not to be called from there. */
export function afterLayout(run: () => void): void {
  waiting.add(run);
  observer ??= observing();
  // The browser tells of an observation that begins, and of the root before all that is in it: what changes then is told of in turn.
  observer.observe(document.documentElement);
}

function observing(): ResizeObserver {
  document.addEventListener(LAID_OUT, runAll);
  return new ResizeObserver((_, observed) => {
    observed.disconnect(); // nothing is asked about the root's size, which what runs may change
    runAll();
  });
}

function runAll(): void {
  const runs = [...waiting];
  waiting.clear();
  for (const run of runs) run();
}

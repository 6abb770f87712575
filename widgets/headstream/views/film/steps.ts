// Which step is meant, and how curves are scaled: pure functions of numbers.
import { type AxisScale, linear, logOfCounts } from "../shared/draw/scale";

/** The index of the recorded step that is nearest to a step. */
export function nearest(steps: ArrayLike<number>, step: number): number {
  let best = 0;
  for (let index = 1; index < steps.length; index++) {
    if (Math.abs(steps[index] - step) < Math.abs(steps[best] - step)) best = index;
  }
  return best;
}

/** The index of the last frame that is not after a recorded step. */
export function frameAt(frames: ArrayLike<number>, index: number): number {
  let last = 0;
  for (let frame = 1; frame < frames.length; frame++) if (frames[frame] <= index) last = frame;
  return last;
}

/** Steps that were recorded in a geometric row are drawn on a logarithm, others as they are. */
export function stepScale(steps: ArrayLike<number>, range: [number, number]): AxisScale & { log: boolean } {
  const last = steps[steps.length - 1];
  const log = steps.length > 4 && steps[steps.length >> 1] < last / 3;
  return Object.assign(log ? logOfCounts(last, range) : linear([0, Math.max(1, last)], range), { log });
}

/**
 * The smallest and the largest of all curves' numbers, without one at either end that stands farther from the others than they from
 * each other: a spike is no reason to draw everything else flat. What is outside is drawn at the edge, and marked.
 */
export function rangeOf(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const among = sorted[last - 1] - sorted[1];
  const far = (from: number, to: number) => last >= 8 && sorted[to] - sorted[from] > among;
  const [least, most] = [sorted[far(0, 1) ? 1 : 0], sorted[far(last - 1, last) ? last - 1 : last]];
  return most > least ? [least, most] : [least - 0.5, most + 0.5];
}

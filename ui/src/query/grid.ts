/** Samples on the grid of steps they were asked on. */
import type { RangeSeries } from '../api/prometheus';

/** One value a step; a step without a sample stays a hole. */
export function onSteps(
  { times, values }: RangeSeries,
  startMs: number,
  endMs: number,
  stepMs: number,
): (number | null)[] {
  const out = Array<number | null>(Math.floor((endMs - startMs) / stepMs) + 1).fill(null);
  times.forEach((time, i) => {
    const at = Math.round((time - startMs) / stepMs);
    if (at >= 0 && at < out.length) out[at] = values[i]!;
  });
  return out;
}

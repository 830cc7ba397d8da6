/** Steps and the alignment of ranges to them: equal questions get equal keys, and cached answers. */

const NICE_STEPS_S = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
];

/** The step for a range drawn over so many pixels: at most one point per pixel, never below `minMs`. */
export function stepFor(lengthMs: number, widthPx: number, minMs = 15_000): number {
  const raw = Math.max(lengthMs / Math.max(widthPx, 50) / 1000, minMs / 1000);
  const step = NICE_STEPS_S.find((nice) => nice >= raw * 0.999);
  return (step ?? Math.ceil(raw / 86_400) * 86_400) * 1000;
}

const SCRAPE_MS = 15_000;

/** The window of a rate: always four scrapes, so that it never falls between two samples. */
export const rateWindow = (stepMs: number, scrapeMs = SCRAPE_MS): number =>
  Math.max(stepMs + scrapeMs, 4 * scrapeMs);

/** Both ends moved down to a multiple of the step, so that a refresh within a step asks the same. */
export function alignToStep(fromMs: number, toMs: number, stepMs: number) {
  return {
    startMs: Math.floor(fromMs / stepMs) * stepMs,
    endMs: Math.floor(toMs / stepMs) * stepMs,
    stepMs,
  };
}

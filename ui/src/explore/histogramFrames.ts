import type { TimedHistogram } from '../api/prometheus';
import { tellPlainly } from '../format';
import type { Frame } from '../frames/frame';

/**
 * A native histogram over time as the series of a classic one, which the heat map draws: for each
 * upper bound that occurs, how many observations lie at or below it.
 */
export function histogramFrames(histograms: readonly TimedHistogram[]): Frame[] {
  const times = histograms.map(({ timeMs }) => timeMs);
  const bounds = [
    ...new Set(histograms.flatMap(({ histogram }) => histogram.buckets.map(({ upper }) => upper))),
  ].sort((a, b) => a - b);
  return bounds.map((bound) => ({
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time', values: times },
      {
        name: String(bound),
        type: 'number',
        labels: { le: bound === Infinity ? '+Inf' : String(bound) },
        values: histograms.map(({ histogram }) => atOrBelow(histogram.buckets, bound)),
        config: { tell: tellPlainly },
      },
    ],
  }));
}

function atOrBelow(buckets: TimedHistogram['histogram']['buckets'], bound: number): number {
  return buckets.reduce((sum, { upper, count }) => (upper <= bound ? sum + count : sum), 0);
}

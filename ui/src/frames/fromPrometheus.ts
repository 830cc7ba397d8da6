import type { InstantSample, RangeSeries, TimedHistogram } from '../api/prometheus';
import { visible } from '../format/visible';
import { natural } from './compare';
import type { Field, Frame } from './frame';
import { labelOf, nameSeries } from './legend';

/** The question behind an answer: which target of the panel, and how its series are called. */
export interface Asked {
  readonly refId: string;
  readonly expr: string;
  readonly legend?: string;
}

/** One frame a series: its times and its values, named by the legend. */
export function seriesFrames(series: readonly RangeSeries[], asked: Asked): Frame[] {
  const filled = series.filter(({ times }) => times.length > 0);
  const names = nameSeries(
    filled.map(({ labels }) => labels),
    asked.legend,
    asked.expr,
  );
  return filled.map(({ labels, times, values }, i) => ({
    refId: asked.refId,
    fields: [
      { name: 'Time', type: 'time', values: times },
      { name: visible(names[i] ?? ''), type: 'number', labels, values },
    ],
  }));
}

/**
 * An answer for a heat map. Native histograms become the series of a classic one, as the heat map reads them: for
 * each upper bound that occurs, how many observations of all series lie at or below it. Others stay as they are.
 */
export function heatFrames(series: readonly RangeSeries[], asked: Asked): Frame[] {
  const numbers = series.map(({ labels, times, values, histograms = [] }) => {
    const native = new Set(histograms.map(({ timeMs }) => timeMs));
    const kept = times.flatMap((time, i) => (native.has(time) ? [] : [i]));
    return { labels, times: kept.map((i) => times[i]!), values: kept.map((i) => values[i]!) };
  });
  const native = series.flatMap(({ histograms = [] }) => histograms);
  return [...seriesFrames(numbers, asked), ...bucketFrames(native, asked.refId)];
}

function bucketFrames(histograms: readonly TimedHistogram[], refId: string): Frame[] {
  const times = [...new Set(histograms.map(({ timeMs }) => timeMs))].sort((a, b) => a - b);
  const uppers = histograms.flatMap(({ histogram }) => histogram.buckets.map(({ upper }) => upper));
  const bounds = [...new Set(uppers)].sort((a, b) => a - b);
  const columnOf = new Map(times.map((time, column) => [time, column]));
  const rowOf = new Map(bounds.map((bound, row) => [bound, row]));
  const counts = bounds.map(() => new Array<number>(times.length).fill(0));
  for (const { timeMs, histogram } of histograms) {
    for (const { upper, count } of histogram.buckets) {
      counts[rowOf.get(upper)!]![columnOf.get(timeMs)!]! += count;
    }
  }
  for (let row = 1; row < counts.length; row++) {
    counts[row] = counts[row]!.map((count, column) => count + counts[row - 1]![column]!);
  }
  return bounds.map((bound, row) => ({
    refId,
    fields: [
      { name: 'Time', type: 'time', values: times },
      {
        name: String(bound),
        type: 'number',
        labels: { le: bound === Infinity ? '+Inf' : String(bound) },
        values: counts[row]!,
      },
    ],
  }));
}

/** An instant answer as series of one point each. */
export function instantFrames(samples: readonly InstantSample[], asked: Asked): Frame[] {
  const inOrder = SORTS.test(asked.expr) ? samples : inNaturalOrder(samples);
  const series = inOrder.map(({ labels, timeMs, value }) => ({
    labels,
    times: [timeMs],
    values: [value],
  }));
  return seriesFrames(series, asked);
}

/** One frame for the whole answer: a row a series, a column a label, as `format: table` asks. */
export function tableFrame(samples: readonly InstantSample[], asked: Asked): Frame {
  const labels = [...new Set(samples.flatMap((sample) => Object.keys(sample.labels)))].sort();
  const fields: Field[] = [
    { name: 'Time', type: 'time', values: samples.map(({ timeMs }) => timeMs) },
    ...labels.map((label): Field => ({
      name: label,
      type: 'text',
      values: samples.map((sample) => labelOf(sample.labels, label) ?? null),
    })),
    {
      name: `Value #${asked.refId}`,
      type: 'number',
      values: samples.map(({ value }) => value),
    },
  ];
  return { refId: asked.refId, fields };
}

/** A question that says in which order its answer is to be read. */
const SORTS = /\b(sort\w*|topk|bottomk|limitk)\b/;

/** An instant answer comes in any order: without one, GPU 7 may stand before GPU 0, and another way next time. */
function inNaturalOrder(samples: readonly InstantSample[]): InstantSample[] {
  const names = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))].sort();
  return [...samples].sort((a, b) => {
    for (const name of names) {
      const order = natural(a.labels[name] ?? '', b.labels[name] ?? '');
      if (order !== 0) return order;
    }
    return 0;
  });
}

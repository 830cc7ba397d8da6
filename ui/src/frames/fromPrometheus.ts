import type { InstantSample, RangeSeries } from '../api/prometheus';
import type { Field, Frame } from './frame';
import { visible } from '../format/visible';
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

/** An instant answer as series of one point each. */
export function instantFrames(samples: readonly InstantSample[], asked: Asked): Frame[] {
  const series = samples.map(({ labels, timeMs, value }) => ({
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

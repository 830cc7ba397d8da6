import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { reduceOf } from '../../reduce';
import type { Json } from '../table';
import { isNumber, isTime, rowsIn, textColumn, textOf } from './columns';

/**
 * Each query's series to one table: a row a series, a column a label, and a column of frames to draw spark lines
 * of. What a spark line is sorted and told by stands with it: the value that `stat` reduces it to.
 */
export function timeSeriesTable(frames: DataFrame[], options: Json): DataFrame[] {
  const series = frames.filter(({ fields }) => fields.some(isTime) && fields.some(isNumber));
  const refIds = [...new Set(series.map(({ refId }) => refId ?? ''))];
  const rest = frames.filter((frame) => !series.includes(frame));
  return [
    ...refIds.map((refId) =>
      tableOf(
        series.filter((one) => (one.refId ?? '') === refId),
        refId,
        options,
      ),
    ),
    ...rest,
  ];
}

function tableOf(series: readonly DataFrame[], refId: string, options: Json): DataFrame {
  const lines = series.flatMap((frame) =>
    frame.fields.filter(isNumber).map((value) => ({ frame, value, labels: value.labels ?? {} })),
  );
  const names = [...new Set(lines.flatMap(({ labels }) => Object.keys(labels)))];
  const { stat, timeField } = optionsOf(options, refId);
  const trend: Field = {
    name: refId ? `Trend #${refId}` : 'Trend',
    type: FieldType.frame,
    config: {},
    values: lines.map(({ frame, value }) => sparkOf(frame, value, stat, timeField)),
  };
  const labels = names.map((name) =>
    textColumn(
      name,
      lines.map((line) => line.labels[name]),
    ),
  );
  return { refId, length: lines.length, fields: [...labels, trend] };
}

function optionsOf(options: Json, refId: string): { stat: string; timeField: string } {
  const old = (options['refIdToStat'] ?? {}) as Json;
  const own = (options[refId] ?? {}) as Json;
  return {
    stat: textOf(own['stat'], textOf(old[refId], 'lastNotNull')),
    timeField: textOf(own['timeField']),
  };
}

function sparkOf(
  frame: DataFrame,
  value: Field,
  stat: string,
  timeField: string,
): DataFrame & { value: unknown } {
  const time =
    frame.fields.find((field) => isTime(field) && field.name === timeField) ??
    frame.fields.find(isTime);
  const values = rowsIn(frame).map((row) => (value.values as (number | null)[])[row] ?? null);
  const reduced = reduceOf(stat, values);
  return {
    ...frame,
    fields: time ? [time, value] : [value],
    meta: { custom: { oriel: { custom: { stat, value: reduced } } } },
    value: reduced,
  };
}

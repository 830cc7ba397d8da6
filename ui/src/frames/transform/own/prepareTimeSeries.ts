import { FieldType, outerJoinDataFrames, type DataFrame, type Field } from '@grafana/data';
import { plain } from '../../compare';
import { VALUE } from '../dataFrames';
import { MOST_COLUMNS, refuseMany } from '../bounds';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, isText, isTime, pick, rowsIn, textColumn, textOf } from './columns';

/** Turns time series into the form that a panel wants: a frame a series, one wide frame, or rows of long form. */
export function prepareTimeSeries(frames: DataFrame[], options: Json): DataFrame[] {
  const many = frames.flatMap(toMany);
  switch (textOf(options['format'], 'many')) {
    case 'many':
    case 'multi':
      return many;
    case 'wide': {
      const wide = many.length > 1 ? outerJoinDataFrames({ frames: many }) : many[0];
      return wide ? [{ ...wide, refId: many[0]?.refId }] : [];
    }
    case 'long':
      return many.length ? [toLong(many)] : [];
    default:
      throw new Refused(`it knows no format "${textOf(options['format'])}"`);
  }
}

/** A frame for each number column and each combination of its words, which become labels. */
function toMany(frame: DataFrame): DataFrame[] {
  const time = frame.fields.find(isTime);
  if (!time) return [];
  const words = frame.fields.filter(isText);
  const groups = new Map<string, number[]>();
  for (const row of rowsIn(frame)) {
    const key = JSON.stringify(words.map(({ values }) => values[row] as unknown));
    const rows = groups.get(key) ?? [];
    groups.set(key, rows);
    rows.push(row);
  }
  const numbers = frame.fields.filter(isNumber);
  refuseMany(groups.size * numbers.length, MOST_COLUMNS, 'series');
  return numbers.flatMap((field) =>
    [...groups.values()].map((rows): DataFrame => {
      const labels = { ...field.labels, ...labelsAt(words, rows[0] ?? 0) };
      const order = words.length
        ? rows.toSorted((a, b) => Number(time.values[a]) - Number(time.values[b]))
        : rows;
      const value = words.length ? { ...pick(field, order), labels } : { ...field };
      return {
        refId: frame.refId,
        name: frame.name,
        meta: frame.meta,
        length: order.length,
        fields: [pick(time, order), value],
      };
    }),
  );
}

const labelsAt = (words: readonly Field[], row: number): Record<string, string> =>
  Object.fromEntries(words.map(({ name, values }) => [name, plain(values[row])]));

function toLong(many: readonly DataFrame[]): DataFrame {
  const points = many.flatMap((frame) => {
    const [time, value] = frame.fields as [Field, Field];
    return rowsIn(frame).map((row) => ({
      at: time.values[row] as unknown,
      value: value.values[row] as unknown,
      labels: value.labels ?? {},
    }));
  });
  points.sort((a, b) => Number(a.at) - Number(b.at));
  const names = [...new Set(many.flatMap(({ fields }) => Object.keys(fields[1]?.labels ?? {})))];
  const [time, value] = many[0]!.fields as [Field, Field];
  return {
    refId: many[0]!.refId,
    length: points.length,
    fields: [
      { name: time.name, type: FieldType.time, config: {}, values: points.map(({ at }) => at) },
      {
        name: value.name || VALUE,
        type: FieldType.number,
        config: {},
        values: points.map((point) => point.value),
      },
      ...names.map((name) =>
        textColumn(
          name,
          points.map(({ labels }) => labels[name]),
        ),
      ),
    ],
  };
}

import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, textColumn, textOf } from './columns';

/**
 * Series to one table: a row for each set of the labels they are joined by and each place in the series, and a
 * column for each value of the label named by `value`.
 */
export function joinByLabels(frames: DataFrame[], options: Json): DataFrame[] {
  const by = textOf(options['value']);
  if (!by) throw new Refused('it names no label whose values become columns');
  const series = frames
    .flatMap(({ fields }) => fields)
    .filter((field) => isNumber(field) && field.labels?.[by] !== undefined);
  if (series.length === 0) throw new Refused(`no series has the label ${by}`);
  const given = Array.isArray(options['join'])
    ? (options['join'] as unknown[]).filter((name) => typeof name === 'string')
    : [];
  const all = new Set(series.flatMap(({ labels }) => Object.keys(labels ?? {})));
  all.delete(by);
  const names = given.length ? given : [...all];
  return [tableOf(groupsOf(series, names), names, by, frames[0]?.refId)];
}

function groupsOf(series: readonly Field[], names: readonly string[]): Field[][] {
  const groups = new Map<string, Field[]>();
  for (const field of series) {
    const key = JSON.stringify(names.map((name) => field.labels?.[name] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  return [...groups.values()];
}

function tableOf(
  groups: readonly Field[][],
  names: readonly string[],
  by: string,
  refId?: string,
): DataFrame {
  const rows = groups.flatMap((group) => {
    const length = Math.max(...group.map(({ values }) => values.length));
    return Array.from({ length }, (_, at) => ({ group, at }));
  });
  const columns = [...new Set(groups.flat().map(({ labels }) => labels![by]!))];
  const cell = (group: readonly Field[], column: string, at: number): unknown =>
    group.find(({ labels }) => labels![by] === column)?.values[at] ?? null;
  return {
    refId,
    length: rows.length,
    fields: [
      ...names.map((name) =>
        textColumn(
          name,
          rows.map(({ group }) => group[0]?.labels?.[name]),
        ),
      ),
      ...columns.map((column): Field => ({
        name: column,
        type: FieldType.number,
        config: {},
        values: rows.map(({ group, at }) => cell(group, column, at)),
      })),
    ],
  };
}

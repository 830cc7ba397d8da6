import type { DataFrame } from '@grafana/data';
import { plain } from '../../compare';
import { fieldNamed, MOST_COLUMNS, refuseMany } from '../bounds';
import type { Json } from '../table';
import { pick, rowsIn } from './columns';

interface Naming {
  asLabels?: boolean;
  append?: boolean;
  withNames?: boolean;
  separator1?: string;
  separator2?: string;
}

/** One table into several: a frame for each combination of the values in the columns named. */
export function partitionByValues(frames: DataFrame[], options: Json): DataFrame[] {
  const wanted = Array.isArray(options['fields']) ? (options['fields'] as unknown[]) : [];
  return frames.flatMap((frame) => {
    const keys = wanted.flatMap((name) => fieldNamed(frame, name, frames) ?? []);
    if (keys.length === 0) return [frame];
    const groups = new Map<string, number[]>();
    for (const row of rowsIn(frame)) {
      const key = JSON.stringify(keys.map(({ values }) => plain(values[row])));
      const rows = groups.get(key) ?? [];
      groups.set(key, rows);
      rows.push(row);
    }
    refuseMany(groups.size, MOST_COLUMNS, 'frames');
    const kept = options['keepFields']
      ? frame.fields
      : frame.fields.filter((field) => !keys.includes(field));
    return [...groups.values()].map((rows): DataFrame => {
      const values = keys.map(({ name, values }): [string, string] => [
        name,
        plain(values[rows[0]!]),
      ]);
      const naming = (options['naming'] ?? {}) as Naming;
      const fields = kept.map((field) => ({
        ...pick(field, rows),
        ...(naming.asLabels ? { labels: { ...field.labels, ...Object.fromEntries(values) } } : {}),
      }));
      return { ...frame, length: rows.length, fields, name: nameOf(values, frame, naming) };
    });
  });
}

/** `US` or `Region US`, behind the frame's own name where the options ask for it. */
function nameOf(values: [string, string][], frame: DataFrame, naming: Naming): string | undefined {
  if (naming.asLabels) return frame.name;
  const { separator1 = ' ', separator2 = ' ' } = naming;
  const own = values
    .map(([name, value]) => (naming.withNames ? `${name}${separator1}${value}` : value))
    .join(separator2);
  return naming.append && frame.name ? `${frame.name} ${own}` : own;
}

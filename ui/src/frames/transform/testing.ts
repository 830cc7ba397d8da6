/** Small frames for the tests of this folder, and frames as lists one can read. */
import type { Field, Frame } from '../frame';
import { transform, type Transformation } from '.';

type Columns = Readonly<Record<string, readonly unknown[]>>;

/** A table from its columns; `Time` holds times, the others what their values are. */
export const table = (refId: string, columns: Columns): Frame => ({
  refId,
  fields: Object.entries(columns).map(([name, values]) => fieldOf(name, values)),
});

export function fieldOf(name: string, values: readonly unknown[]): Field {
  const first = values.find((value) => value !== null);
  const types = { string: 'text', boolean: 'boolean', object: 'other' } as Record<
    string,
    Field['type']
  >;
  const type = name.startsWith('Time') ? 'time' : (types[typeof first] ?? 'number');
  return { name, type, values } as Field;
}

export const series = (
  refId: string,
  name: string,
  values: readonly (number | null)[],
  labels: Record<string, string> = {},
): Frame => ({
  refId,
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => (i + 1) * 1000) },
    { name, type: 'number', labels, values },
  ],
});

/** Each column as its name and its values. */
export const columns = (frame: Frame | undefined): unknown[][] =>
  (frame?.fields ?? []).map(({ name, values }) => [name, ...values]);

/** One transformation applied; it is known and nothing of it is refused. */
export const apply = async (
  frames: readonly Frame[],
  id: string,
  options?: unknown,
  more: Partial<Transformation> = {},
) => {
  const result = await transform(frames, [{ id, options, ...more }]);
  expect(result.unknown).toEqual([]);
  expect(result.refused).toEqual([]);
  return result.frames;
};
export const hosts = table('A', {
  host: ['web', 'db', 'web'],
  load: [1, 2, 5],
  free: [10, null, 30],
});
export const cpu = [
  series('A', 'web', [1, 2], { host: 'web' }),
  series('B', 'db', [3, null], { host: 'db' }),
];

/** What a transformation may make of its input. A board is a file from anywhere: sizes are checked before work. */
import {
  fieldMatchers,
  FieldMatcherID,
  FieldType,
  type DataFrame,
  type Field,
} from '@grafana/data';
import { Refused } from './refused';
import type { Json } from './table';

/** Cells of all frames of a panel together. */
export const MOST_CELLS = 2_000_000;
/** Columns that rows may be turned into; also buckets of a histogram. */
export const MOST_COLUMNS = 10_000;
/** Steps of work where the cost grows with the square of the rows. */
export const MOST_STEPS = 30_000_000;

export const refuseMany = (count: number, most: number, what: string): void => {
  if (count > most) {
    throw new Refused(`it would make ${grouped(count)} ${what}, at most ${grouped(most)} are made`);
  }
};
const grouped = (count: number): string =>
  Number.isFinite(count) ? Math.round(count).toLocaleString('en-GB') : 'endless';

/** Refuses what would grow too large, before anything is made. */
export function checkBounds(id: string, frames: readonly DataFrame[], options: Json): void {
  const rows = frames.reduce((sum, { length }) => sum + length, 0);
  switch (id) {
    case 'transpose':
    case 'rowsToFields':
      return refuseMany(rows, MOST_COLUMNS, 'columns');
    case 'histogram':
      return refuseMany(bucketsOf(frames, options), MOST_COLUMNS, 'buckets');
    case 'groupingToMatrix':
      return frames.forEach((frame) =>
        refuseMany(matrixCells(frame, options), MOST_CELLS, 'cells'),
      );
    case 'joinByField':
    case 'seriesToColumns':
      return refuseMany(joinedRows(frames, options) * columnsOf(frames), MOST_CELLS, 'cells');
    case 'merge':
      return refuseMany(mergeSteps(frames), MOST_STEPS, 'comparisons');
    default:
  }
}

export function checkSize(frames: readonly DataFrame[]): void {
  const cells = frames.reduce((sum, { fields, length }) => sum + fields.length * length, 0);
  refuseMany(cells, MOST_CELLS, 'cells');
}

const columnsOf = (frames: readonly DataFrame[]) =>
  frames.reduce((sum, { fields }) => sum + fields.length, 0);

/** The field of that name, as it is called or shown. */
export function fieldNamed(
  frame: DataFrame,
  name: unknown,
  all: DataFrame[] = [frame],
): Field | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  const matches = fieldMatchers.get(FieldMatcherID.byName).get(name);
  return frame.fields.find((field) => matches(field, frame, all));
}

function bucketsOf(frames: readonly DataFrame[], options: Json): number {
  const size = Math.abs(Number(options['bucketSize']));
  if (!(size > 0)) return 0;
  let [low, high] = [Infinity, -Infinity];
  for (const { fields } of frames) {
    for (const { type, values } of fields) {
      if (type !== FieldType.number) continue;
      for (const value of values as (number | null)[]) {
        if (typeof value !== 'number' || !Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return high > low ? (high - low) / size : 0;
}

function matrixCells(frame: DataFrame, options: Json): number {
  const unique = (option: string) =>
    new Set(fieldNamed(frame, options[option] || 'Time')?.values).size;
  return unique('columnField') * unique('rowField');
}

/** Rows of a join whose keys repeat: every one meets every other of the same key. */
function joinedRows(frames: readonly DataFrame[], options: Json): number {
  if (options['mode'] !== 'outerTabular' && options['mode'] !== 'inner') return 0;
  let product = new Map<unknown, number>();
  for (const frame of frames) {
    const key =
      fieldNamed(frame, options['byField']) ??
      frame.fields.find(({ type }) => type === FieldType.time);
    const counts = new Map<unknown, number>();
    for (const value of key?.values ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    const next = new Map(product);
    for (const [value, count] of counts) next.set(value, (product.get(value) ?? 1) * count);
    product = next;
  }
  return [...product.values()].reduce((sum, count) => sum + count, 0);
}

/** A merge compares each row with all that have the same key before it. */
function mergeSteps(frames: readonly DataFrame[]): number {
  if (frames.length < 2) return 0;
  const keys = (frames[0]?.fields ?? [])
    .map(({ name }) => name)
    .filter((name) => frames.every(({ fields }) => fields.some((field) => field.name === name)));
  const counts = new Map<string, number>();
  for (const frame of frames) {
    const columns = keys.map(
      (name): unknown[] => frame.fields.find((field) => field.name === name)!.values as unknown[],
    );
    for (let row = 0; row < frame.length; row++) {
      const key = columns.map((values) => String(values[row])).join('\u0000');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts.values()].reduce((sum, count) => sum + count * count, 0);
}

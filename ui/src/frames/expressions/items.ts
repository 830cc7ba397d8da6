/** Answers as sets of items: numbers and series, each with the labels that tell it from the others. */
import type { Field, Frame, NumberField } from '../frame';
import { numbersOf, rowsOf, timeOf } from '../frame';
import type { Labels } from '../legend';
import { Refused } from './refused';

export type Value = number | null;
export interface NumberItem {
  readonly kind: 'number';
  readonly labels: Labels;
  readonly value: Value;
  /** When it was measured, where that is known. */
  readonly timeMs?: number | null;
}
export interface SeriesItem {
  readonly kind: 'series';
  readonly labels: Labels;
  readonly times: readonly (number | null)[];
  readonly values: readonly Value[];
}
export type Item = NumberItem | SeriesItem;

export const MOST_ITEMS = 10_000;
export const MOST_POINTS = 5_000_000;

/** A frame over time is a series for each of its columns of numbers; a table is a number for each of its rows. */
export function itemsOf(frames: readonly Frame[]): Item[] {
  const single = frames.every((frame) => rowsOf(frame) <= 1); // an answer of now
  const items = frames.flatMap((frame): Item[] => {
    const words = frame.fields.filter((field) => field.type === 'text');
    if (words.length || !timeOf(frame)) return rowsAsNumbers(frame, words);
    const times = timeOf(frame)!.values;
    return numbersOf(frame).map(({ labels = {}, values }) =>
      single
        ? { kind: 'number', labels, value: values[0] ?? null, timeMs: times[0] }
        : { kind: 'series', labels, times, values },
    );
  });
  return bounded(items);
}

function rowsAsNumbers(frame: Frame, words: readonly Field[]): Item[] {
  const [first] = numbersOf(frame);
  const times = timeOf(frame)?.values;
  return (first?.values ?? []).map((value, row) => ({
    kind: 'number',
    labels: Object.fromEntries([
      ...Object.entries(first?.labels ?? {}),
      ...words.flatMap(({ name, values }) =>
        values[row] === null ? [] : [[name, String(values[row] as string)]],
      ),
    ]) as Labels,
    value,
    timeMs: times?.[row],
  }));
}

export function bounded(items: Item[]): Item[] {
  if (items.length > MOST_ITEMS) {
    throw new Refused(`it has ${items.length} items, at most ${MOST_ITEMS} are computed`);
  }
  const points = items.reduce(
    (sum, item) => sum + (item.kind === 'series' ? item.values.length : 1),
    0,
  );
  if (points > MOST_POINTS)
    throw new Refused(`it has ${points} points, at most ${MOST_POINTS} are computed`);
  return items;
}

/** The labels without the metric's name. */
export const nameless = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));

/** A frame an item, named by the letter and by what tells the items apart. */
export function toFrames(refId: string, items: readonly Item[]): Frame[] {
  const names = new Set(items.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('__name__');
  return items.map((item) => {
    const value: NumberField = {
      name: nameOf(refId, item.labels, names.size === 1),
      type: 'number',
      labels: item.labels,
      values: item.kind === 'number' ? [item.value] : item.values,
    };
    const times =
      item.kind === 'series' ? item.times : item.timeMs === undefined ? undefined : [item.timeMs];
    return {
      refId,
      fields: times ? [{ name: 'Time', type: 'time', values: times }, value] : [value],
    };
  });
}

function nameOf(refId: string, labels: Labels, single: boolean): string {
  const pairs = Object.entries(nameless(labels));
  if (pairs.length === 0) return refId;
  if (single) return `${refId} ${pairs[0]![1]}`;
  return `${refId} {${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}

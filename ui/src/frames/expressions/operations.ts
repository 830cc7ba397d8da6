/** Expressions over one set of items: reduce, resample, threshold; and the conditions of old alerts over several. */
import { parseDuration } from '../../query/timeText';
import { plain } from '../compare';
import { reducerOf, REDUCERS } from '../reduce';
import { bounded, type Item, type NumberItem, type SeriesItem, type Value } from './items';
import { each } from './math';
import { Refused } from './refused';

interface Settings {
  readonly mode?: string;
  readonly replaceWithValue?: number;
}

const REDUCIBLE: ReadonlySet<string> = new Set([
  'sum',
  'mean',
  'min',
  'max',
  'count',
  'last',
  'median',
]);

/**
 * Each series to one number. Strictly, what is no number anywhere makes the whole no number; `dropNN` leaves such
 * points out, `replaceNN` puts a number in their place. Of nothing at all there is no number.
 */
export function reduceItems(
  items: readonly Item[],
  reducer = 'last',
  settings: Settings = {},
): Item[] {
  if (!REDUCIBLE.has(reducer)) throw new Refused(`there is no reducer called "${reducer}"`);
  const { mode = '', replaceWithValue = 0 } = settings;
  const numeric = (value: Value) => value !== null && Number.isFinite(value);
  const prepare = (values: readonly Value[]): readonly Value[] => {
    if (mode === 'dropNN') return values.filter(numeric);
    return mode === 'replaceNN'
      ? values.map((value) => (numeric(value) ? value : replaceWithValue))
      : values;
  };
  return items.map((item) => {
    if (item.kind === 'number') return { ...item, value: prepare([item.value])[0] ?? null };
    return { kind: 'number', labels: item.labels, value: strictly(reducer, prepare(item.values)) };
  });
}

function strictly(reducer: string, values: readonly Value[]): Value {
  if (reducer === 'count' || reducer === 'last')
    return reducerOf(reducer === 'count' ? 'countAll' : 'last')(values);
  if (values.some((value) => value === null || Number.isNaN(value))) return NaN;
  return reducerOf(reducer)(values);
}

const MOST_STEPS = 11_000;
const DOWN: ReadonlySet<string> = new Set(['sum', 'mean', 'min', 'max', 'last']);
const UP: ReadonlySet<string> = new Set(['pad', 'backfilling', 'backfill', 'fillna']);

/** Moves every series onto steps of one width, from the first point of all to the last. */
export function resample(
  items: readonly Item[],
  window = '',
  downsampler = 'mean',
  upsampler = 'fillna',
): Item[] {
  const step = parseDuration(window) ?? NaN;
  if (!(step > 0)) throw new Refused(`"${window}" is no duration to resample to; write 10s or 5m`);
  if (!DOWN.has(downsampler))
    throw new Refused(`there is no way to sample down called "${downsampler}"`);
  if (!UP.has(upsampler)) throw new Refused(`there is no way to sample up called "${upsampler}"`);
  const series = items.filter((item) => item.kind === 'series');
  const [from, to] = boundsOf(series);
  const count = from <= to ? Math.floor((to - from) / step) + 1 : 0;
  if (count > MOST_STEPS)
    throw new Refused(
      `${window} makes ${count} steps of this range, at most ${MOST_STEPS} are made`,
    );
  const times = Array.from({ length: count }, (_, i) => from + i * step);
  return bounded(
    items.map((item) =>
      item.kind === 'series' ? onto(item, times, downsampler, upsampler) : item,
    ),
  );
}

function boundsOf(series: readonly SeriesItem[]): [number, number] {
  let [from, to] = [Infinity, -Infinity];
  for (const { times } of series) {
    for (const time of times) {
      if (time === null) continue;
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  }
  return [from, to];
}

/** A step holds what came since the step before; where nothing came, the nearest known value or a hole. */
function onto(
  item: SeriesItem,
  times: readonly number[],
  downsampler: string,
  upsampler: string,
): SeriesItem {
  const reduce = reducerOf(downsampler);
  let row = 0;
  let last: Value = null;
  const values = times.map((time): Value => {
    const first = row;
    while (row < item.times.length && (item.times[row] ?? -Infinity) <= time) row++;
    const inside = item.values.slice(first, row);
    if (inside.length) {
      last = inside[inside.length - 1] ?? null;
      return inside.length === 1 ? last : reduce(inside);
    }
    if (upsampler === 'pad') return last;
    return upsampler === 'fillna' ? null : (item.values[row] ?? null);
  });
  return { ...item, times, values };
}

interface Evaluator {
  readonly type?: string;
  readonly params?: readonly unknown[];
}

/** 1 where the condition holds, 0 where it does not, and nothing where nothing was measured. */
export function threshold(items: readonly Item[], conditions: readonly unknown[]): Item[] {
  const [first] = conditions as readonly ({ evaluator?: Evaluator } | null)[];
  const holds = evaluatorOf(first?.evaluator);
  return items.map((item) => each(item, (value) => (value === null ? null : Number(holds(value)))));
}

function evaluatorOf({ type = '', params = [] }: Evaluator = {}): (value: number) => boolean {
  const [a, b] = params.map(Number) as [number?, number?];
  const [low, high] = [Math.min(a ?? NaN, b ?? NaN), Math.max(a ?? NaN, b ?? NaN)];
  const kinds: Readonly<Record<string, (value: number) => boolean>> = {
    gt: (value) => value > a!,
    lt: (value) => value < a!,
    eq: (value) => value === a,
    ne: (value) => value !== a,
    gte: (value) => value >= a!,
    lte: (value) => value <= a!,
    within_range: (value) => value > low && value < high,
    outside_range: (value) => value < low || value > high,
    within_range_included: (value) => value >= low && value <= high,
    outside_range_included: (value) => value <= low || value >= high,
  };
  if (!Object.hasOwn(kinds, type)) throw new Refused(`there is no condition called "${type}"`);
  return kinds[type]!;
}

interface Condition {
  readonly evaluator?: Evaluator;
  readonly operator?: { readonly type?: string };
  readonly query?: { readonly params?: readonly unknown[] };
  readonly reducer?: { readonly type?: string };
}

/** Conditions as old alerts have them, joined from the left: one number, 1 where they hold. */
export function classic(
  conditions: readonly unknown[],
  ask: (refId: string) => readonly Item[],
): Item[] {
  const answers = (conditions as readonly Condition[]).map((condition) => ({
    holds: holdsOf(condition, ask),
    either: condition.operator?.type?.startsWith('or') ?? false,
  }));
  if (answers.length === 0) throw new Refused('it has no conditions');
  const all = answers.reduce<boolean | null>((before, { holds, either }, i) => {
    if (i === 0) return holds;
    if (either) return before === null ? holds : holds === null ? before : before || holds;
    return before === null || holds === null ? null : before && holds;
  }, null);
  const result: NumberItem = {
    kind: 'number',
    labels: {},
    value: all === null ? null : Number(all),
  };
  return [result];
}

/** Whether any series of the query meets the condition; null where none has a value. */
function holdsOf(
  { evaluator, query, reducer }: Condition,
  ask: (refId: string) => readonly Item[],
): boolean | null {
  const items = ask(plain(query?.params?.[0]));
  const name = { avg: 'mean' }[reducer?.type ?? ''] ?? reducer?.type ?? 'last';
  if (!Object.hasOwn(REDUCERS, name)) throw new Refused(`there is no reducer called "${name}"`);
  const values = items.flatMap((item): number[] => {
    const value =
      item.kind === 'number'
        ? item.value
        : reducerOf(name === 'last' ? 'lastNotNull' : name)(item.values);
    return value === null ? [] : [value];
  });
  if (evaluator?.type === 'no_value') return values.length === 0;
  const holds = evaluatorOf(evaluator);
  return values.length === 0 ? null : values.some(holds);
}

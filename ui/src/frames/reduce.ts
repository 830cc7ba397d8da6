/**
 * From many values to one, by the names and rules of Grafana's reducers (a test holds them to its library), but
 * for nothing: of holes alone there is no sum and no mean, only a count. Holes are passed over, except by `last`
 * and `first`. What is NaN was measured: `lastNotNull` may answer with it, sums and means pass over it.
 */

export type Values = readonly (number | null | undefined)[];
export type Reducer = (values: Values) => number | null;

const finite = (values: Values): number[] =>
  values.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value));

const overFinite =
  (reduce: (values: number[]) => number): Reducer =>
  (values) => {
    const known = finite(values);
    if (known.length) return reduce(known);
    return values.some((value) => Number.isNaN(value)) ? NaN : null; // of nothing but NaN
  };

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const largest = (values: readonly number[]) => values.reduce((a, b) => (b > a ? b : a));
const smallest = (values: readonly number[]) => values.reduce((a, b) => (b < a ? b : a));
const change = (values: readonly number[]) => values[values.length - 1]! - values[0]!;
const rising = (values: readonly number[]) => values.toSorted((a, b) => a - b);

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

function median(values: readonly number[]): number {
  const sorted = rising(values);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** The value of the nearest rank, one that was measured: nothing is interpolated. */
const percentile = (percent: number): Reducer =>
  overFinite((values) => rising(values)[Math.round((values.length - 1) * (percent / 100))]!);

/** How much a counter rose: a step down is a reset, and the step up after it is not counted. */
function delta(values: readonly number[]): number {
  let up = true;
  let total = 0;
  for (let i = 1; i < values.length; i++) {
    const step = values[i]! - values[i - 1]!;
    if (step >= 0 && up) total += step;
    up = step >= 0;
  }
  return total;
}

const steps = (values: readonly number[]) => values.slice(1).map((value, i) => value - values[i]!);
const present = (values: Values) => values.filter((value) => value !== null && value !== undefined);
const orNothing = (reduce: (values: number[]) => number[]): Reducer => {
  return (values) => {
    const found = reduce(finite(values));
    return found.length ? smallest(found) : null;
  };
};
const truth = (is: (values: Values) => boolean): Reducer => {
  return (values) => Number(is(values));
};

/** NaN is an answer: what was measured is no number now. */
const lastNotNull: Reducer = (values) =>
  values.findLast((value): value is number => typeof value === 'number') ?? null;

/** Every reducer of dashboard JSON (`reduceOptions.calcs`, `legend.calcs`), with the word for its column. */
export const REDUCERS: Readonly<Record<string, { title: string; of: Reducer }>> = {
  lastNotNull: { title: 'last', of: lastNotNull },
  last: { title: 'last', of: (values) => values[values.length - 1] ?? null },
  firstNotNull: { title: 'first', of: overFinite((values) => values[0]!) },
  first: { title: 'first', of: (values) => values[0] ?? null },
  mean: { title: 'mean', of: overFinite(mean) },
  median: { title: 'median', of: overFinite(median) },
  max: { title: 'max', of: overFinite(largest) },
  min: { title: 'min', of: overFinite(smallest) },
  logmin: { title: 'min above 0', of: orNothing((values) => values.filter((value) => value > 0)) },
  sum: { title: 'sum', of: overFinite(sum) },
  variance: { title: 'variance', of: overFinite(variance) },
  stdDev: { title: 'deviation', of: overFinite((values) => Math.sqrt(variance(values))) },
  range: { title: 'range', of: overFinite((values) => largest(values) - smallest(values)) },
  diff: { title: 'change', of: overFinite(change) },
  diffperc: {
    title: 'change in %',
    of: overFinite((values) => (change(values) / values[0]!) * 100),
  },
  delta: { title: 'increase', of: overFinite(delta) },
  step: { title: 'least step', of: orNothing(steps) },
  count: { title: 'count', of: (values) => present(values).length },
  countAll: { title: 'count of all', of: (values) => values.length },
  changeCount: {
    title: 'changes',
    of: (values) => present(values).filter((v, i, all) => i > 0 && v !== all[i - 1]).length,
  },
  distinctCount: { title: 'distinct', of: (values) => new Set(present(values)).size },
  allIsZero: {
    title: 'all zero',
    of: truth((values) => finite(values).length > 0 && finite(values).every((v) => v === 0)),
  },
  allIsNull: { title: 'all missing', of: truth((values) => finite(values).length === 0) },
  // lists of values: where one number must stand for them, it is the last
  allValues: { title: 'all values', of: lastNotNull },
  uniqueValues: { title: 'unique values', of: lastNotNull },
  ...Object.fromEntries(
    Array.from({ length: 99 }, (_, i) => [
      `p${i + 1}`,
      { title: `p${i + 1}`, of: percentile(i + 1) },
    ]),
  ),
};

/** Names of the old `singlestat` and `graph` panels. */
const ALIASES: Readonly<Record<string, string>> = {
  current: 'lastNotNull',
  avg: 'mean',
  total: 'sum',
};

const rowOf = (name: string | undefined) => {
  const known = (Object.hasOwn(ALIASES, name ?? '') ? ALIASES[name ?? ''] : name) ?? '';
  return Object.hasOwn(REDUCERS, known) ? REDUCERS[known] : undefined;
};

export const isReducer = (name: string): boolean => rowOf(name) !== undefined;

/** By the name in the JSON; an unknown one falls back to the last value there is, as Grafana's default. */
export const reducerOf = (name: string | undefined): Reducer => rowOf(name)?.of ?? lastNotNull;

export const reduceOf = (name: string | undefined, values: Values): number | null =>
  reducerOf(name)(values);

/** For sorting by value: what is no number stands last. */
export const rankOf = (value: number | null | undefined): number =>
  typeof value !== 'number' || Number.isNaN(value) ? -Infinity : value;

/** From many values to one. Holes are passed over, except by `last`, which tells what is there now. */

export type Reducer = (values: readonly (number | null | undefined)[]) => number | null;

const finite = (values: readonly (number | null | undefined)[]): number[] =>
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

function quantile(values: number[], q: number): number {
  const sorted = values.sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? 0;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at % 1);
}

/** Every reducer of dashboard JSON (`reduceOptions.calcs`, `legend.calcs`), with the word for its column. */
export const REDUCERS: Readonly<Record<string, { title: string; of: Reducer }>> = {
  lastNotNull: {
    title: 'last', // NaN is an answer: what was measured is no number now
    of: (values) => values.findLast((value) => typeof value === 'number') ?? null,
  },
  last: { title: 'last', of: (values) => values[values.length - 1] ?? null },
  firstNotNull: { title: 'first', of: overFinite((values) => values[0] ?? 0) },
  first: { title: 'first', of: (values) => values[0] ?? null },
  mean: { title: 'mean', of: overFinite(mean) },
  median: { title: 'median', of: overFinite((values) => quantile(values, 0.5)) },
  max: { title: 'max', of: overFinite(largest) },
  min: { title: 'min', of: overFinite(smallest) },
  sum: { title: 'sum', of: overFinite(sum) },
  range: { title: 'range', of: overFinite((values) => largest(values) - smallest(values)) },
  diff: {
    title: 'change',
    of: overFinite((values) => (values[values.length - 1] ?? 0) - (values[0] ?? 0)),
  },
  count: { title: 'count', of: (values) => values.length },
  p95: { title: 'p95', of: overFinite((values) => quantile(values, 0.95)) },
  p99: { title: 'p99', of: overFinite((values) => quantile(values, 0.99)) },
};

/** For sorting by value: what is no number stands last. */
export const rankOf = (value: number | null | undefined): number =>
  typeof value !== 'number' || Number.isNaN(value) ? -Infinity : value;

/** By the name in the JSON; an unknown one falls back to the last value there is, as Grafana's default. */
export function reducerOf(name: string | undefined): Reducer {
  return (REDUCERS[ALIASES[name ?? ''] ?? name ?? ''] ?? REDUCERS['lastNotNull'])!.of;
}

/** Names of the old `singlestat` and `graph` panels. */
const ALIASES: Readonly<Record<string, string>> = {
  current: 'lastNotNull',
  avg: 'mean',
  total: 'sum',
  delta: 'diff',
};

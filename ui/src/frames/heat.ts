import { natural } from './compare';
import type { Frame, NumberField } from './frame';
import { numbersOf, timeOf } from './frame';

/** Rows of coloured cells over time. `rows[0]` is drawn at the top. A hole is `null`. */
export interface Heat {
  /** Start of each column, milliseconds since 1970. */
  readonly times: readonly number[];
  readonly stepMs: number;
  readonly rows: readonly HeatRow[];
  /** Buckets of a histogram read low to high upwards; a list of things reads 0 downwards. */
  readonly buckets: boolean;
}
export interface HeatRow {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly field: NumberField;
}

/** `calculation` of dashboard JSON: how plain series are counted into cells. */
export interface Counting {
  /** Width of a column; undefined where the board leaves it to the page. */
  readonly xMs?: number;
  readonly xCount?: number;
  readonly ySize?: number;
  readonly yCount?: number;
  /** Rows by powers of this base instead of equal steps. */
  readonly base?: number;
}

const ROWS = 12;
const MOST_ROWS = 100;

/** Counts the values of all series into cells of time and value: a heat map of what is no histogram. */
export function countHeat(frames: readonly Frame[], stepMs: number, counting: Counting): Heat {
  const fields = frames.flatMap(numbersOf);
  const points = frames.flatMap((frame) => {
    const times = timeOf(frame)?.values ?? [];
    return numbersOf(frame).flatMap(({ values }) =>
      values.flatMap((value, i) => {
        const at = times[i];
        return typeof value === 'number' && Number.isFinite(value) && typeof at === 'number'
          ? [{ at, value }]
          : [];
      }),
    );
  });
  const rowOf = rowsBy(
    points.map(({ value }) => value),
    counting,
  );
  const all = points.map(({ at, value }) => ({ at, row: rowOf.of(value) }));
  const first = points.reduce((least, { at }) => Math.min(least, at), Infinity);
  const last = points.reduce((most, { at }) => Math.max(most, at), -Infinity);
  if (points.length === 0 || !fields[0]) return { times: [], stepMs, buckets: true, rows: [] };
  const wide = counting.xMs ?? (last - first) / (counting.xCount ?? Infinity);
  const columnMs = Math.max(stepMs, Math.ceil((wide || stepMs) / stepMs) * stepMs);
  const end = (at: number) => Math.ceil(at / columnMs) * columnMs;
  const times: number[] = [];
  for (let at = end(first); at <= end(last) && times.length < 5000; at += columnMs) times.push(at);
  const columnOf = new Map(times.map((at, i) => [at, i]));
  const counts = rowOf.bounds.map(() => new Array<number>(times.length).fill(0));
  for (const { at, row } of all) {
    const column = columnOf.get(end(at));
    if (row !== undefined && column !== undefined) counts[row]![column]!++;
  }
  const rows = rowOf.bounds.map((le, i): HeatRow => {
    const field: NumberField = {
      type: 'number',
      name: String(le),
      values: counts[i]!,
      labels: { le: String(le) },
      config: {},
    };
    return { name: String(le), field, values: counts[i]! };
  });
  return { times, stepMs: columnMs, buckets: true, rows: rows.reverse() };
}

/** Upper bounds of the rows from low to high, and the row of a value. */
function rowsBy(values: readonly number[], { ySize, yCount = ROWS, base }: Counting) {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (base) {
    const power = (value: number) => Math.floor(Math.log(Math.max(value, 1e-9)) / Math.log(base));
    const lowest = power(low > 0 ? low : Math.min(...values.filter((value) => value > 0), 1));
    const count = Math.min(MOST_ROWS, Math.max(1, power(high) - lowest + 1));
    return {
      bounds: Array.from({ length: count }, (_, i) => base ** (lowest + i + 1)),
      of: (value: number) => (value > 0 ? Math.min(count - 1, power(value) - lowest) : undefined),
    };
  }
  const size = Math.max(ySize ?? niceSize((high - low) / yCount), (high - low) / MOST_ROWS) || 1;
  const start = Math.floor(low / size);
  const count = Math.min(MOST_ROWS + 1, Math.floor(high / size) - start + 1);
  return {
    bounds: Array.from({ length: count || 0 }, (_, i) =>
      Number(((start + i + 1) * size).toPrecision(12)),
    ),
    of: (value: number) => Math.max(0, Math.min(count - 1, Math.floor(value / size) - start)),
  };
}

function niceSize(raw: number): number {
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 2.5, 5, 10].find((lead) => lead * power >= raw * 0.999) ?? 10);
}

interface Row {
  readonly name: string;
  readonly field: NumberField;
  readonly at: ReadonlyMap<number, number | null>;
}

/** Reads series as a heat map. Series with `le` are a classic histogram: sorted and no longer cumulative. */
export function toHeat(frames: readonly Frame[], stepMs: number): Heat {
  const rows = frames.flatMap(toRows);
  const buckets = rows.length > 0 && rows.every(({ field }) => field.labels?.['le'] !== undefined);
  const times = columnsOf(rows, stepMs);
  const table = (ordered: readonly Row[]): HeatRow[] =>
    ordered.map(({ name, field, at }) => ({
      name,
      field,
      values: times.map((time) => at.get(time) ?? null),
    }));
  if (!buckets)
    return {
      times,
      stepMs,
      buckets,
      rows: table([...rows].sort((a, b) => natural(a.name, b.name))),
    };
  const rising = [...rows].sort((a, b) => bound(a) - bound(b));
  return { times, stepMs, buckets, rows: subtractBelow(table(rising)).reverse() };
}

function toRows(frame: Frame): Row[] {
  const times = timeOf(frame)?.values ?? [];
  return numbersOf(frame).map((field) => ({
    name: field.labels?.['le'] ?? field.name,
    field,
    at: new Map(
      times.flatMap((time, i) => (time === null ? [] : [[time, field.values[i] ?? null] as const])),
    ),
  }));
}

/** Every step between the first and the last, so that a hole takes the room it lasted. */
function columnsOf(rows: readonly Row[], stepMs: number): number[] {
  const all = [...new Set(rows.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return [];
  const count = Math.round((last - first) / stepMs) + 1;
  if (count > 5000) return all;
  const grid = Array.from({ length: count }, (_, i) => first + i * stepMs);
  const known = new Set(grid);
  return all.every((time) => known.has(time)) ? grid : all;
}

const bound = ({ field }: Row) => {
  const le = field.labels?.['le'] ?? '';
  return le === '+Inf' ? Infinity : Number(le);
};

/** `le` counts everything up to the bound; a cell shows what fell between it and the bound below. */
function subtractBelow(rising: readonly HeatRow[]): HeatRow[] {
  return rising.map((row, k) => {
    const below = rising[k - 1]?.values;
    if (!below) return row;
    const own = row.values.map((value, i) =>
      value === null ? null : Math.max(0, value - (below[i] ?? 0)),
    );
    return { ...row, values: own };
  });
}

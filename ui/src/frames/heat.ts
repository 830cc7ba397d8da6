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

const collator = new Intl.Collator('en', { numeric: true });

/** "core 2" before "core 10". */
export const natural = (a: string, b: string): number => collator.compare(a, b);

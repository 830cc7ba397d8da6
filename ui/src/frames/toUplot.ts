import type { Frame } from './frame';
import { numbersOf, timeOf } from './frame';

/** uPlot's columns: seconds first, then one column a series. `undefined`: no point here, no gap either. */
export type Columns = [times: number[], ...series: (number | null | undefined)[][]];

/**
 * Joins frames on time into uPlot's columns. A hole is `null`: never 0, nor a line across. NaN stays, so that
 * it can be told; it is not drawn.
 */
export function toUplot(frames: readonly Frame[]): Columns {
  const columns = frames.flatMap((frame) => {
    const time = timeOf(frame);
    return time
      ? numbersOf(frame).map((field) => ({ times: time.values, values: field.values }))
      : [];
  });
  const times = [...new Set(columns.flatMap((column) => column.times))]
    .filter((time) => time !== null)
    .sort((a, b) => a - b);
  const rowOf = new Map(times.map((time, row) => [time, row]));
  const aligned = columns.map(({ times: own, values }) => {
    const out = new Array<number | null>(times.length).fill(null);
    own.forEach((time, i) => {
      const row = time === null ? undefined : rowOf.get(time);
      const value = values[i];
      if (row !== undefined && typeof value === 'number' && !isInfinite(value)) out[row] = value;
    });
    return out;
  });
  return [times.map((time) => time / 1000), ...aligned];
}

const isInfinite = (value: number) => Math.abs(value) === Infinity;

/** A hole longer than this many intervals breaks the line; a shorter one is a late scrape. */
export const GAP_INTERVALS = 2.5;

/**
 * Decides where lines break. Short holes become `undefined` (the line goes on), and where no series
 * at all has a row for longer than the limit, an empty row is put in, so that uPlot sees the gap.
 * `limits` are the seconds a board allows a series to be bridged over; `Infinity` where it joins all.
 */
export function breakAtGaps(
  columns: Columns,
  intervalSeconds: number,
  limits: readonly (number | undefined)[] = [],
): Columns {
  const usual = GAP_INTERVALS * intervalSeconds;
  const least = Math.min(usual, ...limits.filter((limit) => limit !== undefined));
  const [times, ...series] = withEmptyRows(columns, least);
  return [times, ...series.map((values, i) => bridge(times, values, limits[i] ?? usual))];
}

/** A stretch of time, in seconds. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

const MOST_HOLES = 6; // what is absent more often than that comes and goes: it is no fault

/**
 * Where data stop for all series at once and come back, in columns whose lines are broken already. What is
 * absent for most of the time, or again and again, is an event and no hole.
 */
export function holesOf([times, ...series]: Columns): Hole[] {
  const holes: Hole[] = [];
  let last: number | null = null;
  let broken = false;
  times.forEach((time, row) => {
    if (series.some((values) => typeof values[row] === 'number')) {
      if (broken && last !== null) holes.push({ from: last, to: time });
      last = time;
      broken = false;
    } else if (series.every((values) => values[row] === null)) broken = true;
  });
  const missing = holes.reduce((sum, { from, to }) => sum + to - from, 0);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return holes.length > MOST_HOLES || missing > span / 2 ? [] : holes;
}

function withEmptyRows([times, ...series]: Columns, limit: number): Columns {
  const rows: { time: number; from: number | null }[] = [];
  times.forEach((time, i) => {
    const before = times[i - 1];
    if (before !== undefined && time - before > limit)
      rows.push({ time: (before + time) / 2, from: null });
    rows.push({ time, from: i });
  });
  if (rows.length === times.length) return [times, ...series];
  return [
    rows.map(({ time }) => time),
    ...series.map((values) => rows.map(({ from }) => (from === null ? null : values[from]))),
  ];
}

function bridge(
  times: readonly number[],
  values: readonly (number | null | undefined)[],
  limit: number,
): (number | null | undefined)[] {
  const out = [...values];
  let last = -1;
  values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    const hole = i - last > 1;
    if (last >= 0 && hole && (times[i] ?? 0) - (times[last] ?? 0) <= limit)
      out.fill(undefined, last + 1, i);
    last = i;
  });
  return out;
}

/**
 * At most two points a pixel and series, its lowest and its highest in the order they came, so that
 * no spike is lost. Data that is sparse enough comes back as it is.
 */
export function decimate([times, ...series]: Columns, pixels: number): Columns {
  const from = times[0];
  const to = times[times.length - 1];
  if (from === undefined || to === undefined || pixels < 1 || times.length <= 2 * pixels)
    return [times, ...series];
  const wide = (to - from) / pixels || 1;
  const starts: number[] = [];
  let bucket = -1;
  times.forEach((time, i) => {
    const own = Math.min(pixels - 1, Math.floor((time - from) / wide));
    if (own !== bucket) starts.push(i);
    bucket = own;
  });
  const ends = [...starts.slice(1), times.length];
  const outTimes = starts.flatMap((start, k) => [
    times[start] ?? 0,
    times[(ends[k] ?? 1) - 1] ?? 0,
  ]);
  const strictly = outTimes.map((time, i) =>
    i % 2 && time === outTimes[i - 1] ? time + wide / 1e3 : time,
  );
  return [
    strictly,
    ...series.map((values) =>
      starts.flatMap((start, k) => extremes(values, start, ends[k] ?? start)),
    ),
  ];
}

function extremes(
  values: readonly (number | null | undefined)[],
  start: number,
  end: number,
): [number | null | undefined, number | null | undefined] {
  let low = -1;
  let high = -1;
  let hole = false;
  let none = false; // NaN: measured, and no number
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (value === null) hole = true;
    if (typeof value !== 'number') continue;
    if (Number.isNaN(value)) {
      none = true;
      continue;
    }
    if (low < 0 || value < (values[low] ?? 0)) low = i;
    if (high < 0 || value > (values[high] ?? 0)) high = i;
  }
  if (low < 0 && none) return [NaN, NaN];
  if (low < 0) return hole ? [null, null] : [undefined, undefined];
  return low <= high ? [values[low], values[high]] : [values[high], values[low]];
}

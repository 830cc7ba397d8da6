import { DataFrameType, FieldType, type DataFrame, type Field } from '@grafana/data';
import { parseDuration } from '../../../query/timeText';
import { MOST_CELLS, refuseMany } from '../bounds';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, isTime, rowsIn } from './columns';

interface Buckets {
  mode?: string;
  value?: unknown;
  scale?: { type?: string; log?: number };
}
const DEFAULT_COLUMNS = 60;
const DEFAULT_ROWS = 10;

/** Counts how many values of all series fall into each cell of time and size. Empty cells are not listed. */
export function heatmap(frames: DataFrame[], options: Json): DataFrame[] {
  const points = frames.flatMap(pointsOf);
  if (points.length === 0) throw new Refused('it needs a column of times and a column of numbers');
  const x = (options['xBuckets'] ?? {}) as Buckets;
  const y = (options['yBuckets'] ?? {}) as Buckets;
  const log = y.scale?.type === 'log' ? (y.scale.log ?? 2) : 0;
  const heights = points
    .map(([, value]) => (log ? Math.log(value) / Math.log(log) : value))
    .filter(Number.isFinite);
  const width = sizeOf(x, span(points.map(([at]) => at)), DEFAULT_COLUMNS, true);
  const height = log ? 1 / (Number(y.value) || 1) : sizeOf(y, span(heights), DEFAULT_ROWS, false);
  const back = (row: number) => (log ? log ** (row * height) : row * height);
  const cells = new Map<string, { at: number; row: number; count: number }>();
  for (const [time, value] of points) {
    const high = log ? Math.log(value) / Math.log(log) : value;
    if (!Number.isFinite(high)) continue;
    const at = Math.floor(time / width) * width;
    const row = Math.floor(high / height);
    const cell = cells.get(`${at} ${row}`) ?? { at, row, count: 0 };
    cells.set(`${at} ${row}`, cell);
    cell.count++;
  }
  const sorted = [...cells.values()].sort((a, b) => a.at - b.at || a.row - b.row);
  refuseMany(sorted.length, MOST_CELLS / 4, 'cells');
  const config = frames[0]?.fields.find(isNumber)?.config ?? {};
  const number = (name: string, values: number[], own = {}): Field => ({
    name,
    type: FieldType.number,
    config: own,
    values,
  });
  return [
    {
      refId: frames[0]?.refId,
      meta: { type: DataFrameType.HeatmapCells },
      length: sorted.length,
      fields: [
        {
          name: 'xMin',
          type: FieldType.time,
          config: { interval: width },
          values: sorted.map(({ at }) => at),
        },
        number(
          'yMin',
          sorted.map(({ row }) => back(row)),
          { unit: config.unit },
        ),
        number(
          'yMax',
          sorted.map(({ row }) => back(row + 1)),
          { unit: config.unit },
        ),
        number(
          'count',
          sorted.map(({ count }) => count),
        ),
      ],
    },
  ];
}

function pointsOf(frame: DataFrame): [number, number][] {
  const time = frame.fields.find(isTime);
  if (!time) return [];
  return frame.fields.filter(isNumber).flatMap(({ values }) =>
    rowsIn(frame).flatMap((row): [number, number][] => {
      const [at, value] = [(time.values as unknown[])[row], (values as unknown[])[row]];
      return Number.isFinite(at) && Number.isFinite(value) ? [[at as number, value as number]] : [];
    }),
  );
}

const span = (values: readonly number[]): number => {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return high - low;
};

/** A size is a number or, of time, a duration; a count parts the whole; neither gives a default count. */
function sizeOf({ mode, value }: Buckets, whole: number, count: number, ofTime: boolean): number {
  const given =
    typeof value === 'string' && ofTime ? (parseDuration(value) ?? Number(value)) : Number(value);
  const usable = Number.isFinite(given) && given > 0;
  const size = mode === 'count' || !usable ? whole / (usable ? given : count) : given;
  refuseMany(whole / size, MOST_CELLS, 'cells');
  return size > 0 && Number.isFinite(size) ? size : 1;
}

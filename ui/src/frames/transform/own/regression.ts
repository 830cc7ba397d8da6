import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { fieldNamed, refuseMany } from '../bounds';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, isTime, textOf } from './columns';

const MOST_POINTS = 10_000;
const HIGHEST_DEGREE = 5;

/** Adds a frame with the line, or the curve of a polynomial, that lies closest to the points (least squares). */
export function regression(frames: DataFrame[], options: Json): DataFrame[] {
  const places = frames.flatMap((frame) => {
    const x =
      fieldNamed(frame, options['xFieldName'], frames) ??
      frame.fields.find(isTime) ??
      frame.fields.find(isNumber);
    const y =
      fieldNamed(frame, options['yFieldName'], frames) ??
      frame.fields.find((field) => isNumber(field) && field !== x);
    return x && y ? [{ x, y }] : [];
  });
  const [first] = places;
  if (!first) throw new Refused('it needs a column for x and a column of numbers for y');
  const points = places.flatMap(({ x, y }) =>
    (x.values as unknown[]).flatMap((at, row): [number, number][] => {
      const value = (y.values as unknown[])[row];
      return Number.isFinite(at) && Number.isFinite(value) ? [[at as number, value as number]] : [];
    }),
  );
  const linear = options['modelType'] !== 'polynomial';
  const degree = linear
    ? 1
    : Math.min(HIGHEST_DEGREE, Math.max(1, Math.round(Number(options['degree'] ?? 2)) || 2));
  return points.length < 2
    ? frames
    : [...frames, curveOf(points, degree, linear, first.x, options)];
}

function curveOf(
  points: [number, number][],
  degree: number,
  linear: boolean,
  x: Field,
  options: Json,
): DataFrame {
  const count = Number(options['predictionCount'] ?? 100) || 100;
  refuseMany(count, MOST_POINTS, 'points');
  const low = points.reduce((least, [at]) => Math.min(least, at), Infinity);
  const high = points.reduce((most, [at]) => Math.max(most, at), -Infinity);
  const half = (high - low) / 2 || 1; // x runs from -1 to 1, where powers keep their precision
  const scaled = (at: number) => (at - low) / half - 1;
  const factors = fit(
    points.map(([at, value]) => [scaled(at), value]),
    degree,
  );
  const steps = Math.max(2, Math.round(count));
  const at = Array.from({ length: steps }, (_, i) => low + ((high - low) * i) / (steps - 1));
  const name = textOf(options['alias'], `${linear ? 'Linear' : 'Polynomial'} regression`);
  return {
    refId: 'regression',
    length: steps,
    fields: [
      { name: x.name, type: x.type, config: { ...x.config }, values: at },
      {
        name,
        type: FieldType.number,
        config: {},
        values: at.map((value) => valueAt(factors, scaled(value))),
      },
    ],
  };
}

const valueAt = (factors: readonly number[], x: number) =>
  factors.reduceRight((sum, factor) => sum * x + factor, 0);

/** Solves the normal equations by Gauss' elimination with pivots. */
function fit(points: readonly (readonly [number, number])[], degree: number): number[] {
  const size = degree + 1;
  const matrix = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size + 1 }, (_, column) =>
      points.reduce(
        (sum, [x, y]) => sum + (column === size ? y * x ** row : x ** (row + column)),
        0,
      ),
    ),
  );
  for (let at = 0; at < size; at++) {
    const best = matrix
      .slice(at)
      .reduce(
        (most, row, i) => (Math.abs(row[at]!) > Math.abs(matrix[most]![at]!) ? at + i : most),
        at,
      );
    [matrix[at], matrix[best]] = [matrix[best]!, matrix[at]!];
    const pivot = matrix[at]![at]!;
    if (Math.abs(pivot) < 1e-12) continue; // fewer points than factors: the rest stays 0
    for (let row = 0; row < size; row++) {
      if (row === at) continue;
      const share = matrix[row]![at]! / pivot;
      for (let column = at; column <= size; column++)
        matrix[row]![column]! -= share * matrix[at]![column]!;
    }
  }
  return matrix.map((row, at) => (Math.abs(row[at]!) < 1e-12 ? 0 : row[size]! / row[at]!));
}

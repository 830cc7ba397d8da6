/** Lines over a number that is no time: rows in the order of `xField`. Pure. */
import type { FieldConfig, Frame, NumberField } from '../../frames/frame';
import { numbersOf } from '../../frames/frame';
import { paintsOf } from '../chart/paint';

export interface Trend {
  readonly x: readonly number[];
  readonly xConfig: FieldConfig;
  readonly xName: string;
  readonly series: readonly {
    readonly name: string;
    readonly colour: string;
    readonly config: FieldConfig;
    readonly values: readonly (number | null)[];
  }[];
}

/** Of the first frame that has the field; without a name, its first column of numbers. */
export function trendOf(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
): Trend | null {
  const wanted = options['xField'];
  const frame =
    frames.find((one) => numbersOf(one).some(({ name }) => name === wanted)) ??
    frames.find((one) => numbersOf(one).length > 1);
  if (!frame) return null;
  const numbers = numbersOf(frame);
  const by = numbers.find(({ name }) => name === wanted) ?? numbers[0]!;
  const rows = by.values
    .flatMap((value, row) =>
      typeof value === 'number' && Number.isFinite(value) ? [{ value, row }] : [],
    )
    .sort((a, b) => a.value - b.value);
  const fields = numbers.filter((field) => field !== by);
  const paints = paintsOf(fields);
  return {
    x: rows.map(({ value }) => value),
    xConfig: by.config ?? {},
    xName: by.name,
    series: fields.map((field, i) => ({
      name: field.name,
      colour: paints[i]!.colour,
      config: field.config ?? {},
      values: rows.map(({ row }) => known(field, row)),
    })),
  };
}

const known = ({ values }: NumberField, row: number): number | null => {
  const value = values[row];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** An SVG path that stops at each hole; a lone point is a short stroke, so that it is seen. */
export function pathOf(points: readonly (readonly [x: number, y: number] | null)[]): string {
  let pen = false;
  return points
    .map((point, i) => {
      if (!point) {
        pen = false;
        return '';
      }
      const [x, y] = point.map((part) => Math.round(part * 10) / 10);
      const alone = !pen && !points[i + 1];
      const step = `${pen ? 'L' : 'M'}${x} ${y}${alone ? 'h0.1' : ''}`;
      pen = true;
      return step;
    })
    .join('');
}

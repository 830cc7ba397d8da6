/** Running totals and moving windows over a column with holes: they hold what is known, and nothing where none is. */
import { MOST_STEPS, refuseMany } from './bounds';
import type { Json } from './table';

const known = (value: unknown): value is number => typeof value === 'number';

/** The sum so far, or the mean so far; a hole where the column has one. */
export function runningTotals(values: readonly unknown[], mean: boolean): (number | null)[] {
  let total = 0;
  let count = 0;
  return values.map((value) => {
    if (!known(value)) return null;
    total += value;
    count++;
    return mean ? total / count : total;
  });
}

/** Mean, variance or standard deviation of the values around each row, by the options of `calculateField`. */
export function moving(values: readonly unknown[], options: Json): (number | null)[] {
  const { reducer = 'mean', windowSizeMode = 'percentage', windowAlignment } = options;
  const share = windowSizeMode === 'percentage' ? values.length : 1;
  const size = Math.ceil(Number(options['windowSize'] ?? 0.1) * share);
  refuseMany(values.length * Math.min(size, values.length), MOST_STEPS, 'steps of work');
  const [before, after] =
    windowAlignment === 'centered'
      ? [Math.floor(size / 2), Math.ceil(size / 2) - 1]
      : [size - 1, 0];
  return values.map((_, row) => {
    const inside = values.slice(Math.max(0, row - before), row + after + 1).filter(known);
    return inside.length === 0 ? null : spread(inside, String(reducer));
  });
}

function spread(values: readonly number[], reducer: string): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (reducer === 'mean') return mean;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return reducer === 'stdDev' ? Math.sqrt(variance) : variance;
}

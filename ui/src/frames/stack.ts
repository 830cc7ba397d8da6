import type { Columns } from './toUplot';

/**
 * Sums series on top of each other: column k becomes itself plus those below. A hole stays a hole
 * and adds nothing to what lies above. With `percent`, every row is scaled to 100.
 */
export function stack([times, ...series]: Columns, mode: 'normal' | 'percent' = 'normal'): Columns {
  const total = times.map((_, row) =>
    series.reduce((sum, values) => sum + Math.abs(values[row] ?? 0), 0),
  );
  const below = times.map(() => 0);
  const sums = series.map((values) =>
    values.map((value, row) => {
      if (value === null || value === undefined) return value;
      const whole = total[row] ?? 0;
      const share = mode === 'normal' ? value : whole === 0 ? 0 : (value / whole) * 100;
      return (below[row] = (below[row] ?? 0) + share);
    }),
  );
  return [times, ...sums];
}

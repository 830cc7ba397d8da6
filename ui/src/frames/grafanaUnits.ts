/**
 * Numbers with their unit, formatted by Grafana's own table of units, so that a board reads the same.
 * The one file that imports `@grafana/data`: it comes with the dashboards route, which hands
 * `tellAsGrafana` to units.ts; nothing else may import it.
 */
import { getValueFormat } from '@grafana/data';
import type { Told } from '../format';

/** Grafana's ids that mean "no unit, but short form". */
const NONE = new Set(['', 'none', 'short', 'sishort']);

/**
 * The number in the unit's scale. Without `decimals` at most three significant digits, and never
 * rounded up to a round number it has not reached (94.96 stays under 95).
 */
export function tellAsGrafana(value: number, unit = '', decimals?: number | null): Told {
  const formatted = getValueFormat(unit)(value, decimals ?? autoDecimals(value, unit));
  return {
    text: formatted.text.trim().replace(/^-/, '\u2212'),
    unit: (formatted.suffix ?? '').trim(),
    prefix: (formatted.prefix ?? '').trim(),
  };
}

/** Units without a scale of their own get their decimals here; scaled ones (bytes, seconds) do it themselves. */
function autoDecimals(value: number, unit: string): number | undefined {
  const plain = NONE.has(unit) || /^(percent|percentunit|celsius|suffix:.*|prefix:.*)$/.test(unit);
  if (!plain) return undefined;
  const size = Math.abs(unit === 'percentunit' ? value * 100 : value);
  if (Number.isInteger(size) && size < 1000) return 0;
  if (unit === 'celsius') return 0;
  if (size >= 1000 && NONE.has(unit)) return undefined;
  return size >= 100
    ? 0
    : size >= 10 || size === 0
      ? unit.startsWith('percent')
        ? 0
        : 1
      : size >= 0.095
        ? 1
        : 2;
}

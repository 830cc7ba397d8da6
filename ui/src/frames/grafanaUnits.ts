/**
 * Numbers with their unit, formatted by Grafana's own table of units, so that a board reads the same.
 * The one file that imports `@grafana/data`: it comes with the dashboards route, which hands
 * `tellAsGrafana` to units.ts; nothing else may import it.
 */
import { getValueFormat } from '@grafana/data';
import type { Told } from '../format';

const MINUS = '\u2212';

/**
 * The number in the unit's scale, with as many decimals as Grafana would choose where none are given.
 * A true minus stands before numbers.
 */
export function tellAsGrafana(value: number, unit = '', decimals?: number | null): Told {
  const formatted = getValueFormat(unit)(value, decimals);
  return {
    text: formatted.text.trim().replace(/^-/, MINUS),
    unit: (formatted.suffix ?? '').trim(),
    prefix: (formatted.prefix ?? '').trim().replace(/^-/, MINUS),
  };
}

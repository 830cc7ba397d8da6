/** `singlestat` as `stat` or `gauge`. */
import { object, number, text, without, type Json } from '../json';
import type { Modern } from '.';
import { mappingsOf, stepsOf } from './valueMaps';

/** What one number was made by, in the new names. */
const CALCS: Readonly<Record<string, string>> = {
  current: 'lastNotNull',
  avg: 'mean',
  total: 'sum',
  first: 'firstNotNull',
  name: 'lastNotNull',
  last_time: 'lastNotNull',
};

export const calcOf = (name: unknown, otherwise = 'mean'): string => {
  const calc = text(name) || otherwise;
  return Object.hasOwn(CALCS, calc) ? CALCS[calc]! : calc;
};

export function statOf(panel: Json): Modern {
  const gauge = object(panel['gauge']);
  const isGauge = gauge['show'] === true;
  const steps = stepsOf(panel['thresholds'], panel['colors']);
  const { unit, notes } = unitOf(panel);
  const column = text(panel['tableColumn']);
  return {
    notes,
    panel: {
      ...panel,
      type: isGauge ? 'gauge' : 'stat',
      fieldConfig: {
        defaults: without({
          unit,
          decimals: number(panel['decimals']),
          min: isGauge ? (number(gauge['minValue']) ?? 0) : undefined,
          max: isGauge ? (number(gauge['maxValue']) ?? 100) : undefined,
          noValue: text(panel['nullText']) || undefined,
          thresholds: steps.length ? { mode: 'absolute', steps } : undefined,
          mappings: mappingsOf(panel),
        }),
        overrides: [],
      },
      options: {
        reduceOptions: {
          calcs: [calcOf(panel['valueName'])],
          values: false,
          fields: column ? `/^${column.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&')}$/` : '',
        },
        colorMode: colourOf(panel, isGauge),
        graphMode: object(panel['sparkline'])['show'] === true ? 'area' : 'none',
        textMode: panel['valueName'] === 'name' ? 'name' : 'auto',
        showThresholdMarkers: gauge['thresholdMarkers'] !== false,
        showThresholdLabels: gauge['thresholdLabels'] === true,
      },
    },
  };
}

/** A gauge always has the colours of its limits. */
function colourOf(panel: Json, isGauge: boolean): string {
  if (panel['colorBackground'] === true) return 'background';
  return panel['colorValue'] === true || isGauge ? 'value' : 'none';
}

const BARE = new Set(['', 'none', 'short']);

/** Words before and behind the number take the unit's place where there is none. */
function unitOf(panel: Json): { unit: string | undefined; notes: string[] } {
  const unit = text(panel['format']);
  const [prefix, postfix] = [text(panel['prefix']).trim(), text(panel['postfix']).trim()];
  const spare = [prefix, postfix].filter(Boolean);
  if (spare.length === 0) return { unit: unit || undefined, notes: [] };
  if (BARE.has(unit) && spare.length === 1)
    return { unit: prefix ? `prefix:${prefix}` : `suffix:${postfix}`, notes: [] };
  return {
    unit: unit || undefined,
    notes: [`the words around its number: ${spare.map((word) => `“${word}”`).join(', ')}`],
  };
}

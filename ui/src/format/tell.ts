/**
 * A number with its unit, in our own words. The ids of the units are Grafana's, so that a chart does
 * not care who tells its numbers; dashboards have Grafana's own table, which is too heavy for the rest.
 */
import { bytes, compact, percent } from './numbers';
import { duration } from './times';

export interface Told {
  readonly text: string;
  /** Unit behind the number ("GiB", "%"), without the space. Empty where there is none. */
  readonly unit: string;
  readonly prefix: string;
}

export type Teller = (value: number, unit?: string, decimals?: number | null) => Told;

const UNITS: Readonly<Record<string, (value: number) => string>> = {
  bytes,
  binBps: (value) => `${bytes(value)}/s`,
  s: (seconds) => duration(seconds * 1000),
  percentunit: percent,
  celsius: (value) => `${compact(value)} °C`,
  watt: (value) => prefixed(value, 'W'),
  joule: (value) => prefixed(value, 'J'),
  volt: (value) => prefixed(value, 'V'),
  hertz: (value) => prefixed(value, 'Hz'),
};

/** Three significant digits at most; a unit that is not known here is left away. */
export const tellPlainly: Teller = (value, unit = '') => {
  const words = UNITS[unit]?.(value) ?? compact(value);
  const [text = '', ...rest] = words.split(' ');
  // lengths of time in two parts ("1 h 14 min") stay together
  return rest.length > 1
    ? { text: words, unit: '', prefix: '' }
    : { text, unit: rest[0] ?? '', prefix: '' };
};

function prefixed(value: number, unit: string): string {
  const words = compact(value);
  return /[kMGTPE]$/.test(words) ? words + unit : `${words} ${unit}`;
}

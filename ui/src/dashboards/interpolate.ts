/** Fills variables into queries and titles: `$host`, `${host:regex}`, `[[host]]`, `$__rate_interval`. */
import { visible } from '../format';
import { rateWindow } from '../query/step';
import { durationText } from '../query/timeText';

/** What a variable stands for now. */
export interface Chosen {
  readonly values: readonly string[];
  readonly texts: readonly string[];
  /** Whether it may hold several: then a query needs its values as a regular expression. */
  readonly multi: boolean;
  /** Written as it is where all are chosen, if the board says so. */
  readonly allValue?: string;
}
export type Values = Readonly<Record<string, Chosen>>;

export const single = (value: string): Chosen => ({
  values: [value],
  texts: [value],
  multi: false,
});

type Format = (chosen: Chosen) => string;

const escapeRegex = (value: string) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
/** A regular expression inside a PromQL string: its back-slashes are doubled. */
const promRegex = (value: string) => value.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');
const promString = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"');

const alternatives = (values: readonly string[]) =>
  values.length === 1 ? values[0]! : `(${values.join('|')})`;

const FORMATS: Readonly<Record<string, Format>> = {
  raw: ({ values }) => values.join(','),
  csv: ({ values }) => values.join(','),
  pipe: ({ values }) => values.join('|'),
  regex: ({ values }) => alternatives(values.map(escapeRegex)),
  glob: ({ values }) => (values.length === 1 ? values[0]! : `{${values.join(',')}}`),
  text: ({ texts }) => texts.map(visible).join(' + '),
  json: ({ values }) => JSON.stringify(values.length === 1 ? values[0] : values),
  singlequote: ({ values }) => values.map((value) => `'${value.replace(/'/g, "\\'")}'`).join(','),
  doublequote: ({ values }) => values.map((value) => `"${promString(value)}"`).join(','),
  percentencode: ({ values }) => values.map(encodeURIComponent).join(','),
};

/** How a value stands in PromQL when the board names no format. */
const inPromql: Format = ({ values, multi }) =>
  multi ? alternatives(values.map(promRegex)) : promString(values[0] ?? '');

const PATTERN = /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}/g;

/** In PromQL. A name that is no variable stays as it stands, so that the error names it. */
export const fillQuery = (expr: string, values: Values): string => fill(expr, values, inPromql);

/** In words: titles, text panels, legends. */
export const fillText = (text: string, values: Values): string =>
  fill(text, values, FORMATS['text']!);

function fill(template: string, values: Values, byDefault: Format): string {
  return template.replace(
    PATTERN,
    (whole, a?: string, b?: string, bFormat?: string, c?: string, cFormat?: string) => {
      const name = a ?? b ?? c ?? '';
      if (!Object.hasOwn(values, name)) return whole; // constructor is no variable by itself
      const chosen = values[name]!;
      if (chosen.allValue !== undefined) return chosen.allValue;
      const format = bFormat ?? cFormat;
      const known = format !== undefined && Object.hasOwn(FORMATS, format);
      return (known ? FORMATS[format]! : byDefault)(chosen);
    },
  );
}

/** Names of the variables a text uses, in no order. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(PATTERN)].map(([, a, b, , c]) => a ?? b ?? c ?? '');
}

const SCRAPE_MS = 15_000;

/**
 * The variables that stand for time. `$__rate_interval` always holds four scrapes, so that a rate never
 * falls between two samples.
 */
export function timeValues(
  range: { fromMs: number; toMs: number },
  stepMs: number,
  scrapeMs = SCRAPE_MS,
): Values {
  const lengthMs = range.toMs - range.fromMs;
  const rateMs = rateWindow(stepMs, scrapeMs);
  return {
    __interval: single(durationText(stepMs)),
    __interval_ms: single(String(stepMs)),
    __rate_interval: single(durationText(rateMs)),
    __rate_interval_ms: single(String(rateMs)),
    __range: single(`${Math.round(lengthMs / 1000)}s`),
    __range_s: single(String(Math.round(lengthMs / 1000))),
    __range_ms: single(String(lengthMs)),
    __from: single(String(range.fromMs)),
    __to: single(String(range.toMs)),
  };
}

/** Fills variables into queries and words: `$host`, `${host:regex}`, `[[host]]`, `$__rate_interval`. */
import { rateWindow } from '../query/step';
import { durationText } from '../query/timeText';
import { FORMATS } from './formats';
import { quoteAt } from './promql';

/** What a variable stands for now. */
export interface Chosen {
  readonly values: readonly string[];
  readonly texts: readonly string[];
  /** Whether it may hold several: then a query needs its values as a regular expression. */
  readonly multi: boolean;
  /** Whether it is a list even with one value. */
  readonly list?: boolean;
  readonly all?: boolean;
  /** Of all: the word for each value. */
  readonly each?: readonly string[];
  /** Written as it is where all are chosen, if the board says so; may name variables itself. */
  readonly allValue?: string;
  /** What stands behind a dot: `${__dashboard.uid}`. */
  readonly part?: (path: string) => string | undefined;
}
export type Values = Readonly<Record<string, Chosen>>;

export const single = (value: string, part?: Chosen['part']): Chosen => ({
  values: [value],
  texts: [value],
  multi: false,
  part,
});

/** Parts by their names. */
const partsOf =
  (parts: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    Object.hasOwn(parts, path) ? parts[path] : undefined;

/** For PromQL's regular expressions, where a slash is no sign. */
const promRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&');

/** Inside of a string with this quote; between back-ticks, and outside of strings, nothing is escaped. */
const inString = (value: string, quote: string): string =>
  quote === '"' || quote === "'"
    ? value.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`)
    : value;

/** How a choice stands in PromQL when the board names no format. */
function inPromql({ values, multi }: Chosen, quote: string): string {
  if (!multi) return inString(values[0] ?? '', quote);
  const escaped = values.map((value) => inString(quote ? promRegex(value) : value, quote));
  return escaped.length === 1 ? escaped[0]! : `(${escaped.join('|')})`;
}

/** The values that hold within a copy of a repeated panel or row, each a choice as the variable's own. */
export function scopedOf(
  { scoped = {} }: { readonly scoped?: Readonly<Record<string, string>> },
  values: Values,
): Values {
  return Object.fromEntries(
    Object.entries(scoped).map(([name, value]) => {
      const all = Object.hasOwn(values, name) ? values[name]! : undefined;
      const text = (all?.each ?? all?.texts)?.[all?.values.indexOf(value) ?? -1] ?? value;
      return [name, { values: [value], texts: [text], multi: all?.multi ?? false }];
    }),
  );
}

const PATTERN = /\$(\w+)|\[\[(\w+)(?::([^\]]+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/g;
/** An `allValue` may name variables, they others: a circle ends here. */
const DEEPEST = 5;

type ByDefault = (chosen: Chosen, at: number) => string;

/** In PromQL. A name that is no variable stays as it stands, so that the error names it. */
export function fillQuery(expr: string, values: Values): string {
  const quote = quoteAt(expr);
  return fill(expr, values, (chosen, at) => inPromql(chosen, quote(at)));
}

/** In words: titles, text panels, legends. */
export const fillText = (text: string, values: Values): string =>
  fill(text, values, (chosen) => FORMATS['text']!({ ...chosen, name: '' }, []));

/** In any other text, by the format of this name. */
export const fillAs = (text: string, values: Values, format: string): string =>
  fill(text, values, (chosen) => FORMATS[format]!({ ...chosen, name: '' }, []));

function fill(template: string, values: Values, byDefault: ByDefault, depth = 0): string {
  return template.replace(PATTERN, (...match: (string | number | undefined)[]) => {
    const [whole, a, b, bFormat, c, path, cFormat, at] = match as [string, ...string[]];
    const name = a ?? b ?? c ?? '';
    if (!Object.hasOwn(values, name)) return whole; // constructor is no variable by itself
    const chosen = values[name]!;
    if (path !== undefined) return partOf(chosen, path) ?? whole;
    const [format, ...args] = (bFormat ?? cFormat ?? '').split(':');
    if (chosen.allValue !== undefined && !UNTOUCHED.has(format!)) {
      return depth < DEEPEST
        ? fill(chosen.allValue, values, (one) => byDefault(one, Number(at)), depth + 1)
        : chosen.allValue;
    }
    return format && Object.hasOwn(FORMATS, format)
      ? FORMATS[format]!({ ...chosen, name }, args)
      : byDefault(chosen, Number(at));
  });
}

/** Formats that say all by its own word, whatever the board writes for it. */
const UNTOUCHED = new Set(['text', 'queryparam', 'customqueryparam']);

function partOf(chosen: Chosen, path: string): string | undefined {
  if (chosen.part) return chosen.part(path);
  if (path === 'text') return chosen.texts.join(' + ');
  return path === 'value' ? chosen.values.join(',') : undefined;
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
  const seconds = String(Math.round(lengthMs / 1000));
  return {
    __interval: single(durationText(stepMs)),
    __interval_ms: single(String(stepMs)),
    __rate_interval: single(durationText(rateMs)),
    __rate_interval_ms: single(String(rateMs)),
    __auto: single(durationText(stepMs)),
    __range: single(`${seconds}s`),
    __range_s: single(seconds),
    __range_ms: single(String(lengthMs)),
    __from: single(String(range.fromMs)),
    __to: single(String(range.toMs)),
  };
}

/** The variables that stand for the page: its board, who looks at it. */
export const pageValues = (board: { readonly uid: string; readonly title: string }): Values => ({
  __dashboard: single(board.title, partsOf({ uid: board.uid, title: board.title })),
  __org: single('1', partsOf({ id: '1', name: 'Oriel' })),
  __user: single('', partsOf({ id: '', login: '', email: '' })),
});

/** Those that stand for parts of an address: the range and the choices of all variables. */
export function addressParts(values: Values, time: { from: string; to: string }): Values {
  const all = Object.entries(values)
    .filter(([name]) => !name.startsWith('__'))
    .map(([name, chosen]) => FORMATS['queryparam']!({ ...chosen, name }, []))
    .filter(Boolean);
  return {
    __url_time_range: single(String(new URLSearchParams({ from: time.from, to: time.to }))),
    __all_variables: single(all.join('&')),
  };
}

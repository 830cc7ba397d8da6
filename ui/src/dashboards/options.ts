/** What a variable offers: its list in the board, or the store's answer cut and sorted as the board says. */
import { natural } from '../frames/compare';
import { parseDuration } from '../query/timeText';
import { fillAs, fillQuery, type Values } from './interpolate';
import type { Option, Variable } from './model';
import { argumentsOf, unquote } from './promql';

/** What a query variable may ask of the store. */
export interface VariableSource {
  labelNames(match?: string): Promise<string[]>;
  labelValues(label: string, match?: string): Promise<string[]>;
  metricNames(): Promise<string[]>;
  /** Each series that a selector finds, written as `name{label="value"}`. */
  series(match: string): Promise<string[]>;
  /** Each element of an answer, written as `name{label="value"} value time`, which the regex then cuts. */
  queryResult(expr: string): Promise<string[]>;
}

export const autoOf = (name: string): string => `$__auto_interval_${name}`;

const plain = (value: string): Option => ({ text: value, value });

export async function optionsOf(
  variable: Variable,
  values: Values,
  source: VariableSource,
): Promise<Option[]> {
  switch (variable.type) {
    case 'query':
      return queried(variable, values, source);
    case 'custom':
      return customOptions(fillAs(variable.query, values, 'raw'), variable.options);
    case 'interval':
      return [
        ...(variable.auto ? [{ text: 'auto', value: autoOf(variable.name) }] : []),
        ...wordsOf(variable.query).map(plain),
      ];
    case 'datasource':
      return variable.source.kind === 'prometheus' ? [{ text: 'This Oriel', value: 'oriel' }] : [];
    case 'constant':
    case 'textbox':
      return [plain(variable.query)];
    case 'groupby':
      return variable.options.length
        ? [...variable.options]
        : (await source.labelNames()).map(plain);
    default:
      return [...variable.options];
  }
}

async function queried(
  variable: Variable,
  values: Values,
  source: VariableSource,
): Promise<Option[]> {
  // What Oriel keeps nothing of offers what the board was saved with.
  if (variable.source.kind !== 'prometheus') return known(variable.options);
  const found = await ask(fillQuery(variable.query, values), source);
  return sorted(cut(found, fillAs(variable.regex, values, 'regex')), variable.sort);
}

const known = (options: readonly Option[]): Option[] =>
  options.filter(({ value }) => value !== '$__all');

/** `one, two, Label : value`, with `\,` for a comma inside; or a list in JSON. */
function customOptions(query: string, saved: readonly Option[]): Option[] {
  if (query.trim() === '') return known(saved);
  const json = /^\s*\[/.test(query) ? fromJson(query) : undefined;
  if (json) return json;
  return (query.match(/(?:\\,|[^,])+/g) ?? [])
    .map((part) => part.replace(/\\,/g, ',').trim())
    .filter(Boolean)
    .map((part) => {
      const pair = /^(.+?)\s+:\s+(.+)$/.exec(part);
      return pair ? { text: pair[1]!.trim(), value: pair[2]!.trim() } : plain(part);
    });
}

function fromJson(query: string): Option[] | undefined {
  try {
    const list = JSON.parse(query) as unknown;
    if (!Array.isArray(list)) return undefined;
    return list.flatMap((one: { text?: unknown; value?: unknown } | null) =>
      typeof one?.value === 'string'
        ? [{ text: typeof one.text === 'string' ? one.text : one.value, value: one.value }]
        : [],
    );
  } catch {
    return undefined;
  }
}

/** `1m,5m "10 m"` */
const wordsOf = (query: string): string[] =>
  [...query.matchAll(/(["'])(.*?)\1|[^\s,]+/g)].map(([word, , inner]) => inner ?? word);

/** `label_values(selector, label)`, `label_values(label)`, `label_names()`, `metrics(regex)`, `query_result(expr)`. */
async function ask(query: string, source: VariableSource): Promise<string[]> {
  const call = /^\s*(label_values|label_names|metrics|query_result)\s*\((.*)\)\s*$/s.exec(query);
  if (!call) return query.trim() === '' ? [] : source.series(query.trim());
  const [, name, inner = ''] = call;
  switch (name) {
    case 'label_names':
      return source.labelNames(inner.trim() || undefined);
    case 'query_result':
      return inner.trim() === '' ? [] : source.queryResult(inner.trim());
    case 'metrics': {
      const regex = jsRegex(`/${inner.trim() || '.*'}/`);
      return (await source.metricNames()).filter((metric) => regex?.test(metric));
    }
    default: {
      const parts = argumentsOf(inner);
      const label = nameOf(parts.at(-1) ?? '');
      const match = parts.slice(0, -1).join(', ').trim();
      return label === '' ? [] : source.labelValues(label, match || undefined);
    }
  }
}

const nameOf = (label: string): string => (/^["'`]/.test(label) ? unquote(label) : label);

/** `/a.*b/i` or bare, which then must fit the whole. Null where it is no valid expression. */
function jsRegex(pattern: string): RegExp | null {
  const parts = /^\/(.*)\/([dgimsuvy]*)$/s.exec(pattern);
  try {
    return parts ? new RegExp(parts[1]!, parts[2]) : new RegExp(`^${pattern}$`);
  } catch {
    return null;
  }
}

/**
 * The board's regex picks from each answer: `(?<text>)` and `(?<value>)`, else the first group, else the
 * whole text that fits. With the flag `g` it is tried again behind each find.
 */
function cut(found: readonly string[], pattern: string): Option[] {
  const regex = pattern ? jsRegex(pattern) : null;
  const options = regex ? found.flatMap((text) => picked(text, regex)) : found.map(plain);
  const seen = new Set<string>();
  return options.filter(({ value }) => !seen.has(value) && seen.add(value));
}

function picked(text: string, regex: RegExp): Option[] {
  const matches = regex.global
    ? [...text.matchAll(regex)]
    : [regex.exec(text)].filter((m) => m !== null);
  if (matches.length === 0) return [];
  const group = (name: string) => matches.find(({ groups }) => groups?.[name])?.groups?.[name];
  const [value, label] = [group('value'), group('text')];
  if (value !== undefined || label !== undefined)
    return [{ value: value ?? label!, text: label ?? value! }];
  const grouped = matches.filter((match) => match.length > 1);
  if (grouped.length === 0) return [plain(text)];
  return grouped.slice(0, matches.length > 1 ? undefined : 1).map((match) => plain(match[1] ?? ''));
}

type Order = (a: string, b: string) => number;
const byCode: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? -1);

/** By half of Grafana's number, rounded up; an even number is falling. */
const ORDERS: readonly Order[] = [
  () => 0,
  byCode,
  (a, b) => numberIn(a) - numberIn(b),
  (a, b) => byCode(a.toLowerCase(), b.toLowerCase()),
  natural,
];

function sorted(options: readonly Option[], sort: number): Option[] {
  const order = ORDERS[Math.ceil(sort / 2)] ?? ORDERS[0]!;
  const rising = [...options].sort((a, b) => order(a.text, b.text));
  return sort > 0 && sort % 2 === 0 ? rising.reverse() : rising;
}

/** The interval that cuts a range into so many steps, as a round one. */
export function autoInterval({ autoCount, autoMin }: Variable, rangeMs: number): number {
  const least = parseDuration(autoMin) ?? 10_000;
  return Math.max(least, ROUND_MS.find((ms) => ms >= rangeMs / autoCount / 1.3) ?? 86_400_000);
}

const ROUND_MS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600,
  43_200, 86_400, 604_800, 2_592_000, 31_536_000,
].map((seconds) => seconds * 1000);

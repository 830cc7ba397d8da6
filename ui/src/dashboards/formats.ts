/** Every `${name:format}` of Grafana's: how what is chosen stands in a text. */
import { visible } from '../format';
import type { Chosen } from './interpolate';

/** A choice and whose it is. */
export interface Formatted extends Chosen {
  readonly name: string;
}
type Format = (chosen: Formatted, args: readonly string[]) => string;

const escapeRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');

const alternatives = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `(${values.join('|')})`;

const globOf = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `{${values.join(',')}}`;

/** What RFC 3986 reserves too. */
const strictly = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const luceneEscape = (value: string): string =>
  value.replace(/([!*+\-=<>\s&|()[\]{}^~?:\\/"])/g, '\\$1');

/** As the address bar carries it: all is one word. */
export const addressValues = ({ all, values }: Chosen): readonly string[] =>
  all ? ['$__all'] : values;

const parameters = (chosen: Formatted, name: string, prefix = ''): string =>
  addressValues(chosen)
    .map((value) => `${strictly(name)}=${strictly(prefix)}${strictly(value)}`)
    .join('&');

const quotedBy =
  (quote: string, escaped: string): Format =>
  ({ values }) =>
    values.map((value) => quote + value.replaceAll(quote, escaped) + quote).join(',');

export const FORMATS: Readonly<Record<string, Format>> = {
  raw: ({ values }) => values.join(','),
  csv: ({ values }) => values.join(','),
  pipe: ({ values }) => values.join('|'),
  join: ({ values }, [separator = ',']) => values.join(separator),
  regex: ({ values }) => alternatives(values.map(escapeRegex)),
  glob: ({ values }) => globOf(values),
  text: ({ texts }) => texts.map(visible).join(' + '),
  json: ({ values, list }) => (list ? JSON.stringify(values) : (values[0] ?? '')),
  distributed: ({ values, name }) =>
    values.map((value, i) => (i === 0 ? value : `${name}=${value}`)).join(','),
  lucene: ({ values, list }) =>
    list
      ? values.length
        ? `(${values.map((value) => `"${luceneEscape(value)}"`).join(' OR ')})`
        : '__empty__'
      : luceneEscape(values[0] ?? ''),
  html: ({ values }) => values.join(', ').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
  singlequote: quotedBy("'", "\\'"),
  doublequote: quotedBy('"', '\\"'),
  sqlstring: quotedBy("'", "''"),
  percentencode: ({ values }) => strictly(globOf(values)),
  uriencode: ({ values }) => encodeURI(globOf(values)),
  queryparam: (chosen) => parameters(chosen, `var-${chosen.name}`),
  customqueryparam: (chosen, [name = chosen.name, prefix = '']) =>
    parameters(chosen, name || chosen.name, prefix),
  date: ({ values }, args) => dateOf(Number(values[0]), args.join(':')),
};

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** The tokens of moment's formats that boards use. */
const PARTS: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => String(date.getFullYear()),
  YY: (date) => two(date.getFullYear() % 100),
  MMMM: (date) => MONTHS[date.getMonth()]!,
  MMM: (date) => MONTHS[date.getMonth()]!.slice(0, 3),
  MM: (date) => two(date.getMonth() + 1),
  M: (date) => String(date.getMonth() + 1),
  DD: (date) => two(date.getDate()),
  D: (date) => String(date.getDate()),
  dddd: (date) => DAYS[date.getDay()]!,
  ddd: (date) => DAYS[date.getDay()]!.slice(0, 3),
  HH: (date) => two(date.getHours()),
  H: (date) => String(date.getHours()),
  hh: (date) => two(date.getHours() % 12 || 12),
  h: (date) => String(date.getHours() % 12 || 12),
  mm: (date) => two(date.getMinutes()),
  ss: (date) => two(date.getSeconds()),
  SSS: (date) => String(date.getMilliseconds()).padStart(3, '0'),
  A: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  a: (date) => (date.getHours() < 12 ? 'am' : 'pm'),
  X: (date) => String(Math.floor(date.getTime() / 1000)),
  x: (date) => String(date.getTime()),
};
const PART = /\[([^\]]*)\]|YYYY|YY|M{1,4}|DD?|d{3,4}|HH?|hh?|mm|ss|SSS|[AaXx]/g;

function dateOf(ms: number, format: string): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  if (format === '' || format === 'iso') return date.toISOString();
  if (format === 'seconds') return String(Math.floor(ms / 1000));
  return format.replace(PART, (part, literal?: string) => literal ?? PARTS[part]?.(date) ?? part);
}

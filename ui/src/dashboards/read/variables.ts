/** Variables of a board: numbers of the classic form and words of the resource form mean the same. */
import type { Filter, Source, Variable, VariableType } from '../model';
import { isObject, list, number, object, text, texts, whole, type Json } from './json';
import { PROMETHEUS, sourceOfType, type Sources } from './sources';

const TYPES: readonly VariableType[] = [
  'query',
  'custom',
  'constant',
  'interval',
  'datasource',
  'textbox',
  'adhoc',
  'switch',
  'groupby',
];

const SORTS = [
  'disabled',
  'alphabeticalAsc',
  'alphabeticalDesc',
  'numericalAsc',
  'numericalDesc',
  'alphabeticalCaseInsensitiveAsc',
  'alphabeticalCaseInsensitiveDesc',
  'naturalAsc',
  'naturalDesc',
];

export function readVariable(raw: Json, sources: Sources): Variable {
  const name = text(raw['name']);
  const type = TYPES.find((one) => one === raw['type']) ?? 'other';
  const hide = raw['hide'];
  const refresh = raw['refresh'];
  const current = isObject(raw['current']) ? raw['current']['value'] : raw['current'];
  return {
    name,
    label: text(raw['label']) || name,
    description: text(raw['description']),
    type,
    source: sourceOfVariable(raw, type, sources),
    query: queryOf(raw),
    regex: text(raw['regex']),
    multi: raw['multi'] === true,
    includeAll: raw['includeAll'] === true,
    allValue: text(raw['allValue']) || undefined,
    hidden: hide === 2 || hide === '2' || hide === 'hideVariable' || type === 'constant',
    bare: hide === 1 || hide === 'hideLabel',
    sort: Math.max(SORTS.indexOf(text(raw['sort'])), whole(raw['sort'], 0, 0, 8)),
    refresh: number(refresh) === 2 || refresh === 'onTimeRangeChanged' ? 'range' : 'once',
    options: list(raw['options']).map((option) => ({
      text: texts(option['text'])[0] ?? text(option['value']),
      value: text(option['value']),
    })),
    current: texts(current),
    auto: raw['auto'] === true,
    autoCount: whole(raw['auto_count'], 30, 1, 10_000),
    autoMin: text(raw['auto_min']) || '10s',
    filters: [...list(raw['baseFilters']), ...list(raw['filters'])].map(readFilter),
  };
}

function sourceOfVariable(raw: Json, type: VariableType, sources: Sources): Source {
  if (type === 'datasource') return sourceOfType(text(raw['query']) || 'prometheus');
  return sources.of(raw['datasource']) ?? PROMETHEUS;
}

const readFilter = (raw: Json): Filter => ({
  key: text(raw['key']),
  operator: text(raw['operator']) || '=',
  value: text(raw['value']),
});

/**
 * The query as text: a string, the `query` of an object, or made from its parts as newer editors store
 * them. Loki's objects become the same functions.
 */
function queryOf(raw: Json): string {
  const query = raw['query'];
  if (!isObject(query)) return text(query) || text(raw['definition']);
  const written = text(query['query']) || text(query['__legacyStringValue']);
  if (written) return written;
  const label = text(query['label']);
  const match = text(query['stream']) || text(query['metric']) + matchersOf(query['labelFilters']);
  if (label) return match ? `label_values(${match}, ${label})` : `label_values(${label})`;
  if (text(query['metric'])) return `metrics(${text(query['metric'])})`;
  return text(query['varQuery']) || text(query['seriesQuery']);
}

function matchersOf(filters: unknown): string {
  const parts = list(filters).map(
    (one) => `${text(one['label'])}${text(one['op'])}${JSON.stringify(text(one['value']))}`,
  );
  return parts.length ? `{${parts.join(',')}}` : '';
}

export const readVariables = (board: Json, sources: Sources): Variable[] =>
  list(object(board['templating'])['list'])
    .filter((raw) => text(raw['name']) !== '')
    .map((raw) => readVariable(raw, sources));

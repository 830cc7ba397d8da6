/** Value mappings: words and colours in place of values, the first that fits, in the order they stand. */
import type { Mapping, MappingResult } from './frame';

export type Mappable = number | string | boolean | null | undefined;

/** A mapping as boards wrote it before Grafana 8: `type` is 1 for a value and 2 for a range. */
interface OldMapping {
  readonly type: 1 | 2;
  readonly value?: string | number;
  readonly from?: string | number;
  readonly to?: string | number;
  readonly text?: string;
}

/** The first mapping that fits. */
export function mapValue(
  value: Mappable,
  mappings: readonly (Mapping | OldMapping)[],
): MappingResult | undefined {
  for (const mapping of mappings) {
    const result = tryMapping(value, modern(mapping));
    if (result) return result;
  }
  return undefined;
}

/** The numbered form as a named one; there "null" is a word for no value. */
function modern(mapping: Mapping | OldMapping): Mapping {
  if (!isOld(mapping)) return mapping;
  const { text = '', value, from, to } = mapping;
  if ([value, from, to].includes('null'))
    return { type: 'special', options: { match: 'null', result: { text } } };
  return mapping.type === 1
    ? { type: 'value', options: { [String(value ?? '')]: { text } } }
    : { type: 'range', options: { from: Number(from), to: Number(to), result: { text } } };
}

const isOld = (mapping: Mapping | OldMapping): mapping is OldMapping =>
  typeof mapping.type === 'number';

function tryMapping(value: Mappable, mapping: Mapping): MappingResult | undefined {
  if (mapping.type === 'special')
    return isSpecial(value, mapping.options.match) ? mapping.options.result : undefined;
  if (value === null || value === undefined) return undefined;
  switch (mapping.type) {
    case 'value':
      return own(mapping.options, String(value));
    case 'range': {
      const { from, to, result } = mapping.options;
      const number = parseFloat(String(value));
      return number >= (from ?? -Infinity) && number <= (to ?? Infinity) ? result : undefined;
    }
    case 'regex':
      return typeof value === 'string' ? tryRegex(value, mapping.options) : undefined;
    default:
      return undefined;
  }
}

const own = <T>(options: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(options, name) ? options[name] : undefined;

function tryRegex(value: string, { pattern, result }: { pattern: string; result: MappingResult }) {
  const regex = toRegex(pattern, true);
  if (!regex || value.search(regex) < 0) return undefined;
  return result.text === undefined
    ? result
    : { ...result, text: value.replace(regex, result.text) };
}

/**
 * A pattern of dashboard JSON, `/a.*b/i` or bare and then of the whole text. Null where it is no valid
 * expression. `every` keeps the flag `g`, for replacing; a test with it would remember where it was.
 */
export function toRegex(pattern: string, every = false): RegExp | null {
  const parts = /^\/(.*)\/([gimsuy]*)$/s.exec(pattern);
  try {
    if (!parts) return new RegExp(`^${pattern}$`);
    const flags = parts[2] ?? '';
    return new RegExp(parts[1] ?? '', every ? flags : flags.replace('g', ''));
  } catch {
    return null;
  }
}

function isSpecial(value: Mappable, match: string): boolean {
  const nothing = value === null || value === undefined;
  switch (match) {
    case 'null':
      return nothing;
    case 'nan':
      return Number.isNaN(value);
    case 'null+nan':
      return nothing || Number.isNaN(value);
    case 'true':
    case 'false':
      return String(value) === match;
    case 'empty':
      return value === '';
    default:
      return false;
  }
}

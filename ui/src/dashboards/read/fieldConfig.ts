/** `fieldConfig`, with numbers that were written as texts, and mappings and thresholds of every age. */
import type { FieldConfig, Mapping, MappingResult, Thresholds } from '../../frames/frame';
import type { FieldConfigSource, Override } from '../../frames/overrides';
import { list, number, object, text, without, type Json } from './json';

export function readFieldConfig(raw: unknown): FieldConfigSource {
  const source = object(raw);
  return {
    defaults: readDefaults(object(source['defaults'])),
    overrides: list(source['overrides']).map(readOverride),
  };
}

function readDefaults(raw: Json): FieldConfig {
  const { thresholds, mappings, min, max, decimals, unit, ...rest } = raw;
  return without({
    ...rest,
    unit: text(unit) || undefined,
    min: number(min),
    max: number(max),
    decimals: number(decimals),
    thresholds: readThresholds(thresholds),
    mappings: Array.isArray(mappings) ? readMappings(mappings) : undefined,
  });
}

/** Each property's value has the shape that the same key has among the defaults. */
const VALUES: Readonly<Record<string, (value: unknown) => unknown>> = {
  thresholds: readThresholds,
  mappings: readMappings,
  min: number,
  max: number,
  decimals: number,
};

function readOverride(raw: Json): Override {
  const matcher = object(raw['matcher']);
  return {
    matcher: { id: text(matcher['id']), options: matcher['options'] },
    properties: list(raw['properties']).map(({ id, value }) => ({
      id: text(id),
      value: VALUES[text(id)]?.(value) ?? value,
    })),
  };
}

/** An object with mode and steps, or the bare list of old ones. The first step is from below, whatever it says. */
export function readThresholds(raw: unknown): Thresholds | undefined {
  const source = object(raw);
  const steps = list(Array.isArray(raw) ? raw : source['steps']).map((step, i) => ({
    value: i === 0 ? null : (number(step['value']) ?? null),
    color: text(step['color']) || 'green',
  }));
  if (steps.length === 0) return undefined;
  const rising = [...steps].sort((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
  return { mode: source['mode'] === 'percentage' ? 'percentage' : 'absolute', steps: rising };
}

/** Mappings by name, and the numbered ones before them: 1 maps a value, 2 a range. */
export function readMappings(raw: unknown): Mapping[] {
  return list(raw).flatMap((mapping) => {
    const type = mapping['type'];
    if (typeof type === 'string' && !/^\d+$/.test(type)) return [mapping as unknown as Mapping];
    const result = without({
      text: mapping['text'] === undefined ? undefined : text(mapping['text']),
      color: text(mapping['color']) || undefined,
    });
    const isRange = text(type) === '2' || (type === undefined && mapping['from'] !== undefined);
    return isRange
      ? [rangeMapping(mapping['from'], mapping['to'], result)]
      : [valueMapping(text(mapping['value']), result)];
  });
}

/** Old mappings write "null" for a value that is missing. */
export function valueMapping(value: string, result: MappingResult): Mapping {
  return value === 'null'
    ? { type: 'special', options: { match: 'null+nan', result } }
    : { type: 'value', options: { [value]: result } };
}

export function rangeMapping(from: unknown, to: unknown, result: MappingResult): Mapping {
  return from === 'null' && to === 'null'
    ? valueMapping('null', result)
    : {
        type: 'range',
        options: { from: number(from) ?? null, to: number(to) ?? null, result },
      };
}

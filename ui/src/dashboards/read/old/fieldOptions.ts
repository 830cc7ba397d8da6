/** Gauges and stats of a middle age keep everything under `options.fieldOptions`, the first ones beside it. */
import { isObject, list, number, object, text, texts, without, type Json } from '../json';
import { readMappings, readThresholds } from '../fieldConfig';
import { calcOf } from './singlestat';

export function withFieldOptions(panel: Json): Json {
  const options = object(panel['options']);
  if (isObject(options['reduceOptions'])) return panel; // told anew already; the rest are leftovers
  if (isObject(options['fieldOptions'])) return fromFieldOptions(panel, options);
  if (isObject(options['valueOptions'])) return fromValueOptions(panel, options);
  return panel;
}

function fromFieldOptions(panel: Json, { fieldOptions, ...options }: Json): Json {
  const old = object(fieldOptions);
  const defaults = object(old['defaults']);
  return {
    ...panel,
    fieldConfig: {
      defaults: without({
        ...defaults,
        ...object(object(panel['fieldConfig'])['defaults']),
        min: number(defaults['min']),
        max: number(defaults['max']),
        thresholds: readThresholds(defaults['thresholds'] ?? old['thresholds']),
        mappings: readMappings(defaults['mappings'] ?? old['mappings']),
      }),
      overrides: list(old['overrides']).flatMap(overrideOf),
    },
    options: {
      ...options,
      reduceOptions: {
        calcs: texts(old['calcs']).map((calc) => calcOf(calc)),
        values: old['values'] === true,
        limit: number(old['limit']),
        fields: text(old['fields']),
      },
    },
  };
}

/** Some keep the properties as an object of dotted names. */
function overrideOf(raw: Json): Json[] {
  const matcher = object(raw['matcher']);
  const properties = list(raw['properties']).map((one) => ({
    id: one['id'] ?? one['path'],
    value: one['value'],
  }));
  return properties.length ? [{ matcher, properties }] : [];
}

function fromValueOptions(panel: Json, options: Json): Json {
  const value = object(options['valueOptions']);
  return {
    ...panel,
    fieldConfig: {
      defaults: without({
        unit: text(value['unit']) || undefined,
        decimals: number(value['decimals']),
        min: number(options['minValue']),
        max: number(options['maxValue']),
        thresholds: readThresholds(options['thresholds']),
        mappings: readMappings(options['valueMappings']),
      }),
      overrides: [],
    },
    options: { ...options, reduceOptions: { calcs: [calcOf(value['stat'])], values: false } },
  };
}

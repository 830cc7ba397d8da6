/**
 * `fieldConfig` of a panel: what all fields get, and what some get on top. Which fields, Grafana's own matchers say;
 * they see a field by the name that a person reads, and a series' value also as `Value`.
 */
import {
  fieldMatchers,
  FieldType,
  type DataFrame,
  type Field as GrafanaField,
} from '@grafana/data';
import type { Field, FieldConfig, Frame } from './frame';
import { rowsOf, timeOf } from './frame';
import { toRegex } from './display';
import { fillLegend, labelOf, type Labels } from './legend';
import { onlyValue } from './transform/names';

export interface FieldConfigSource {
  readonly defaults?: FieldConfig;
  readonly overrides?: readonly Override[];
}
export interface Override {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

/** Gives every field its configuration: the defaults, then each override that matches, in order. */
export function applyConfig(frames: readonly Frame[], source: FieldConfigSource = {}): Frame[] {
  const rules = rulesOf(source, onlyValue(frames.flatMap(tableColumns)));
  return frames.map((frame) => {
    const double = rules.length ? doubleOf(frame) : undefined;
    return {
      ...frame,
      fields: frame.fields.map((field, i) =>
        configured(
          field,
          frame,
          source.defaults ?? {},
          rules.filter(({ matches }) => double && matches(field, double.fields[i]!, double)),
        ),
      ),
    };
  });
}

/** A sentence for each override whose matcher this build does not know; it changes nothing. */
export function unknownMatchers({ overrides }: FieldConfigSource = {}): string[] {
  const ids = listOf(overrides).map((override) => String(override?.matcher?.id));
  return [...new Set(ids)]
    .filter((id) => !fieldMatchers.getIfExists(id))
    .map((id) => `An override is not applied: there is no matcher called "${id}"`);
}

const tableColumns = ({ fields }: Frame): string[] =>
  fields.flatMap(({ name, labels }) => (labels ? [] : [name]));

interface Rule {
  readonly matches: (field: Field, double: GrafanaField, frame: DataFrame) => boolean;
  readonly properties: Override['properties'];
}

const listOf = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [];

/** The overrides, ready to match; one whose options make no sense matches nothing. */
function rulesOf({ overrides }: FieldConfigSource, called: (name: string) => string): Rule[] {
  return listOf(overrides).flatMap((override): Rule[] => {
    const { id, options } = override?.matcher ?? {};
    const properties = listOf(override?.properties).filter(
      (property) => typeof property?.id === 'string',
    );
    try {
      const matcher = matcherOf(id, options);
      const own = id === 'byName' && typeof options === 'string' ? called(options) : options;
      if (!matcher || properties.length === 0) return [];
      const byLabels = labelsNamed(id, options);
      const matches: Rule['matches'] = (field, double, frame) =>
        matcher(double, frame, [frame]) || field.name === own || byLabels(field);
      return [{ matches: (...of) => quietly(() => matches(...of)), properties }];
    } catch {
      return [];
    }
  });
}

function matcherOf(id: string | undefined, options: unknown) {
  if (id === 'byRegexp' && !toRegex(String(options))) return undefined; // the library would shout
  const usable = id === 'byTypes' && Array.isArray(options) ? new Set(options) : options;
  return fieldMatchers.getIfExists(id)?.get(usable);
}

function quietly(matches: () => boolean): boolean {
  try {
    return matches();
  } catch {
    return false;
  }
}

/** Boards also name a series as PromQL writes it, `{level="error"}`, whatever its legend is here. */
function labelsNamed(id: string | undefined, options: unknown): (field: Field) => boolean {
  if (id !== 'byName' || typeof options !== 'string' || !options.endsWith('}')) return () => false;
  const wanted = options.replace(/",\s*/g, '", ');
  return ({ type, labels = {} }) => {
    if (type !== 'number') return false;
    const { __name__: metric = '', ...rest } = labels;
    const inner = formatted(rest);
    return (
      wanted === `{${inner}}` ||
      wanted === `${metric}{${inner}}` ||
      wanted === `{__name__="${metric}", ${inner}}`
    );
  };
}

const formatted = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ');

const TYPES = {
  time: FieldType.time,
  number: FieldType.number,
  text: FieldType.string,
  boolean: FieldType.boolean,
  other: FieldType.other,
} as const;

/** The frame as the matchers see it. */
function doubleOf(frame: Frame): DataFrame {
  const overTime = timeOf(frame) !== undefined;
  return {
    refId: frame.refId,
    name: frame.name,
    length: rowsOf(frame),
    fields: frame.fields.map(({ name, type, values, labels }) => ({
      name: overTime && type === 'number' && labels ? 'Value' : name,
      type: TYPES[type],
      values: values as unknown[],
      config: { displayName: name },
      labels,
    })),
  };
}

function configured(
  field: Field,
  frame: Frame,
  defaults: FieldConfig,
  rules: readonly Rule[],
): Field {
  let config: FieldConfig = { ...defaults, ...field.config };
  if (field.type !== 'number')
    config = { ...config, unit: field.config?.unit, displayName: field.config?.displayName };
  for (const { properties } of rules) {
    for (const { id, value } of properties) config = withProperty(config, id, value);
  }
  const { displayName } = config;
  const name =
    typeof displayName === 'string' && displayName
      ? fillDisplayName(displayName, field, frame)
      : field.name;
  return { ...field, name, config };
}

/** `custom.hideFrom.viz` goes into `custom`, step by step; all else stands at the top. */
function withProperty(config: FieldConfig, id: string, value: unknown): FieldConfig {
  if (!id.startsWith('custom.')) return { ...config, [id]: value };
  return { ...config, custom: within(config.custom ?? {}, id.split('.').slice(1), value) };
}

type Custom = Readonly<Record<string, unknown>>;
function within(custom: Custom, [first = '', ...rest]: readonly string[], value: unknown): Custom {
  if (rest.length === 0) return { ...custom, [first]: value };
  const inner = custom[first];
  return {
    ...custom,
    [first]: within(
      typeof inner === 'object' && inner !== null ? (inner as Custom) : {},
      rest,
      value,
    ),
  };
}

/** `${__field.labels.device}`, `${__field.name}`, `${__series.name}`, and the older `$__field_name`. */
function fillDisplayName(template: string, field: Field, frame: Frame): string {
  const labels = field.labels ?? {};
  return fillLegend(
    template
      .replace(
        /\$\{__field\.labels(?:\.(?:"([^"]+)"|([^}]+))|\["([^"]+)"\])\}/g,
        (_, quoted?: string, bare?: string, indexed?: string) =>
          labelOf(labels, quoted ?? bare ?? indexed ?? '') ?? '',
      )
      .replace(/\$\{__field\.(?:labels|formattedLabels)\}/g, () => formatted(labels))
      .replace(
        /\$\{__series\.(?:name|displayName)\}|\$__series_name\b/g,
        () => frame.name ?? field.name,
      )
      .replace(/\$\{__field\.(?:name|displayName)\}|\$__field_name\b/g, () => field.name),
    labels,
  );
}

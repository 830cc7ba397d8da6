/** Columns that say how other columns look: `rowsToFields` and `configFromData` read them. */
import type { Field, FieldConfig } from '@grafana/data';
import { plain } from '../../compare';
import { reduceOf } from '../../reduce';
import type { Json } from '../table';
import { listOf, textOf } from './columns';

type Setting = (config: FieldConfig, value: unknown) => void;

const number =
  (set: (config: FieldConfig, value: number) => void): Setting =>
  (config, value) => {
    const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof given === 'number' && Number.isFinite(given)) set(config, given);
  };
const words =
  (set: (config: FieldConfig, value: string) => void): Setting =>
  (config, value) => {
    if (value !== null && value !== undefined && value !== '') set(config, plain(value));
  };

/** What a column can set, by the name of its handler in the options. A column of that name sets it unasked. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  max: number((config, value) => (config.max = value)),
  min: number((config, value) => (config.min = value)),
  unit: words((config, value) => (config.unit = value)),
  decimals: number((config, value) => (config.decimals = value)),
  displayName: words((config, value) => (config.displayName = value)),
  color: words(
    (config, value) =>
      (config.color = { mode: 'fixed', fixedColor: value } as FieldConfig['color']),
  ),
  threshold1: number((config, value) => {
    const steps = config.thresholds?.steps ?? [{ value: -Infinity, color: 'green' }];
    config.thresholds = {
      mode: 'absolute',
      steps: [...steps, { value, color: 'red' }],
    } as FieldConfig['thresholds'];
  }),
};

export interface Mapped {
  readonly field: Field;
  /** `field.name`, `field.value`, `field.label`, `__ignore`, or a key of SETTINGS. */
  readonly use: string;
  readonly reducer: string;
}

/** What each column is used for, by the options, else by its name; undefined where neither says. */
export function mappingOf(
  fields: readonly Field[],
  options: Json,
): (Mapped | { field: Field; use: undefined })[] {
  const mappings = listOf(options['mappings']);
  return fields.map((field) => {
    const mapping = mappings.find(({ fieldName }) => fieldName === field.name);
    const own = Object.keys(SETTINGS).find((key) => key.toLowerCase() === field.name.toLowerCase());
    const use = textOf(mapping?.['handlerKey']) || own;
    return use
      ? { field, use, reducer: textOf(mapping?.['reducerId'], 'lastNotNull') }
      : { field, use: undefined };
  });
}

/** The one value that stands for a column. */
export function oneOf({ field, reducer }: Mapped): unknown {
  if (reducer.startsWith('first')) return field.values.find((value) => value !== null) ?? null;
  const numbers = (field.values as unknown[]).every(
    (value) => value === null || typeof value === 'number',
  );
  if (!numbers) return (field.values as unknown[]).findLast((value) => value !== null) ?? null;
  return reduceOf(reducer, field.values as (number | null)[]);
}

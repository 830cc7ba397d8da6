/** Small parts that the transformations of this folder share: making columns and reading them. */
import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { plain } from '../../compare';

export const isNumber = ({ type }: Field): boolean => type === FieldType.number;
export const isTime = ({ type }: Field): boolean => type === FieldType.time;
export const isText = ({ type }: Field): boolean => type === FieldType.string;

/** A column of whatever the values are: numbers, booleans, words, or anything. */
export function columnOf(name: string, values: unknown[]): Field {
  return { name, type: typeOf(values), config: {}, values };
}

export const textColumn = (name: string, values: unknown[]): Field => ({
  name,
  type: FieldType.string,
  config: {},
  values: values.map((value) => (value === null || value === undefined ? null : plain(value))),
});

function typeOf(values: readonly unknown[]): FieldType {
  const kinds = new Set(
    values.filter((value) => value !== null && value !== undefined).map((v) => typeof v),
  );
  if (kinds.size === 1 && kinds.has('number')) return FieldType.number;
  if (kinds.size === 1 && kinds.has('boolean')) return FieldType.boolean;
  return kinds.size === 0 || (kinds.size === 1 && kinds.has('string'))
    ? FieldType.string
    : FieldType.other;
}

/** Numbers of the rows of a frame, to map over. */
export const rowsIn = ({ length }: DataFrame): number[] => Array.from({ length }, (_, row) => row);

/** The same field with only these rows. */
export const pick = (field: Field, rows: readonly number[]): Field => ({
  ...field,
  state: undefined,
  values: rows.map((row): unknown => field.values[row] ?? null),
});

export const textOf = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

export const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter(
        (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
      )
    : [];

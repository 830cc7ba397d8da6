/**
 * Our frames as Grafana's and back. A series' value column is called `Value` there and has its legend beside it;
 * here the legend is its name, which is what Grafana shows and what options speak of.
 */
import {
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field as GrafanaField,
} from '@grafana/data';
import type { Field, FieldConfig, Frame, FrameMeta } from '../frame';
import { plain } from '../compare';
import { rowsOf } from '../frame';
import { plainKeys, plainName, safeKeys, safeName } from './names';

const TYPES: Readonly<Record<Field['type'], FieldType>> = {
  time: FieldType.time,
  number: FieldType.number,
  text: FieldType.string,
  boolean: FieldType.boolean,
  other: FieldType.other,
};

/** The name of a series' value column before anyone named it. */
export const VALUE = 'Value';

export function toDataFrame(frame: Frame): DataFrame {
  const numbers = frame.fields.filter(({ type }) => type === 'number');
  const isSeries = frame.fields.some(({ type }) => type === 'time') && numbers.length > 0;
  return {
    refId: frame.refId,
    name:
      frame.name ??
      (isSeries && numbers.length === 1 && numbers[0]?.labels ? numbers[0].name : undefined),
    meta: frame.meta && { custom: { oriel: frame.meta } },
    length: rowsOf(frame),
    fields: frame.fields.map((field) => toGrafana(field, isSeries)),
  };
}

function toGrafana(field: Field, ofSeries: boolean): GrafanaField {
  const { name, type, values, labels, config } = field;
  const own = { ...config } as GrafanaField['config'];
  const isValue = ofSeries && type === 'number' && labels !== undefined;
  if (isValue) own.displayNameFromDS ??= name;
  return {
    name: safeName(isValue ? VALUE : name),
    type: TYPES[type],
    values: values as unknown[],
    config: own,
    labels: labels && safeKeys(labels),
  };
}

export function fromDataFrames(frames: readonly DataFrame[]): Frame[] {
  const all = [...frames];
  return all.map((frame, i) => ({
    refId: frame.refId ?? String(i),
    ...(frame.name === undefined ? {} : { name: plainName(frame.name) }),
    ...metaOf(frame),
    fields: frame.fields.map((field) => fromGrafana(field, frame, all)),
  }));
}

/** What a panel must know of the rows: of our own frames as it was, of a heat map that it is one. */
function metaOf({ meta }: DataFrame): { meta?: FrameMeta } {
  const own = (meta?.custom as { oriel?: FrameMeta } | undefined)?.oriel;
  if (own) return { meta: own };
  return meta?.type?.startsWith('heatmap') ? { meta: { kind: 'heatmap', custom: meta.type } } : {};
}

function fromGrafana(field: GrafanaField, frame: DataFrame, all: DataFrame[]): Field {
  const name = plainName(getFieldDisplayName(field, frame, all));
  const column = { name, labels: field.labels && plainKeys(field.labels), config: configOf(field) };
  const values = Array.from(
    { length: frame.length },
    (_, row): unknown => field.values[row] ?? null,
  );
  switch (field.type) {
    case FieldType.time:
      return { ...column, type: 'time', values: values.map(numberOrHole) };
    case FieldType.number:
      return { ...column, type: 'number', values: values.map(numberOrHole) };
    case FieldType.boolean:
      return {
        ...column,
        type: 'boolean',
        values: values.map((value) => (value === null ? null : Boolean(value))),
      };
    case FieldType.string:
      return { ...column, type: 'text', values: values.map(textOrHole) };
    case FieldType.enum:
      return { ...column, type: 'text', values: values.map((value) => enumText(field, value)) };
    default:
      return { ...column, type: 'other', values: values.map(cellOf) };
  }
}

const configOf = ({ config }: GrafanaField): FieldConfig | undefined =>
  Object.values(config).some((value) => value !== undefined) ? (config as FieldConfig) : undefined;

/** An empty text in a column of numbers (a matrix fills with it) is nothing measured, never 0. */
function numberOrHole(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

function textOrHole(value: unknown): string | null {
  if (value === null) return null;
  return plainName(typeof value === 'string' ? value : plain(value));
}

function enumText(field: GrafanaField, value: unknown): string | null {
  const texts = field.config.type?.enum?.text;
  return typeof value === 'number' ? (texts?.[value] ?? null) : textOrHole(value);
}

/** Frames within cells come back as ours: one for a spark line, a list for a table below its row. */
function cellOf(value: unknown): unknown {
  if (Array.isArray(value) && value.length && value.every(isDataFrame))
    return fromDataFrames(value);
  return isDataFrame(value) ? fromDataFrames([value])[0] : value;
}

function isDataFrame(value: unknown): value is DataFrame {
  const frame = value as Partial<DataFrame> | null;
  return (
    typeof frame === 'object' &&
    frame !== null &&
    Array.isArray(frame.fields) &&
    typeof frame.length === 'number'
  );
}

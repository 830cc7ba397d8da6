/**
 * The shape of data between a query and a picture: a frame is a small table of columns. Times are
 * milliseconds since 1970; a hole is `null`, never 0. The names follow Grafana's data frames, since
 * dashboard JSON speaks of fields, overrides and transformations over them.
 */
import type { Teller } from './units';

export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
}

interface Column {
  /** What a person reads: the legend of a series, the head of a column. Overrides match on it. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly config?: FieldConfig;
}
export interface TimeField extends Column {
  readonly type: 'time';
  readonly values: readonly (number | null)[];
}
export interface NumberField extends Column {
  readonly type: 'number';
  readonly values: readonly (number | null)[];
}
export interface TextField extends Column {
  readonly type: 'text';
  readonly values: readonly (string | null)[];
}
export type Field = TimeField | NumberField | TextField;

/** One step of a threshold: from `value` upwards this colour. The first has none: from below. */
export interface ThresholdStep {
  readonly value?: number | null;
  readonly color: string;
}
export interface Thresholds {
  readonly mode: 'absolute' | 'percentage';
  readonly steps: readonly ThresholdStep[];
}

export interface MappingResult {
  readonly text?: string;
  readonly color?: string;
  readonly index?: number;
}
export type Mapping =
  | { readonly type: 'value'; readonly options: Readonly<Record<string, MappingResult>> }
  | {
      readonly type: 'range';
      readonly options: { from: number | null; to: number | null; result: MappingResult };
    }
  | { readonly type: 'regex'; readonly options: { pattern: string; result: MappingResult } }
  | { readonly type: 'special'; readonly options: { match: string; result: MappingResult } };

/** How the values of a field are told and drawn; the names are those of dashboard JSON. */
export interface FieldConfig {
  readonly displayName?: string;
  readonly description?: string;
  readonly unit?: string;
  /** Tells the numbers of this field in place of the table of units. */
  readonly tell?: Teller;
  readonly decimals?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly noValue?: string;
  readonly mappings?: readonly Mapping[];
  readonly thresholds?: Thresholds;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  /** What belongs to one panel kind only: line width, stacking, cell type... */
  readonly custom?: Readonly<Record<string, unknown>>;
}

export const timeOf = (frame: Frame): TimeField | undefined =>
  frame.fields.find((field): field is TimeField => field.type === 'time');

export const numbersOf = (frame: Frame): NumberField[] =>
  frame.fields.filter((field): field is NumberField => field.type === 'number');

/** How many rows the longest column has. */
export const rowsOf = (frame: Frame): number =>
  frame.fields.reduce((most, field) => Math.max(most, field.values.length), 0);

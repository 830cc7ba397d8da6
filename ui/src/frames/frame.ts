/**
 * The shape of data between a query and a picture: a frame is a small table of columns. Times are
 * milliseconds since 1970; a hole is `null`, never 0. The names follow Grafana's data frames, since
 * dashboard JSON speaks of fields, overrides and transformations over them.
 */
import type { Teller } from './units';

export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
  /** What a person calls the whole table; of a series, its legend. */
  readonly name?: string;
  /** What the rows are, where they are more than numbers over time. */
  readonly meta?: FrameMeta;
}

export interface FrameMeta {
  readonly kind?: 'logs' | 'trace' | 'nodes' | 'edges' | 'heatmap';
  /** What belongs to one kind only: the common labels of logs, the layout of buckets... */
  readonly custom?: unknown;
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
export interface BooleanField extends Column {
  readonly type: 'boolean';
  readonly values: readonly (boolean | null)[];
}
/** Anything else: a frame within a cell (a spark line, a table opened below its row), a list, an object. */
export interface OtherField extends Column {
  readonly type: 'other';
  readonly values: readonly unknown[];
}
export type Field = TimeField | NumberField | TextField | BooleanField | OtherField;

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

/** A link from a value; its variables are filled in where it is shown. */
export interface DataLink {
  readonly title?: string;
  readonly url?: string;
  readonly targetBlank?: boolean;
}

/** How the values of a field are told and drawn; the names are those of dashboard JSON. */
export interface FieldConfig {
  readonly displayName?: string;
  /** The name that the data source gave; `displayName` wins over it. */
  readonly displayNameFromDS?: string;
  readonly description?: string;
  readonly unit?: string;
  /** Tells the numbers of this field in place of the table of units. */
  readonly tell?: Teller;
  readonly decimals?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  /** Min and max that are not given are of this field alone, not of all fields together. */
  readonly fieldMinMax?: boolean;
  readonly noValue?: string;
  readonly mappings?: readonly Mapping[];
  readonly thresholds?: Thresholds;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly links?: readonly DataLink[];
  /** Whether a person may filter the table by this column. */
  readonly filterable?: boolean;
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

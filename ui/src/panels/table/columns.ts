/** What a table shows: which frame, which columns, how each is told, coloured and laid out. Knows no React. */
import { plain } from '../../frames/compare';
import { displayText } from '../../frames/display';
import type { Field, FieldConfig, Frame } from '../../frames/frame';
import { numbersOf, rowsOf } from '../../frames/frame';
import { reducerOf } from '../../frames/reduce';
import { visible } from '../../format/visible';
import { lookOf, type Look } from '../look';

/** How a cell is drawn; the names are Grafana's. */
export type CellKind =
  | 'auto'
  | 'color-text'
  | 'color-background'
  | 'gauge'
  | 'sparkline'
  | 'json-view'
  | 'pill'
  | 'image'
  | 'nested';

export interface Column {
  readonly field: Field;
  readonly name: string;
  readonly config: FieldConfig;
  readonly kind: CellKind;
  /** `basic`, `gradient` or `lcd` of a gauge or a ground. */
  readonly mode: string;
  readonly wholeRow: boolean;
  readonly wrap: boolean;
  readonly align: 'left' | 'center' | 'right';
  readonly width?: number;
  readonly minWidth: number;
  readonly filterable: boolean;
  readonly inspect: boolean;
  /** Of a gauge: how the number beside it is shown. */
  readonly number: 'color' | 'text' | 'hidden';
}

/** A table of its own among several. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

interface Custom {
  hidden?: boolean | string;
  hideFrom?: { viz?: boolean };
  align?: string | null;
  width?: number;
  minWidth?: number;
  filterable?: boolean;
  inspect?: boolean;
  wrapText?: boolean;
  cellOptions?: {
    type?: string;
    mode?: string;
    applyToRow?: boolean;
    wrapText?: boolean;
    valueDisplayMode?: string;
  };
  /** The form of Grafana before 9. */
  displayMode?: string;
}
const customOf = ({ config }: Field): Custom => config?.custom ?? {};

/** The frames as tables. Series, which are no tables, become a row each, with their last value. */
export function sheetsOf(frames: readonly Frame[]): Sheet[] {
  const filled = frames.filter(({ fields }) => fields.length > 0);
  if (filled.length === 0) return [];
  const series = filled.every(isSeries) && (filled.length > 1 || rowsOf(filled[0]!) <= 1);
  const tables = series ? [{ refId: '', fields: lastValues(filled) }] : filled;
  return tables.map((frame, i) => ({
    name: frame.name ?? (frame.refId || `Table ${i + 1}`),
    columns: columnsOf(frame.fields),
    rows: rowsOf(frame),
  }));
}

/** Times and one number that has a name of its own: a series, not a table of one column. */
function isSeries({ fields }: Frame): boolean {
  const [value, ...more] = fields.filter(({ type }) => type === 'number');
  const times = fields.filter(({ type }) => type === 'time').length;
  if (!value || more.length > 0 || times + 1 !== fields.length) return false;
  return value.labels !== undefined || (times > 0 && !/^Value\b/.test(value.name));
}

function lastValues(frames: readonly Frame[]): Field[] {
  const all = frames.flatMap(numbersOf);
  const last = reducerOf('lastNotNull');
  const names: Field = { name: 'Series', type: 'text', values: all.map(({ name }) => name) };
  const values = all.map((field) => last(field.values));
  return [names, { name: 'Value', type: 'number', values, config: all[0]?.config }];
}

function columnsOf(fields: readonly Field[]): Column[] {
  const shown = fields.filter(
    (field) => !/^true$/.test(String(customOf(field).hidden)) && !customOf(field).hideFrom?.viz,
  );
  return shown.map((field) => columnOf(field, spanned(field, shown)));
}

function columnOf(field: Field, config: FieldConfig): Column {
  const custom = customOf(field);
  const { kind, mode } = kindOf(field, custom);
  const align = custom.align;
  return {
    field,
    name: field.name,
    config,
    kind,
    mode,
    wholeRow: custom.cellOptions?.applyToRow === true,
    wrap: custom.wrapText === true || custom.cellOptions?.wrapText === true,
    align:
      align === 'left' || align === 'center' || align === 'right'
        ? align
        : field.type === 'number' && kind !== 'sparkline'
          ? 'right'
          : 'left',
    width: typeof custom.width === 'number' && custom.width > 0 ? custom.width : undefined,
    minWidth: custom.minWidth ?? 50,
    filterable: (config.filterable ?? custom.filterable) === true,
    inspect: custom.inspect === true,
    number: numberMode(custom.cellOptions?.valueDisplayMode),
  };
}

const numberMode = (mode: unknown): Column['number'] =>
  mode === 'hidden' || mode === 'text' ? mode : 'color';

/** Cell types of before Grafana 9, and names of one that means another kind with a mode. */
const OLD: Readonly<Record<string, { kind: CellKind; mode: string }>> = {
  'color-background-solid': { kind: 'color-background', mode: 'basic' },
  'gradient-gauge': { kind: 'gauge', mode: 'gradient' },
  'lcd-gauge': { kind: 'gauge', mode: 'lcd' },
  basic: { kind: 'gauge', mode: 'basic' },
};
const KINDS = new Set<string>(['color-text', 'color-background', 'gauge', 'sparkline', 'json-view', 'pill', 'image']); // prettier-ignore

function kindOf(field: Field, custom: Custom): { kind: CellKind; mode: string } {
  const type = custom.cellOptions?.type ?? custom.displayMode ?? 'auto';
  const mode = custom.cellOptions?.mode ?? 'gradient';
  if (OLD[type]) return OLD[type];
  if (KINDS.has(type)) return { kind: type as CellKind, mode };
  if (field.type === 'other') {
    const first = field.values.find((value) => value !== null && value !== undefined);
    if (Array.isArray(first) && first.length > 0 && first.every(isFrame))
      return { kind: 'nested', mode };
    return { kind: isFrame(first) ? 'sparkline' : 'json-view', mode };
  }
  return { kind: 'auto', mode };
}

export const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as { fields?: unknown }).fields);

/** Min and max: the board's, the whole of a share, else of all columns that have this unit. */
function spanned(field: Field, all: readonly Field[]): FieldConfig {
  const config = field.config ?? {};
  if (field.type !== 'number' || (typeof config.min === 'number' && typeof config.max === 'number'))
    return config;
  const of = config.fieldMinMax
    ? [field]
    : all.filter((other) => other.config?.unit === config.unit);
  let [low, high] = [Infinity, -Infinity];
  for (const other of of) {
    if (other.type !== 'number') continue;
    for (const value of other.values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return config;
  return { ...config, min: config.min ?? low, max: config.max ?? high };
}

type Cell = string | number | boolean | null;

/** The value of a cell as it is told; what is no plain value is told as JSON. */
export function cellOf({ field }: Column, row: number): Cell {
  const value: unknown = field.values[row] ?? null;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return visible(value);
  if (isFrame(value)) return lastOf(value);
  return plain(value);
}

/** The last number of a series within a cell. */
export function lastOf(frame: Frame): number | null {
  const [first] = numbersOf(frame);
  return first ? reducerOf('lastNotNull')(first.values) : null;
}

export function lookOfCell(column: Column, row: number): Look {
  const { config, field } = column;
  return lookOf(
    cellOf(column, row),
    field.type === 'text' ? wordConfig(config) : config,
    column.name,
  );
}

/** Words that are missing are an empty cell, unless the board has words for it. */
const wordConfig = (config: FieldConfig): FieldConfig => ({
  ...config,
  noValue: config.noValue ?? '',
});

export type Zone = 'browser' | 'utc';

/** The text of a cell, as it is shown, filtered and copied. */
export function cellText(column: Column, row: number, zone: Zone = 'browser'): string {
  const value = cellOf(column, row);
  const { field, config } = column;
  if (field.type === 'time' && !config.unit)
    return typeof value === 'number' ? momentOf(value, zone) : (config.noValue ?? '');
  return displayText(value, field.type === 'text' ? wordConfig(config) : config);
}

/** Year to second, as Grafana writes times where nothing else is asked. */
export function momentOf(ms: number, zone: Zone): string {
  const offsetMs = zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  const at = new Date(ms - offsetMs);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 19).replace('T', ' ');
}

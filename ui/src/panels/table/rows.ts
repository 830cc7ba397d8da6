/** A table's columns and rows: from frames, filtered and sorted. Knows no React. */
import { compare, plain } from '../../frames/compare';
import { displayText } from '../../frames/display';
import type { Field, FieldConfig, Frame } from '../../frames/frame';
import { numbersOf, rowsOf } from '../../frames/frame';
import { reducerOf } from '../../frames/reduce';
import { visible } from '../../format/visible';

export interface Sort {
  readonly column: string;
  readonly falling: boolean;
}

interface Custom {
  hidden?: boolean;
  hideFrom?: { viz?: boolean };
  align?: string;
  cellOptions?: { type?: string };
  displayMode?: string;
}
export const customOf = ({ config }: Field): Custom => config?.custom ?? {};

/** The columns to show. Series (not a table) become a row each, with their last value. */
export function columnsOf(frames: readonly Frame[]): Field[] {
  const [first] = frames;
  if (!first) return [];
  const isTable = frames.length === 1 && first.fields.some(({ type }) => type === 'text');
  const fields = isTable ? first.fields : lastValues(frames);
  return fields.filter((field) => !customOf(field).hidden && !customOf(field).hideFrom?.viz);
}

function lastValues(frames: readonly Frame[]): Field[] {
  const all = frames.flatMap(numbersOf);
  const last = reducerOf('lastNotNull');
  return [
    { name: 'Series', type: 'text', values: all.map(({ name }) => name) },
    {
      name: 'Value',
      type: 'number',
      values: all.map(({ values }) => last(values)),
      config: all[0]?.config,
    },
  ];
}

/** Numbers of the rows that hold the words, in the order asked for. */
export function orderOf(columns: readonly Field[], filter: string, sort: Sort | null): number[] {
  const count = rowsOf({ refId: '', fields: columns });
  const words = filter.trim().toLowerCase();
  const order = Array.from({ length: count }, (_, row) => row).filter(
    (row) =>
      words === '' || columns.some((column) => cellText(column, row).toLowerCase().includes(words)),
  );
  const by = sort && columns.find(({ name }) => name === sort.column);
  if (!by) return order;
  return order.sort(
    (a, b) => compare(by.values[a] ?? null, by.values[b] ?? null) * (sort.falling ? -1 : 1),
  );
}

export function cellText(column: Field, row: number): string {
  const value = column.values[row] ?? null;
  if (column.type === 'text')
    return displayText(visible(plain(value)), { mappings: column.config?.mappings });
  if (column.type === 'time')
    return value === null ? '' : new Date(Number(value)).toLocaleString('en-GB');
  if (typeof value === 'number' || value === null) return displayText(value, column.config);
  return displayText(visible(plain(value)), { mappings: column.config?.mappings });
}

/** The largest value of a column, for bars whose board names no maximum. */
export function highestOf({ values, config }: Field): number {
  const fixed: FieldConfig['max'] = config?.max;
  return (
    fixed ??
    values.reduce<number>(
      (most, value) => (typeof value === 'number' && value > most ? value : most),
      0,
    )
  );
}

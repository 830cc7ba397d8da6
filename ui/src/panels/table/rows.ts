/** Which rows of a table are shown, and in what order. Knows no React. */
import { reducerOf, REDUCERS } from '../../frames/reduce';
import { displayText } from '../../frames/display';
import { cellOf, cellText, type Column, type Sheet, type Zone } from './columns';

export interface Sort {
  readonly column: string;
  readonly falling: boolean;
}
/** Of a column, the texts that are let through. */
export type Filters = ReadonlyMap<string, ReadonlySet<string>>;

/** As the board begins. */
export function sortsOf(option: unknown): Sort[] {
  if (!Array.isArray(option)) return [];
  return (option as { displayName?: string; desc?: boolean }[]).flatMap(({ displayName, desc }) =>
    displayName ? [{ column: displayName, falling: desc === true }] : [],
  );
}

/** A click sorts by one column alone, numbers with the largest first; another turns it. With Shift it is added. */
export function afterClick(sorts: readonly Sort[], column: Column, more: boolean): Sort[] {
  const at = sorts.findIndex((sort) => sort.column === column.name);
  const falling = at >= 0 ? !sorts[at]!.falling : column.field.type === 'number';
  const sort = { column: column.name, falling };
  if (!more) return [sort];
  return at >= 0 ? sorts.map((old, i) => (i === at ? sort : old)) : [...sorts, sort];
}

/** Numbers of the rows that pass the filters and hold the words, in the order asked for. */
export function orderOf(
  { columns, rows }: Sheet,
  {
    words,
    filters,
    sorts,
    zone,
  }: { words: string; filters: Filters; sorts: readonly Sort[]; zone: Zone },
): number[] {
  const wanted = words.trim().toLowerCase();
  const picked = columns.filter(({ name }) => filters.has(name));
  const order = Array.from({ length: rows }, (_, row) => row).filter(
    (row) =>
      picked.every((column) => filters.get(column.name)!.has(cellText(column, row, zone))) &&
      (wanted === '' ||
        columns.some((column) => cellText(column, row, zone).toLowerCase().includes(wanted))),
  );
  const by = sorts.flatMap(({ column, falling }) => {
    const found = columns.find(({ name }) => name === column);
    return found ? [{ found, sign: falling ? -1 : 1 }] : [];
  });
  if (by.length === 0) return order;
  return order.sort((a, b) => {
    for (const { found, sign } of by) {
      const way = compareCells(cellOf(found, a), cellOf(found, b)) * sign;
      if (way !== 0) return way;
    }
    return a - b;
  });
}

type Cell = ReturnType<typeof cellOf>;

/** Rising; what is not known comes first, so that it is last where the largest leads. */
function compareCells(a: Cell, b: Cell): number {
  const [left, right] = [rank(a), rank(b)];
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : String(left).localeCompare(String(right), 'en', { numeric: true, sensitivity: 'base' });
}

const rank = (cell: Cell): number | string | null =>
  cell === '' || Number.isNaN(cell) ? null : typeof cell === 'boolean' ? Number(cell) : cell;

/** The different texts of a column, as its filter offers them. */
export function choicesOf(column: Column, rows: number, zone: Zone): string[] {
  const all = new Set(Array.from({ length: rows }, (_, row) => cellText(column, row, zone)));
  return [...all].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

interface FooterOptions {
  show?: boolean;
  reducer?: string[];
  fields?: string[] | string;
  countRows?: boolean;
}

/** The text under each column, null where it has none; null alone where the table has no foot. */
export function footOf(
  { columns }: Sheet,
  order: readonly number[],
  option: unknown,
): ({ title: string; text: string } | null)[] | null {
  const options = (option ?? {}) as FooterOptions;
  const cells = columns.map((column, i) => {
    const own = (column.config.custom?.['footer'] as { reducers?: string[] } | undefined)?.reducers;
    if (own?.length) return reducedCell(column, order, own);
    if (options.show !== true) return null;
    if (options.countRows && options.reducer?.[0] === 'count')
      return i === 0 ? { title: 'rows', text: String(order.length) } : null;
    const named = typeof options.fields === 'string' ? [options.fields] : (options.fields ?? []);
    const wanted = named.filter(Boolean);
    if (column.field.type !== 'number' || (wanted.length > 0 && !wanted.includes(column.name)))
      return null;
    return reducedCell(column, order, options.reducer ?? ['sum']);
  });
  return cells.some((cell) => cell !== null) ? cells : null;
}

function reducedCell(column: Column, order: readonly number[], reducers: readonly string[]) {
  const values = order.map((row) => {
    const cell = cellOf(column, row);
    return typeof cell === 'number' ? cell : null;
  });
  const told = reducers.map((reducer) => {
    const counts = /count/i.test(reducer);
    const value = /^count(All)?$/.test(reducer) ? order.length : reducerOf(reducer)(values);
    return displayText(value, counts ? { decimals: 0 } : { ...column.config, mappings: [] });
  });
  const titles = reducers.map((reducer) => REDUCERS[reducer]?.title ?? reducer);
  return { title: titles.join(', '), text: told.join(', ') };
}

/** Which rows to draw of a long table, a few more on both sides than are seen. */
export function windowOf(
  count: number,
  scrolled: number,
  height: number,
  rowHeight: number,
): { from: number; to: number } {
  const SPARE = 12;
  if (count < VIRTUAL_FROM) return { from: 0, to: count };
  const from = Math.max(0, Math.floor(scrolled / rowHeight) - SPARE);
  return { from, to: Math.min(count, from + Math.ceil(height / rowHeight) + 2 * SPARE) };
}
export const VIRTUAL_FROM = 200;

import { useMemo, useState } from 'react';
import { display } from '../../frames/display';
import type { Field } from '../../frames/frame';
import { Meter, tableCss } from '../../parts';
import type { PanelViewProps } from '../panel';
import { cellText, columnsOf, customOf, highestOf, orderOf, type Sort } from './rows';
import css from './table.module.css';

const FILTER_FROM_ROWS = 12;
const MOST_ROWS = 500;

/** Rows and columns: sorted by a click, filtered by words, numbers right in their unit, bars beside them. */
export default function Table({ title, frames, options, height }: PanelViewProps) {
  const columns = useMemo(() => columnsOf(frames), [frames]);
  const [sort, setSort] = useState<Sort | null>(() => sortOf(options));
  const [filter, setFilter] = useState('');
  const order = useMemo(() => orderOf(columns, filter, sort), [columns, filter, sort]);
  const total = columns[0]?.values.length ?? 0;

  return (
    <div className={css.scroll} style={{ height }} tabIndex={0}>
      {total >= FILTER_FROM_ROWS && (
        <input
          className={css.filter}
          type="search"
          aria-label={`Filter ${title}`}
          placeholder={`Filter ${total} rows`}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <table className={`${tableCss['table']} ${css.table}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {order.slice(0, MOST_ROWS).map((row) => (
            <tr key={row}>
              {columns.map((column) => (
                <Cell key={column.name} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {order.length > MOST_ROWS && (
        <p className={css.foot}>
          The first {MOST_ROWS} of {order.length} rows; filter to see others.
        </p>
      )}
      {order.length === 0 && filter && <p className={css.foot}>No row holds “{filter}”.</p>}
    </div>
  );
}

function sortOf(options: Readonly<Record<string, unknown>>): Sort | null {
  const [first] =
    (options['sortBy'] as { displayName?: string; desc?: boolean }[] | undefined) ?? [];
  return first?.displayName ? { column: first.displayName, falling: first.desc === true } : null;
}

const right = (column: Field) => (column.type === 'number' ? tableCss['r'] : undefined);

function Head({
  column,
  sort,
  onSort,
}: {
  column: Field;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}) {
  const on = sort?.column === column.name;
  const falling = on ? !sort.falling : column.type === 'number'; // numbers: the largest first
  return (
    <th
      scope="col"
      className={right(column)}
      aria-sort={on ? (sort.falling ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort({ column: column.name, falling })}>
        {column.name}
        {on && <i aria-hidden="true">{sort.falling ? '↓' : '↑'}</i>}
      </button>
    </th>
  );
}

function Cell({ column, row }: { column: Field; row: number }) {
  const text = cellText(column, row);
  if (column.type !== 'number') return <td title={text}>{text}</td>;
  const value = column.values[row] ?? null;
  const { tone } = display(value, column.config);
  const judged = tone === 'warn' || tone === 'crit' ? tone : undefined;
  const cell = customOf(column).cellOptions?.type ?? customOf(column).displayMode ?? '';
  if (/gauge|lcd|basic/.test(cell)) {
    return (
      <td className={tableCss['r']}>
        <div className={css.bar}>
          <Meter
            share={value === null || Number.isNaN(value) ? 0 : value / (highestOf(column) || 1)}
            state={judged}
            width={54}
          />
          <span className={judged && css[judged]}>{text}</span>
        </div>
      </td>
    );
  }
  const coloured = /color/.test(cell) ? judged : undefined;
  return (
    <td
      className={`${tableCss['r']} ${coloured ? css[coloured] : ''} ${value === null ? css.none : ''}`}
    >
      {text}
    </td>
  );
}

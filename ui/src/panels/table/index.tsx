import { useMemo, useState } from 'react';
import { Button, CopyButton, Dialog, tableCss, usePhone } from '../../parts';
import type { PanelViewProps } from '../panel';
import { CellContent, styleOfCell } from './Cell';
import { isFrame, sheetsOf, type Column, type Sheet } from './columns';
import { Head } from './Head';
import { groundOfRow } from './ground';
import { RowSheet } from './RowSheet';
import { afterClick, choicesOf, footOf, orderOf, sortsOf, windowOf, type Filters } from './rows';
import css from './table.module.css';

const FILTER_FROM_ROWS = 12;
const PHONE_COLUMNS = 3;
const HEAD_PX = 28;
const FOOT_PX = 34;
const ROW_PX: Readonly<Record<string, number>> = { sm: 26, md: 36, lg: 48 };

interface Options {
  showHeader?: boolean;
  cellHeight?: string;
  enablePagination?: boolean;
  footer?: { enablePagination?: boolean };
  frameIndex?: number;
  sortBy?: unknown;
  type?: string;
}

/** Rows and columns: sorted by a click, filtered by words, numbers right in their unit, bars beside them. */
export default function Table(props: PanelViewProps) {
  const { frames, width, height } = props;
  const options = props.options as Options;
  const sheets = useMemo(() => sheetsOf(frames), [frames]);
  const [chosen, setChosen] = useState(options.frameIndex ?? 0);
  const at = Math.max(0, Math.min(chosen, sheets.length - 1));
  const sheet = sheets[at];
  if (!sheet) return null;
  const several = sheets.length > 1;
  return (
    <div style={{ width }}>
      <SheetTable
        key={at}
        {...props}
        sheet={sheet}
        height={several ? height - FOOT_PX : height}
        compact={usesPaging(options)}
      />
      {several && (
        <div className={css.frames}>
          <select
            aria-label="Table"
            value={at}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {sheets.map(({ name }, i) => (
              <option key={`${i} ${name}`} value={i}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  );
}

const usesPaging = ({ enablePagination, footer }: Options): boolean =>
  enablePagination === true || footer?.enablePagination === true;

const NO_FILTERS: Filters = new Map();

function SheetTable(props: PanelViewProps & { sheet: Sheet; compact: boolean }) {
  const { sheet, title, height, compact: paged, links } = props;
  const options = props.options as Options;
  const zone = props.timeZone ?? 'browser';
  const phone = usePhone();
  const [sorts, setSorts] = useState(() => sortsOf(options.sortBy));
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [words, setWords] = useState('');
  const [scrolled, setScrolled] = useState(0);
  const [page, setPage] = useState(0);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [inspected, setInspected] = useState<{ name: string; text: string } | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const order = useMemo(
    () => orderOf(sheet, { words, filters, sorts, zone }),
    [sheet, words, filters, sorts, zone],
  );
  const foot = useMemo(
    () => footOf(sheet, order, (props.options as { footer?: unknown }).footer),
    [sheet, order, props.options],
  );

  const plain = sheet.columns.filter(({ kind }) => kind !== 'nested');
  const nested = sheet.columns.find(({ kind }) => kind === 'nested');
  const columns = phone ? plain.slice(0, PHONE_COLUMNS) : plain;
  const searched = sheet.rows >= FILTER_FROM_ROWS;
  const rowPx = phone ? 44 : (ROW_PX[options.cellHeight ?? 'sm'] ?? 26);
  const body = height - (searched ? 34 : 0) - (paged ? FOOT_PX : 0);
  const perPage = paged
    ? Math.max(1, Math.floor((body - HEAD_PX - (foot ? rowPx : 0)) / rowPx))
    : order.length;
  const pages = Math.max(1, Math.ceil(order.length / Math.max(1, perPage)));
  const on = Math.min(page, pages - 1);
  const rows = paged ? order.slice(on * perPage, (on + 1) * perPage) : order;
  const even = !columns.some(({ wrap }) => wrap) && opened.size === 0;
  const { from, to } = even
    ? windowOf(rows.length, scrolled, body, rowPx)
    : { from: 0, to: Math.min(rows.length, MOST_UNEVEN) };

  const toggle = (row: number) =>
    setOpened((old) => {
      const next = new Set(old);
      if (!next.delete(row)) next.add(row);
      return next;
    });

  return (
    <>
      {searched && (
        <input
          className={css.filter}
          type="search"
          aria-label={`Filter ${title}`}
          placeholder={`Filter ${sheet.rows} rows`}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div
        className={css.scroll}
        style={{ height: body }}
        tabIndex={0}
        role="region"
        aria-label={title || 'Table'}
        onScroll={(event) => even && setScrolled(event.currentTarget.scrollTop)}
      >
        <table className={`${tableCss['table']} ${css.table}`} aria-rowcount={rows.length + 1}>
          {options.showHeader !== false && (
            <thead>
              <tr>
                {nested && <td className={css.toggle} />}
                {columns.map((column, i) => (
                  <Head
                    key={`${i} ${column.name}`}
                    column={column}
                    sorts={sorts}
                    onSort={(by, more) => setSorts((old) => afterClick(old, by, more))}
                    chosen={filters.get(column.name)}
                    choices={() => choicesOf(column, sheet.rows, zone)}
                    onFilter={(by, texts) => setFilters((old) => withFilter(old, by.name, texts))}
                  />
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {from > 0 && <tr aria-hidden="true" style={{ height: from * rowPx }} />}
            {rows.slice(from, to).map((row) => (
              <Row
                key={row}
                row={row}
                columns={columns}
                nested={nested}
                open={opened.has(row)}
                onToggle={toggle}
                onOpen={phone ? setShown : undefined}
                cell={(column) => (
                  <CellContent
                    column={column}
                    row={row}
                    zone={zone}
                    links={links?.(column.field, row) ?? []}
                    onInspect={
                      column.inspect || column.kind === 'json-view'
                        ? (text) => setInspected({ name: column.name, text })
                        : undefined
                    }
                  />
                )}
                height={rowPx}
              />
            ))}
            {to < rows.length && even && (
              <tr aria-hidden="true" style={{ height: (rows.length - to) * rowPx }} />
            )}
          </tbody>
          {foot && (
            <tfoot>
              <tr>
                {nested && <td />}
                {columns.map((column, i) => {
                  const told = foot[sheet.columns.indexOf(column)];
                  return (
                    <td
                      key={`${i} ${column.name}`}
                      className={column.align === 'right' ? tableCss['r'] : ''}
                    >
                      {told && (
                        <>
                          <small>{told.title}</small> {told.text}
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            </tfoot>
          )}
        </table>
        {!even && rows.length > MOST_UNEVEN && (
          <p className={css.foot}>
            The first {MOST_UNEVEN} of {rows.length} rows; filter to see others.
          </p>
        )}
        {order.length === 0 && (words || filters.size > 0) && (
          <p className={css.foot}>
            {words ? `No row holds “${words}”.` : 'No row passes the filters.'}
          </p>
        )}
      </div>
      {paged && (
        <Pages page={on} pages={pages} rows={order.length} perPage={perPage} onPage={setPage} />
      )}
      {inspected && (
        <Dialog label={inspected.name} onClose={() => setInspected(null)} wide>
          <pre className={css.whole}>{inspected.text}</pre>
          <CopyButton text={inspected.text} />
        </Dialog>
      )}
      {shown !== null && (
        <RowSheet
          sheet={sheet}
          row={shown}
          zone={zone}
          links={links}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

/** Rows of different heights are not drawn by a window. */
const MOST_UNEVEN = 500;

function withFilter(old: Filters, name: string, texts: ReadonlySet<string> | undefined): Filters {
  const next = new Map(old);
  if (texts) next.set(name, texts);
  else next.delete(name);
  return next;
}

interface RowProps {
  readonly row: number;
  readonly columns: readonly Column[];
  readonly nested: Column | undefined;
  readonly open: boolean;
  readonly onToggle: (row: number) => void;
  readonly onOpen: ((row: number) => void) | undefined;
  readonly cell: (column: Column) => React.ReactNode;
  readonly height: number;
}

function Row({ row, columns, nested, open, onToggle, onOpen, cell, height }: RowProps) {
  const ground = groundOfRow(columns, row);
  const tables = nested ? ((nested.field.values[row] ?? []) as unknown[]).filter(isFrame) : [];
  return (
    <>
      <tr style={{ height }} onClick={onOpen && (() => onOpen(row))}>
        {nested && (
          <td className={css.toggle}>
            {tables.length > 0 && (
              <button
                type="button"
                aria-expanded={open}
                aria-label="Rows within"
                onClick={() => onToggle(row)}
              >
                {open ? '\u25be' : '\u25b8'}
              </button>
            )}
          </td>
        )}
        {columns.map((column, i) => {
          const content = cell(column);
          return (
            <td key={`${i} ${column.name}`} {...styleOfCell(column, row, ground)}>
              {onOpen && i === 0 ? (
                <button type="button" className={css.opener} onClick={() => onOpen(row)}>
                  {content}
                </button>
              ) : (
                content
              )}
            </td>
          );
        })}
      </tr>
      {open && (
        <tr>
          <td colSpan={columns.length + 1} className={css.within}>
            {tables.map((frame, i) => (
              <Nested key={i} frame={frame} />
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

/** A table within a row: plain, and not sorted. */
function Nested({ frame }: { frame: Parameters<typeof sheetsOf>[0][number] }) {
  const [sheet] = sheetsOf([frame]);
  if (!sheet) return null;
  return (
    <table className={tableCss['table']}>
      <thead>
        <tr>
          {sheet.columns.map((column) => (
            <th
              key={column.name}
              scope="col"
              className={column.align === 'right' ? tableCss['r'] : ''}
            >
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: Math.min(sheet.rows, MOST_UNEVEN) }, (_, row) => (
          <tr key={row}>
            {sheet.columns.map((column) => (
              <td key={column.name} {...styleOfCell(column, row)}>
                <CellContent
                  column={column}
                  row={row}
                  zone="browser"
                  links={[]}
                  onInspect={undefined}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pages(props: {
  page: number;
  pages: number;
  rows: number;
  perPage: number;
  onPage: (page: number) => void;
}) {
  const { page, pages, rows, perPage, onPage } = props;
  const first = rows === 0 ? 0 : page * perPage + 1;
  return (
    <div className={css.pages} role="group" aria-label="Pages">
      <span>
        {first} to {Math.min(rows, (page + 1) * perPage)} of {rows}
      </span>
      <Button small look="ghost" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Back
      </Button>
      <Button small look="ghost" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </div>
  );
}

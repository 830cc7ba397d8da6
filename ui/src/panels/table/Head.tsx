import { useState } from 'react';
import { Button, Icon, Popover, tableCss } from '../../parts';
import type { Column } from './columns';
import type { Sort } from './rows';
import css from './table.module.css';

interface HeadProps {
  readonly column: Column;
  readonly sorts: readonly Sort[];
  readonly onSort: (column: Column, more: boolean) => void;
  /** The texts let through; undefined lets all through. */
  readonly chosen: ReadonlySet<string> | undefined;
  readonly choices: () => readonly string[];
  readonly onFilter: (column: Column, chosen: ReadonlySet<string> | undefined) => void;
}

/** The head of a column: a click sorts, with Shift in addition; a filter where the board allows one. */
export function Head({ column, sorts, onSort, chosen, choices, onFilter }: HeadProps) {
  const at = sorts.findIndex((sort) => sort.column === column.name);
  const sort = sorts[at];
  const classes = [
    column.align === 'right' ? tableCss['r'] : column.align === 'center' ? css.centre : '',
    column.filterable ? css.filterable : '',
  ];
  return (
    <th
      scope="col"
      className={classes.join(' ')}
      style={{
        width: column.width,
        maxWidth: column.width,
        minWidth: column.width ?? column.minWidth,
      }}
      aria-sort={sort ? (sort.falling ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        title={column.config.description ?? `Sort by ${column.name}; with Shift in addition`}
        onClick={(event) => onSort(column, event.shiftKey)}
      >
        {column.name}
        {sort && (
          <i aria-hidden="true">
            {sort.falling ? '\u2193' : '\u2191'}
            {sorts.length > 1 && at + 1}
          </i>
        )}
      </button>
      {column.filterable && (
        <Popover
          label={`Filter ${column.name}`}
          button={(wire) => (
            <button
              type="button"
              className={`${css.funnel} ${chosen ? css.on : ''}`}
              aria-label={`Filter ${column.name}`}
              {...wire}
            >
              <Icon name="search" size={12} />
            </button>
          )}
        >
          {(close) => (
            <FilterMenu
              column={column}
              chosen={chosen}
              choices={choices}
              onFilter={onFilter}
              onDone={close}
            />
          )}
        </Popover>
      )}
    </th>
  );
}

const MOST = 200;

function FilterMenu(props: Omit<HeadProps, 'sorts' | 'onSort'> & { onDone: () => void }) {
  const { column, chosen, choices, onFilter, onDone } = props;
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const all = open ? choices() : [];
  const fitting = all.filter((text) => text.toLowerCase().includes(words.toLowerCase()));
  const toggle = (text: string) => {
    const next = new Set(chosen ?? []);
    if (!next.delete(text)) next.add(text);
    onFilter(column, next.size === 0 || next.size === all.length ? undefined : next);
  };
  return (
    <div className={css.menu} onFocus={() => setOpen(true)} onPointerEnter={() => setOpen(true)}>
      <input
        type="search"
        autoFocus
        className={css.find}
        aria-label={`Find in ${column.name}`}
        placeholder="Find"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className={css.choices}>
        {fitting.slice(0, MOST).map((text) => (
          <label key={text}>
            <input
              type="checkbox"
              checked={chosen?.has(text) ?? false}
              onChange={() => toggle(text)}
            />
            <span>{text || '(empty)'}</span>
          </label>
        ))}
        {fitting.length > MOST && <p>{fitting.length - MOST} more; find them by words</p>}
      </div>
      <div className={css.buttons}>
        <Button onClick={() => onFilter(column, undefined)}>Clear</Button>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  );
}

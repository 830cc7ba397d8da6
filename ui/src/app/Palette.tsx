import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { fetchLabelValues } from '../api/prometheus';
import { copyText, Dialog, Icon, Kbd, rowsCss } from '../parts';
import { beatNow, setTimeRange, useDashboards, zoomOut } from '../query';
import css from './palette.module.css';
import { findRows, type Found, type Row } from './paletteRows';
import { permalink } from './permalink';
import { PLACES } from './places';
import { looksLikePromql } from './promqlLooks';
import { readStored, store } from './stored';
import { texts } from './texts';
import { setTheme } from './theme';

const words = texts.palette;
const RECENT = 12;

interface Doing {
  onClose: () => void;
  onKeys: () => void;
  onFold: () => void;
}

/** Jumps anywhere, does anything: pages, dashboards, metrics, actions, a pasted query. */
export function Palette(doing: Doing) {
  const [wish, setWish] = useState('');
  const [chosen, setChosen] = useState(0);
  const recent = useMemo(() => readStored<string[]>('recent', []), []);
  const rows = useRows(doing, wish);
  const groups = findRows(rows, looksLikePromql(wish) ? '' : wish, recent);
  const shown = looksLikePromql(wish) ? groups.slice(0, 1) : groups;
  const flat = shown.flatMap(([, found]) => found);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const run = (row: Row | undefined) => {
    if (!row) return;
    store('recent', [row.id, ...recent.filter((id) => id !== row.id)].slice(0, RECENT));
    doing.onClose();
    row.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((chosen + step + flat.length) % Math.max(flat.length, 1));
    else if (event.key === 'Enter') run(flat[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog label={words.title} onClose={doing.onClose}>
      <div className={css.field}>
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={flat[chosen] ? `palette-${chosen}` : undefined}
          aria-label={words.title}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={wish}
          onChange={(event) => {
            setWish(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="Esc" />
      </div>
      <div
        ref={list}
        className={css.list}
        id="palette-list"
        role="listbox"
        aria-label={words.title}
      >
        {flat.length === 0 && (
          <p className={css.nothing}>
            {words.nothing(wish)} <span>{words.nothingHint}</span>
          </p>
        )}
        {shown.map(([group, found]) => (
          <div key={group} role="group" aria-label={group}>
            <div className={`${rowsCss.group} ${css.group}`} aria-hidden="true">
              {group}
            </div>
            {found.map((row) => {
              const index = flat.indexOf(row);
              return (
                <div
                  key={row.id}
                  id={`palette-${index}`}
                  role="option"
                  aria-selected={index === chosen}
                  className={`${rowsCss.row} ${css.row}`}
                  onPointerMove={() => setChosen(index)}
                  onClick={() => run(row)}
                >
                  <Icon name={row.icon} size={15} />
                  <span className={`${rowsCss.clipped} ${row.code ? css.code : ''}`}>
                    <Marked row={row} />
                  </span>
                  {row.hint && <small>{row.hint}</small>}
                  {index === chosen && <Kbd keys="Enter" />}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <footer className={css.foot}>
        <Kbd keys="↑" /> <Kbd keys="↓" /> {words.choose}
        <span>{words.paste}</span>
      </footer>
    </Dialog>
  );
}

/** The letters that matched, in the accent's colour. */
function Marked({ row }: { row: Found }) {
  const at = new Set(row.at);
  return [...row.words].map((letter, i) => (at.has(i) ? <mark key={i}>{letter}</mark> : letter));
}

function useRows(doing: Doing, wish: string): Row[] {
  const navigate = useNavigate();
  const { data: dashboards = [] } = useDashboards();
  const { data: metrics = [] } = useQuery({
    queryKey: ['metricNames'],
    queryFn: ({ signal }) => fetchLabelValues('__name__', {}, signal),
    staleTime: 60_000,
  });

  const go = (to: string) => () => void navigate(to);
  const explore = (query: string) => go(`/explore?${new URLSearchParams({ q: query })}`);
  const query: Row[] = looksLikePromql(wish)
    ? [row('query', words.query, wish.trim(), 'play', explore(wish.trim()), words.runQuery, true)]
    : [];
  return [
    ...query,
    ...PLACES.map(({ to, words: name, icon, key }) =>
      row(to, words.pages, name, icon, go(to), key),
    ),
    ...dashboards.map(({ uid, title, folder }) =>
      row(`d/${uid}`, words.dashboards, title, 'boards', go(`/d/${uid}`), folder),
    ),
    ...actions(doing),
    ...(wish.length > 1
      ? metrics.map((name) =>
          row(`m/${name}`, words.metrics, name, 'explore', explore(name), '', true),
        )
      : []),
  ];
}

function actions({ onKeys, onFold }: Doing): Row[] {
  const last = (length: string, name: string) =>
    row(`last ${length}`, words.actions, texts.time.last(name), 'clock', () =>
      setTimeRange(`now-${length}`, 'now'),
    );
  const act = (name: string, icon: Row['icon'], run: () => void, hint?: string) =>
    row(name, words.actions, name, icon, run, hint);
  return [
    act(texts.shell.copyLink, 'link', () => void copyText(permalink()), 'y'),
    act(texts.time.refreshNow, 'refresh', beatNow, 'd r'),
    act(words.dark, 'moon', () => setTheme('dark')),
    act(words.light, 'sun', () => setTheme('light')),
    act(words.system, 'screen', () => setTheme('system')),
    act(words.keys, 'keyboard', onKeys, '?'),
    act(words.sideBar, 'side', onFold, '['),
    act(texts.time.zoomOut, 'clock', zoomOut, 'z'),
    last('15m', '15 minutes'),
    last('1h', 'hour'),
    last('3h', '3 hours'),
    last('24h', '24 hours'),
    last('7d', '7 days'),
  ];
}

function row(
  id: string,
  group: string,
  name: string,
  icon: Row['icon'],
  run: () => void,
  hint?: string,
  code?: boolean,
): Row {
  return { id, group, words: name, icon, run, hint, code };
}

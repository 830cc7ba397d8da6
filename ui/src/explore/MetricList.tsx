import { useDeferredValue, useMemo, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchLabelValues } from '../api/prometheus';
import { texts } from '../app/texts';
import { clock, count, duration, visible } from '../format';
import { Button, Icon, Kbd, Loading, Nothing, Panel } from '../parts';
import { againWhenFailed, useEngine, useMetadata, useRefresh, useTimeRange } from '../query';
import {
  factsOf,
  findMetrics,
  groupMetrics,
  MOST_ROWS,
  suggestQuery,
  type Metric,
} from './metrics';
import css from './metricList.module.css';
import type { Past } from './past';

const words = texts.explore;

interface ListProps {
  /** The expression in view: the metric it asks is marked. */
  current: string;
  past: readonly Past[];
  onPick: (expr: string) => void;
  onForget: () => void;
}

/** Every metric there is in the time range, by name and help text; below, what was asked before. */
export function MetricList({ current, past, onPick, onForget }: ListProps) {
  const [search, setSearch] = useState('');
  const wished = useDeferredValue(search);
  const { all, error, loading } = useMetrics();
  const engine = useEngine();
  const silent = engine !== undefined && !engine.answers;
  const found = useMemo(() => findMetrics(all, wished), [all, wished]);
  const groups = useMemo(() => groupMetrics(found.slice(0, MOST_ROWS), words.other), [found]);

  return (
    <Panel className={css.panel} label={words.metrics} flush>
      <div className={css.search}>
        <Icon name="search" size={15} />
        <input
          data-filter
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found[0]) onPick(suggestQuery(found[0]));
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <Kbd keys="/" />
      </div>
      <div className={css.list}>
        {loading && <Loading height={120} />}
        {error && (
          <Nothing
            state="missing"
            title={silent ? texts.engine.noAnswer : words.queryFailed}
            details={error.message}
          >
            {silent && texts.engine.askedAgain}
          </Nothing>
        )}
        {!loading && !error && found.length === 0 && (
          <Nothing title={search ? words.noMatch(search) : words.noMetrics}>
            {!search && words.noMetricsWhy}
          </Nothing>
        )}
        {groups.map(({ name, metrics }) => (
          <section key={name}>
            <h2>
              {visible(name)}
              <span>{count(metrics.length)}</span>
            </h2>
            <ul>
              {metrics.map((metric) => (
                <Row
                  key={metric.name}
                  metric={metric}
                  search={wished}
                  current={asks(current, metric.name)}
                  onPick={onPick}
                />
              ))}
            </ul>
          </section>
        ))}
        {found.length > MOST_ROWS && (
          <p className={css.more}>{words.more(found.length - MOST_ROWS)}</p>
        )}
        {!loading && <PastList past={past} onPick={onPick} onForget={onForget} />}
      </div>
    </Panel>
  );
}

function useMetrics() {
  const { fromMs, toMs } = useTimeRange();
  const hour = 3_600_000; // by whole hours: a new name shows up soon enough, and the list stays calm
  const span = { startMs: Math.floor(fromMs / hour) * hour, endMs: Math.ceil(toMs / hour) * hour };
  const names = useQuery({
    queryKey: ['metricNames', span.startMs, span.endMs],
    queryFn: ({ signal }) => fetchLabelValues('__name__', span, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: againWhenFailed,
  });
  const { data: metadata } = useMetadata();
  const all = useMemo(
    () => (names.data ?? []).map((name) => factsOf(name, metadata ?? {})),
    [names.data, metadata],
  );
  return { all, error: names.data ? null : names.error, loading: names.isPending };
}

interface RowProps {
  metric: Metric;
  search: string;
  current: boolean;
  onPick: (expr: string) => void;
}

function Row({ metric, search, current, onPick }: RowProps) {
  const { name, type, help } = metric;
  const says = visible([help, type].filter(Boolean).join(help.endsWith('.') ? ' ' : ', '));
  return (
    <li>
      <button
        type="button"
        className={current ? css.current : ''}
        title={`${visible(name)}\n${says}`}
        onClick={() => onPick(suggestQuery(metric))}
      >
        <code>
          <Marked text={visible(name)} search={search} />
        </code>
        <span>{says || '\u00a0'}</span>
      </button>
    </li>
  );
}

function Marked({ text, search }: { text: string; search: string }) {
  const words = search.split(/\s+/).filter((word) => word.length > 1);
  if (words.length === 0) return text;
  const pattern = new RegExp(`(${words.map(escapePattern).join('|')})`, 'gi');
  return text.split(pattern).map((part, i) => (i % 2 ? <mark key={i}>{part}</mark> : part));
}

function PastList(props: {
  past: readonly Past[];
  onPick: (e: string) => void;
  onForget: () => void;
}) {
  const { past, onPick, onForget } = props;
  const { nowMs } = useRefresh();
  if (past.length === 0) return null;
  return (
    <section className={css.past}>
      <h2>
        {words.history}
        <Button look="ghost" small onClick={onForget}>
          {words.clearHistory}
        </Button>
      </h2>
      <ul>
        {past.slice(0, 12).map(({ expr, atMs, series, tookMs }) => (
          <li key={expr}>
            <button type="button" title={visible(expr)} onClick={() => onPick(expr)}>
              <code>{visible(expr)}</code>
              <span>
                {clock(atMs, nowMs)}, {words.series(series)}, {duration(tookMs)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function asks(expr: string, name: string): boolean {
  return new RegExp(`(^|[^\\w:])${escapePattern(name)}($|[^\\w:])`).test(expr);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

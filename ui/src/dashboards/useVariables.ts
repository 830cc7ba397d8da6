import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError } from '../api/client';
import { fetchInstant, fetchLabelNames, fetchLabelValues, fetchSeries } from '../api/prometheus';
import { againWhenFailed, useLastGood } from '../query';
import { pageValues, timeValues, type Values } from './interpolate';
import type { Dashboard, Filter } from './model';
import { matchersOf, seriesText } from './filters';
import { withMatchers } from './promql';
import { SharedAnswers } from './shared';
import {
  filtersAsked,
  filtersOf,
  resolveVariables,
  valuesOf,
  type Resolved,
  type VariableSource,
} from './variables';

const PREFIX = 'var-';
const MINUTE_MS = 60_000;

export interface BoardVariables {
  readonly resolved: readonly Resolved[];
  /** Null until every variable is known: a panel that asked before would ask wrongly. */
  readonly values: Values | null;
  /** What ad-hoc variables add to each query. */
  readonly filters: readonly Filter[];
  readonly error: Error | null;
  readonly choose: (name: string, chosen: readonly string[]) => void;
}

/** The board's variables, chosen in the address bar (`var-host=a`), so that a link carries them. */
export function useVariables(
  board: Dashboard,
  range: { fromMs: number; toMs: number },
): BoardVariables {
  const [search, setSearch] = useSearchParams();
  const asked = askedOf(search);
  // What exists changes slowly: within a minute, a refresh asks nothing new.
  const startMs = Math.floor(range.fromMs / MINUTE_MS) * MINUTE_MS;
  const endMs = Math.ceil(range.toMs / MINUTE_MS) * MINUTE_MS;
  const query = useQuery({
    queryKey: ['variables', board.uid, board.title, asked, startMs, endMs],
    queryFn: ({ signal }) =>
      resolveVariables(
        board.variables,
        asked,
        sourceOf(startMs, endMs, filtersAsked(board.variables, asked), signal),
        { ...pageValues(board), ...timeValues({ fromMs: startMs, toMs: endMs }, MINUTE_MS) },
        isOwnFault,
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: againWhenFailed,
    retry: false,
  });
  const data = useLastGood(query, JSON.stringify([board.uid, board.title, asked]));
  const key = JSON.stringify(
    data?.map(({ options, ...one }) => [
      one.variable.name,
      one.chosen,
      one.filters,
      one.auto,
      one.chosen[0] === '$__all' && options,
    ]),
  );
  /* eslint-disable react-hooks/exhaustive-deps -- equal choices keep equal values: panels do not ask anew */
  const values = useMemo(
    () => (data ? { ...pageValues(board), ...valuesOf(data) } : null),
    [board, key],
  );
  const filters = useMemo(() => filtersOf(data ?? []), [key]);
  /* eslint-enable react-hooks/exhaustive-deps */
  const choose = (name: string, chosen: readonly string[]) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.delete(PREFIX + name);
      (chosen.length ? chosen : ['']).forEach((value) => next.append(PREFIX + name, value));
      return next;
    });
  const problem = data?.find((one) => one.problem)?.problem ?? null;
  return { resolved: data ?? [], values, filters, error: query.error ?? problem, choose };
}

/** A question that the store does not take is the variable's own fault; no answer at all is not. */
const isOwnFault = (cause: unknown): boolean =>
  cause instanceof ApiError && ['bad_data', 'execution'].includes(cause.kind);

function askedOf(search: URLSearchParams): Record<string, string[]> {
  const out = Object.create(null) as Record<string, string[]>; // a variable may be called __proto__
  for (const [name, value] of search) {
    if (name.startsWith(PREFIX)) (out[name.slice(PREFIX.length)] ??= []).push(value);
  }
  return out;
}

/** Two variables of a board may ask the same. */
const answers = new SharedAnswers<string[]>();

function sourceOf(
  startMs: number,
  endMs: number,
  filters: readonly Filter[],
  signal: AbortSignal,
): VariableSource {
  const added = matchersOf(filters);
  const span = (match?: string) => ({
    startMs,
    endMs,
    ...(match || added.length ? { match: [withMatchers(match ?? '{}', added)] } : {}),
  });
  const shared = (what: string, match: string, ask: (stop: AbortSignal) => Promise<string[]>) =>
    answers.ask(JSON.stringify([what, match, added, startMs, endMs]), ask, signal);
  return {
    labelNames: (match) =>
      shared('labels', match ?? '', (stop) => fetchLabelNames(span(match), stop)),
    labelValues: (label, match) =>
      shared(`values ${label}`, match ?? '', (stop) => fetchLabelValues(label, span(match), stop)),
    metricNames: () => shared('metrics', '', (stop) => fetchLabelValues('__name__', span(), stop)),
    series: (match) =>
      shared('series', match, async (stop) => {
        const all = await fetchSeries(
          { startMs, endMs, match: [withMatchers(match, added)] },
          stop,
        );
        return all.map(seriesText);
      }),
    queryResult: (expr) =>
      shared('query', expr, async (stop) => {
        const { data } = await fetchInstant(withMatchers(expr, added), endMs, stop);
        return data.map(({ labels, value, timeMs }) => `${seriesText(labels)} ${value} ${timeMs}`);
      }),
  };
}

/** The values of a label among the series that a board's ad-hoc variable can filter. */
export function labelChoices(
  label: string | null,
  range: { fromMs: number; toMs: number },
  signal: AbortSignal,
): Promise<string[]> {
  const span = { startMs: range.fromMs, endMs: range.toMs };
  return label === null ? fetchLabelNames(span, signal) : fetchLabelValues(label, span, signal);
}

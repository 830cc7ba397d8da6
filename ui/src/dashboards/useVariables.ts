import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { fetchInstant, fetchLabelNames, fetchLabelValues } from '../api/prometheus';
import { againWhenFailed, useLastGood } from '../query';
import { seriesName } from '../frames/legend';
import { timeValues, type Values } from './interpolate';
import type { Dashboard } from './model';
import { resolveVariables, valuesOf, type Resolved, type VariableSource } from './variables';

const PREFIX = 'var-';
const MINUTE_MS = 60_000;

export interface BoardVariables {
  readonly resolved: readonly Resolved[];
  /** Null until every variable is known: a panel that asked before would ask wrongly. */
  readonly values: Values | null;
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
        sourceOf(startMs, endMs, signal),
        timeValues({ fromMs: startMs, toMs: endMs }, MINUTE_MS),
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: againWhenFailed,
    retry: false,
  });
  const { error } = query;
  const data = useLastGood(query, JSON.stringify([board.uid, board.title, asked]));
  const key = JSON.stringify(
    data?.map(({ variable, chosen, options }) => [
      variable.name,
      chosen,
      chosen[0] === '$__all' && options,
    ]),
  );
  // eslint-disable-next-line react-hooks/exhaustive-deps -- equal choices keep equal values: panels do not ask anew
  const values = useMemo(() => (data ? valuesOf(data) : null), [key]);
  const choose = (name: string, chosen: readonly string[]) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.delete(PREFIX + name);
      chosen.forEach((value) => next.append(PREFIX + name, value));
      return next;
    });
  return { resolved: data ?? [], values, error, choose };
}

function askedOf(search: URLSearchParams): Record<string, string[]> {
  const out = Object.create(null) as Record<string, string[]>; // a variable may be called __proto__
  for (const [name, value] of search) {
    if (name.startsWith(PREFIX)) (out[name.slice(PREFIX.length)] ??= []).push(value);
  }
  return out;
}

function sourceOf(startMs: number, endMs: number, signal: AbortSignal): VariableSource {
  const span = { startMs, endMs };
  return {
    labelNames: () => fetchLabelNames(span, signal),
    labelValues: (label, match) =>
      fetchLabelValues(label, match ? { ...span, match: [match] } : span, signal),
    metricNames: () => fetchLabelValues('__name__', span, signal),
    queryResult: async (expr) => {
      const { data } = await fetchInstant(expr, endMs, signal);
      return data.map(({ labels, value, timeMs }) => `${seriesName(labels)} ${value} ${timeMs}`);
    },
  };
}

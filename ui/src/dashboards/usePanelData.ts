import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { fetchInstant, fetchRange } from '../api/prometheus';
import type { PanelKind } from '../panels';
import { useLastGood } from '../query';
import { fetchPanel, planOf, type PanelData, type Sources } from './ask';
import type { Values } from './interpolate';
import type { Panel } from './model';
import { SharedAnswers } from './shared';

const ranges = new SharedAnswers<Awaited<ReturnType<typeof fetchRange>>>();
const instants = new SharedAnswers<Awaited<ReturnType<typeof fetchInstant>>>();

const sourcesFor = (signal: AbortSignal): Sources => ({
  range: (ask) => ranges.ask(JSON.stringify(ask), (stop) => fetchRange(ask, stop), signal),
  instant: (expr, atMs) =>
    instants.ask(JSON.stringify([expr, atMs]), (stop) => fetchInstant(expr, atMs, stop), signal),
});

export interface PanelAnswer {
  readonly data: PanelData | undefined;
  readonly error: Error | null;
  readonly fetching: boolean;
  /** The queries as they are sent; undefined until that is known. */
  readonly asks: readonly string[] | undefined;
  readonly retry: () => void;
  readonly cancel: () => void;
}

/** A panel's data: asked when it is near the window, kept while a refresh is on its way or fails. */
export function usePanelData(
  panel: Panel,
  kind: PanelKind,
  values: Values | null,
  range: { fromMs: number; toMs: number },
  width: number,
  near: boolean,
): PanelAnswer {
  const client = useQueryClient();
  const { fromMs, toMs } = range;
  const plan = useMemo(
    () => (values && width > 0 ? planOf(panel, kind, values, { fromMs, toMs }, width) : null),
    [panel, kind, values, fromMs, toMs, width],
  );
  const queryKey = [
    'panel',
    panel.id,
    panel.scoped,
    plan?.questions.map(({ range, atMs, expr, legend }) => [range, atMs, expr, legend]),
  ];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchPanel(panel, plan!, sourcesFor(signal)),
    enabled: plan !== null && near && !kind.still,
    structuralSharing: false, // it would lose a label that is called `__proto__`
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  });
  const asks = useMemo(() => plan?.questions.map(({ expr }) => expr), [plan]);
  const questions = plan?.questions.map(({ expr, legend }) => [expr, legend]);
  const data = useLastGood(query, JSON.stringify([panel.id, panel.scoped, questions]));
  return {
    data,
    error: query.error,
    fetching: query.isFetching,
    asks,
    retry: () => void query.refetch(),
    cancel: () => void client.cancelQueries({ queryKey }),
  };
}

const SLOW_MS = 3_000;
const TICK_MS = 200;

/** How long something has been under way, in milliseconds; null until that is worth saying. */
export function useSlow(busy: boolean): number | null {
  const [ms, setMs] = useState<number | null>(null);
  useEffect(() => {
    if (!busy) return;
    const start = performance.now();
    const timer = setInterval(() => {
      const passed = performance.now() - start;
      if (passed > SLOW_MS) setMs(passed);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      setMs(null);
    };
  }, [busy]);
  return ms;
}

/** True once an element has come within one screen of the window; it stays true. */
export function useNear(element: HTMLElement | null): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (!element || near) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: '100% 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, near]);
  return near;
}

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { fetchInstant, fetchRange } from '../api/prometheus';
import { kindOf, type PanelKind } from '../panels';
import { useLastGood } from '../query';
import { fetchFrames, fetchPanel, planOf, wantedBy, type PanelData, type Sources } from './ask';
import { useBoard, type OnBoard } from './boardContext';
import type { Values } from './interpolate';
import type { Span } from './when';
import type { Panel } from './model';
import { SharedAnswers } from './shared';

const ranges = new SharedAnswers<Awaited<ReturnType<typeof fetchRange>>>();
const instants = new SharedAnswers<Awaited<ReturnType<typeof fetchInstant>>>();

const sourcesFor = (signal: AbortSignal): Sources => ({
  range: (ask) => ranges.ask(JSON.stringify(ask), (stop) => fetchRange(ask, stop), signal),
  instant: (expr, atMs) =>
    instants.ask(JSON.stringify([expr, atMs]), (stop) => fetchInstant(expr, atMs, stop), signal),
});

/** A panel may show what another asks; equal questions of both go out once. One that shows a third shows nothing. */
function panelSource(
  { panels, filters }: OnBoard,
  values: Values,
  range: Span,
  width: number,
  sources: Sources,
): Sources {
  const all = panels.flatMap((one) => [one, ...one.panels]);
  return {
    ...sources,
    panel: async (id) => {
      const other = all.find((one) => one.id === id);
      if (!other) throw new Error(`the board has no panel ${id} whose answers could be shown`);
      const plan = planOf(other, kindOf(other.type), values, range, width, filters);
      return (await fetchFrames(other, plan, sources)).frames;
    },
  };
}

/** The questions of the panels whose answers it shows: they are asked again when those change. */
const shownBy = (panel: Panel): number[] => panel.targets.flatMap(({ panelId }) => panelId ?? []);

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
  range: Span,
  width: number,
  near: boolean,
): PanelAnswer {
  const client = useQueryClient();
  const board = useBoard();
  const { fromMs, toMs, relative } = range;
  const plan = useMemo(
    () =>
      values && width > 0
        ? planOf(panel, kind, values, { fromMs, toMs, relative }, width, board.filters)
        : null,
    [panel, kind, values, fromMs, toMs, relative, width, board.filters],
  );
  const span = { fromMs, toMs, relative };
  const missing = panel.libraryPanel?.missing === true || wantedBy(panel).length > 0;
  const others = shownBy(panel);
  const queryKey = [
    'panel',
    panel.id,
    panel.scoped,
    plan?.questions.map(({ range, atMs, expr, legend }) => [range, atMs, expr, legend]),
    plan?.targets.map(({ expression }) => expression),
    ...(others.length ? [others, span, JSON.stringify(values), board.filters] : []),
  ];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const sources = panelSource(board, values!, span, width, sourcesFor(signal));
      return fetchPanel(panel, plan!, sources);
    },
    enabled: plan !== null && near && !kind.still && !missing,
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

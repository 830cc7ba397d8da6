import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client';
import { fetchRange, type Answer, type RangeSeries } from '../api/prometheus';
import { alignToStep, stepFor, useTimeRange } from '../query';
import type { Ask } from './asks';

const FINEST_STEP_MS = 5_000;

export interface TimedAnswer extends Answer<RangeSeries[]> {
  tookMs: number;
  atMs: number;
}

export interface Answered {
  ask: Ask;
  data?: TimedAnswer;
  error: ApiError | null;
  busy: boolean;
  /** The data are those of an earlier question. */
  old: boolean;
}

/** The answers to all that is asked and not hidden, over the window's time range. */
export function useAnswers(asks: readonly Ask[], widthPx: number) {
  const range = useTimeRange();
  const stepMs = stepFor(range.toMs - range.fromMs, widthPx, FINEST_STEP_MS);
  const aligned = alignToStep(range.fromMs, range.toMs, stepMs);
  const client = useQueryClient();

  const results = useQueries({
    queries: asks.map(({ expr, hidden }) => ({
      queryKey: ['explore', expr, aligned.startMs, aligned.endMs, stepMs],
      queryFn: ({ signal }: { signal: AbortSignal }) => timed({ expr, ...aligned }, signal),
      structuralSharing: false, // it would lose a label that is called `__proto__`
      placeholderData: keepPreviousData,
      enabled: widthPx > 0 && expr.trim() !== '' && !hidden, // the width decides on the step
      gcTime: 30_000,
      staleTime: Infinity,
      retry: false,
    })),
  });

  const answers: Answered[] = asks.map((ask, i) => ({
    ask,
    data: ask.hidden || ask.expr.trim() === '' ? undefined : results[i]!.data,
    error: results[i]!.error instanceof ApiError ? results[i]!.error : null,
    busy: results[i]!.isFetching,
    old: results[i]!.isPlaceholderData,
  }));
  return {
    answers,
    range,
    stepMs,
    cancel: () => void client.cancelQueries({ queryKey: ['explore'] }),
  };
}

async function timed(
  ask: { expr: string; startMs: number; endMs: number; stepMs: number },
  signal: AbortSignal,
): Promise<TimedAnswer> {
  const started = performance.now();
  const answer = await fetchRange(ask, signal);
  return { ...answer, tookMs: performance.now() - started, atMs: Date.now() };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchRange, type Labels, type RangeSeries } from '../api/prometheus';
import { alignToStep, onSteps, useTimeRange } from '../query';

const POINTS = 60;
const STEP_AT_LEAST_MS = 15_000;

/** How long each target's answers took over the time range, and when it did not answer at all. */
export interface TookHistory {
  /** One value a step; `null` where nothing was measured. */
  tookOf: (labels: Labels) => (number | null)[] | undefined;
}

/** Asks the series that scraping itself writes; targets without them have no history. */
export function useTookHistory(): TookHistory {
  const { fromMs, toMs } = useTimeRange();
  const stepMs = Math.max(STEP_AT_LEAST_MS, Math.ceil((toMs - fromMs) / POINTS / 1000) * 1000);
  const ask = alignToStep(fromMs, toMs, stepMs);

  const { data } = useQuery({
    queryKey: ['took', ask.startMs, ask.endMs, stepMs],
    queryFn: ({ signal }) => fetchRange({ expr: 'scrape_duration_seconds', ...ask }, signal),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    staleTime: Infinity,
  });
  const series = data?.data ?? [];

  return {
    tookOf: (labels) => {
      const own = series.find((one) => belongsTo(one, labels));
      return own && onSteps(own, ask.startMs, ask.endMs, stepMs);
    },
  };
}

function belongsTo({ labels }: RangeSeries, target: Labels): boolean {
  return labels.job === target.job && labels.instance === target.instance;
}

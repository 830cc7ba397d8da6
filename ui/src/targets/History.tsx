import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchRange, type Labels } from '../api/prometheus';
import { texts } from '../app/texts';
import { clock } from '../format';
import { alignToStep, onSteps, useRefresh, useTimeRange } from '../query';
import css from './targets.module.css';

const BARS = 72;

/** A strip of the time range: one bar a step, solid where the target answered, dashed where it did not. */
export function History({ labels, intervalMs }: { labels: Labels; intervalMs: number }) {
  const { fromMs, toMs } = useTimeRange();
  const { nowMs } = useRefresh();
  const stepMs = Math.max(intervalMs, Math.ceil((toMs - fromMs) / BARS / 1000) * 1000);
  const ask = alignToStep(fromMs, toMs, stepMs);
  const expr = `min by (job, instance) (min_over_time(up{job=${JSON.stringify(labels.job ?? '')},instance=${JSON.stringify(labels.instance ?? '')}}[${stepMs / 1000}s]))`;

  const { data } = useQuery({
    queryKey: ['up', expr, ask.startMs, ask.endMs],
    queryFn: ({ signal }) => fetchRange({ expr, ...ask }, signal),
    placeholderData: keepPreviousData,
    enabled: labels.instance !== undefined,
    gcTime: 30_000,
    staleTime: Infinity,
  });
  const [own] = data?.data ?? [];
  if (labels.instance === undefined) return null;
  const bars = own
    ? onSteps(own, ask.startMs, ask.endMs, stepMs)
    : Array<null>(Math.floor((ask.endMs - ask.startMs) / stepMs) + 1).fill(null);

  const from = clock(fromMs, nowMs);
  const to = clock(toMs, nowMs);
  return (
    <figure className={css.history}>
      <div role="img" aria-label={texts.targets.history(from, to)}>
        {bars.map((value, i) => (
          <i key={i} className={value === null ? css.unknown : value > 0 ? '' : css.silent} />
        ))}
      </div>
      <figcaption>
        <span>{from}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}

import { useQuery } from '@tanstack/react-query';
import { fetchExemplars } from '../../api/prometheus';
import type { Exemplar } from '../../panels/panel';
import type { Question } from '../ask';

const none: readonly Exemplar[] = [];
const MOST = 500;

/** Single cases behind a panel's series, asked only for the targets that want them. */
export function useExemplars(
  questions: readonly Question[] | undefined,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): readonly Exemplar[] {
  const wanted = (questions ?? []).filter(({ target, range }) => target.exemplar && range);
  const { data } = useQuery({
    queryKey: ['exemplars', fromMs, toMs, wanted.map(({ expr }) => expr)],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        wanted.map(async ({ target, expr }) => {
          const series = await fetchExemplars(expr, { startMs: fromMs, endMs: toMs }, signal);
          return series.flatMap(({ seriesLabels, exemplars }) =>
            exemplars.map((one): Exemplar => ({ ...one, seriesLabels, refId: target.refId })),
          );
        }),
      );
      return answers.flat().slice(-MOST);
    },
    enabled: wanted.length > 0,
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false, // an engine that keeps none says so by an error: the chart stands without them
  });
  return wanted.length > 0 ? (data ?? none) : none;
}

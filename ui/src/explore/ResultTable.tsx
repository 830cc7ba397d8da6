import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { fetchInstant, type InstantSample } from '../api/prometheus';
import { texts } from '../app/texts';
import { clock, visible } from '../format';
import { labelOf } from '../frames/legend';
import { Loading, Nothing, tableCss } from '../parts';
import { useRefresh } from '../query';
import css from './explore.module.css';
import { HistogramCell } from './HistogramCell';
import type { Answered } from './useAnswers';

const words = texts.explore;
const MOST_ROWS = 500;

/** The expressions at the end of the range: a row a series, a column a label. */
export function ResultTable({ answers, atMs }: { answers: readonly Answered[]; atMs: number }) {
  const { nowMs } = useRefresh();
  const results = useQueries({
    queries: answers.map(({ ask }) => ({
      queryKey: ['explore', 'instant', ask.expr, atMs],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchInstant(ask.expr, atMs, signal),
      structuralSharing: false, // it would lose a label that is called `__proto__`
      placeholderData: keepPreviousData,
      gcTime: 30_000,
      staleTime: Infinity,
      retry: false,
    })),
  });
  const error = results.find((result) => result.error)?.error;
  if (error) return <Nothing state="crit" title={words.queryFailed} details={error.message} />;
  if (results.every(({ data }) => !data)) return <Loading height={300} />;

  const rows = results.flatMap(({ data }, i) =>
    (data?.data ?? []).map((sample) => ({ letter: answers[i]!.ask.letter, sample })),
  );
  const labels = labelNames(rows.map(({ sample }) => sample));
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={words.table}>
      <table className={`${tableCss.table} ${css.result}`}>
        <thead>
          <tr>
            {answers.length > 1 && <th />}
            {labels.map((label) => (
              <th key={label}>{label === '__name__' ? words.metric : visible(label)}</th>
            ))}
            <th className={tableCss.r}>
              {words.value} {words.tableAt(clock(atMs, nowMs, true))}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ letter, sample }, i) => (
            <tr key={i}>
              {answers.length > 1 && <td>{letter}</td>}
              {labels.map((label) => (
                <td key={label}>{visible(labelOf(sample.labels, label) ?? '')}</td>
              ))}
              <td className={tableCss.r}>
                {sample.histogram ? (
                  <HistogramCell histogram={sample.histogram} />
                ) : (
                  exact(sample.value)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p className={css.folded}>{words.rowsMore(rows.length - MOST_ROWS)}</p>
      )}
    </div>
  );
}

/** The metric's name first, then the labels by name. */
function labelNames(samples: readonly InstantSample[]): string[] {
  const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)));
  const rest = [...names].filter((name) => name !== '__name__').sort();
  return names.has('__name__') ? ['__name__', ...rest] : rest;
}

/** As it is stored: a table is for reading exact numbers. */
function exact(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '−Inf' : String(value).replace(/^-/, '−');
}

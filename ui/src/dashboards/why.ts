/** Why a panel has no data, in one sentence: measured nowhere, or measured but not what was asked. */
import { fetchInstant } from '../api/prometheus';

const NOT_METRICS = new Set(
  'by without on ignoring group_left group_right offset bool and or unless atan2 inf nan start end sum avg min max count stddev stdvar group topk bottomk quantile count_values limitk limit_ratio'.split(
    ' ',
  ),
);

/** Names of metrics in an expression, in the order they stand: words that are no function, keyword or label. */
export function metricsIn(expr: string): string[] {
  const bare = expr
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ');
  const words = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w)(\s*\()?/g)];
  const names = words
    .filter(([word, call]) => !call && !NOT_METRICS.has(word.toLowerCase()))
    .map(([word]) => word.trim());
  return [...new Set(names)];
}

export interface Reason {
  readonly title: string;
  readonly words: string;
  /** Where to look next: the targets, or the query itself. */
  readonly next: 'targets' | 'explore';
}

/** Asks the store which of the metrics it knows at that time, and says it. */
export async function reasonOf(
  exprs: readonly string[],
  atMs: number,
  signal?: AbortSignal,
): Promise<Reason> {
  const names = [...new Set(exprs.flatMap(metricsIn))];
  const unknown: string[] = [];
  for (const name of names.slice(0, 6)) {
    const { data } = await fetchInstant(`count({__name__=${JSON.stringify(name)}})`, atMs, signal);
    if (data.length === 0) unknown.push(name);
  }
  if (unknown.length > 0) {
    return {
      title: 'Not measured here',
      words: `No target sends ${unknown.slice(0, 2).join(' or ')} at this time.`,
      next: 'targets',
    };
  }
  return {
    title: 'Nothing matches',
    words: names.length
      ? `${names[0]} is measured, but no series fits these filters at this time.`
      : 'The query answers with no series.',
    next: 'explore',
  };
}

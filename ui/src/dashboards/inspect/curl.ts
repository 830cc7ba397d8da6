import type { Question } from '../ask';

const SECOND_MS = 1_000;

/** The same question for a shell: over the range where it was asked so, else at its moment. */
export function curlOf(
  { expr, range, atMs }: Pick<Question, 'expr' | 'range' | 'atMs'>,
  base = document.baseURI,
): string {
  const path = range ? 'api/v1/query_range' : 'api/v1/query';
  const params = range
    ? [
        ['start', range.startMs / SECOND_MS],
        ['end', range.endMs / SECOND_MS],
        ['step', range.stepMs / SECOND_MS],
      ]
    : atMs === undefined
      ? []
      : [['time', atMs / SECOND_MS]];
  const options = [['query', expr] as const, ...params].map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
  );
  return `curl -sS ${quoted(new URL(path, base).href)} ${options.join(' ')}`;
}

/** One word for the shell, whatever stands in it. */
const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;

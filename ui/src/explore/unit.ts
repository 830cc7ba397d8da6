/**
 * The unit of an expression, guessed from the name of its one metric: Prometheus' names end in their
 * unit. Only where the guess is sure; else none. The ids are those of Grafana's table of units.
 */
const UNITS: readonly (readonly [RegExp, unit: string, perSecond: string | undefined])[] = [
  [/_bytes$/, 'bytes', 'binBps'],
  [/_seconds$/, 's', undefined], // seconds a second: a share, or a count of threads
  [/_celsius$/, 'celsius', undefined],
  [/_ratio$/, 'percentunit', undefined],
  [/_watts$/, 'watt', undefined],
  [/_joules$/, 'joule', 'watt'],
  [/_volts$/, 'volt', undefined],
  [/_hertz$/, 'hertz', undefined],
];
const PLAIN =
  /^(?:(?:sum|avg|min|max|topk|bottomk|avg_over_time|max_over_time|min_over_time|abs)\b.*?\(\s*(?:\d+\s*,\s*)?)*[a-z_:][\w:]*(?:\{[^}]*\})?(?:\[[^\]]*\])?[\s)]*(?:(?:by|without)\s*\([^)]*\))?\s*$/i;

export function unitOf(expr: string): string | undefined {
  const metrics = expr.match(
    /[a-z_:][\w:]*_(?:bytes|seconds|celsius|ratio|watts|joules|volts|hertz)(?:_total|_bucket|_sum)?\b/gi,
  );
  if (
    !metrics ||
    new Set(metrics).size !== 1 ||
    /[-+*/%^]\s*[\w(]|[<>=]=?\s*bool/.test(withoutStrings(expr))
  ) {
    return undefined;
  }
  const metric = metrics[0].replace(/_(total|bucket|sum)$/, '');
  const found = UNITS.find(([ending]) => ending.test(metric));
  if (!found) return undefined;
  if (/\b(count|changes|resets|count_values|group|absent|present_over_time)\b/.test(expr))
    return undefined;
  if (/^\s*histogram_quantile/.test(expr)) return found[1];
  if (/\b(rate|irate|deriv)\b/.test(expr)) return found[2];
  return PLAIN.test(expr.trim()) || /\bincrease|delta\b/.test(expr) ? found[1] : undefined;
}

function withoutStrings(expr: string): string {
  return expr
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '');
}

/** The values of a stat as a small line: few points, no spike lost, no line where nothing was measured. */

const POINTS = 96;

/**
 * The highest value of each stretch of time, null for a stretch without one. Without times, of each
 * stretch of values.
 */
export function sparkOf(
  values: readonly (number | null)[],
  times: readonly (number | null)[] = [],
): (number | null)[] {
  const known = values.flatMap((value, i) => {
    const at = times.length === values.length ? times[i] : i;
    return at === null || at === undefined ? [] : [{ at, value: number(value) }];
  });
  const [first, last] = [known[0], known[known.length - 1]];
  if (!first || !last || known.length < 4) return known.map(({ value }) => value);
  const step = usualStep(known.map(({ at }) => at));
  const span = last.at - first.at;
  const wide = Math.max(span / POINTS, step * (known.length > POINTS ? 1.5 : 1));
  const spark = new Array<number | null>(Math.round(span / wide) + 1).fill(null);
  for (const { at, value } of known) {
    const i = Math.min(spark.length - 1, Math.round((at - first.at) / wide));
    const most = spark[i] ?? null;
    if (value !== null && (most === null || value > most)) spark[i] = value;
  }
  return spark;
}

const number = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** The step most points keep. */
function usualStep(at: readonly number[]): number {
  const steps = at.slice(1).map((time, i) => time - at[i]!);
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] || 1;
}

/** Line and area below it as SVG paths, from the lowest value at the foot to the highest at the head. */
export function areaPaths(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; area: string } {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { line: '', area: '' };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = (value: number) =>
    (high > low ? height - 2 - ((value - low) / (high - low)) * (height - 4) : height / 2).toFixed(
      1,
    );
  const x = (i: number) => ((i / Math.max(1, values.length - 1)) * width).toFixed(1);
  let [line, area] = ['', ''];
  let from: number | null = null;
  values.forEach((value, i) => {
    if (value === null) return;
    if (from === null) {
      from = i;
      line += `M${x(i)} ${y(value)}`;
      area += `M${x(i)} ${height}L${x(i)} ${y(value)}`;
    } else {
      line += `L${x(i)} ${y(value)}`;
      area += `L${x(i)} ${y(value)}`;
    }
    if ((values[i + 1] ?? null) === null) {
      area += `L${x(i)} ${height}Z`;
      from = null;
    }
  });
  return { line, area };
}

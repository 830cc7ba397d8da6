/** Axes that are not straight: logarithmic, and symmetric logarithmic for values on both sides of zero. */

export interface Distribution {
  readonly kind: 'linear' | 'log' | 'symlog';
  readonly base: 2 | 10;
  /** Of symlog: up to here the axis is straight. */
  readonly threshold: number;
}
export const STRAIGHT: Distribution = { kind: 'linear', base: 10, threshold: 1 };

export interface Ends {
  readonly min: number;
  readonly max: number;
}

const MOST = 5;

/** `scaleDistribution` of dashboard JSON. */
export function distributionOf(told: unknown): Distribution {
  const { type, log, linearThreshold } = (told ?? {}) as Record<string, unknown>;
  if (type !== 'log' && type !== 'symlog') return STRAIGHT;
  const threshold = Number(linearThreshold);
  return {
    kind: type,
    base: Number(log) === 2 ? 2 : 10,
    threshold: threshold > 0 ? threshold : 1,
  };
}

const logOf = (value: number, base: number) => Math.log(value) / Math.log(base);

/** From the power at or below the lowest value to the one at or above the highest; what is 0 or less has no place. */
export function logEnds(
  low: number | null,
  high: number | null,
  base: number,
  fixed: { min?: number | null; max?: number | null } = {},
): Ends {
  const top =
    fixed.max && fixed.max > 0 ? fixed.max : powerAbove(high && high > 0 ? high : 1, base);
  const bottom =
    fixed.min && fixed.min > 0 ? fixed.min : powerBelow(low && low > 0 ? low : top / base, base);
  return bottom < top ? { min: bottom, max: top } : { min: top / base, max: top };
}

const powerAbove = (value: number, base: number) => base ** Math.ceil(logOf(value, base) - 1e-9);
const powerBelow = (value: number, base: number) => base ** Math.floor(logOf(value, base) + 1e-9);

/** Powers of the base, thinned out to at most five; halves of a single decade. */
export function logTicks({ min, max }: Ends, base: number): number[] {
  const first = Math.ceil(logOf(min, base) - 1e-9);
  const last = Math.floor(logOf(max, base) + 1e-9);
  if (base === 10 && last - first <= 1) {
    return [1, 2, 5, 10, 20, 50]
      .map((lead) => lead * 10 ** (first - (last === first ? 1 : 0)))
      .filter((tick) => tick >= min * 0.999 && tick <= max * 1.001);
  }
  const every = Math.max(1, Math.ceil((last - first) / MOST));
  const out: number[] = [];
  for (let power = first; power <= last; power += every) out.push(base ** power);
  return out;
}

/** Both ends out to the next power, so that zero keeps its place between them. */
export function symlogEnds(
  low: number | null,
  high: number | null,
  { base }: Distribution,
  fixed: { min?: number | null; max?: number | null } = {},
): Ends {
  const reach = (value: number) =>
    value === 0 ? 0 : Math.sign(value) * powerAbove(Math.abs(value), base);
  const max = fixed.max ?? reach(Math.max(high ?? 1, 0));
  const min = fixed.min ?? reach(Math.min(low ?? 0, 0));
  return min < max ? { min, max } : { min: 0, max: 1 };
}

export function symlogTicks({ min, max }: Ends, { base, threshold }: Distribution): number[] {
  const side = (end: number) => {
    const first = Math.ceil(logOf(threshold, base) - 1e-9);
    const last = Math.floor(logOf(Math.max(end, threshold), base) + 1e-9);
    const every = Math.max(1, Math.ceil((last - first + 1) / (min < 0 && max > 0 ? 2 : 4)));
    const out: number[] = [];
    for (let power = last; power >= first; power -= every) out.push(base ** power);
    return out.filter((tick) => tick <= end * 1.001);
  };
  const down = min < 0 ? side(-min).map((tick) => -tick) : [];
  const up = max > 0 ? side(max).reverse() : [];
  return [...down, ...(min <= 0 && max >= 0 ? [0] : []), ...up];
}

/** Where a value lies between the ends, 0 to 1; null where it has no place. */
export function shareOf(value: number, { min, max }: Ends, spread: Distribution): number | null {
  const bend =
    spread.kind === 'log'
      ? Math.log
      : spread.kind === 'symlog'
        ? (at: number) => Math.asinh(at / spread.threshold)
        : (at: number) => at;
  const share = (bend(value) - bend(min)) / (bend(max) - bend(min));
  return Number.isFinite(share) ? share : null;
}

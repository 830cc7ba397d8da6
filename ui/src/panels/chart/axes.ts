/** Which axes a chart has. Lines of one unit share one; a second unit gets its own, on the right. */
import type { FieldConfig } from '../../frames/frame';
import {
  distributionOf,
  logEnds,
  logTicks,
  symlogEnds,
  symlogTicks,
  type Distribution,
} from '../../frames/logTicks';
import { scaleOf, ticksOf } from '../../frames/ticks';
import type { Line } from './series';

export interface Axis {
  /** uPlot's name of the scale: `y`, `y1`... */
  readonly scale: string;
  readonly key: string;
  readonly side: 'left' | 'right';
  readonly show: boolean;
  readonly grid: boolean;
  readonly label: string;
  /** Of the words, where the board colours them as the series; else the quiet text. */
  readonly colour?: string;
  readonly config: FieldConfig;
  readonly spread: Distribution;
  readonly min: number;
  readonly max: number;
  /** Between the ticks of a straight axis. */
  readonly step: number;
  readonly ticks: readonly number[];
}

interface AxisCustom {
  axisPlacement?: string;
  axisLabel?: string;
  axisSoftMin?: unknown;
  axisSoftMax?: unknown;
  axisCenteredZero?: boolean;
  axisColorMode?: string;
  axisGridShow?: boolean;
  scaleDistribution?: unknown;
}

const inPercent: FieldConfig = { unit: 'percent', min: 0, max: 100 };
const customOf = (config: FieldConfig) => (config.custom ?? {}) as AxisCustom;
const numberOf = (told: unknown): number | null => {
  const value = typeof told === 'string' && told !== '' ? Number(told) : told;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** What is stacked to a hundred per cent has that axis, whatever its unit. */
const configOf = (line: Line): FieldConfig =>
  line.stacked === 'percent'
    ? { ...inPercent, custom: { ...line.config.custom, axisSoftMin: null, axisSoftMax: null } }
    : line.config;

/** Lines with the same key share an axis. */
export function axisKey(config: FieldConfig): string {
  const {
    axisPlacement,
    axisLabel,
    axisSoftMin,
    axisSoftMax,
    axisCenteredZero,
    scaleDistribution,
  } = customOf(config);
  return JSON.stringify([
    config.unit ?? '',
    numberOf(config.min),
    numberOf(config.max),
    numberOf(axisSoftMin),
    numberOf(axisSoftMax),
    axisPlacement === 'auto' ? '' : (axisPlacement ?? ''),
    axisLabel ?? '',
    axisCenteredZero === true,
    distributionOf(scaleDistribution),
  ]);
}

/** The key of the axis that a line is measured by. */
export const axisKeyOf = (line: Line): string => axisKey(configOf(line));

/** A threshold keeps its place in the picture if it lies near enough to matter. */
const NEAR = 4;
const HEADROOM = 1.12; // so that the words on the line have room above it
const MOST_AXES = 4;

export interface Limit {
  readonly value: number;
  readonly axis?: string;
}

/** The axes in the order their lines come; `otherwise` is the axis of a chart without lines. */
export function axesOf(
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
  limits: readonly Limit[] = [],
  otherwise: FieldConfig = {},
): Axis[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const own = axisKeyOf(line);
    const key = groups.has(own) || groups.size < MOST_AXES ? own : [...groups.keys()].at(-1)!;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  if (groups.size === 0) groups.set(axisKey(otherwise), []);
  return [...groups].map(([key, members], i) => axisOf(key, members, i, hidden, limits, otherwise));
}

function axisOf(
  key: string,
  members: readonly Line[],
  index: number,
  hidden: ReadonlySet<string>,
  limits: readonly Limit[],
  otherwise: FieldConfig,
): Axis {
  const config = members[0] ? configOf(members[0]) : otherwise;
  const custom = customOf(config);
  const spread = distributionOf(custom.scaleDistribution);
  const own = limits.filter(({ axis }) => axis === undefined || axis === key);
  const placed = custom.axisPlacement;
  const right = placed === 'right' || (placed !== 'left' && placed !== 'hidden' && index > 0);
  return {
    scale: index === 0 ? 'y' : `y${index}`,
    key,
    side: right ? 'right' : 'left',
    show: placed !== 'hidden',
    grid: index === 0 && custom.axisGridShow !== false,
    label: custom.axisLabel ?? '',
    colour: custom.axisColorMode === 'series' ? members[0]?.colour : undefined,
    config,
    spread,
    ...endsOf(extentOf(members, hidden, custom, spread, own), config, custom, spread),
  };
}

type Extent = [low: number | null, high: number | null];

/** Lowest and highest of what is drawn, out to the soft ends and to limits that lie near. */
function extentOf(
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
  custom: AxisCustom,
  spread: Distribution,
  limits: readonly Limit[],
): Extent {
  let low: number | null = null;
  let high: number | null = null;
  for (const line of lines) {
    if (hidden.has(line.fullName)) continue;
    for (const value of line.drawn) {
      if (typeof value !== 'number' || (spread.kind === 'log' && value <= 0)) continue;
      if (low === null || value < low) low = value;
      if (high === null || value > high) high = value;
    }
  }
  const drawn = high;
  for (const { value } of limits)
    if (drawn !== null && high !== null && value > high && value <= NEAR * drawn)
      high = value * HEADROOM;
  const softMin = numberOf(custom.axisSoftMin);
  const softMax = numberOf(custom.axisSoftMax);
  if (softMin !== null) low = Math.min(low ?? softMin, softMin);
  if (softMax !== null) high = Math.max(high ?? softMax, softMax);
  if (!custom.axisCenteredZero || spread.kind === 'log') return [low, high];
  const far = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)) || 1;
  return [-far, far];
}

function endsOf(
  [low, high]: Extent,
  { unit, min, max }: FieldConfig,
  custom: AxisCustom,
  spread: Distribution,
): Pick<Axis, 'min' | 'max' | 'step' | 'ticks'> {
  const fixed = { min: numberOf(min), max: numberOf(max) };
  if (spread.kind === 'log') {
    const ends = logEnds(low, high, spread.base, fixed);
    return { ...ends, step: 0, ticks: logTicks(ends, spread.base) };
  }
  if (spread.kind === 'symlog') {
    const ends = symlogEnds(low, high, spread, fixed);
    return { ...ends, step: 0, ticks: symlogTicks(ends, spread) };
  }
  const zero = !/^dateTime/.test(unit ?? '') && !((numberOf(custom.axisSoftMin) ?? 0) > 0);
  const scale = scaleOf(low, high, unit, { ...fixed, zero });
  const balanced =
    custom.axisCenteredZero && fixed.min === null && fixed.max === null
      ? { ...scale, min: -Math.max(-scale.min, scale.max), max: Math.max(-scale.min, scale.max) }
      : scale;
  return { ...balanced, ticks: ticksOf(balanced) };
}

/** One axis for values that are drawn by hand: bars, buckets, lines over a number. */
export function axisOfValues(values: readonly (number | null)[], config: FieldConfig): Axis {
  const custom = customOf(config);
  const spread = distributionOf(custom.scaleDistribution);
  let low: number | null = null;
  let high: number | null = null;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    if (low === null || value < low) low = value;
    if (high === null || value > high) high = value;
  }
  return {
    scale: 'y',
    key: axisKey(config),
    side: 'left',
    show: custom.axisPlacement !== 'hidden',
    grid: true,
    label: '',
    config,
    spread,
    ...endsOf([low, high], config, custom, spread),
  };
}

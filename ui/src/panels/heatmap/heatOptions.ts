/** `options` of a heat map in dashboard JSON, with what they mean here. */
import type { Counting } from '../../frames/heat';
import type { FieldConfig } from '../../frames/frame';
import { parseDuration } from '../../query';
import { stepColour } from '../chart/paint';

export interface HeatOptions {
  /** Null where the series are cells already. */
  readonly counting: Counting | null;
  /** Colours from few to many; null for the house's. */
  readonly run: readonly string[] | null;
  /** Below 1 the few are seen beside the many; undefined for the house's. */
  readonly exponent?: number;
  readonly steps: number;
  readonly low?: number;
  readonly high?: number;
  /** At or below, and at or above: left empty. */
  readonly hideUpTo?: number;
  readonly hideFrom?: number;
  readonly gap?: number;
  readonly y: FieldConfig;
  readonly reverse: boolean;
  readonly legend: boolean;
  readonly tooltip: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const object = (told: unknown): Json =>
  typeof told === 'object' && told !== null ? (told as Json) : {};
const number = (told: unknown): number | undefined => {
  const value = typeof told === 'string' && told !== '' ? Number(told) : told;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export function heatOptionsOf(options: Json): HeatOptions {
  const color = object(options['color']);
  const y = object(options['yAxis']);
  const hide = object(options['filterValues']);
  const reversed = color['reverse'] === true;
  const run = runOf(color);
  const unit = y['unit'];
  return {
    counting: options['calculate'] === true ? countingOf(object(options['calculation'])) : null,
    run: run && reversed ? [...run].reverse() : run,
    exponent: color['scale'] === 'linear' ? 1 : positive(number(color['exponent'])),
    steps: Math.max(2, Math.min(128, number(color['steps']) ?? 48)),
    low: number(color['min']),
    high: number(color['max']),
    hideUpTo: number(hide['le']),
    hideFrom: number(hide['ge']),
    gap: number(options['cellGap']),
    y: {
      unit: typeof unit === 'string' ? unit : undefined,
      decimals: number(y['decimals']),
      min: number(y['min']),
      max: number(y['max']),
    },
    reverse: y['reverse'] === true,
    legend: object(options['legend'])['show'] !== false,
    tooltip:
      object(options['tooltip'])['mode'] !== 'none' && object(options['tooltip'])['show'] !== false,
  };
}

const positive = (value: number | undefined) =>
  value !== undefined && value > 0 ? value : undefined;

/** `size` is a width ("1m", 0.5), `count` a number of cells. */
function countingOf(told: Json): Counting {
  const x = object(told['xBuckets']);
  const y = object(told['yBuckets']);
  const scale = object(y['scale']);
  const xText = typeof x['value'] === 'string' ? x['value'] : '';
  const bySize = x['mode'] !== 'count';
  return {
    xMs: bySize ? (parseDuration(xText) ?? positive(number(x['value']))) : undefined,
    xCount: bySize ? undefined : positive(number(x['value'])),
    ySize: y['mode'] !== 'count' ? positive(number(y['value'])) : undefined,
    yCount: y['mode'] === 'count' ? positive(number(y['value'])) : undefined,
    base: scale['type'] === 'log' ? (number(scale['log']) === 2 ? 2 : 10) : undefined,
  };
}

const mixed = (colour: string) =>
  [12, 40, 70, 100].map((share) => `color-mix(in oklab, ${colour} ${share}%, var(--surface))`);
const DIVERGING = ['var(--d0)', 'var(--d1)', 'var(--d2)', 'var(--d3)', 'var(--d4)'];

/** One hue stays that hue; a scheme of two ends is ours of two ends; all else is the sequence of the house. */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  Oranges: mixed('var(--c2)'),
  Reds: mixed('var(--crit)'),
  Greens: mixed('var(--c10)'),
  Blues: mixed('var(--c1)'),
  Purples: mixed('var(--c6)'),
  Greys: mixed('var(--t2)'),
  RdBu: DIVERGING,
  BrBG: DIVERGING,
  PRGn: DIVERGING,
  PiYG: DIVERGING,
  PuOr: DIVERGING,
  RdGy: DIVERGING,
};

function runOf({ mode, scheme, fill }: Json): readonly string[] | null {
  if (mode === 'opacity') return mixed(stepColour(typeof fill === 'string' ? fill : 'blue'));
  return SCHEMES[typeof scheme === 'string' ? scheme : ''] ?? null;
}

/** Lines, axes and thresholds of an old graph in the new names. */
import { isObject, number, object, text, without, type Json } from '../json';

/** How all series of a graph are drawn. */
export function customOf(panel: Json): Json {
  const bars = panel['bars'] === true;
  const lines = panel['lines'] !== false;
  const points = panel['points'] === true;
  const fill = number(panel['fill']) ?? 1;
  const gradient = number(panel['fillGradient']) ?? 0;
  return without({
    drawStyle: bars && !lines ? 'bars' : lines ? 'line' : points ? 'points' : 'line',
    lineWidth: lines || bars ? (number(panel['linewidth']) ?? 1) : 0,
    fillOpacity: bars && !lines ? 100 : gradient > 0 && fill === 0 ? gradient * 10 : fill * 10,
    gradientMode: gradient > 0 ? 'opacity' : 'none',
    showPoints: points ? 'always' : 'never',
    pointSize: 2 * (number(panel['pointradius']) ?? 2) + 1,
    lineInterpolation: panel['steppedLine'] === true ? 'stepAfter' : 'linear',
    lineStyle: dashesOf(panel),
    spanNulls: panel['nullPointMode'] === 'connected',
    stacking: stackingOf(panel['stack'], panel['percentage'] === true),
  });
}

const dashesOf = (from: Json): Json | undefined =>
  from['dashes'] === true
    ? { fill: 'dash', dash: [number(from['dashLength']) ?? 10, number(from['spaceLength']) ?? 10] }
    : undefined;

function stackingOf(stack: unknown, percent: boolean): Json {
  if (stack !== true && typeof stack !== 'string') return { mode: 'none', group: 'A' };
  return { mode: percent ? 'percent' : 'normal', group: typeof stack === 'string' ? stack : 'A' };
}

export interface Axis {
  readonly defaults: Json;
  readonly custom: Json;
}

/** One of the two vertical axes. */
export function axisOf(axis: Json): Axis {
  const base = number(axis['logBase']) ?? 1;
  return {
    defaults: without({
      unit: text(axis['format']) || undefined,
      min: number(axis['min']),
      max: number(axis['max']),
      decimals: number(axis['decimals']),
    }),
    custom: without({
      axisLabel: text(axis['label']) || undefined,
      axisPlacement: axis['show'] === false ? 'hidden' : undefined,
      scaleDistribution: base > 1 ? { type: 'log', log: base } : undefined,
    }),
  };
}

interface Property {
  readonly id: string;
  readonly value: unknown;
}

/** What a key of `seriesOverrides` becomes; a key that is not here meant nothing by itself. */
const PROPERTIES: Readonly<Record<string, (value: unknown, all: Json, right: Axis) => Property[]>> =
  {
    color: (value) =>
      typeof value === 'string'
        ? [{ id: 'color', value: { mode: 'fixed', fixedColor: value } }]
        : [],
    lines: (value) =>
      value === false
        ? [{ id: 'custom.lineWidth', value: 0 }]
        : [{ id: 'custom.drawStyle', value: 'line' }],
    bars: (value) =>
      value === true
        ? [
            { id: 'custom.drawStyle', value: 'bars' },
            { id: 'custom.fillOpacity', value: 100 },
          ]
        : [],
    points: (value) => [{ id: 'custom.showPoints', value: value === true ? 'always' : 'never' }],
    linewidth: (value) => numeric('custom.lineWidth', value),
    pointradius: (value) => numeric('custom.pointSize', value, (radius) => 2 * radius + 1),
    fill: (value) => numeric('custom.fillOpacity', value, (fill) => fill * 10),
    fillGradient: (value) => [
      { id: 'custom.gradientMode', value: number(value) ? 'opacity' : 'none' },
    ],
    fillBelowTo: (value) => [
      { id: 'custom.fillBelowTo', value },
      { id: 'custom.fillOpacity', value: 35 },
    ],
    stack: (value) => [{ id: 'custom.stacking', value: stackingOf(value, false) }],
    steppedLine: (value) => [
      { id: 'custom.lineInterpolation', value: value === true ? 'stepAfter' : 'linear' },
    ],
    dashes: (value, all) =>
      value === true ? [{ id: 'custom.lineStyle', value: dashesOf(all) }] : [],
    nullPointMode: (value) => [
      { id: 'custom.spanNulls', value: value === 'connected' },
      { id: 'nullValueMode', value },
    ],
    transform: (value) => [{ id: 'custom.transform', value }],
    yaxis: (value, _, right) => (number(value) === 2 ? rightAxis(right) : []),
    legend: (value) => (value === false ? hide({ legend: true }) : []),
    hideTooltip: (value) => (value === true ? hide({ tooltip: true }) : []),
    hiddenSeries: (value) => (value === true ? hide({ viz: true }) : []),
  };

export function propertiesOf(override: Json, right: Axis): Property[] {
  return Object.entries(override).flatMap(([key, value]) =>
    Object.hasOwn(PROPERTIES, key) ? PROPERTIES[key]!(value, override, right) : [],
  );
}

function numeric(id: string, value: unknown, change = (one: number) => one): Property[] {
  const read = number(value);
  return read === undefined ? [] : [{ id, value: change(read) }];
}

const hide = (what: Json): Property[] => [
  { id: 'custom.hideFrom', value: { legend: false, tooltip: false, viz: false, ...what } },
];

const rightAxis = ({ defaults, custom }: Axis): Property[] => [
  ...Object.entries(defaults).map(([id, value]) => ({ id, value })),
  ...Object.entries(custom).map(([id, value]) => ({ id: `custom.${id}`, value })),
  ...(custom['axisPlacement'] ? [] : [{ id: 'custom.axisPlacement', value: 'right' }]),
];

const COLOURS: Readonly<Record<string, string>> = {
  critical: 'red',
  warning: 'orange',
  ok: 'green',
};

/** Thresholds with `op`: what is past a limit has its colour, all else none. */
export function thresholdsOf(all: readonly Json[]): {
  steps: { value: number | null; color: string }[];
  style: string;
} {
  const limits = all
    .filter(
      (one) => isObject(one) && number(one['value']) !== undefined && one['visible'] !== false,
    )
    .map((one) => ({ one, value: number(one['value'])! }))
    .sort((a, b) => a.value - b.value);
  if (limits.length === 0) return { steps: [], style: 'off' };
  const steps: { value: number | null; color: string }[] = [];
  limits.forEach(({ one, value }, i) => {
    const colour = colourOf(one);
    if (one['op'] === 'lt') {
      steps.push({ value: i === 0 ? null : limits[i - 1]!.value, color: colour });
      if (limits[i + 1]?.one['op'] !== 'gt' || limits[i + 1]!.value !== value)
        steps.push({ value, color: 'transparent' });
    } else steps.push({ value, color: colour });
  });
  if (steps[0]!.value !== null) steps.unshift({ value: null, color: 'transparent' });
  const some = (key: string) => limits.some(({ one }) => object(one)[key] === true);
  const style = some('line')
    ? some('fill')
      ? 'line+area'
      : 'line'
    : some('fill')
      ? 'area'
      : 'off';
  return { steps: withoutEqual(steps), style };
}

/** Of two steps at one value the later holds. */
const withoutEqual = <T extends { value: number | null }>(steps: readonly T[]): T[] =>
  steps.filter((step, i) => steps[i + 1]?.value !== step.value);

const colourOf = (one: Json): string =>
  one['colorMode'] === 'custom'
    ? text(one['lineColor']) || text(one['fillColor']) || 'green'
    : (COLOURS[text(one['colorMode'])] ?? 'green');

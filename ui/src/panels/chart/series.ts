/** From frames to the lines of a chart: how each is drawn, stacked or not, folded into "other". */
import { OTHER } from '../../frames/colours';
import type { FieldConfig, Frame, NumberField } from '../../frames/frame';
import { numbersOf } from '../../frames/frame';
import { dropSharedPrefix } from '../../frames/legend';
import { rankOf, reducerOf } from '../../frames/reduce';
import { stack } from '../../frames/stack';
import {
  breakAtGaps,
  decimate,
  holesOf,
  toUplot,
  type Columns,
  type Hole,
} from '../../frames/toUplot';
import { paintsOf, type Paint } from './paint';

export interface Line {
  /** As the legend shows it; `fullName` is told on hover. */
  readonly name: string;
  readonly fullName: string;
  readonly colour: string;
  readonly paint: Paint;
  readonly config: FieldConfig;
  readonly style: 'line' | 'bars' | 'points';
  readonly join: 'linear' | 'smooth' | 'stepBefore' | 'stepAfter';
  /** In pixels; undefined where the board leaves it to the house. */
  readonly width?: number;
  /** 0 to 1; undefined where the board leaves it to the house. */
  readonly fill?: number;
  readonly gradient?: 'none' | 'opacity' | 'hue' | 'scheme';
  readonly points: 'auto' | 'always' | 'never';
  readonly pointSize: number;
  readonly dash?: readonly number[];
  readonly dots: boolean;
  readonly barAlign: -1 | 0 | 1;
  readonly barShare: number;
  /** The line below down to which the room between is filled. */
  readonly fillBelowTo?: string;
  readonly stacked: 'none' | 'normal' | 'percent';
  /** Lines of one group stand on each other. */
  readonly group: string;
  readonly hideFrom: { readonly legend: boolean; readonly tooltip: boolean };
  readonly labels: Readonly<Record<string, string>>;
  readonly refId: string;
  /** As measured. */
  readonly values: readonly (number | null | undefined)[];
  /** As drawn: on top of those below, or mirrored downwards. */
  readonly drawn: readonly (number | null | undefined)[];
  /** Over the whole series as it was answered. */
  readonly all: readonly (number | null)[];
}

export interface Lines {
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  /** How many series are folded into "other". */
  readonly folded: number;
  /** Where nothing was measured, in seconds. */
  readonly holes: readonly Hole[];
}

const MOST = 12;

interface Custom {
  drawStyle?: string;
  lineInterpolation?: string;
  lineWidth?: unknown;
  fillOpacity?: unknown;
  gradientMode?: string;
  showPoints?: string;
  pointSize?: unknown;
  lineStyle?: { fill?: string; dash?: number[] };
  spanNulls?: boolean | number;
  insertNulls?: boolean | number;
  stacking?: { mode?: string; group?: string | false };
  transform?: string;
  fillBelowTo?: string;
  barAlignment?: unknown;
  barWidthFactor?: unknown;
  hideFrom?: { viz?: boolean; legend?: boolean; tooltip?: boolean };
}
const customOf = ({ config }: NumberField): Custom => config?.custom ?? {};
const lastOf = reducerOf('lastNotNull');
const numberOr = <T>(told: unknown, otherwise: T): number | T => {
  const value = typeof told === 'string' && told !== '' ? Number(told) : told;
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
};

/** Hidden by the board for good: neither drawn nor in the legend. */
const isGone = (field: NumberField) => {
  const { viz, legend } = customOf(field).hideFrom ?? {};
  return viz === true && legend !== false;
};

/** What a reader of the board switched off in the legend before it was saved: it starts switched off. */
export function hiddenAtFirst(frames: readonly Frame[]): ReadonlySet<string> {
  const off = frames
    .flatMap(numbersOf)
    .filter((field) => customOf(field).hideFrom?.viz === true && !isGone(field));
  return new Set(off.map(({ name }) => name));
}

/** How long a hole the board lets a line cross, in seconds; undefined where it says nothing. */
function bridgeOf({ spanNulls, insertNulls }: Custom): number | undefined {
  if (typeof insertNulls === 'number') return insertNulls / 1000;
  if (spanNulls === true) return Infinity;
  return typeof spanNulls === 'number' ? spanNulls / 1000 : undefined;
}

interface Source {
  readonly field: NumberField;
  readonly refId: string;
}

/** `hidden` are full names the reader has switched off; `all` draws every series, without "other". */
export function toLines(
  frames: readonly Frame[],
  stepMs: number,
  pixels: number,
  { hidden, all }: { hidden: ReadonlySet<string>; all: boolean },
): Lines {
  const shown = frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter((field) => field.type !== 'number' || !isGone(field)),
  }));
  const sources = shown
    .filter(({ fields }) => fields.some(({ type }) => type === 'time'))
    .flatMap((frame) => numbersOf(frame).map((field): Source => ({ field, refId: frame.refId })));
  const fields = sources.map(({ field }) => field);
  const limits = fields.map((field) => bridgeOf(customOf(field)));
  const broken = breakAtGaps(toUplot(shown), stepMs / 1000, limits);
  const [times, ...columns] = decimate(broken, pixels);
  const names = dropSharedPrefix(fields.map(({ name }) => name));
  const paints = paintsOf(fields);
  const raw = sources.map((source, i) =>
    lineOf(source, names[i] ?? source.field.name, paints[i]!, columns[i] ?? []),
  );
  const folded = all || raw.length <= MOST ? { lines: raw, count: 0 } : foldRest(raw);
  return {
    times,
    lines: stackLines(times, folded.lines, hidden),
    folded: folded.count,
    holes: holesOf(broken),
  };
}

const JOINS: Readonly<Record<string, Line['join']>> = {
  smooth: 'smooth',
  stepBefore: 'stepBefore',
  stepAfter: 'stepAfter',
};

function lineOf({ field, refId }: Source, name: string, paint: Paint, values: Columns[1]): Line {
  const custom = customOf(field);
  const numbers = values.map((value) => (Number.isNaN(value) ? null : value));
  const drawn = mirrored(custom.transform, numbers);
  const fill = numberOr(custom.fillOpacity, undefined);
  const { fill: dashed, dash } = custom.lineStyle ?? {};
  const align = numberOr(custom.barAlignment, 0);
  return {
    name,
    fullName: field.name,
    colour: paint.colour,
    paint,
    config: field.config ?? {},
    style: custom.drawStyle === 'bars' || custom.drawStyle === 'points' ? custom.drawStyle : 'line',
    join: JOINS[custom.lineInterpolation ?? ''] ?? 'linear',
    width: numberOr(custom.lineWidth, undefined),
    fill: fill === undefined ? undefined : Math.max(0, Math.min(1, fill / 100)),
    gradient: gradientOf(custom.gradientMode),
    points:
      custom.showPoints === 'always' || custom.showPoints === 'never' ? custom.showPoints : 'auto',
    pointSize: Math.max(1, Math.min(40, numberOr(custom.pointSize, 4))),
    dash:
      dashed === 'dash' || dashed === 'dot'
        ? (dash ?? (dashed === 'dot' ? [0, 6] : [6, 4]))
        : undefined,
    dots: dashed === 'dot',
    barAlign: align > 0 ? 1 : align < 0 ? -1 : 0,
    barShare: Math.max(0.05, Math.min(1, numberOr(custom.barWidthFactor, 0.8))),
    fillBelowTo: custom.fillBelowTo || undefined,
    ...stackingOf(custom, drawn),
    hideFrom: {
      legend: custom.hideFrom?.legend === true,
      tooltip: custom.hideFrom?.tooltip === true,
    },
    labels: field.labels ?? {},
    refId,
    values,
    drawn,
    all: field.values,
  };
}

/** What a legend needs of a series that is no line: its name, colour and values. */
export const plainLine = (series: {
  readonly name: string;
  readonly colour: string;
  readonly config: FieldConfig;
  readonly values: readonly (number | null)[];
}): Line => ({
  ...lineOf(
    {
      refId: '',
      field: { type: 'number', name: series.name, values: series.values, config: series.config },
    },
    series.name,
    { colour: series.colour },
    [...series.values],
  ),
  stacked: 'normal', // bars have a square
});

const gradientOf = (told: string | undefined): Line['gradient'] =>
  told === 'none' || told === 'opacity' || told === 'hue' || told === 'scheme' ? told : undefined;

/** `negative-Y` turns a line over; `constant` draws its first value all along. */
function mirrored(
  transform: string | undefined,
  values: readonly (number | null | undefined)[],
): readonly (number | null | undefined)[] {
  if (transform === 'negative-Y')
    return values.map((value) => (typeof value === 'number' ? -value : value));
  if (transform !== 'constant') return values;
  const first = values.find((value) => typeof value === 'number');
  return first === undefined ? values : values.map(() => first);
}

/** What stands on each other; values below zero hang down from it in a group of their own. */
function stackingOf(
  { stacking, transform }: Custom,
  drawn: readonly (number | null | undefined)[],
): Pick<Line, 'stacked' | 'group'> {
  const mode = stacking?.mode;
  const stacked =
    (mode === 'normal' || mode === 'percent') &&
    transform !== 'constant' &&
    stacking?.group !== false
      ? mode
      : 'none'; // `group: false` is Grafana's word for one that stands apart
  const sum = drawn.reduce<number>((total, value) => total + (value ?? 0), 0);
  return { stacked, group: `${String(stacking?.group || 'A')}${sum < 0 ? '-' : '+'}` };
}

/** The eleven largest by last value stay; the rest become one line, their sum where they are stacked, else their mean. */
function foldRest(lines: readonly Line[]): { lines: Line[]; count: number } {
  const order = [...lines].sort((a, b) => rankOf(lastOf(b.all)) - rankOf(lastOf(a.all)));
  const kept = new Set(order.slice(0, MOST - 1));
  const rest = lines.filter((line) => !kept.has(line));
  const summed = rest[0]!.stacked !== 'none';
  const at = (pick: (line: Line) => readonly (number | null | undefined)[], length: number) =>
    Array.from({ length }, (_, row) => {
      const known = rest
        .map((line) => pick(line)[row])
        .filter((value): value is number => typeof value === 'number' && !Number.isNaN(value));
      if (known.length === 0) return null;
      const sum = known.reduce((a, b) => a + b, 0);
      return summed ? sum : sum / known.length;
    });
  const longest = Math.max(...rest.map((line) => line.all.length));
  const name = summed ? `${rest.length} others` : `mean of ${rest.length} others`;
  const other: Line = {
    ...rest[0]!,
    name,
    fullName: name,
    colour: OTHER,
    paint: { colour: OTHER },
    labels: {},
    values: at((line) => line.values, rest[0]!.values.length),
    drawn: at((line) => line.drawn, rest[0]!.drawn.length),
    all: at((line) => line.all, longest),
  };
  return { lines: [...lines.filter((line) => kept.has(line)), other], count: rest.length };
}

function stackLines(
  times: readonly number[],
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
): Line[] {
  const up = lines.filter((line) => line.stacked !== 'none' && !hidden.has(line.fullName));
  const drawn = new Map<Line, Line['drawn']>();
  for (const group of new Set(up.map((line) => line.group))) {
    const members = up.filter((line) => line.group === group);
    const mode = members[0]!.stacked === 'percent' ? 'percent' : 'normal';
    const [, ...sums] = stack([[...times], ...members.map((line) => [...line.drawn])], mode);
    members.forEach((line, i) => drawn.set(line, sums[i]!));
  }
  return lines.map((line) => ({ ...line, drawn: drawn.get(line) ?? line.drawn }));
}

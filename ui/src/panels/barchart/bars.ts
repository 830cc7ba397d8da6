/** From frames to bars: which stand together, how high, in which colour. Pure. */
import { displayText, stepOf } from '../../frames/display';
import type { Field, FieldConfig, Frame, NumberField } from '../../frames/frame';
import { numbersOf, timeOf } from '../../frames/frame';
import { timeInFull, timeLabel, type Zone } from '../../frames/ticks';
import { toUplot } from '../../frames/toUplot';
import { paintsOf, stepColour } from '../chart/paint';

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly config: FieldConfig;
  readonly values: readonly (number | null)[];
  /** The colour of each bar, where it goes by its value. */
  readonly colours: readonly string[];
}
export interface Bars {
  /** What stands below each group. */
  readonly names: readonly string[];
  readonly series: readonly Series[];
  /** How many groups found no room. */
  readonly more: number;
}

const MOST = 100;
const DAY_MS = 86_400_000;

/** The groups are the values of `xField`, else of the first text, else moments in time. */
export function barsOf(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
  zone: Zone = 'browser',
): Bars {
  const wanted = typeof options['xField'] === 'string' ? options['xField'] : undefined;
  const byText = frames.find((frame) => namesField(frame, wanted) !== undefined);
  const table = byText
    ? fromTable(byText, namesField(byText, wanted)!, zone)
    : fromTimes(frames, zone);
  const more = Math.max(0, table.names.length - MOST);
  const cut = <T>(all: readonly T[]) => (more ? all.slice(0, MOST) : all);
  const paints = paintsOf(table.fields);
  const deciding = byText?.fields.find(({ name }) => name === options['colorByField']);
  return {
    names: cut(table.names),
    more,
    series: table.fields
      .filter(({ config }) => !hidden(config))
      .map((field) => {
        const { colour } = paints[table.fields.indexOf(field)]!;
        const judge = deciding?.type === 'number' ? deciding : field;
        return {
          name: field.name,
          colour,
          config: field.config ?? {},
          values: cut(field.values),
          colours: cut(field.values).map((_, row) =>
            colourAt(judge, row, colour, deciding !== undefined),
          ),
        };
      }),
  };
}

const hidden = (config: FieldConfig | undefined) =>
  (config?.custom?.['hideFrom'] as { viz?: boolean } | undefined)?.viz === true;

/** The column the groups are called by: that of the board, else the first of words. */
function namesField(frame: Frame, wanted: string | undefined): Field | undefined {
  const named = frame.fields.find(({ name }) => name === wanted);
  return named ?? frame.fields.find(({ type }) => type === 'text');
}

function fromTable(frame: Frame, by: Field, zone: Zone) {
  const names = (by.values as readonly unknown[]).map((value) => nameOf(value, by, zone));
  return { names, fields: numbersOf(frame).filter((field) => field !== by) };
}

function nameOf(value: unknown, { type, config }: Field, zone: Zone): string {
  if (value === null || value === undefined) return '–';
  if (type === 'time') return timeInFull(Number(value), zone);
  if (typeof value === 'number') return displayText(value, config);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Frames of series, joined on their times. */
function fromTimes(
  frames: readonly Frame[],
  zone: Zone,
): { names: string[]; fields: NumberField[] } {
  const timed = frames.filter((frame) => timeOf(frame));
  if (timed.length === 0) {
    const fields = frames.flatMap(numbersOf);
    const rows = Math.max(0, ...fields.map(({ values }) => values.length));
    return { names: Array.from({ length: rows }, (_, i) => String(i + 1)), fields };
  }
  const [times, ...columns] = toUplot(timed);
  const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) * 1000;
  const step = times.length > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : 60;
  const names = times.map((time) =>
    span > DAY_MS && step < 86_400
      ? timeInFull(time * 1000, zone).slice(4, -3)
      : timeLabel(time, step, zone),
  );
  const fields = timed
    .flatMap(numbersOf)
    .map((field, i) => ({ ...field, values: columns[i]!.map((value) => value ?? null) }));
  return { names, fields };
}

/** By its thresholds where the board colours by value; else the series' own. */
function colourAt(field: NumberField, row: number, otherwise: string, forced: boolean): string {
  const { config = {}, values } = field;
  const value = values[row];
  if (typeof value !== 'number' || Number.isNaN(value)) return otherwise;
  if (config.color?.mode !== 'thresholds' && !forced) return otherwise;
  const step = stepOf(value, config);
  return step ? stepColour(step.color) : otherwise;
}

export interface Bar {
  readonly group: number;
  readonly series: number;
  /** Along the axis of groups, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly colour: string;
}

export interface Shape {
  readonly stacking: 'none' | 'normal' | 'percent';
  readonly groupWidth: number;
  readonly barWidth: number;
}

const share = (told: unknown, otherwise: number) =>
  typeof told === 'number' && told > 0 && told <= 1 ? told : otherwise;

export function shapeOf(options: Readonly<Record<string, unknown>>): Shape {
  const { stacking } = options;
  return {
    stacking: stacking === 'normal' || stacking === 'percent' ? stacking : 'none',
    groupWidth: share(options['groupWidth'], 0.7),
    barWidth: share(options['barWidth'], 0.97),
  };
}

/** Side by side within their group, or on top of each other; below zero they hang down. */
export function placeBars(
  { names, series }: Bars,
  { stacking, groupWidth, barWidth }: Shape,
): Bar[] {
  const wide = 1 / Math.max(1, names.length);
  const slots = stacking === 'none' ? Math.max(1, series.length) : 1;
  const slot = (wide * groupWidth) / slots;
  return names.flatMap((_, group) => {
    const total = series.reduce((sum, { values }) => sum + Math.abs(values[group] ?? 0), 0);
    let [up, down] = [0, 0];
    return series.flatMap(({ values, colours }, i): Bar[] => {
      const value = values[group];
      if (typeof value !== 'number' || Number.isNaN(value)) return []; // missing is no bar of height 0
      const drawn = stacking === 'percent' ? (total === 0 ? 0 : (100 * value) / total) : value;
      const base = stacking === 'none' ? 0 : drawn < 0 ? down : up;
      if (drawn < 0) down = base + drawn;
      else up = base + drawn;
      const start =
        group * wide + (wide * (1 - groupWidth)) / 2 + (stacking === 'none' ? i * slot : 0);
      const inset = (slot * (1 - barWidth)) / 2;
      return [
        {
          group,
          series: i,
          from: start + inset,
          to: start + slot - inset,
          low: Math.min(base, base + drawn),
          high: Math.max(base, base + drawn),
          value,
          colour: colours[group]!,
        },
      ];
    });
  });
}

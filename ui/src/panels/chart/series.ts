/** From frames to the lines of a chart: which colour, which width, stacked or not, folded into "other". */
import { coloursByName, fixedColour, OTHER } from '../../frames/colours';
import type { FieldConfig, Frame, NumberField } from '../../frames/frame';
import { numbersOf } from '../../frames/frame';
import { dropSharedPrefix } from '../../frames/legend';
import { rankOf, reducerOf } from '../../frames/reduce';
import { stack } from '../../frames/stack';
import { breakAtGaps, decimate, toUplot, type Columns } from '../../frames/toUplot';

export interface Line {
  /** As the legend shows it; `fullName` is told on hover. */
  readonly name: string;
  readonly fullName: string;
  readonly colour: string;
  readonly config: FieldConfig;
  readonly style: 'line' | 'bars' | 'points';
  /** 0 to 1. */
  readonly fill: number;
  readonly dash?: readonly number[];
  readonly stacked: 'none' | 'normal' | 'percent';
  /** Lines of one group stand on each other. */
  readonly group: string;
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
}

const MOST = 12;

interface Custom {
  drawStyle?: string;
  fillOpacity?: number;
  lineStyle?: { fill?: string; dash?: number[] };
  stacking?: { mode?: string; group?: string | false };
  transform?: string;
  hideFrom?: { viz?: boolean; legend?: boolean };
}
const customOf = ({ config }: NumberField): Custom => config?.custom ?? {};
const lastOf = reducerOf('lastNotNull');

/** `hidden` are full names the reader has switched off; `all` draws every series, without "other". */
export function toLines(
  frames: readonly Frame[],
  stepMs: number,
  pixels: number,
  { hidden, all }: { hidden: ReadonlySet<string>; all: boolean },
): Lines {
  const fields = frames.flatMap(numbersOf).filter((field) => !customOf(field).hideFrom?.viz);
  const shown = frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter((field) => field.type !== 'number' || fields.includes(field)),
  }));
  const [times, ...columns] = decimate(breakAtGaps(toUplot(shown), stepMs / 1000), pixels);
  const names = dropSharedPrefix(fields.map(({ name }) => name));
  const colours = coloursOf(fields);
  const raw = fields.map((field, i) =>
    lineOf(field, names[i] ?? field.name, colours[i]!, columns[i] ?? []),
  );
  const folded = all || raw.length <= MOST ? { lines: raw, count: 0 } : foldRest(raw);
  return { times, lines: stackLines(times, folded.lines, hidden), folded: folded.count };
}

function coloursOf(fields: readonly NumberField[]): string[] {
  const byName = coloursByName(fields.map(({ name }) => name));
  const free = coloursInOrder(fields.length);
  return fields.map(({ config }, i) => {
    if (config?.color?.mode === 'fixed' && config.color.fixedColor)
      return fixedColour(config.color.fixedColor);
    return fields.length <= 4 ? free[i]! : byName[i]!;
  });
}

/** Few series take the first colours, which lie furthest apart. */
const coloursInOrder = (count: number) =>
  Array.from({ length: count }, (_, i) => `var(--c${(i % 12) + 1})`);

function lineOf(field: NumberField, name: string, colour: string, values: Columns[1]): Line {
  const custom = customOf(field);
  const mode = custom.stacking?.mode;
  const stacked = mode === 'normal' || mode === 'percent' ? mode : 'none';
  const mirrored = custom.transform === 'negative-Y';
  const numbers = values.map((value) => (Number.isNaN(value) ? null : value));
  const drawn = mirrored
    ? numbers.map((value) => (typeof value === 'number' ? -value : value))
    : numbers;
  return {
    name,
    fullName: field.name,
    colour,
    config: field.config ?? {},
    style: custom.drawStyle === 'bars' || custom.drawStyle === 'points' ? custom.drawStyle : 'line',
    fill: custom.fillOpacity === undefined ? 0.2 : Math.min(1, custom.fillOpacity / 100),
    dash: custom.lineStyle?.fill === 'dash' ? (custom.lineStyle.dash ?? [4, 3]) : undefined,
    stacked,
    group: String(custom.stacking?.group ?? 'A'),
    values: values,
    drawn,
    all: field.values,
  };
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
  const other: Line = {
    ...rest[0]!,
    name: summed ? `${rest.length} others` : `mean of ${rest.length} others`,
    fullName: summed ? `${rest.length} others` : `mean of ${rest.length} others`,
    colour: OTHER,
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

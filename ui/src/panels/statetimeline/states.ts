/**
 * Rows of states over time: a row a series, a cell as long as a value holds. A time that nobody measured
 * is no cell. Knows no React.
 */
import { coloursByName, toneColour, toneOf } from '../../frames/colours';
import { displayText, mapValue, stepOf } from '../../frames/display';
import { paintAt, paintOf } from '../../frames/paint';
import type { Field, FieldConfig, Frame } from '../../frames/frame';
import { timeOf } from '../../frames/frame';
import { visible } from '../../format/visible';

export interface Cell {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
  /** A colour as a style sheet has it; `transparent` where the board wants none. */
  readonly colour: string;
  /** What the legend calls it. */
  readonly state: string;
  /** Where its colour is one of a scale: the number. */
  readonly scaled?: number;
}

export interface Row {
  readonly name: string;
  readonly cells: readonly Cell[];
}

type Value = number | string | boolean | null;

export interface StateOptions {
  /** Neighbours of one state become one cell. */
  readonly merge: boolean;
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const MOST_ROWS = 500;

/** The rows of all series that have a time, in the order of the answer. */
export function rowsOf(frames: readonly Frame[], options: StateOptions): Row[] {
  const fields = frames
    .flatMap((frame) => {
      const times = timeOf(frame)?.values;
      return times
        ? frame.fields
            .filter(isShown)
            .map((field) => ({ field, times: times as (number | null)[] }))
        : [];
    })
    .slice(0, MOST_ROWS);
  const look = lookOf(fields.map(({ field }) => field));
  return fields.map(({ field, times }) => ({
    name: visible(field.name),
    cells: cellsOf(field, times, look, options),
  }));
}

const isShown = (field: Field): boolean => {
  const hide = field.config?.custom?.['hideFrom'] as { viz?: boolean } | undefined;
  return field.type !== 'time' && !hide?.viz;
};

interface Look {
  (value: Value, config: FieldConfig): Pick<Cell, 'text' | 'colour' | 'state' | 'scaled'>;
}

/** How the values of a panel are told and coloured; one state has one colour in all its rows. */
function lookOf(fields: readonly Field[]): Look {
  const words = new Set<string>();
  for (const { values, config } of fields)
    for (const value of new Set<unknown>(values))
      if (value !== null && words.size < 64) words.add(textOf(value as Value, config));
  const names = [...words];
  const colours = new Map(coloursByName(names).map((colour, i) => [names[i]!, colour]));
  const [low, high] = spanOf(fields);

  return (value, config) => {
    const mapped = mapValue(plain(value), config.mappings ?? []);
    const text = textOf(value, config);
    const mode = config.color?.mode ?? 'thresholds';
    if (mapped?.color) return { text, colour: stateColour(mapped.color), state: text };
    if (mode === 'fixed')
      return { text, colour: stateColour(config.color?.fixedColor ?? 'text'), state: text };
    if (typeof value !== 'number' || mode.startsWith('palette'))
      return { text, colour: colours.get(text) ?? 'var(--c0)', state: text };
    if (mode.startsWith('continuous'))
      return {
        text,
        colour: shadeOf(mode, value, config.min ?? low, config.max ?? high),
        state: text,
        scaled: value,
      };
    const step = stepOf(value, config);
    return {
      text,
      colour: step ? stateColour(step.color) : 'var(--c1)',
      state: mapped?.text === undefined && step ? stepText(step.value, config) : text,
    };
  };
}

const plain = (value: Value) => (typeof value === 'boolean' ? String(value) : value);
const textOf = (value: Value, config?: FieldConfig) => visible(displayText(plain(value), config));

/** A threshold's own words: "below 3", "3 to 5", "from 5". */
function stepText(from: number | null | undefined, config: FieldConfig): string {
  const ends = (config.thresholds?.steps ?? []).flatMap(({ value }) =>
    typeof value === 'number' ? value : [],
  );
  const percent = config.thresholds?.mode === 'percentage';
  const tell = (value: number) =>
    percent ? `${value}\u00a0%` : displayText(value, { ...config, mappings: [] });
  const next = typeof from === 'number' ? ends.find((end) => end > from) : ends[0];
  if (typeof from !== 'number') return next === undefined ? 'any' : `below ${tell(next)}`;
  return next === undefined ? `from ${tell(from)}` : `${tell(from)} to ${tell(next)}`;
}

/** A colour that a board gives a state: a judgement becomes the token of that state, other hues stay. */
export function stateColour(colour: string): string {
  const tone = toneOf(colour);
  return tone === 'ok' || tone === 'warn' || tone === 'crit' || tone === 'maint'
    ? toneColour(tone)
    : paintOf(colour).fill;
}

function spanOf(fields: readonly Field[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const field of fields) {
    if (field.type !== 'number') continue;
    for (const value of field.values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** By the scheme that the board names, or by lightness alone. */
function shadeOf(mode: string, value: number, low: number, high: number): string {
  const share = (value - low) / (high - low || 1);
  return (paintAt(mode, share) ?? paintAt('continuous-viridis', share))!.fill;
}

function cellsOf(
  field: Field,
  times: readonly (number | null)[],
  look: Look,
  { merge, stepMs, fromMs, toMs }: StateOptions,
): Cell[] {
  const config = field.config ?? {};
  const span = config.custom?.['spanNulls'];
  const bridge = span === true ? Infinity : typeof span === 'number' ? span : 0;
  const longest = onGrid(times, stepMs) ? stepMs : Infinity; // a value of a step says nothing of the next
  const cells: Cell[] = [];
  const values = field.values as readonly Value[];
  values.forEach((value, i) => {
    const at = times[i];
    if (value === null || value === undefined || at === null || at === undefined) return;
    const end = endOf(i, values, times, { longest, bridge, toMs });
    if (end <= fromMs || at >= toMs) return;
    const cell = {
      fromMs: Math.max(at, fromMs),
      toMs: Math.min(end, toMs),
      ...look(value, config),
    };
    const before = cells[cells.length - 1];
    const same = before?.state === cell.state && before.colour === cell.colour;
    if (merge && same && before.toMs >= cell.fromMs)
      cells[cells.length - 1] = { ...before, toMs: cell.toMs, text: mergedText(before, cell) };
    else cells.push(cell);
  });
  return cells;
}

/** Different numbers of one threshold are told by the threshold. */
const mergedText = (a: Cell, b: Cell) => (a.text === b.text ? a.text : a.state);

/** Until when a value holds: to the next one, to a hole, or for its step. */
function endOf(
  i: number,
  values: readonly Value[],
  times: readonly (number | null)[],
  { longest, bridge, toMs }: { longest: number; bridge: number; toMs: number },
): number {
  const at = times[i]!;
  let next = i + 1;
  while (next < values.length && (values[next] === null || times[next] === null)) next++;
  const later = times[next];
  if (later === undefined || later === null) {
    const hole = times[i + 1];
    return hole ?? Math.min(at + longest, toMs);
  }
  if (later - at <= Math.max(longest * 1.5, bridge)) {
    return next === i + 1 || later - at <= bridge ? later : (times[i + 1] ?? later);
  }
  return Math.min(at + longest, times[i + 1] ?? Infinity);
}

const onGrid = (times: readonly (number | null)[], stepMs: number): boolean =>
  stepMs > 0 &&
  times.length > 1 &&
  times.every((at, i) => i === 0 || ((at ?? 0) - (times[i - 1] ?? 0)) % stepMs === 0);

export interface StateKey {
  readonly state: string;
  readonly colour: string;
}

const SCALE_KEYS = 5;

/** The states there are, in the order they are met, each with its colour; of a scale, some from its lowest to its highest. */
export function legendOf(rows: readonly Row[], most = 24): StateKey[] {
  const seen = new Map<string, StateKey & { scaled?: number }>();
  for (const { cells } of rows)
    for (const { state, colour, scaled } of cells) {
      const key = `${colour} ${state}`;
      if (!seen.has(key)) seen.set(key, { state, colour, scaled });
    }
  const all = [...seen.values()];
  const scale = all
    .filter(({ scaled }) => scaled !== undefined)
    .sort((a, b) => a.scaled! - b.scaled!);
  const words = all.filter(({ scaled }) => scaled === undefined).slice(0, most);
  return [...words, ...(scale.length > SCALE_KEYS ? spread(scale, SCALE_KEYS) : scale)].map(
    ({ state, colour }) => ({ state, colour }),
  );
}

/** So many of a list, its ends among them. */
const spread = <T>(list: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))]!);

/** The cell at a moment; undefined where nothing was measured. */
export function cellAt({ cells }: Row, timeMs: number): Cell | undefined {
  let low = 0;
  let high = cells.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const cell = cells[middle]!;
    if (timeMs < cell.fromMs) high = middle - 1;
    else if (timeMs >= cell.toMs) low = middle + 1;
    else return cell;
  }
  return undefined;
}

/** How long the states of a row held, the longest first. */
export function lengthsOf({ cells }: Row): { state: string; colour: string; ms: number }[] {
  const by = new Map<string, { state: string; colour: string; ms: number }>();
  for (const { state, colour, fromMs, toMs } of cells) {
    const one = by.get(state) ?? { state, colour, ms: 0 };
    one.ms += toMs - fromMs;
    by.set(state, one);
  }
  return [...by.values()].sort((a, b) => b.ms - a.ms);
}

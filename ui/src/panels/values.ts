/** What stat, gauge and bar gauge show: one value for each series, reduced as the board asks. */
import { plain } from '../frames/compare';
import { displayText, toRegex } from '../frames/display';
import type { Field, FieldConfig, Frame } from '../frames/frame';
import { numbersOf, timeOf } from '../frames/frame';
import { REDUCERS, reducerOf } from '../frames/reduce';

export interface Reduced {
  readonly refId: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | null;
  /** Words, where a field of words was asked for: a version, a state. They are shown in place of the value. */
  readonly text?: string | null;
  readonly config: FieldConfig;
  readonly values: readonly (number | null)[];
  /** When the values were measured, where that is known. */
  readonly times?: readonly (number | null)[];
  /** Where the value stands: for its data links. */
  readonly field?: Field;
  readonly row?: number;
}

interface ReduceOptions {
  calcs?: string[];
  /** Every row its own value, not one for a series. */
  values?: boolean;
  limit?: number;
  /** Only fields of this name, or that this expression finds. */
  fields?: string;
}

const MOST = 1000;
const ROWS = 25; // Grafana's own limit where a board names none

/** What is shown of one: its words, else its number. */
export const shownOf = ({ text, value }: Reduced): string | number | null =>
  text === undefined ? value : text;

/** One entry a series and calculation. Queries that only feed the context line (`{B}`) are left out. */
export function reduced(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
  context = '',
): Reduced[] {
  const own = frames.filter(({ refId }) => !queriesIn(context).has(refId));
  const reduce = (options['reduceOptions'] ?? {}) as ReduceOptions;
  const regex = reduce.fields ? toRegex(reduce.fields) : null;
  const wanted = regex
    ? reduceAll(own, reduce, (field) => field.type !== 'time' && regex.test(field.name))
    : [];
  return wanted.length ? wanted : reduceAll(own, reduce, isNumber);
}

const isNumber = ({ type }: Field) => type === 'number';

function reduceAll(
  frames: readonly Frame[],
  { calcs = [], values: each, limit }: ReduceOptions,
  wanted: (field: Field) => boolean,
): Reduced[] {
  const all = frames.flatMap((frame) =>
    frame.fields
      .filter(wanted)
      .flatMap((field) => (each ? rowsAlone(frame, field) : calculated(frame, field, calcs))),
  );
  return all.slice(0, each ? (limit ?? ROWS) : MOST);
}

function calculated(frame: Frame, field: Field, calcs: readonly string[]): Reduced[] {
  const { name, labels = {}, config = {} } = field;
  const values = numbersIn(field);
  const one = { refId: frame.refId, labels, config, values, times: timeOf(frame)?.values, field };
  return (calcs.length ? calcs : ['lastNotNull']).map((calc) => ({
    ...one,
    name: nameOf(name, calc, calcs.length > 1),
    value: reducerOf(calc)(values),
    row: field.values.length === 1 ? 0 : undefined,
    ...(field.type === 'number' ? {} : { text: wordsOf(field, calc) }),
  }));
}

/** Several calculations of one series are told apart by their own name. */
function nameOf(name: string, calc: string, several: boolean): string {
  const title = REDUCERS[calc]?.title ?? calc;
  if (/\$\{?__calc\b\}?/.test(name)) return name.replace(/\$\{?__calc\b\}?/g, title);
  return several ? `${name}, ${title}` : name;
}

const numbersIn = (field: Field): readonly (number | null)[] =>
  field.type === 'number' || field.type === 'time' ? field.values : [];

/** The first or the last word that is there; a count is a number also of words. */
function wordsOf(field: Field, calc: string): string | null | undefined {
  const known = field.values.filter((value) => value !== null && value !== undefined);
  if (/count/i.test(calc)) {
    return String(/distinct|unique/i.test(calc) ? new Set(known).size : known.length);
  }
  const value = calc.startsWith('first') ? known[0] : known[known.length - 1];
  return value === undefined ? null : plain(value);
}

/** Every row is one, named by its words. */
function rowsAlone(frame: Frame, field: Field): Reduced[] {
  const { labels = {}, config = {} } = field;
  const words = frame.fields.filter((other) => other !== field && other.type === 'text');
  const alone = numbersOf(frame).every((other) => other === field);
  return field.values.map((value, row) => {
    const parts = words.flatMap(({ values, config: own }) => {
      const word = values[row];
      return typeof word === 'string' && word !== '' ? [displayText(word, own)] : [];
    });
    const name = config.displayName
      ? field.name
      : [...parts, ...(alone && parts.length ? [] : [field.name])].join(' ');
    const number = typeof value === 'number' ? value : null;
    const one = {
      refId: frame.refId,
      name,
      labels,
      config,
      value: number,
      values: [number],
      field,
      row,
    };
    return field.type === 'number' ? one : { ...one, text: value === null ? null : plain(value) };
  });
}

/**
 * Each with a span: what the board names, the whole for a share, else from the lowest to the highest value
 * of all of them, as Grafana reckons it. `fromZero` begins a quantity at nothing.
 */
export function withSpans(all: readonly Reduced[], fromZero = false): Reduced[] {
  const together = spanOver(all, fromZero);
  return all.map((one) => {
    const { config } = one;
    if (typeof config.min === 'number' && typeof config.max === 'number') return one;
    const { min, max } = isShare(config)
      ? { min: 0, max: config.unit === 'percent' ? 100 : 1 }
      : config.fieldMinMax
        ? spanOver([one], fromZero)
        : together;
    return { ...one, config: { ...config, min: config.min ?? min, max: config.max ?? max } };
  });
}

const isShare = ({ unit }: FieldConfig) => unit === 'percent' || unit === 'percentunit';

function spanOver(all: readonly Reduced[], fromZero: boolean): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const { values, value } of all) {
    for (const each of [...values, value]) {
      if (each === null || !Number.isFinite(each)) continue;
      min = Math.min(min, each);
      max = Math.max(max, each);
    }
  }
  if (min > max) return { min: 0, max: 100 };
  if (fromZero) [min, max] = [Math.min(min, 0), Math.max(max, 0)];
  return { min, max: max > min ? max : min + 100 };
}

/** By how much the last value differs from the first, as a share of the first; null where that says nothing. */
export function changeOf({ values }: Reduced): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const [first, last] = [known[0], known[known.length - 1]];
  if (known.length < 2 || first === undefined || last === undefined || first === 0) return null;
  return (last - first) / first;
}

const PLACE = /\{([A-Z][A-Za-z0-9]*)\}/g;
/** The queries that a context line speaks of; they are no values of their own. */
export const queriesIn = (context: string): ReadonlySet<string> =>
  new Set([...context.matchAll(PLACE)].map(([, refId]) => refId!));

const MAYBE = /\[([^\]]*)\]/g;

/**
 * The context line with its values filled in. For one of several rows, the value with the same labels.
 * Empty where a value is missing: half a sentence claims what nobody measured. What stands in square
 * brackets is left out alone.
 */
export function contextOf(
  context: string | undefined,
  frames: readonly Frame[],
  row?: Reduced,
): string {
  const certain = context?.replace(MAYBE, (_, part: string) => filledIn(part, frames, row));
  return filledIn(certain, frames, row);
}

function filledIn(context: string | undefined, frames: readonly Frame[], row?: Reduced): string {
  if (!context) return '';
  let whole = true;
  const wanted = queriesIn(context);
  const all = reduceAll(
    frames.filter(({ refId }) => wanted.has(refId)),
    {},
    isNumber,
  );
  const text = context.replace(PLACE, (_, refId: string) => {
    const found = all.find(
      (one) => one.refId === refId && (!row || sameLabels(one.labels, row.labels)),
    );
    if (!found || found.value === null || Number.isNaN(found.value)) whole = false;
    return found ? displayText(found.value, found.config) : '';
  });
  return whole ? text : '';
}

function sameLabels(a: Reduced['labels'], b: Reduced['labels']): boolean {
  const names = Object.keys(a).filter((name) => name !== '__name__' && Object.hasOwn(b, name));
  return names.length > 0 && names.every((name) => a[name] === b[name]);
}

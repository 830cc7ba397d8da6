/** What stat, gauge and bar gauge show: one value for each series, reduced as the board asks. */
import { displayText, toRegex } from '../frames/display';
import type { FieldConfig, Frame } from '../frames/frame';
import { numbersOf } from '../frames/frame';
import { reducerOf } from '../frames/reduce';

export interface Reduced {
  readonly refId: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | null;
  readonly config: FieldConfig;
  readonly values: readonly (number | null)[];
}

interface ReduceOptions {
  calcs?: string[];
  /** Every row its own value, not one for a series. */
  values?: boolean;
  limit?: number;
  /** Only fields of this name, or that this expression finds. */
  fields?: string;
}

const MOST = 100;

/** One entry a series. Queries that only feed the context line (`{B}`) are left out. */
export function reduced(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
  context = '',
): Reduced[] {
  const own = frames.filter(({ refId }) => !queriesIn(context).has(refId));
  const reduce = (options['reduceOptions'] ?? {}) as ReduceOptions;
  const all = reduceAll(own, reduce);
  const regex = reduce.fields ? toRegex(reduce.fields) : null;
  const wanted = regex ? all.filter(({ name }) => regex.test(name)) : all;
  return wanted.length ? wanted : all;
}

function reduceAll(
  frames: readonly Frame[],
  { calcs, values: each, limit = MOST }: ReduceOptions,
): Reduced[] {
  const reduce = reducerOf(calcs?.[0]);
  return frames
    .flatMap((frame) => {
      const text = frame.fields.find((field) => field.type === 'text');
      return numbersOf(frame).flatMap(({ name, labels = {}, values, config = {} }): Reduced[] => {
        const one = { refId: frame.refId, name, labels, config };
        if (!each) return [{ ...one, value: reduce(values), values }];
        return values.map((value, row) => ({
          ...one,
          name: text?.values[row] ?? name,
          value,
          values: [value],
        }));
      });
    })
    .slice(0, limit);
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

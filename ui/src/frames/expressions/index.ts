/**
 * Grafana's server-side expressions, computed here. In: the expressions of a panel and the frames of its queries, by
 * letter. Out: frames by letter, and a sentence for each that could not be computed.
 *
 * A query's answer is a set of items (items.ts): numbers and series, told apart by their labels. `math` parses
 * a formula (parse.ts) and joins sets by labels (math.ts); `reduce`, `resample`, `threshold` and
 * `classic_conditions` take one set each (operations.ts). A hole stays a hole: nothing is computed from it.
 */
import type { Frame } from '../frame';
import { itemsOf, toFrames, type Item } from './items';
import { compute } from './math';
import { classic, reduceItems, resample, threshold } from './operations';
import { parse } from './parse';
import { Refused } from './refused';

/** A server-side expression of a board: what it computes from other targets by their `refId`. */
export interface Expression {
  /** `math`, `reduce`, `resample`, `threshold`, `classic_conditions`; `sql` is refused. */
  readonly type: string;
  /** The formula of `math` (`$A / $B * 100`), else the `refId` it works on. */
  readonly expression: string;
  readonly reducer?: string;
  readonly settings?: { readonly mode?: string; readonly replaceWithValue?: number };
  /** Of `resample`: the width of a step and how values are moved onto it. */
  readonly window?: string;
  readonly downsampler?: string;
  readonly upsampler?: string;
  readonly conditions?: readonly unknown[];
}

/** A target of a board, as far as expressions go. */
export interface ExpressionTarget {
  readonly refId: string;
  readonly expression?: Expression;
}

export interface Evaluated {
  readonly frames: ReadonlyMap<string, readonly Frame[]>;
  readonly problems: readonly string[];
}

const DEEPEST_CHAIN = 50;

/** Computes every target that has an expression; `byRefId` holds the answers of the queries. Never throws. */
export function evaluate(
  targets: readonly ExpressionTarget[],
  byRefId: ReadonlyMap<string, readonly Frame[]>,
): Evaluated {
  const expressions = new Map(
    targets.filter((one) => one.expression).map((one) => [one.refId, one]),
  );
  const done = new Map<string, readonly Item[]>();
  const problems: string[] = [];
  const under = new Set<string>();

  const itemsFor = (refId: string): readonly Item[] => {
    const known = done.get(refId);
    if (known) return known;
    const target = expressions.get(refId);
    if (!target) {
      const frames = byRefId.get(refId);
      if (!frames) throw new Refused(`there is no answer to a query ${refId}`);
      const items = itemsOf(frames);
      done.set(refId, items);
      return items;
    }
    if (under.has(refId)) throw new Refused(`it depends on itself, by way of ${refId}`);
    if (under.size >= DEEPEST_CHAIN)
      throw new Refused(`it stands on more than ${DEEPEST_CHAIN} others`);
    under.add(refId);
    try {
      const items = evaluateOne(target.expression!, itemsFor);
      done.set(refId, items);
      return items;
    } finally {
      under.delete(refId);
    }
  };

  const frames = new Map<string, readonly Frame[]>();
  for (const refId of expressions.keys()) {
    try {
      frames.set(refId, toFrames(refId, itemsFor(refId)));
    } catch (error) {
      const why =
        error instanceof Refused ? error.message : 'it does not have the form that it needs';
      problems.push(`Expression ${refId} was not computed: ${why}`);
    }
  }
  return { frames, problems };
}

type Ask = (refId: string) => readonly Item[];

function evaluateOne(
  target: NonNullable<ExpressionTarget['expression']>,
  ask: Ask,
): readonly Item[] {
  const input = () => ask(letterOf(target.expression));
  switch (target.type) {
    case 'math':
      return compute(parse(target.expression), ask);
    case 'reduce':
      return reduceItems(input(), target.reducer, target.settings);
    case 'resample':
      return resample(input(), target.window, target.downsampler, target.upsampler);
    case 'threshold':
      return threshold(input(), target.conditions ?? []);
    case 'classic_conditions':
      return classic(target.conditions ?? [], ask);
    case 'sql':
      throw new Refused(
        'SQL over answers is not available in Oriel; join and reduce by transformations',
      );
    default:
      throw new Refused(`there is no kind of expression called "${target.type}"`);
  }
}

/** `A`, `$A` or `${A}`. */
const letterOf = (text: string): string => text.trim().replace(/^\$\{?([^}]*)\}?$/, '$1');

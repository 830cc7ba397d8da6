/** Computes a formula over sets of items, joining them by their labels. */
import type { Labels } from '../legend';
import { bounded, nameless, type Item, type Value } from './items';
import { FUNCTIONS, type Formula, type Operator } from './parse';
import { Refused } from './refused';

type Ask = (refId: string) => readonly Item[];
const MOST_COMPARISONS = 5_000_000;

/** A set of items, or one number without labels. */
export function compute(formula: Formula, ask: Ask): Item[] {
  switch (formula.kind) {
    case 'constant':
      return [{ kind: 'number', labels: {}, value: formula.value }];
    case 'answer':
      return [...ask(formula.refId)];
    case 'minus':
      return compute(formula.of, ask).map((item) => each(item, (value) => value && -value));
    case 'not':
      return compute(formula.of, ask).map((item) =>
        each(
          item,
          known((value) => (Number.isNaN(value) ? value : Number(value === 0))),
        ),
      );
    case 'call': {
      const of = FUNCTIONS[formula.name];
      const apply = formula.name.startsWith('is_') ? aboutHoles(formula.name, of) : known(of);
      return compute(formula.of, ask).map((item) => each(item, apply));
    }
    case 'binary':
      return joined(compute(formula.left, ask), compute(formula.right, ask), formula.operator);
  }
}

const known = (of: (value: number) => number) => (value: Value) =>
  value === null ? null : of(value);
/** `is_null` of a hole is 1, and a hole is neither NaN nor a number: these answers are of what is there. */
const aboutHoles = (name: string, of: (value: number) => number) => (value: Value) =>
  value === null ? Number(name === 'is_null') : of(value);

export function each(item: Item, of: (value: Value) => Value): Item {
  return item.kind === 'number'
    ? { ...item, value: of(item.value) }
    : { ...item, values: item.values.map(of) };
}

/**
 * Items join whose labels are equal or of which one has all of the other's; one without labels joins any, and two
 * that are alone join whatever they are called. The metric's name is no label here: no two queries share it.
 */
function joined(left: readonly Item[], right: readonly Item[], operator: Operator): Item[] {
  if (left.length * right.length > MOST_COMPARISONS) {
    throw new Refused(`it joins ${left.length} items with ${right.length}, which are too many`);
  }
  const alone = left.length === 1 && right.length === 1;
  const lefts = left.map((item) => ({ item, labels: nameless(item.labels) }));
  const rights = right.map((item) => ({ item, labels: nameless(item.labels) }));
  const results = lefts.flatMap((a) =>
    rights.flatMap((b) => {
      if (within(a.labels, b.labels)) return combined(a.item, b.item, labelsOf(b, a), operator);
      return alone || within(b.labels, a.labels)
        ? combined(a.item, b.item, labelsOf(a, b), operator)
        : [];
    }),
  );
  return bounded(results);
}

interface Side {
  readonly item: Item;
  readonly labels: Labels;
}
/** Next to a bare number the name stays; two measurements together have none. */
const labelsOf = (wide: Side, narrow: Side): Labels =>
  Object.keys(narrow.item.labels).length === 0 ? wide.item.labels : wide.labels;

const within = (few: Labels, many: Labels): boolean =>
  Object.entries(few).every(([name, value]) => Object.hasOwn(many, name) && many[name] === value);

function combined(a: Item, b: Item, labels: Labels, operator: Operator): Item {
  const of = (x: Value, y: Value): Value =>
    x === null || y === null ? null : operate(operator, x, y);
  if (a.kind === 'number' && b.kind === 'number') {
    const timeMs =
      a.timeMs === undefined || b.timeMs === undefined ? (a.timeMs ?? b.timeMs) : a.timeMs;
    return { kind: 'number', labels, value: of(a.value, b.value), timeMs };
  }
  if (a.kind === 'number') return { ...each(b, (value) => of(a.value, value)), labels };
  if (b.kind === 'number') return { ...each(a, (value) => of(value, b.value)), labels };
  const rowOf = new Map(b.times.map((time, row) => [time, row]));
  const shared = a.times.flatMap((time, row) =>
    rowOf.has(time) ? [[row, rowOf.get(time)!] as const] : [],
  );
  return {
    kind: 'series',
    labels,
    times: shared.map(([row]) => a.times[row] ?? null),
    values: shared.map(([row, other]) => of(a.values[row] ?? null, b.values[other] ?? null)),
  };
}

/** What one side alone decides is decided; else NaN on either side is NaN, also of a comparison. */
function operate(operator: Operator, a: number, b: number): number {
  if (operator === '||' && a !== 0 && !Number.isNaN(a)) return 1;
  if (operator === '&&' && a === 0) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  switch (operator) {
    case '||':
      return Number(b !== 0);
    case '&&':
      return Number(b !== 0);
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '>':
      return Number(a > b);
    case '<':
      return Number(a < b);
    case '>=':
      return Number(a >= b);
    case '<=':
      return Number(a <= b);
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
  }
}

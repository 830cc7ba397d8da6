/**
 * What the library makes of holes, put right. There `null * 2` is 0, the sum of nothing is 0 and a hole as text
 * is "null"; here what was not measured stays a hole. The library runs first; then, where a cell could have
 * come of holes alone, a second run over marked data tells which cells did.
 */
import {
  fieldReducers,
  FieldType,
  getFieldDisplayName,
  standardTransformers,
  type DataFrame,
  type Field,
} from '@grafana/data';
import { fieldNamed } from './bounds';
import type { Json } from './table';
import { moving, runningTotals } from './windows';

export type Run = (frames: DataFrame[], changed?: Json) => DataFrame[];
type Keep = (frames: DataFrame[], options: Json, run: Run) => DataFrame[];

/** Runs a transformation so that no hole becomes a number. */
export function keepHoles(id: string, frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  return (KEEPERS[id] ?? ((input, _, plainRun) => plainRun(input)))(frames, options, run);
}

const KEEPERS: Readonly<Record<string, Keep>> = {
  convertFieldType: keepCells,
  formatTime: keepCells,
  formatString: keepCells,
  calculateField: keepInCalculation,
  groupBy: keepInGroups,
  groupToNestedTable: keepInGroups,
  reduce: keepInReduction,
};

/** Reducers that have an answer to nothing at all. */
const COUNTING: ReadonlySet<string> = new Set([
  'count',
  'countAll',
  'changeCount',
  'distinctCount',
  'allIsNull',
  'allIsZero',
  'allValues',
  'uniqueValues',
]);

type Cells = unknown[];
const isHole = (value: unknown): boolean => value === null || value === undefined;

const withValues = (
  frame: DataFrame,
  change: (field: Field, index: number) => Cells,
): DataFrame => ({
  ...frame,
  fields: frame.fields.map((field, i) => {
    const values = change(field, i);
    return values === field.values ? field : { ...field, values };
  }),
});

const holesWhere = (values: Cells, hole: (row: number) => boolean): Cells =>
  values.some((value, row) => value !== null && hole(row))
    ? values.map((value, row) => (hole(row) ? null : value))
    : values;

/** Numbers as 1 and holes as something that tells on them. */
const marked = (frames: DataFrame[], hole: null | typeof NaN, unless?: (field: Field) => boolean) =>
  frames.map((frame) =>
    withValues(frame, (field) =>
      field.type !== FieldType.number || unless?.(field)
        ? field.values
        : (field.values as Cells).map((value) => (isHole(value) ? hole : 1)),
    ),
  );

/** The same cells in another form: a hole before is a hole after. */
function keepCells(frames: DataFrame[], _: Json, run: Run): DataFrame[] {
  return run(frames).map((frame, i) =>
    withValues(frame, (field, k) => {
      const before = frames[i]?.fields[k]?.values as Cells | undefined;
      return before ? holesWhere(field.values, (row) => isHole(before[row])) : field.values;
    }),
  );
}

function keepInCalculation(frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  const input = asColumns(frames, options);
  switch (options['mode'] ?? 'reduceRow') {
    case 'binary':
    case 'unary':
      return withoutContagion(run(input), run(marked(input, NaN)));
    case 'reduceRow':
      return keepInRows(input, options, run);
    case 'cumulativeFunctions':
    case 'windowFunctions':
      return recomputed(input, options, run);
    default:
      return run(input);
  }
}

/** As the library does first by itself; then holes are null, which some of its reducers need. */
function asColumns(frames: DataFrame[], options: Json): DataFrame[] {
  const right = (options['binary'] as { right?: unknown } | undefined)?.right;
  const fixed = typeof right === 'object' ? (right as { fixed?: unknown } | null)?.fixed : right;
  const constant = options['mode'] === 'binary' && !Number.isNaN(Number(fixed ?? NaN));
  if (options['timeSeries'] === false || constant) return frames;
  const joined = standardTransformers.ensureColumnsTransformer.transformer({}, CONTEXT)(frames);
  return joined.map((frame) =>
    withValues(frame, ({ values }) => holesWhere(values, (row) => isHole(values[row]))),
  );
}
const CONTEXT = { interpolate: (text: string) => text };

/** A cell whose double came out as NaN, though everything known was 1, came of a hole. */
const withoutContagion = (frames: DataFrame[], doubles: DataFrame[]): DataFrame[] =>
  frames.map((frame, i) =>
    withValues(frame, (field, k) => {
      const double = doubles[i]?.fields[k]?.values as Cells | undefined;
      if (field.type !== FieldType.number || !double) return field.values;
      return holesWhere(field.values, (row) => isHole(double[row]) || Number.isNaN(double[row]));
    }),
  );

/** Reduces each row; a row of nothing but holes has no sum. Holes do not count as 0 in a median either. */
function keepInRows(frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  const reduce = { reducer: 'sum', ...(options['reduce'] as Json | undefined) } as Json;
  const reducer = String(reduce['reducer']);
  if (COUNTING.has(reducer)) return run(frames);
  const output = run(frames, { ...options, reduce: { nullValueMode: 'connected', ...reduce } });
  const empty = run(marked(frames, null), {
    ...options,
    reduce: { ...reduce, reducer: 'allIsNull' },
  });
  return output.map((frame, i) =>
    withValues(frame, (field, k) => {
      const nothing = empty[i]?.fields[k]?.values as Cells | undefined;
      const isNew =
        k === frame.fields.length - 1 && nothing?.some((value) => typeof value === 'boolean');
      return isNew
        ? holesWhere(
            field.values,
            (row) => nothing![row] === true || field.values[row] === Number.MAX_VALUE,
          )
        : field.values;
    }),
  );
}

/** Sums and windows, over what is known alone. The library's run gives the column its name and place. */
function recomputed(frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  const window = options['mode'] === 'windowFunctions';
  const own = { ...(options[window ? 'window' : 'cumulative'] as Json | undefined) };
  const output = run(frames);
  const sources = frames.flatMap((frame) => {
    const source = own['field']
      ? fieldNamed(frame, own['field'], frames)
      : frame.fields.find(({ type }) => type === FieldType.number);
    return source ? [source] : options['replaceFields'] ? [] : [undefined];
  });
  return output.map((frame, i) => {
    const source = sources[i];
    if (!source) return frame;
    const values = window
      ? moving(source.values as Cells, own)
      : runningTotals(source.values as Cells, own['reducer'] === 'mean');
    const last = frame.fields.length - 1;
    return withValues(frame, (field, k) => (k === last ? values : field.values));
  });
}

/** A group of nothing but holes has no sum. */
function keepInGroups(frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  const keys = groupedNames(options);
  const isKey = (field: Field) => keys.has(field.name) || keys.has(getFieldDisplayName(field));
  const output = run(frames);
  const empty = run(marked(frames, null, isKey), asking(options, ['allIsNull']));
  const numbers = new Set(
    frames.flatMap(({ fields }) =>
      fields.filter(({ type }) => type === FieldType.number).map((f) => getFieldDisplayName(f)),
    ),
  );
  return output.map((frame, i) =>
    withValues(frame, (field) => {
      const [, base, calc] = /^(.*) \((\w+)\)$/s.exec(field.name) ?? [];
      if (!base || !calc || COUNTING.has(calc) || !numbers.has(base)) return field.values;
      const nothing = empty[i]?.fields.find(({ name }) => name === `${base} (allIsNull)`)
        ?.values as Cells | undefined;
      if (!nothing) return field.values;
      return holesWhere(
        field.values,
        (row) => nothing[row] === true || field.values[row] === Number.MAX_VALUE,
      );
    }),
  );
}

interface Rule {
  operation?: string;
  aggregations?: unknown;
  matcher?: { options?: unknown };
}
/** Both forms of the options: fields by name, and a list of rules. */
function groupedNames({ fields, rules }: Json): Set<string> {
  const named = Object.entries((fields ?? {}) as Record<string, Rule>);
  const ruled = (Array.isArray(rules) ? (rules as Rule[]) : []).map((rule): [string, Rule] => [
    String(rule.matcher?.options),
    rule,
  ]);
  return new Set(
    [...named, ...ruled].filter(([, rule]) => rule?.operation === 'groupby').map(([name]) => name),
  );
}

function asking({ fields, rules, ...rest }: Json, aggregations: string[]): Json {
  const changed = (rule: Rule) =>
    rule?.operation === 'aggregate' && Array.isArray(rule.aggregations) && rule.aggregations.length
      ? { ...rule, aggregations }
      : rule;
  return {
    ...rest,
    ...(fields === undefined
      ? {}
      : {
          fields: Object.fromEntries(
            Object.entries(fields as Record<string, Rule>).map(([name, rule]) => [
              name,
              changed(rule),
            ]),
          ),
        }),
    ...(Array.isArray(rules) ? { rules: (rules as Rule[]).map(changed) } : {}),
  };
}

function keepInReduction(frames: DataFrame[], options: Json, run: Run): DataFrame[] {
  const given = Array.isArray(options['reducers']) ? (options['reducers'] as string[]) : undefined;
  const reducers = fieldReducers.list(given ?? ['max']).map(({ id }) => id);
  const output = run(frames);
  if (reducers.length === 0 || given?.length === 0) return output;
  const doubles = run(marked(frames, null));
  const empty = run(marked(frames, null), { ...options, reducers: ['allIsNull'] });
  const inPlace = options['mode'] === 'reduceFields';
  return output.map((frame, i) => {
    const firstCalc = inPlace ? 0 : frame.fields.length - reducers.length;
    return withValues(frame, (field, k) => {
      const calc = reducers[(k - firstCalc) % reducers.length] ?? '';
      if (k < firstCalc || COUNTING.has(calc)) return field.values;
      const nothing = empty[i]?.fields[inPlace ? Math.floor(k / reducers.length) : firstCalc]
        ?.values as Cells | undefined;
      const double = doubles[i]?.fields[k]?.values as Cells | undefined;
      const isNumber = field.type === FieldType.number;
      return holesWhere(
        field.values,
        (row) =>
          (isNumber && nothing?.[row] === true) ||
          (isNumber && Number.isNaN(double?.[row])) ||
          field.values[row] === Number.MAX_VALUE,
      );
    });
  });
}

/** What holds for every transformation, whatever the frames and the options. The seed is in every message. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Field, Frame } from '../frame';
import { isReducer } from '../reduce';
import { transform } from '.';
import { TRANSFORMS } from './table';
import { fieldOf } from './testing';

const IDS = [...TRANSFORMS.keys()];

function randomOf(seed: number) {
  let state = seed;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  return { below, pick };
}
type Random = ReturnType<typeof randomOf>;

const NAMES = ['Time', 'host', 'a', 'b', 'Value', 'constructor', '__proto__'];

/** Frames without a single 0, so that a 0 that comes out was made up. All values are frozen. */
function framesOf({ below, pick }: Random): Frame[] {
  return Array.from({ length: 1 + below(3) }, (_, i): Frame => {
    const rows = below(5);
    const column = (make: () => unknown) =>
      Object.freeze(Array.from({ length: rows }, () => (below(3) ? make() : null)));
    const fields = Array.from({ length: 1 + below(4) }, (): Field => {
      const name = pick(NAMES);
      if (name === 'Time')
        return {
          name,
          type: 'time',
          values: Object.freeze(Array.from({ length: rows }, (_, k) => 1000 + k)),
        };
      if (name === 'host')
        return {
          name,
          type: 'text',
          values: column(() => pick(['web', 'db', '{"x":3}', 'k=v'])) as string[],
        };
      return {
        name,
        type: 'number',
        labels: below(2) ? { host: pick(['web', 'db']), constructor: 'c' } : undefined,
        values: column(() => pick([3, 7.5, -2, NaN])) as number[],
      };
    });
    return { refId: 'ABC'[i]!, fields };
  });
}

const KEYS = [
  'fields',
  'mode',
  'reduce',
  'reducers',
  'reducer',
  'include',
  'exclude',
  'names',
  'pattern',
  'binary',
  'left',
  'right',
  'operator',
  'unary',
  'fieldName',
  'window',
  'windowSize',
  'cumulative',
  'field',
  'byField',
  'sort',
  'desc',
  'limitField',
  'conversions',
  'targetField',
  'destinationType',
  'source',
  'format',
  'filters',
  'config',
  'id',
  'options',
  'value',
  'type',
  'match',
  'mappings',
  'handlerKey',
  'host',
  'a',
  'Time',
  'operation',
  'aggregations',
  'regex',
  'renamePattern',
  'bucketSize',
  'rules',
  'matcher',
  'columnField',
  'rowField',
  'valueField',
  'xBuckets',
  'yBuckets',
  'naming',
  'jsonPaths',
  'path',
  'alias',
  'delimiter',
  'degree',
  'excludeByName',
  'renameByName',
  'indexByName',
  'orderBy',
  'orderByMode',
  'join',
  'applyTo',
  'targetType',
  'A',
  'stat',
];
const WORDS = [
  ...NAMES,
  'sum',
  'max',
  'last',
  'nope',
  'groupby',
  'aggregate',
  'binary',
  'unary',
  'windowFunctions',
  'cumulativeFunctions',
  'outer',
  'inner',
  'outerTabular',
  'byName',
  'byRegexp',
  'numeric',
  'greater',
  'regex',
  '(',
  '.*',
  'number',
  'string',
  'time',
  'boolean',
  'enum',
  'json',
  'kvp',
  'reduceFields',
  'A',
  '+',
  '/',
  'percentage',
  'fixed',
  'rows',
  'columns',
  'wide',
  'long',
  'auto',
  '',
  '\u2063',
  '1s',
];

/** Any JSON, leaning towards the words that options have. */
function jsonOf(random: Random, depth: number): unknown {
  const { below, pick } = random;
  const kind = below(depth > 3 ? 4 : 7);
  if (kind === 0) return pick([0, 1, -1, 2, 1e9, 0.1]);
  if (kind === 1) return pick([true, false, null]);
  if (kind < 4) return pick(WORDS);
  const size = below(4);
  if (kind === 4) return Array.from({ length: size }, () => jsonOf(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size + 1 }, () => [pick(KEYS), jsonOf(random, depth + 1)]),
  );
}

test('whatever the options, there are frames or a sentence', async () => {
  for (let seed = 1; seed <= 3_000; seed++) {
    const random = randomOf(seed);
    const frames = framesOf(random);
    const id = random.pick(IDS);
    const options = jsonOf(random, 0);
    const told = `seed ${seed}: ${id} ${JSON.stringify(options)}`;

    const result = await transform(frames, [
      { id, options, filter: random.below(4) ? undefined : (jsonOf(random, 1) as never) },
    ]);

    expect(result.unknown, told).toEqual([]);
    for (const frame of result.frames) {
      for (const { name, values } of frame.fields) {
        expect(typeof name, told).toBe('string');
        expect(values.includes(undefined as never), told).toBe(false);
      }
    }
  }
});

const everyOption = (names: readonly string[]): Readonly<Record<string, readonly unknown[]>> => ({
  reduce: [
    'sum',
    'delta',
    'variance',
    'stdDev',
    'diffperc',
    'median',
    'mean',
    'p90',
    'logmin',
  ].flatMap((calc) => [
    { reducers: [calc] },
    { reducers: [calc, 'max'] },
    { reducers: [calc], mode: 'reduceFields' },
  ]),
  groupBy: ['sum', 'delta', 'median', 'stdDev', 'logmin'].map((calc) => ({
    fields: {
      host: { operation: 'groupby', aggregations: [] },
      ...Object.fromEntries(
        names.map((name) => [name, { operation: 'aggregate', aggregations: [calc, 'max'] }]),
      ),
    },
  })),
  calculateField: [
    ...['sum', 'median', 'delta', 'stdDev'].map((reducer) => ({
      mode: 'reduceRow',
      reduce: { reducer },
    })),
    ...['+', '*', '/'].map((operator) => ({
      mode: 'binary',
      binary: { left: 'a', operator, right: 'b' },
    })),
    ...['+', '*'].map((operator) => ({
      mode: 'binary',
      binary: { left: 'a', operator, right: '3' },
    })),
    ...['abs', 'round', 'percent'].map((operator) => ({
      mode: 'unary',
      unary: { operator, fieldName: 'a' },
    })),
    ...['sum', 'mean'].map((reducer) => ({
      mode: 'cumulativeFunctions',
      cumulative: { reducer, field: 'a' },
    })),
    ...['trailing', 'centered'].map((windowAlignment) => ({
      mode: 'windowFunctions',
      window: {
        field: 'a',
        reducer: 'mean',
        windowSizeMode: 'fixed',
        windowSize: 2,
        windowAlignment,
      },
    })),
  ],
  convertFieldType: ['number', 'string', 'time'].map((destinationType) => ({
    conversions: [{ targetField: 'a', destinationType }],
  })),
  joinByField: [{}, { byField: 'host' }, { byField: 'host', mode: 'outerTabular' }],
  merge: [{}],
  concatenate: [{}],
  seriesToRows: [{}],
  sortBy: [{ sort: [{ field: 'a' }] }],
  groupingToMatrix: [{ columnField: 'host', rowField: 'Time', valueField: 'a' }],
  prepareTimeSeries: [{ format: 'wide' }, { format: 'long' }, { format: 'many' }],
  labelsToFields: [{}],
  transpose: [{}],
  rowsToFields: [{}],
  partitionByValues: [{ fields: ['host'] }],
});

/** Numbers above 0 and holes alone, in columns of different names. */
function positiveFrames({ below }: Random): Frame[] {
  const rows = 1 + below(4);
  const numbers = (share: number) =>
    Object.freeze(Array.from({ length: rows }, () => (below(share) ? 1 + below(9) + 0.5 : null)));
  return [
    {
      refId: 'A',
      fields: [
        {
          name: 'Time',
          type: 'time',
          values: Object.freeze(Array.from({ length: rows }, (_, i) => 1000 + i)),
        },
        fieldOf(
          'host',
          Array.from({ length: rows }, () => (below(2) ? 'web' : 'db')),
        ),
        { name: 'a', type: 'number', values: numbers(2) },
        {
          name: 'b',
          type: 'number',
          values: below(2) ? numbers(3) : Object.freeze(new Array<null>(rows).fill(null)),
        },
      ],
    },
    {
      refId: 'B',
      fields: [
        {
          name: 'Time',
          type: 'time',
          values: Object.freeze(Array.from({ length: rows }, (_, i) => 1001 + i)),
        },
        { name: 'c', type: 'number', labels: { host: 'web' }, values: numbers(2) },
      ],
    },
  ];
}

/** Differences and spreads of equal or single numbers are a measured 0. */
const MAY_BE_0 = /delta|variance|stdDev|StdDev|diffperc|Delta|Variance|Difference/;

test('no 0 is made of a hole', async () => {
  for (const [id, list] of Object.entries(everyOption(['a', 'b', 'c']))) {
    for (const options of list) {
      for (let seed = 1; seed <= 12; seed++) {
        const frames = positiveFrames(randomOf(seed * 7919)).slice(0, 1 + (seed % 2));
        const told = `seed ${seed}: ${id} ${JSON.stringify(options)}`;
        const may = MAY_BE_0.test(JSON.stringify(options));

        const { frames: after, refused } = await transform(frames, [{ id, options }]);

        expect(refused, told).toEqual([]);
        for (const { name, type, values } of after.flatMap(({ fields }) => fields)) {
          if (type !== 'number') continue;
          if (!may) expect(values.includes(0), `${told}: ${name}`).toBe(false);
          expect(
            values.some((value) => Number.isNaN(value)),
            `${told}: ${name}`,
          ).toBe(false);
          expect(values.includes(Number.MAX_VALUE), `${told}: ${name}`).toBe(false);
        }
      }
    }
  }
});

test.each([
  'sum',
  'delta',
  'variance',
  'stdDev',
  'diffperc',
  'median',
  'p50',
  'mean',
  'logmin',
  'range',
  'lastNotNull',
])('%s of holes alone is a hole', async (calc) => {
  const frames: Frame[] = [
    {
      refId: 'A',
      fields: [
        fieldOf('host', ['web', 'web']),
        { name: 'a', type: 'number', values: [null, null] },
      ],
    },
  ];
  const fields = {
    host: { operation: 'groupby' },
    a: { operation: 'aggregate', aggregations: [calc] },
  };
  const last = async (id: string, options: unknown) =>
    (await transform(frames, [{ id, options }])).frames[0]!.fields.at(-1)!.values;

  expect(await last('groupBy', { fields })).toEqual([null]);
  expect(await last('calculateField', { mode: 'reduceRow', reduce: { reducer: calc } })).toEqual([
    null,
    null,
  ]);
  expect(await last('reduce', { reducers: [calc], fields: { id: 'numeric' } })).toEqual([null]);
  expect(await last('reduce', { reducers: [calc], mode: 'reduceFields' })).toEqual([null]);
});

test.each([
  'organize',
  'order',
  'rename',
  'renameByRegex',
  'sortBy',
  'calculateField',
  'convertFieldType',
  'formatTime',
  'formatString',
  'labelsToFields',
  'extractFields',
  'noop',
])('%s keeps every row', async (id) => {
  for (let seed = 1; seed <= 30; seed++) {
    const frames = framesOf(randomOf(seed));
    const result = await transform(frames, [
      { id, options: id === 'calculateField' ? { mode: 'index' } : {} },
    ]);
    const rows = (all: readonly Frame[]) =>
      all.map(({ fields }) => Math.max(...fields.map(({ values }) => values.length)));
    if (result.frames.length === frames.length)
      expect(rows(result.frames), `seed ${seed}`).toEqual(rows(frames));
  }
});

const BOARDS = join(process.cwd(), '../../shared/conformance/dashboards');

test('every transformation and every reducer of real boards is known', ({ skip }) => {
  if (!existsSync(BOARDS)) skip(`no boards in ${BOARDS}: not counted`);
  const [ids, calcs] = [new Map<string, number>(), new Map<string, number>()];
  const count = (map: Map<string, number>, key: unknown) => {
    if (typeof key === 'string') map.set(key, (map.get(key) ?? 0) + 1);
  };
  const lists: Record<string, (item: unknown) => void> = {
    transformations: (item) => {
      const { id, group, kind } = item as { id?: string; group?: string; kind?: string };
      count(ids, id ?? group ?? kind); // group and kind: the two resource forms
    },
    calcs: (item) => count(calcs, item),
    reducers: (item) => count(calcs, item),
    aggregations: (item) => count(calcs, item),
  };
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (Array.isArray(inner)) inner.forEach((item) => lists[key]?.(item));
      if (key === 'valueName') count(calcs, inner);
      walk(inner);
    }
  };
  const files = readdirSync(BOARDS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /[/\\].*\.json$/.test(file),
  );
  files.forEach((file) => walk(JSON.parse(readFileSync(join(BOARDS, file), 'utf8'))));

  expect(files.length).toBeGreaterThan(80);
  expect(ids.size).toBeGreaterThan(15);
  expect([...ids.keys()].filter((id) => !TRANSFORMS.has(id))).toEqual([]);
  expect(calcs.size).toBeGreaterThan(8);
  expect([...calcs.keys()].filter((calc) => !isReducer(calc))).toEqual([]);
});

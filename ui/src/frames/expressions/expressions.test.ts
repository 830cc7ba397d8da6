import type { Frame } from '../frame';
import { evaluate, type ExpressionTarget } from '.';

const series = (
  refId: string,
  values: (number | null)[],
  labels: Record<string, string> = {},
  step = 15_000,
): Frame => ({
  refId,
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * step) },
    { name: refId, type: 'number', labels, values },
  ],
});
const now = (refId: string, value: number | null, labels: Record<string, string> = {}) =>
  series(refId, [value], labels);
const expression = (
  refId: string,
  own: Partial<NonNullable<ExpressionTarget['expression']>>,
): ExpressionTarget => ({
  refId,
  expression: { type: 'math', expression: '', ...own },
});
const math = (text: string, frames: Record<string, Frame[]> = {}) => {
  const { frames: found, problems } = evaluate(
    [expression('X', { expression: text })],
    new Map(Object.entries(frames)),
  );
  return { frames: found.get('X') ?? [], problems };
};
const numbers = (frames: readonly Frame[]) =>
  frames.map((frame) => frame.fields.find(({ type }) => type === 'number')!.values);
const only = (text: string, frames: Record<string, Frame[]> = {}) => {
  const { frames: found, problems } = math(text, frames);
  expect(problems).toEqual([]);
  return numbers(found)[0]?.[0];
};

describe('formulas', () => {
  test.each<[string, number | null]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 64],
    ['-2 ** 2', 4],
    ['7 % 4', 3],
    ['10 / 4', 2.5],
    ['1 / 0', Infinity],
    ['0x2A', 42],
    ['072', 58],
    ['-0.8e-2', -0.008],
    ['!0 + !5', 1],
    ['3 > 2 && 2 > 3 || 1', 1],
    ['2 >= 2', 1],
    ['2 != 2', 0],
    ['nan() == nan()', NaN],
    ['1 || nan()', 1],
    ['0 && nan()', 0],
    ['abs(-3) + ceil(1.2) + floor(1.8)', 6],
    ['round(-2.5)', -3],
    ['log(1)', 0],
    ['log(-1)', NaN],
    ['is_nan(nan())', 1],
    ['is_inf(infn())', 1],
    ['is_null(null())', 1],
    ['is_null(0)', 0],
    ['is_number(inf())', 0],
    ['is_number(null())', 0],
    ['null() * 2', null],
    ['-null()', null],
    ['null() == null()', null],
  ])('%s is %s', (text, expected) => {
    expect(only(text)).toEqual(expected);
  });

  test.each([
    ['$A +', 'ends where a value should stand'],
    ['(1', 'lacks a ")"'],
    ['1 2', 'has "2" where it should end'],
    ['magic(1)', 'no function called "magic"'],
    ['1 # 2', 'cannot be read from "# 2"'],
    ['$B', 'no answer to a query B'],
    ['$X', 'depends on itself'],
    ['('.repeat(500) + '1' + ')'.repeat(500), 'nested deeper'],
    ['-'.repeat(5000) + '1', 'nested deeper'],
    ['1+'.repeat(9000) + '1', 'longer than'],
    ['', 'ends where a value should stand'],
  ])('%s is refused in words', (text, why) => {
    expect(math(text).problems).toEqual([expect.stringContaining(why)]);
  });
});

describe('joins', () => {
  const web = { host: 'web' };
  const db = { host: 'db' };

  test('items with the same labels join; the metric is no label', () => {
    const { frames } = math('$A / $B', {
      A: [now('A', 6, { __name__: 'used', ...web }), now('A', 8, { __name__: 'used', ...db })],
      B: [now('B', 2, { __name__: 'all', ...db }), now('B', 3, { __name__: 'all', ...web })],
    });

    expect(frames.map(({ fields }) => [fields[1]!.name, fields[1]!.values[0]])).toEqual([
      ['X web', 2],
      ['X db', 4],
    ]);
  });

  test('labels that are part of the others join, and the result has all', () => {
    const { frames } = math('$A + ${B b}', {
      A: [now('A', 1, { ...web, dc: 'mia' })],
      'B b': [now('B b', 10, web), now('B b', 20, db)],
    });

    expect(numbers(frames)).toEqual([[11]]);
    expect(frames[0]!.fields[1]!.labels).toEqual({ ...web, dc: 'mia' });
  });

  test('what has no labels joins all, and two that are alone join in any case', () => {
    expect(
      numbers(
        math('$A * $B', { A: [now('A', 2, web), now('A', 3, db)], B: [now('B', 10)] }).frames,
      ),
    ).toEqual([[20], [30]]);
    expect(
      numbers(math('$A * $B', { A: [now('A', 2, web)], B: [now('B', 10, db)] }).frames),
    ).toEqual([[20]]);
    expect(
      math('$A * $B', { A: [now('A', 2, web), now('A', 1, { a: 'b' })], B: [now('B', 10, db)] })
        .frames,
    ).toEqual([]);
  });

  test('series join at the times that both have; a hole stays a hole', () => {
    const { frames } = math('$A - $B', {
      A: [series('A', [1, null, 3, 4])],
      B: [series('B', [1, 1, 1], {}, 30_000)],
    });

    expect(frames[0]!.fields[0]!.values).toEqual([0, 30_000]);
    expect(numbers(frames)).toEqual([[0, 2]]);
    expect(numbers(math('$A * 0', { A: [series('A', [1, null])] }).frames)).toEqual([[0, null]]);
  });

  test('no data is no answer, and no problem', () => {
    expect(math('$A + 1', { A: [] })).toEqual({ frames: [], problems: [] });
  });

  test('a table is a number for each row, with its words as labels', () => {
    const table: Frame = {
      refId: 'A',
      fields: [
        { name: 'host', type: 'text', values: ['web', 'db'] },
        { name: 'Value', type: 'number', values: [1, 2] },
      ],
    };
    const { frames } = math('$A * 10', { A: [table] });

    expect(numbers(frames)).toEqual([[10], [20]]);
    expect(frames[1]!.fields[0]!.labels).toEqual(db);
  });

  test('an expression may stand on others, in any order', () => {
    const { frames, problems } = evaluate(
      [expression('C', { expression: '$B + 1' }), expression('B', { expression: '$A * 2' })],
      new Map([['A', [now('A', 5)]]]),
    );

    expect(problems).toEqual([]);
    expect(numbers(frames.get('C')!)).toEqual([[11]]);
  });
});

describe('reduce', () => {
  const reduce = (
    reducer: string,
    values: (number | null)[],
    mode?: string,
    replaceWithValue?: number,
  ) =>
    numbers(
      evaluate(
        [
          expression('X', {
            type: 'reduce',
            expression: 'A',
            reducer,
            settings: { mode, replaceWithValue },
          }),
        ],
        new Map([['A', [series('A', values)]]]),
      ).frames.get('X')!,
    )[0]![0];

  test.each<[string, number]>([
    ['sum', 8],
    ['mean', 2],
    ['min', 1],
    ['max', 4],
    ['count', 4],
    ['last', 1],
    ['median', 1.5],
  ])('%s of 2, 1, 4, 1 is %s', (reducer, expected) => {
    expect(reduce(reducer, [2, 1, 4, 1])).toBe(expected);
  });

  test('strictly a hole makes the whole no number, never 0', () => {
    expect(reduce('sum', [1, null])).toBeNaN();
    expect(reduce('last', [1, null])).toBeNull();
  });

  test('dropNN leaves out what is no number, replaceNN puts one in its place', () => {
    expect(reduce('mean', [1, null, NaN, Infinity, 3], 'dropNN')).toBe(2);
    expect(reduce('sum', [1, null, NaN], 'replaceNN', 10)).toBe(21);
    expect(reduce('sum', [null, null], 'dropNN')).toBeNull();
  });
});

describe('resample', () => {
  const resample = (own: object) =>
    evaluate(
      [expression('X', { type: 'resample', expression: 'A', window: '30s', ...own })],
      new Map([['A', [series('A', [1, 2, 3, null, 5])]]]),
    );

  test('points of a step are reduced; the first step holds the first point', () => {
    expect(numbers(resample({ downsampler: 'sum' }).frames.get('X')!)).toEqual([[1, 5, 5]]);
  });

  test.each([
    ['pad', [1, 2, 2, 3]],
    ['backfilling', [1, 2, 3, 3]],
    ['fillna', [1, 2, null, 3]],
  ])('steps without a point are filled by %s', (upsampler, expected) => {
    const sparse: Frame = {
      refId: 'A',
      fields: [
        { name: 'Time', type: 'time', values: [0, 30_000, 90_000] },
        { name: 'A', type: 'number', values: [1, 2, 3] },
      ],
    };
    const { frames } = evaluate(
      [expression('X', { type: 'resample', expression: '$A', window: '30s', upsampler })],
      new Map([['A', [sparse]]]),
    );
    expect(numbers(frames.get('X')!)).toEqual([expected]);
  });

  test.each([[{ window: '1ms' }], [{ window: 'x' }], [{ downsampler: 'x' }], [{ upsampler: 'x' }]])(
    '%j is refused',
    (own) => {
      expect(resample(own).problems).toHaveLength(1);
    },
  );
});

describe('threshold and conditions', () => {
  test.each([
    ['gt', [2], [0, 0, 1, null]],
    ['lt', [2], [1, 0, 0, null]],
    ['within_range', [1, 3], [0, 1, 0, null]],
    ['outside_range', [3, 1], [0, 0, 0, null]],
    ['within_range_included', [1, 3], [1, 1, 1, null]],
  ])('%s %j', (type, params, expected) => {
    const { frames } = evaluate(
      [
        expression('X', {
          type: 'threshold',
          expression: 'A',
          conditions: [{ evaluator: { type, params } }],
        }),
      ],
      new Map([['A', [series('A', [1, 2, 3, null])]]]),
    );
    expect(numbers(frames.get('X')!)).toEqual([expected]);
  });

  test('conditions of old alerts come to one number', () => {
    const condition = (refId: string, type: string, limit: number, operator: string) => ({
      evaluator: { type, params: [limit] },
      operator: { type: operator },
      query: { params: [refId] },
      reducer: { type: 'avg' },
    });
    const ask = (operator: string) =>
      numbers(
        evaluate(
          [
            expression('X', {
              type: 'classic_conditions',
              conditions: [condition('A', 'gt', 1, 'and'), condition('B', 'gt', 100, operator)],
            }),
          ],
          new Map([
            ['A', [series('A', [1, 3])]],
            ['B', [now('B', 5)]],
          ]),
        ).frames.get('X')!,
      )[0]![0];

    expect([ask('and'), ask('or')]).toEqual([0, 1]);
  });

  test('SQL is said to be not available', () => {
    const { problems } = evaluate(
      [expression('X', { type: 'sql', expression: 'select 1' })],
      new Map(),
    );
    expect(problems).toEqual([expect.stringContaining('SQL over answers is not available')]);
  });
});

test('whatever an expression is, it comes to frames or to a sentence', () => {
  const parts = [
    '$A',
    '${B c}',
    '(',
    ')',
    '+',
    '-',
    '**',
    '||',
    '!',
    'abs(',
    'null()',
    '1',
    '0x',
    '.',
    ',',
    '"',
    ' ',
    '$',
    '%',
    '==',
  ];
  let seed = 20261122;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  for (let round = 0; round < 2_000; round++) {
    const text = Array.from({ length: random(12) }, () => parts[random(parts.length)]).join('');
    const type = ['math', 'reduce', 'resample', 'threshold', 'classic_conditions', 'x'][random(6)]!;
    const conditions = [
      [],
      [null],
      [{}],
      [{ evaluator: {} }],
      [{ query: { params: ['A'] }, evaluator: { type: 'gt', params: ['a'] } }],
    ][random(5)]!;
    const { frames, problems } = evaluate(
      [expression('X', { type, expression: text, conditions, window: text })],
      new Map([['A', [series('A', [1, null])]]]),
    );
    expect(frames.has('X') || problems.length === 1, text).toBe(true);
  }
});

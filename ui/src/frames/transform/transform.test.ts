import type { Frame } from '../frame';
import { transform, type Transformation } from '.';
import { columns, fieldOf, series, table } from './testing';

const apply = async (
  frames: readonly Frame[],
  id: string,
  options?: unknown,
  more: Partial<Transformation> = {},
) => {
  const result = await transform(frames, [{ id, options, ...more }]);
  expect(result.unknown).toEqual([]);
  expect(result.refused).toEqual([]);
  return result.frames;
};
const hosts = table('A', { host: ['web', 'db', 'web'], load: [1, 2, 5], free: [10, null, 30] });
const cpu = [
  series('A', 'web', [1, 2], { host: 'web' }),
  series('B', 'db', [3, null], { host: 'db' }),
];

describe('each transformation of the library', () => {
  test.each<[string, unknown, Frame[], unknown[][][]]>([
    [
      'organize',
      {
        excludeByName: { free: true },
        renameByName: { load: 'Load' },
        indexByName: { load: 0, host: 1 },
      },
      [hosts],
      [
        [
          ['Load', 1, 2, 5],
          ['host', 'web', 'db', 'web'],
        ],
      ],
    ],
    [
      'order',
      { indexByName: { free: 0 } },
      [hosts],
      [
        [
          ['free', 10, null, 30],
          ['host', 'web', 'db', 'web'],
          ['load', 1, 2, 5],
        ],
      ],
    ],
    [
      'rename',
      { renameByName: { web: 'Web' } },
      [cpu[0]!],
      [
        [
          ['Time', 1000, 2000],
          ['Web', 1, 2],
        ],
      ],
    ],
    [
      'merge',
      {},
      [
        table('A', { host: ['a', 'b'], 'Value #A': [1, 2] }),
        table('B', { host: ['b', 'c'], 'Value #B': [5, 6] }),
      ],
      [
        [
          ['host', 'a', 'b', 'c'],
          ['Value #A', 1, 2, null],
          ['Value #B', null, 5, 6],
        ],
      ],
    ],
    [
      'joinByField',
      { byField: 'Time', mode: 'outer' },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['db', 3, null],
        ],
      ],
    ],
    [
      'joinByField',
      {},
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['db', 3, null],
        ],
      ],
    ],
    [
      'joinByField',
      { byField: 'host', mode: 'inner' },
      [table('A', { host: ['a', 'b'], x: [1, 2] }), table('B', { host: ['b', 'c'], y: [5, 6] })],
      [
        [
          ['host', 'b'],
          ['x', 2],
          ['y', 5],
        ],
      ],
    ],
    [
      'joinByField',
      { byField: 'host', mode: 'outerTabular' },
      [table('A', { host: ['a', 'b', 'b'], x: [1, 2, 3] }), table('B', { host: ['b'], y: [5] })],
      [
        [
          ['host', 'b', 'b', 'a'],
          ['x', 2, 3, 1],
          ['y', 5, 5, null],
        ],
      ],
    ],
    [
      'seriesToColumns',
      { byField: 'Time' },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['db', 3, null],
        ],
      ],
    ],
    [
      'seriesToRows',
      {},
      cpu,
      [
        [
          ['Time', 2000, 2000, 1000, 1000],
          ['Metric', 'web', 'db', 'web', 'db'],
          ['Value', 2, null, 1, 3],
        ],
      ],
    ],
    [
      'reduce',
      { reducers: ['max', 'lastNotNull', 'count'] },
      cpu,
      [
        [
          ['Field', 'web', 'db'],
          ['Max', 2, 3],
          ['Last *', 2, 3],
          ['Count', 2, 1],
        ],
      ],
    ],
    [
      'reduce',
      { reducers: ['sum'], mode: 'reduceFields' },
      [hosts],
      [
        [
          ['host', 0],
          ['load', 8],
          ['free', 40],
        ],
      ].map((each) => [['host', null], ...each.slice(1)]),
    ],
    [
      'sortBy',
      { sort: [{ field: 'load', desc: true }] },
      [hosts],
      [
        [
          ['host', 'web', 'db', 'web'],
          ['load', 5, 2, 1],
          ['free', 30, null, 10],
        ],
      ],
    ],
    [
      'limit',
      { limitField: 2 },
      [hosts],
      [
        [
          ['host', 'web', 'db'],
          ['load', 1, 2],
          ['free', 10, null],
        ],
      ],
    ],
    [
      'labelsToFields',
      {},
      [cpu[0]!],
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['host', 'web', 'web'],
        ],
      ],
    ],
    [
      'labelsToFields',
      { valueLabel: 'host' },
      [cpu[0]!],
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
        ],
      ],
    ],
    [
      'labelsToFields',
      { mode: 'rows' },
      [cpu[0]!],
      [
        [
          ['label', 'host'],
          ['value', 'web'],
        ],
      ],
    ],
    [
      'filterByRefId',
      { include: 'B' },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['db', 3, null],
        ],
      ],
    ],
    ['filterFieldsByName', { include: { names: ['load'] } }, [hosts], [[['load', 1, 2, 5]]]],
    [
      'filterFieldsByName',
      { include: { pattern: '^(Time|w.*)$' } },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
        ],
        [['Time', 1000, 2000]],
      ],
    ],
    [
      'filterFields',
      { exclude: { id: 'byType', options: 'number' } },
      [hosts],
      [[['host', 'web', 'db', 'web']]],
    ],
    [
      'filterFrames',
      { include: { id: 'byRefId', options: 'A' } },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
        ],
      ],
    ],
    [
      'filterByValue',
      {
        type: 'include',
        match: 'all',
        filters: [{ fieldName: 'load', config: { id: 'greater', options: { value: 1 } } }],
      },
      [hosts],
      [
        [
          ['host', 'db', 'web'],
          ['load', 2, 5],
          ['free', null, 30],
        ],
      ],
    ],
    [
      'groupBy',
      {
        fields: {
          host: { operation: 'groupby', aggregations: [] },
          load: { operation: 'aggregate', aggregations: ['sum', 'count'] },
        },
      },
      [hosts],
      [
        [
          ['host', 'web', 'db'],
          ['load (sum)', 6, 2],
          ['load (count)', 2, 1],
        ],
      ],
    ],
    [
      'groupingToMatrix',
      { columnField: 'pod', rowField: 'zone', valueField: 'n' },
      [table('A', { pod: ['p', 'q'], zone: ['x', 'y'], n: [1, 2] })],
      [
        [
          ['zone\\pod', 'x', 'y'],
          ['p', 1, null],
          ['q', null, 2],
        ],
      ],
    ],
    [
      'convertFieldType',
      { conversions: [{ targetField: 'n', destinationType: 'number' }] },
      [table('A', { n: ['1', null, '', 'x'] })],
      [[['n', 1, null, null, null]]],
    ],
    [
      'convertFieldType',
      { conversions: [{ targetField: 'n', destinationType: 'string' }] },
      [table('A', { n: [1, null] })],
      [[['n', '1', null]]],
    ],
    [
      'convertFieldType',
      { conversions: [{ targetField: 'n', destinationType: 'boolean' }] },
      [table('A', { n: [1, null, 0] })],
      [[['n', true, null, false]]],
    ],
    [
      'convertFieldType',
      { conversions: [{ targetField: 'n', destinationType: 'time' }] },
      [table('A', { n: ['2026-11-22T00:00:00Z', null] })],
      [[['n', Date.UTC(2026, 10, 22), null]]],
    ],
    [
      'formatTime',
      { timeField: 'Time', outputFormat: 'YYYY', timezone: 'utc' },
      [table('A', { Time: [0, null] })],
      [[['Time', '1970', null]]],
    ],
    [
      'formatString',
      { stringField: 'host', outputFormat: 'Upper Case' },
      [table('A', { host: ['a', null] })],
      [[['host', 'A', null]]],
    ],
    [
      'renameByRegex',
      { regex: '/^(w).*$/', renamePattern: '$1!' },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['w!', 1, 2],
        ],
        [
          ['Time', 1000, 2000],
          ['db', 3, null],
        ],
      ],
    ],
    [
      'concatenate',
      {},
      [table('A', { a: [1] }), table('B', { b: [2] })],
      [
        [
          ['a', 1],
          ['b', 2],
        ],
      ],
    ],
    [
      'transpose',
      {},
      [table('A', { host: ['web', 'db'], n: [1, null] })],
      [
        [
          ['Field', 'n'],
          ['web', 1],
          ['db', null],
        ],
      ],
    ],
    [
      'histogram',
      { bucketSize: 2 },
      [table('A', { n: [1, 2, null, 3, 7] })],
      [
        [
          ['xMin', 0, 2, 6],
          ['xMax', 2, 4, 8],
          ['n', 1, 2, 1],
        ],
      ],
    ],
    [
      'ensureColumns',
      {},
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['db', 3, null],
        ],
      ],
    ],
    ['noop', {}, [hosts], [columns(hosts)]],
  ])('%s %j', async (id, options, frames, expected) => {
    expect((await apply(frames, id, options)).map(columns)).toEqual(expected);
  });

  test('groupToNestedTable opens into frames of ours', async () => {
    const [frame] = await apply([hosts], 'groupToNestedTable', {
      fields: {
        host: { operation: 'groupby', aggregations: [] },
        load: { operation: 'aggregate', aggregations: ['max'] },
      },
    });

    expect(columns(frame).slice(0, 2)).toEqual([
      ['host', 'web', 'db'],
      ['load (max)', 5, 2],
    ]);
    const nested = frame!.fields[2]!.values as Frame[][];
    expect(nested.map((frames) => frames.map(columns))).toEqual([
      [[['free', 10, 30]]],
      [[['free', null]]],
    ]);
  });

  test('convertFrameType tells what the rows are for', async () => {
    const [frame] = await apply([table('A', { Time: [0], text: ['up'] })], 'convertFrameType', {
      targetType: 'annotations',
    });

    expect(columns(frame)[0]![0]).toBe('Time');
  });
});

describe('calculateField', () => {
  const rows = table('A', { Time: [1, 2, 3, 4], a: [1, 2, null, 4], b: [10, null, null, 40] });
  const added = async (options: object) =>
    columns((await apply([rows], 'calculateField', options))[0]).at(-1);

  test.each<[string, object, unknown[]]>([
    [
      'a sum of what is known',
      { mode: 'reduceRow', reduce: { reducer: 'sum' } },
      ['Total', 11, 2, null, 44],
    ],
    [
      'a mean of what is named',
      { mode: 'reduceRow', reduce: { reducer: 'mean', include: ['a'] }, alias: 'm' },
      ['m', 1, 2, null, 4],
    ],
    [
      'a median without holes as 0',
      { mode: 'reduceRow', reduce: { reducer: 'median' } },
      ['Median', 5.5, 2, null, 22],
    ],
    [
      'a count, which is 0 of nothing',
      { mode: 'reduceRow', reduce: { reducer: 'allIsNull' } },
      ['All Nulls', 0, 0, 1, 0],
    ],
    [
      'two columns',
      { mode: 'binary', binary: { left: 'a', operator: '*', right: 'b' } },
      ['a * b', 10, null, null, 160],
    ],
    [
      'a column and a number',
      {
        mode: 'binary',
        binary: {
          left: { matcher: { id: 'byName', options: 'a' } },
          operator: '+',
          right: { fixed: '1' },
        },
      },
      ['a + 1', 2, 3, null, 5],
    ],
    [
      'one column',
      { mode: 'unary', unary: { operator: 'floor', fieldName: 'b' } },
      ['floor(b)', 10, null, null, 40],
    ],
    [
      'the sum so far',
      { mode: 'cumulativeFunctions', cumulative: { field: 'a', reducer: 'sum' } },
      ['cumulative sum(a)', 1, 3, null, 7],
    ],
    [
      'the mean so far',
      { mode: 'cumulativeFunctions', cumulative: { field: 'b', reducer: 'mean' } },
      ['cumulative mean(b)', 10, null, null, 25],
    ],
    [
      'a moving mean',
      {
        mode: 'windowFunctions',
        window: {
          field: 'b',
          reducer: 'mean',
          windowSizeMode: 'fixed',
          windowSize: 2,
          windowAlignment: 'trailing',
        },
      },
      ['trailing moving mean(b)', 10, 10, null, 40],
    ],
    ['the number of the row', { mode: 'index' }, ['Row', 0, 1, 2, 3]],
  ])('%s', async (_, options, expected) => {
    expect(await added(options)).toEqual(expected);
  });

  test("without holes a moving window is the library's own", async () => {
    const full = table('A', { Time: [1, 2, 3, 4, 5], a: [1, 2, 4, 8, 16] });
    const window = (windowAlignment: string, reducer: string) =>
      apply([full], 'calculateField', {
        mode: 'windowFunctions',
        window: { reducer, windowSizeMode: 'fixed', windowSize: 3, windowAlignment },
      });

    expect(
      columns((await window('trailing', 'mean'))[0])
        .at(-1)!
        .slice(1),
    ).toEqual([1, 1.5, 7 / 3, 14 / 3, 28 / 3]);
    expect(
      columns((await window('centered', 'mean'))[0])
        .at(-1)!
        .slice(1),
    ).toEqual([1.5, 7 / 3, 14 / 3, 28 / 3, 12]);
  });

  test('series are joined first, and replaceFields leaves the result alone', async () => {
    const [frame] = await apply(cpu, 'calculateField', {
      mode: 'reduceRow',
      reduce: { reducer: 'sum' },
      replaceFields: true,
      alias: 'all',
    });

    expect(columns(frame)).toEqual([
      ['Time', 1000, 2000],
      ['all', 4, 2],
    ]);
  });
});

describe('each transformation of our own', () => {
  test.each<[string, unknown, Frame[], unknown[][][]]>([
    [
      'extractFields',
      { source: 'labels', replace: true },
      [
        {
          refId: 'A',
          fields: [fieldOf('Time', [1, 2]), fieldOf('labels', [{ app: 'a', n: 1 }, { app: 'b' }])],
        },
      ],
      [
        [
          ['app', 'a', 'b'],
          ['n', 1, null],
        ],
      ],
    ],
    [
      'extractFields',
      {
        source: 'line',
        format: 'json',
        replace: true,
        keepTime: true,
        jsonPaths: [{ path: 'a.b[0]', alias: 'x' }],
      },
      [table('A', { Time: [1, 2], line: ['{"a":{"b":[7]}}', 'no json'] })],
      [
        [
          ['Time', 1, 2],
          ['x', 7, null],
        ],
      ],
    ],
    [
      'extractFields',
      { source: 'line', format: 'kvp', replace: true },
      [table('A', { line: ['level=info msg="a b"', 'level=warn'] })],
      [
        [
          ['level', 'info', 'warn'],
          ['msg', 'a b', null],
        ],
      ],
    ],
    [
      'extractFields',
      { source: 'line', format: 'regexp', regExp: '/(?<code>\\d+)/' },
      [table('A', { line: ['GET 200', 'GET'] })],
      [
        [
          ['line', 'GET 200', 'GET'],
          ['code', '200', null],
        ],
      ],
    ],
    [
      'extractFields',
      { source: 'line' },
      [table('A', { line: ['{"a":true}', 'b=2'] })],
      [
        [
          ['line', '{"a":true}', 'b=2'],
          ['a', true, null],
          ['b', null, '2'],
        ],
      ],
    ],
    ['extractFields', { source: 'none' }, [hosts], [columns(hosts)]],
    [
      'prepareTimeSeries',
      { format: 'many' },
      [table('A', { Time: [2, 1, 1], pod: ['p', 'p', 'q'], n: [20, 10, 5] })],
      [
        [
          ['Time', 1, 2],
          ['n p', 10, 20],
        ],
        [
          ['Time', 1],
          ['n q', 5],
        ],
      ],
    ],
    [
      'prepareTimeSeries',
      { format: 'wide' },
      cpu,
      [
        [
          ['Time', 1000, 2000],
          ['web', 1, 2],
          ['db', 3, null],
        ],
      ],
    ],
    [
      'prepareTimeSeries',
      { format: 'long' },
      cpu,
      [
        [
          ['Time', 1000, 1000, 2000, 2000],
          ['Value', 1, 3, 2, null],
          ['host', 'web', 'db', 'web', 'db'],
        ],
      ],
    ],
    [
      'joinByLabels',
      { value: 'what' },
      [
        series('A', 'a', [10, 200], { what: 'Temp', cluster: 'A' }),
        series('B', 'b', [10, 200], { what: 'Temp', cluster: 'B' }),
        series('C', 'c', [22, 77], { what: 'Speed', cluster: 'B' }),
      ],
      [
        [
          ['cluster', 'A', 'A', 'B', 'B'],
          ['Temp', 10, 200, 10, 200],
          ['Speed', null, null, 22, 77],
        ],
      ],
    ],
    [
      'rowsToFields',
      {},
      [table('A', { Name: ['a', 'b'], Value: [1, null] })],
      [
        [
          ['a', 1],
          ['b', null],
        ],
      ],
    ],
    [
      'configFromData',
      { configRefId: 'B' },
      [table('A', { n: [1] }), table('B', { max: [100] })],
      [[['n', 1]]],
    ],
    [
      'partitionByValues',
      { fields: ['host'] },
      [hosts],
      [
        [
          ['web load', 1, 5],
          ['web free', 10, 30],
        ],
        [
          ['db load', 2],
          ['db free', null],
        ],
      ],
    ],
    [
      'heatmap',
      { xBuckets: { mode: 'size', value: '2s' }, yBuckets: { mode: 'size', value: 10 } },
      [series('A', 'a', [1, 12, null, 15])],
      [
        [
          ['xMin', 0, 2000, 4000],
          ['yMin', 0, 10, 10],
          ['yMax', 10, 20, 20],
          ['count', 1, 1, 1],
        ],
      ],
    ],
  ])('%s %j', async (id, options, frames, expected) => {
    expect((await apply(frames, id, options)).map(columns)).toEqual(expected);
  });

  test('timeSeriesTable holds a spark line in each row, with the value it is told by', async () => {
    const frames = [
      series('rps', 'web', [1, 3, null], { host: 'web' }),
      series('rps', 'db', [null], { zone: 'x' }),
      series('err', 'web', [7], { host: 'web' }),
    ];

    const tables = await apply(frames, 'timeSeriesTable', { rps: { stat: 'max' } });

    expect(tables.map(({ refId }) => refId)).toEqual(['rps', 'err']);
    expect(tables[0]!.fields.map(({ name }) => name)).toEqual(['host', 'zone', 'Trend #rps']);
    expect(columns(tables[0]).slice(0, 2)).toEqual([
      ['host', 'web', null],
      ['zone', null, 'x'],
    ]);
    const sparks = tables[0]!.fields[2]!.values as Frame[];
    expect(columns(sparks[0])).toEqual([
      ['Time', 1000, 2000, 3000],
      ['web', 1, 3, null],
    ]);
    expect(sparks.map(({ meta }) => meta?.custom)).toEqual([
      { stat: 'max', value: 3 },
      { stat: 'max', value: null },
    ]);
  });

  test('tables of spark lines join on a label', async () => {
    const { frames } = await transform(
      [series('rps', 'a', [1], { host: 'web' }), series('err', 'b', [2], { host: 'db' })],
      [
        { id: 'timeSeriesTable', options: {} },
        { id: 'joinByField', options: { byField: 'host', mode: 'outer' } },
        { id: 'organize', options: { renameByName: { 'Trend #rps': 'Rate' } } },
      ],
    );

    expect(frames[0]!.fields.map(({ name }) => name)).toEqual(['host', 'Rate', 'Trend #err']);
    expect(frames[0]!.fields[0]!.values).toEqual(['web', 'db']);
    expect(
      (frames[0]!.fields[1]!.values as (Frame | null)[]).map((cell) => cell?.fields.length ?? null),
    ).toEqual([2, null]);
  });

  test('rowsToFields makes settings and labels of the other columns', async () => {
    const rows = table('A', { Name: ['a'], Value: [1], Max: [100], DataCenter: ['US'] });

    const [frame] = await apply([rows], 'rowsToFields');

    expect(frame!.fields[0]).toMatchObject({ labels: { DataCenter: 'US' }, config: { max: 100 } });
  });

  test('configFromData gives the others its settings', async () => {
    const frames = [
      table('A', { n: [1] }),
      table('B', { limit: [50, 80], colour: ['red', 'blue'] }),
    ];
    const mappings = [
      { fieldName: 'limit', handlerKey: 'max', reducerId: 'min' },
      { fieldName: 'colour', handlerKey: 'color' },
    ];

    const [frame] = await apply(frames, 'configFromData', { configRefId: 'B', mappings });

    expect(frame!.fields[0]!.config).toEqual({
      max: 50,
      color: { mode: 'fixed', fixedColor: 'blue' },
    });
  });

  test('regression draws the closest line', async () => {
    const [, line] = await apply([table('A', { Time: [0, 10, 20], n: [1, 3, 5] })], 'regression', {
      predictionCount: 3,
    });

    expect(columns(line)[1]![0]).toBe('Linear regression');
    expect(
      (line!.fields[1]!.values as number[]).map((value) => Math.round(value * 1e6) / 1e6),
    ).toEqual([1, 3, 5]);
  });
});

describe('an entry', () => {
  const limit = { id: 'limit', options: { limitField: 1 } };

  test('with a filter leaves the other frames alone and in their place', async () => {
    const frames = [series('A', 'a', [1, 2]), series('B', 'b', [1, 2]), series('C', 'c', [1, 2])];

    const result = await apply(
      frames,
      'limit',
      { limitField: 1 },
      { filter: { id: 'byRefId', options: '/^(?:B)$/' } },
    );

    expect(result.map(({ refId, fields }) => [refId, fields[0]!.values.length])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 2],
    ]);
  });

  test('for annotations does nothing to series, and the other way round', async () => {
    const forAnnotations: Transformation = { ...limit, topic: 'annotations' };

    expect((await transform([hosts], [forAnnotations])).frames).toEqual([hosts]);
    const { frames } = await transform(
      [hosts],
      [forAnnotations, { ...limit, options: { limitField: 0 } }],
      { topic: 'annotations' },
    );
    expect(frames[0]!.fields[0]!.values).toHaveLength(1);
  });

  test('may call the one column of values of a table by both its names', async () => {
    const one = table('A', { host: ['a'], 'Value #A': [1] });
    const renamed = async (name: string, frames: Frame[]) =>
      (await apply(frames, 'organize', { renameByName: { [name]: 'n' } })).map(columns);

    expect(await renamed('Value', [one])).toEqual([
      [
        ['host', 'a'],
        ['n', 1],
      ],
    ]);
    expect(await renamed('Value #A', [one])).toEqual([
      [
        ['host', 'a'],
        ['n', 1],
      ],
    ]);
    expect((await renamed('Value', [one, table('B', { 'Value #B': [2] })])).flat()[1]).toEqual([
      'Value #A',
      1,
    ]);
  });

  test('that is disabled is left out', async () => {
    expect((await transform([hosts], [{ ...limit, disabled: true }])).frames).toEqual([hosts]);
  });

  test('has its variables filled in', async () => {
    const options = { renameByName: { load: '$name' } };

    const { frames } = await transform([hosts], [{ id: 'organize', options }], {
      interpolate: (text) => text.replace('$name', 'Load'),
    });

    expect(frames[0]!.fields[1]!.name).toBe('Load');
    expect(options.renameByName.load).toBe('$name');
  });

  test('that cannot be done is told in a sentence, and the others are applied', async () => {
    const { frames, refused } = await transform(
      [hosts],
      [{ id: 'spatial' }, { id: 'joinByLabels' }, limit],
    );

    expect(refused).toEqual([
      'spatial was not applied: it needs a map, which Oriel does not have',
      'joinByLabels was not applied: it names no label whose values become columns',
    ]);
    expect(frames[0]!.fields[0]!.values).toEqual(['web']);
  });

  test.each<[string, unknown, Frame[]]>([
    ['histogram', { bucketSize: 1e-9 }, [table('A', { n: [0, 1e9] })]],
    ['transpose', {}, [table('A', { n: Array.from({ length: 20_000 }, (_, i) => i) })]],
    [
      'groupingToMatrix',
      { columnField: 'a', rowField: 'b', valueField: 'n' },
      [
        table(
          'A',
          Object.fromEntries(
            ['a', 'b', 'n'].map((name) => [name, Array.from({ length: 5_000 }, (_, i) => i)]),
          ),
        ),
      ],
    ],
    [
      'joinByField',
      { byField: 'k', mode: 'outerTabular' },
      ['A', 'B'].map((refId) =>
        table(refId, { k: new Array(3_000).fill('x'), [refId]: new Array(3_000).fill(1) }),
      ),
    ],
    [
      'merge',
      {},
      ['A', 'B'].map((refId) =>
        table(refId, {
          k: new Array(5_000).fill('x'),
          [refId]: Array.from({ length: 5_000 }, (_, i) => i),
        }),
      ),
    ],
    ['regression', { predictionCount: 1e9 }, [table('A', { Time: [1, 2], n: [1, 2] })]],
    ['heatmap', { xBuckets: { mode: 'size', value: 1e-9 } }, [series('A', 'a', [1, 2])]],
  ])('%s that would grow without bounds is refused', async (id, options, frames) => {
    const result = await transform(frames, [{ id, options }]);

    expect(result.refused).toEqual([
      expect.stringMatching(/was not applied: it would make [\d,]+ \w+.*, at most [\d,]+ are made/),
    ]);
    expect(result.frames).toBe(frames);
  });
});

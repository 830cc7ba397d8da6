import type { Frame } from '../frame';
import { transform } from '.';
import { apply, columns, cpu, fieldOf, hosts, series, table } from './testing';

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

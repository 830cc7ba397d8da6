// @vitest-environment jsdom
import type { Frame } from '../frame';
import { apply, columns, cpu, hosts, table } from './testing';

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

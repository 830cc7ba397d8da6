import { coloursByName, toneOf } from './colours';
import type { Frame } from './frame';
import { heatFrames, seriesFrames, tableFrame } from './fromPrometheus';
import { toHeat } from './heat';
import { dropSharedPrefix, nameSeries } from './legend';
import { applyConfig } from './overrides';
import { reducerOf } from './reduce';
import { stack } from './stack';
import { scaleOf, ticksOf, timeTicks } from './ticks';
import { transform } from './transform';

const series = (
  name: string,
  values: (number | null)[],
  labels: Record<string, string> = {},
): Frame => ({
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * 15_000) },
    { name, type: 'number', labels, values },
  ],
});

describe('names of series', () => {
  test('a template is filled with labels; a label that is missing becomes nothing', () => {
    expect(
      nameSeries([{ cpu: '3', mode: 'idle' }], 'core {{cpu}} {{ mode }}{{nope}}', 'x'),
    ).toEqual(['core 3 idle']);
  });

  test('__auto names series by what tells them apart', () => {
    const all = [
      { job: 'node', device: 'sda' },
      { job: 'node', device: 'sdb' },
    ];
    expect(nameSeries(all, '__auto', 'x')).toEqual(['sda', 'sdb']);
  });

  test('__auto takes the value of the only label there is, and the query where there is none', () => {
    expect(nameSeries([{ level: 'error' }], '__auto', 'x')).toEqual(['error']);
    expect(nameSeries([{ __name__: 'up' }], '__auto', 'up')).toEqual(['up']);
    expect(nameSeries([{}], '__auto', 'sum(up)')).toEqual(['sum(up)']);
    expect(nameSeries([{ __name__: 'up', job: 'a' }], '__auto', 'x')).toEqual(['up{job="a"}']);
  });

  test('a long shared beginning is dropped at the end of a word', () => {
    expect(dropSharedPrefix(['/dev/mapper/root', '/dev/mapper/run', '/dev/mapper/home'])).toEqual([
      'root',
      'run',
      'home',
    ]);
  });
});

test('NaN from the server stays, for it was measured', () => {
  const [frame] = seriesFrames([{ labels: {}, times: [0, 15_000], values: [NaN, 2] }], {
    refId: 'A',
    expr: 'up',
  });

  expect(frame!.fields[1]!.values).toEqual([NaN, 2]);
});

test('native histograms become the buckets of a classic one, of all series together', () => {
  const histogram = (...buckets: [upper: number, count: number][]) => ({
    count: 0,
    sum: 0,
    buckets: buckets.map(([upper, count]) => ({ lower: 0, upper, count, closed: 0 })),
  });
  const native = (at: number, ...buckets: [number, number][]) => ({
    labels: {},
    times: [at],
    values: [NaN],
    histograms: [{ timeMs: at, histogram: histogram(...buckets) }],
  });

  const frames = heatFrames([native(0, [1, 2], [2, 3]), native(0, [2, 10]), native(15, [1, 1])], {
    refId: 'A',
    expr: 'x',
  });

  expect(frames.map(({ fields }) => [fields[1]!.labels!['le'], ...fields[1]!.values])).toEqual([
    ['1', 2, 1],
    ['2', 15, 1],
  ]);
});

test('a name from a label can turn no text around', () => {
  const [frame] = seriesFrames([{ labels: { job: 'a\u202eb' }, times: [0], values: [1] }], {
    refId: 'A',
    expr: 'up',
    legend: '{{job}}',
  });

  expect(frame!.fields[1]!.name).toBe('a\\u202eb');
});

test('NaN is the last value where it came last, and no part of a mean', () => {
  expect(reducerOf('lastNotNull')([1, NaN])).toBeNaN();
  expect(reducerOf('lastNotNull')([NaN, 1, null])).toBe(1);
  expect(reducerOf('mean')([1, NaN, 3])).toBe(2);
  expect(reducerOf('max')([NaN])).toBeNaN();
  expect(reducerOf('max')([null])).toBeNull();
});

test('a table has a row a series and a column a label', () => {
  const frame = tableFrame(
    [
      { labels: { device: 'sda' }, timeMs: 0, value: 1 },
      { labels: { device: 'sdb', host: 'a' }, timeMs: 0, value: 2 },
    ],
    { refId: 'A', expr: 'x' },
  );

  expect(frame.fields.map(({ name }) => name)).toEqual(['Time', 'device', 'host', 'Value #A']);
  expect(frame.fields[2]!.values).toEqual([null, 'a']);
});

describe('labels called as what every object has', () => {
  const odd = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}') as Record<
    string,
    string
  >;
  const asked = { refId: 'A', expr: 'x' };

  test('are columns with their own values, and nothing where a series has none', () => {
    const samples = [odd, {}].map((labels) => ({ labels, timeMs: 0, value: 1 }));

    const columns = tableFrame(samples, asked).fields.map(({ name, values }) => [name, ...values]);

    expect(columns.slice(1, 4)).toEqual([
      ['__proto__', 'a', null],
      ['constructor', 'b', null],
      ['toString', 'c', null],
    ]);
  });

  test('name series by what they are', () => {
    const template = '{{__proto__}} {{constructor}} {{toString}}|';

    expect(nameSeries([odd, {}], template, 'x')).toEqual(['a b c|', '  |']);
    expect(nameSeries([odd, { job: 'node' }], '__auto', 'x')).toEqual(['a, b, c', 'node']);
  });

  test('come through a merge, and organize neither hides nor renames them', async () => {
    const frame = tableFrame([{ labels: odd, timeMs: 0, value: 1 }], asked);

    const { frames, unknown } = await transform(
      [frame],
      [{ id: 'merge' }, { id: 'organize', options: {} }, { id: 'constructor' }],
    );

    expect(frames[0]!.fields.map(({ name, values }) => [name, ...values])).toEqual([
      ['Time', 0],
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
      ['Value #A', 1],
    ]);
    expect(unknown).toEqual(['constructor']);
  });
});

describe('reducers', () => {
  test.each([
    ['lastNotNull', 4],
    ['last', null],
    ['mean', 3],
    ['max', 4],
    ['min', 2],
    ['sum', 9],
    ['something else', 4],
  ])('%s of 2, 3, 4 and a hole is %s', (name, expected) => {
    expect(reducerOf(name)([2, 3, 4, null])).toBe(expected);
  });

  test.each(['mean', 'sum', 'max', 'lastNotNull'])('%s of nothing is nothing, not zero', (name) => {
    expect(reducerOf(name)([null, null])).toBeNull();
  });
});

describe('stacking', () => {
  test('each series stands on those below; a hole stays a hole and adds nothing', () => {
    expect(
      stack([
        [0, 1],
        [1, 2],
        [10, null],
        [100, 200],
      ]).slice(1),
    ).toEqual([
      [1, 2],
      [11, null],
      [111, 202],
    ]);
  });

  test('in percent every row ends at a hundred', () => {
    expect(stack([[0], [1], [3]], 'percent').slice(1)).toEqual([[25], [100]]);
  });
});

describe('the axis', () => {
  test.each([
    [0, 61.9 * 2 ** 30, 'bytes'],
    [0, 0.3, 'percent'],
    [-40, 900, ''],
    [0, 0, ''],
    [3, 7200, 's'],
  ])(
    'from %s to %s %s has at most five steps, includes zero and covers the data',
    (low, high, unit) => {
      const scale = scaleOf(low, high, unit);
      const ticks = ticksOf(scale);

      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks).toContain(0);
      expect(scale.min).toBeLessThanOrEqual(low);
      expect(scale.max).toBeGreaterThanOrEqual(high);
    },
  );

  test('times are round and apart', () => {
    const ticks = timeTicks(1_000_000, 1_010_800, 400);

    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(new Set(ticks.map((tick) => tick % 60))).toEqual(new Set([0]));
  });
});

describe('overrides', () => {
  const source = {
    defaults: { unit: 'bytes' },
    overrides: [
      {
        matcher: { id: 'byName', options: 'in' },
        properties: [{ id: 'displayName', value: 'received' }],
      },
      {
        matcher: { id: 'byRegexp', options: '/^o.t$/' },
        properties: [{ id: 'custom.transform', value: 'negative-Y' }],
      },
      {
        matcher: { id: 'byFrameRefID', options: 'B' },
        properties: [{ id: 'unit', value: 'short' }],
      },
    ],
  };

  test('by name, by regular expression and by query', () => {
    const frames = [series('in', [1]), series('out', [2]), { ...series('rest', [3]), refId: 'B' }];
    const [a, b, c] = applyConfig(frames, source).map((frame) => frame.fields[1]!);

    expect(a).toMatchObject({ name: 'received', config: { unit: 'bytes' } });
    expect(b!.config!.custom).toEqual({ transform: 'negative-Y' });
    expect(c!.config!.unit).toBe('short');
  });
});

describe('heat maps', () => {
  test('a list of cores reads 0 downwards in natural order', () => {
    const heat = toHeat([series('core 10', [1]), series('core 2', [2])], 15_000);

    expect(heat.rows.map(({ name }) => name)).toEqual(['core 2', 'core 10']);
  });

  test('a classic histogram reads low to high upwards and counts each bucket by itself', () => {
    const heat = toHeat(
      [
        series('b', [9], { le: '+Inf' }),
        series('b', [2], { le: '0.1' }),
        series('b', [7], { le: '1' }),
      ],
      15_000,
    );

    expect(heat.rows.map(({ name, values }) => [name, values[0]])).toEqual([
      ['+Inf', 2],
      ['1', 5],
      ['0.1', 2],
    ]);
  });

  test('a missing scrape takes the room it lasted', () => {
    const late: Frame = {
      refId: 'A',
      fields: [
        { name: 'Time', type: 'time', values: [0, 45_000] },
        { name: 'core 0', type: 'number', values: [1, 2] },
      ],
    };
    expect(toHeat([late], 15_000).rows[0]!.values).toEqual([1, null, null, 2]);
  });
});

describe('transformations', () => {
  const table = (refId: string, values: number[]): Frame => ({
    refId,
    fields: [
      { name: 'mount', type: 'text', values: ['/', '/var'] },
      { name: `Value #${refId}`, type: 'number', values },
    ],
  });

  test('merge lays two queries side by side, organize renames, hides and orders', async () => {
    const { frames } = await transform(
      [table('A', [1, 2]), table('B', [3, 4])],
      [
        { id: 'merge' },
        {
          id: 'organize',
          options: {
            renameByName: { 'Value #A': 'used' },
            indexByName: { 'Value #B': 0, mount: 1, 'Value #A': 2 },
          },
        },
      ],
    );

    expect(frames[0]!.fields.map(({ name, values }) => [name, ...values])).toEqual([
      ['Value #B', 3, 4],
      ['mount', '/', '/var'],
      ['used', 1, 2],
    ]);
  });

  test('merge makes one row of tables that share some of their words', async () => {
    const of = (refId: string, labels: Record<string, string>, value: number) =>
      tableFrame([{ labels, timeMs: 0, value }], { refId, expr: 'x' });

    const { frames } = await transform(
      [
        of('A', { container: 'web', image: 'web:1' }, 1),
        of('B', { container: 'web', class: 'gpu' }, 1),
        of('C', { container: 'web' }, 77),
        of('C', { container: 'old' }, 5),
      ],
      [{ id: 'merge' }],
    );

    const { fields } = frames[0]!;
    expect(fields.find(({ name }) => name === 'container')!.values).toEqual(['web', 'old']);
    expect(fields.find(({ name }) => name === 'image')!.values).toEqual(['web:1', null]);
    expect(fields.find(({ name }) => name === 'class')!.values).toEqual(['gpu', null]);
    expect(fields.find(({ name }) => name === 'Value #C')!.values).toEqual([77, 5]);
  });

  test('merge keeps rows apart that say two things of the same', async () => {
    const of = (labels: Record<string, string>) =>
      tableFrame([{ labels, timeMs: 0, value: 1 }], { refId: 'A', expr: 'x' });

    const { frames } = await transform(
      [of({ container: 'web', state: 'up' }), of({ container: 'web', state: 'down' })],
      [{ id: 'merge' }],
    );

    expect(frames[0]!.fields.find(({ name }) => name === 'state')!.values).toEqual(['up', 'down']);
  });

  test('one that this build does not know is named, the others are applied', async () => {
    const { frames, unknown } = await transform(
      [table('A', [1, 2])],
      [{ id: 'magic' }, { id: 'sortBy', options: { sort: [{ field: 'Value #A', desc: true }] } }],
    );

    expect(unknown).toEqual(['magic']);
    expect(frames[0]!.fields[0]!.values).toEqual(['/var', '/']);
  });
});

describe('colours', () => {
  test.each([
    ['semi-dark-red', 'crit'],
    ['#F2495C', 'crit'],
    ['rgba(237, 129, 40, 0.89)', 'warn'],
    ['#73BF69', 'ok'],
    ['#5794F2', 'info'],
    ['#cccccc', 'plain'],
  ])('%s says %s', (colour, tone) => {
    expect(toneOf(colour)).toBe(tone);
  });

  test('a name keeps its colour whoever stands beside it, and no two share one', () => {
    const [alone] = coloursByName(['eth0']);
    const many = coloursByName(['eth0', 'lo', 'wlan0', 'docker0', 'br0']);

    expect(many[0]).toBe(alone);
    expect(new Set(many).size).toBe(5);
  });
});

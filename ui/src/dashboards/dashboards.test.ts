import { fillQuery, fillText, single, timeValues, type Values } from './interpolate';
import { layout, type Box } from './layout';
import { readDashboard, type Panel } from './model';
import { resolveVariables, valuesOf, type VariableSource } from './variables';

const board = (panels: object[], more: object = {}) =>
  readDashboard({ title: 'T', panels, ...more });
const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const open = () => false;
const closed = (row: Panel) => row.collapsed;

describe('variables in queries', () => {
  const values: Values = {
    host: single('a.b'),
    disk: { values: ['sda', 'nvme0.n1'], texts: ['sda', 'nvme'], multi: true },
    all: { values: ['x', 'y'], texts: ['All'], multi: true, allValue: '.+' },
  };

  test.each([
    ['up{host="$host"}', 'up{host="a.b"}'],
    ['up{host="${host}"}', 'up{host="a.b"}'],
    ['up{host="[[host]]"}', 'up{host="a.b"}'],
    ['x{d=~"$disk"}', 'x{d=~"(sda|nvme0\\\\.n1)"}'],
    ['x{d=~"${disk:regex}"}', 'x{d=~"(sda|nvme0\\.n1)"}'],
    ['x{d=~"${disk:pipe}"}', 'x{d=~"sda|nvme0.n1"}'],
    ['${disk:csv}', 'sda,nvme0.n1'],
    ['x{d=~"$all"}', 'x{d=~".+"}'],
    ['rate(x[$nothing])', 'rate(x[$nothing])'],
  ])('%s becomes %s', (template, expected) => {
    expect(fillQuery(template, values)).toBe(expected);
  });

  test.each(['constructor', '__proto__', 'toString'])(
    '%s is a variable like others',
    async (name) => {
      const list = [{ type: 'custom', name, query: 'a, b', current: { value: 'a' } }];
      const source = {} as VariableSource;
      const resolved = await resolveVariables(
        board([], { templating: { list } }).variables,
        {},
        source,
        {},
      );

      expect(resolved[0]!.chosen).toEqual(['a']);
      expect(fillQuery(`up{x="$${name}"}`, valuesOf(resolved))).toBe('up{x="a"}');
      expect(fillQuery(`up{x="$${name}"}`, {})).toBe(`up{x="$${name}"}`);
      expect(fillQuery(`up{x="\${${name}:${name}}"}`, valuesOf(resolved))).toBe('up{x="a"}');
    },
  );

  test('a value can turn no title around', () => {
    expect(fillText('Host $host', { host: single('a\u202eb') })).toBe('Host a\\u202eb');
  });

  test('a title has the words, not the values', () => {
    expect(fillText('Disks $disk', values)).toBe('Disks sda + nvme');
  });

  test('a rate always holds four scrapes', () => {
    const values = timeValues({ fromMs: 0, toMs: 3 * 3_600_000 }, 15_000);

    expect(fillQuery('rate(x[$__rate_interval]) $__interval $__range_s', values)).toBe(
      'rate(x[1m]) 15s 10800',
    );
  });
});

describe('what a variable offers', () => {
  const asked: string[] = [];
  const source: VariableSource = {
    labelNames: () => Promise.resolve(['job']),
    labelValues: (label, match) => {
      asked.push(`${label} of ${match ?? 'all'}`);
      return Promise.resolve(label === 'instance' ? ['b:9100', 'a:9100'] : ['node']);
    },
    metricNames: () => Promise.resolve(['node_load1', 'up']),
    series: () => Promise.resolve(['up{job="a",instance="b"}']),
    queryResult: () => Promise.resolve(['x{device="sda"} 1 2']),
  };
  const variable = (name: string, more: object) => ({ name, type: 'query', ...more });
  const resolve = (list: object[], address: Record<string, string[]> = {}) =>
    resolveVariables(board([], { templating: { list } }).variables, address, source, {});

  test('one that names another is asked after it, wherever it stands', async () => {
    const [host, job] = await resolve([
      variable('host', { query: 'label_values(up{job="$job"}, instance)', sort: 1 }),
      variable('job', { query: { query: 'label_values(up, job)' } }),
    ]);

    expect(asked).toEqual(['job of up', 'instance of up{job="node"}']);
    expect(host!.options.map(({ value }) => value)).toEqual(['a:9100', 'b:9100']);
    expect(job!.chosen).toEqual(['node']);
  });

  test('the address wins over the file, and All stands for every option', async () => {
    const [host] = await resolve(
      [variable('host', { query: 'label_values(instance)', multi: true, includeAll: true })],
      {
        host: ['All'],
      },
    );

    expect(valuesOf([host!])['host']).toMatchObject({
      values: ['b:9100', 'a:9100'],
      texts: ['All'],
    });
  });

  test.each([
    ['custom', { type: 'custom', query: 'a, Long : b' }, ['a', 'b']],
    ['interval', { type: 'interval', query: '1m,5m' }, ['1m', '5m']],
    ['metrics', { query: 'metrics(node_.*)' }, ['node_load1']],
    ['a regex with a group', { query: 'query_result(x)', regex: '/device="([^"]+)"/' }, ['sda']],
    ['a text box', { type: 'textbox', query: 'hello' }, ['hello']],
  ])('%s', async (_, more, expected) => {
    const [one] = await resolve([variable('v', more)]);

    expect(one!.options.map(({ value }) => value)).toEqual(expected);
  });
});

describe('the layout', () => {
  const overlap = (a: Box, b: Box) =>
    a.pos.x < b.pos.x + b.pos.w &&
    b.pos.x < a.pos.x + a.pos.w &&
    a.pos.y < b.pos.y + b.pos.h &&
    b.pos.y < a.pos.y + a.pos.h;

  test('no two boxes overlap, whatever the file says', () => {
    const random = (seed: number) => (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    for (let seed = 1; seed < 200; seed++) {
      const next = random(seed);
      const panels = Array.from({ length: 12 }, (_, id) => ({
        id,
        type: next(4) === 0 ? 'row' : next(3) === 0 ? 'stat' : 'timeseries',
        gridPos: at(next(30), next(20), 1 + next(26), 1 + next(9)),
      }));
      const boxes = layout(board(panels).panels, {}, open);
      boxes.forEach((a, i) =>
        boxes
          .slice(i + 1)
          .forEach((b) => expect(overlap(a, b), `seed ${seed}: ${a.key} and ${b.key}`).toBe(false)),
      );
      boxes.forEach(({ pos }) => expect(pos.x + pos.w).toBeLessThanOrEqual(24));
    }
  });

  test('stats side by side with equal height are one strip', () => {
    const stats = [0, 1, 2, 3].map((id) => ({ id, type: 'stat', gridPos: at(id * 6, 0, 6, 3) }));
    const boxes = layout(
      board([...stats, { id: 9, type: 'timeseries', gridPos: at(0, 3, 24, 8) }]).panels,
      {},
      open,
    );

    expect(boxes.map(({ kind, pos }) => [kind, pos.w])).toEqual([
      ['strip', 24],
      ['panel', 24],
    ]);
  });

  test('a folded row hides what it holds and all below moves up', () => {
    const rows = [
      {
        id: 1,
        type: 'row',
        collapsed: true,
        gridPos: at(0, 0, 24, 1),
        panels: [{ id: 2, type: 'timeseries', gridPos: at(0, 1, 24, 8) }],
      },
      { id: 3, type: 'row', gridPos: at(0, 1, 24, 1) },
      { id: 4, type: 'timeseries', gridPos: at(0, 2, 24, 8) },
    ];
    const { panels } = board(rows);

    expect(layout(panels, {}, closed).map(({ key, pos }) => [key, pos.y])).toEqual([
      ['row-1', 0],
      ['row-3', 1],
      ['panel-4', 2],
    ]);
    expect(layout(panels, {}, open).map(({ key, pos }) => [key, pos.y])).toEqual([
      ['row-1', 0],
      ['panel-2', 1],
      ['row-3', 9],
      ['panel-4', 10],
    ]);
  });

  test('a panel repeats for each value of its variable', () => {
    const { panels } = board([
      { id: 1, type: 'timeseries', repeat: 'disk', maxPerRow: 2, gridPos: at(0, 0, 24, 6) },
    ]);
    const boxes = layout(
      panels,
      { disk: { values: ['a', 'b', 'c'], texts: [], multi: true } },
      open,
    );

    expect(boxes.map(({ pos }) => [pos.x, pos.y, pos.w])).toEqual([
      [0, 0, 12],
      [12, 0, 12],
      [0, 6, 12],
    ]);
  });
});

describe('files of old', () => {
  test('graph and singlestat are told in their new names', () => {
    const { panels } = board([
      {
        id: 1,
        type: 'graph',
        stack: true,
        yaxes: [{ format: 'bytes' }],
        targets: [{ expr: 'x' }],
        gridPos: at(0, 0, 12, 8),
      },
      {
        id: 2,
        type: 'singlestat',
        format: 's',
        colorValue: true,
        thresholds: '1,2',
        colors: ['green', 'orange', 'red'],
        valueName: 'current',
        gridPos: at(12, 0, 6, 4),
      },
      { id: 3, type: 'singlestat', gauge: { show: true, maxValue: 100 }, gridPos: at(18, 0, 6, 4) },
    ]);

    expect(panels.map(({ type }) => type)).toEqual(['timeseries', 'stat', 'gauge']);
    expect(panels[0]!.fieldConfig.defaults).toMatchObject({
      unit: 'bytes',
      custom: { stacking: { mode: 'normal' } },
    });
    expect(panels[1]!.fieldConfig.defaults!.thresholds!.steps.map(({ value }) => value)).toEqual([
      null,
      1,
      2,
    ]);
  });

  test('rows of spans become rows of the grid', () => {
    const { panels } = readDashboard({
      title: 'old',
      rows: [
        {
          title: 'CPU',
          height: '250px',
          showTitle: true,
          panels: [
            { id: 1, type: 'graph', span: 6 },
            { id: 2, type: 'graph', span: 6 },
            { id: 3, type: 'graph', span: 12 },
          ],
        },
      ],
    });

    expect(panels.map(({ type, gridPos }) => [type, gridPos.x, gridPos.y, gridPos.w])).toEqual([
      ['row', 0, 0, 24],
      ['timeseries', 0, 1, 12],
      ['timeseries', 12, 1, 12],
      ['timeseries', 0, 8, 24],
    ]);
  });

  test('a file that is no dashboard says so', () => {
    expect(() => readDashboard({ groups: [] })).toThrow('neither "panels" nor "rows"');
  });
});

// @vitest-environment jsdom
import type { InstantSample, RangeSeries } from '../api/prometheus';
import { tellAsGrafana } from '../frames/grafanaUnits';
import { takeTeller } from '../frames/units';
import { kindOf } from '../panels';
import { withNow } from './answer';
import { fetchPanel, isEmpty, planOf, type Sources } from './ask';
import { csvOf } from './inspect/csv';
import { single } from './interpolate';
import { readDashboard, type Panel } from './model';
import { readingsOf, verdictOf, type Reading } from './sentence';
import { SharedAnswers } from './shared';
import { metricsIn } from './why';

const panelOf = (json: object): Panel =>
  readDashboard({ panels: [{ id: 1, gridPos: { x: 0, y: 0, w: 8, h: 5 }, ...json }] }).panels[0]!;
const hour = { fromMs: 0, toMs: 3_600_000 };
const steps = {
  mode: 'absolute',
  steps: [
    { value: null, color: 'green' },
    { value: 85, color: 'orange' },
    { value: 95, color: 'red' },
  ],
};

beforeAll(() => takeTeller(tellAsGrafana)); // as the dashboards route does

/** A store that remembers what it was asked. */
function storeOf(ranges: RangeSeries[], now: InstantSample[] = []) {
  const asked: string[] = [];
  const sources: Sources = {
    range: ({ expr, stepMs }) => (
      asked.push(`${expr} every ${stepMs / 1000}`),
      Promise.resolve({ data: ranges, warnings: [], infos: [] })
    ),
    instant: (expr, atMs) => (
      asked.push(`${expr} at ${atMs / 1000}`),
      Promise.resolve({ data: now, warnings: [], infos: [] })
    ),
  };
  return { asked, sources };
}
const ask = (panel: Panel, sources: Sources, width = 240) =>
  fetchPanel(panel, planOf(panel, kindOf(panel.type), { host: single('a') }, hour, width), sources);

describe('what a panel asks', () => {
  const target = { refId: 'A', expr: 'rate(x{host="$host"}[$__rate_interval])' };

  test('a chart asks over steps of about a pixel, at round times', () => {
    const plan = planOf(
      panelOf({ type: 'timeseries', targets: [target] }),
      kindOf('timeseries'),
      { host: single('a') },
      { fromMs: 7_000, toMs: 3_607_000 },
      240,
    );

    expect(plan.questions[0]).toMatchObject({
      expr: 'rate(x{host="a"}[1m])',
      range: { startMs: 0, endMs: 3_600_000, stepMs: 15_000 },
      atMs: undefined,
    });
  });

  test('a stat asks its line over steps and its number for now; without a line only for now', async () => {
    const stat = (graphMode: string) =>
      panelOf({ type: 'stat', options: { graphMode }, targets: [{ refId: 'A', expr: 'x' }] });
    const withLine = storeOf([]);
    const without = storeOf([]);

    await ask(stat('area'), withLine.sources);
    await ask(stat('none'), without.sources);

    expect(withLine.asked).toEqual(['x every 30', 'x at 3600']);
    expect(without.asked).toEqual(['x at 3600']);
  });

  test('the least step of the board holds', () => {
    const plan = planOf(
      panelOf({ type: 'timeseries', interval: '2m', targets: [target] }),
      kindOf('timeseries'),
      {},
      hour,
      2_000,
    );

    expect(plan.stepMs).toBe(120_000);
  });

  test('a query that only feeds the context line is no answer of the panel’s own', async () => {
    const panel = panelOf({
      type: 'bargauge',
      options: { oriel: { context: '{B} left' } },
      targets: [{ refId: 'B', expr: 'left' }],
    });
    const data = await ask(panel, storeOf([], [{ labels: {}, timeMs: 0, value: 1 }]).sources);

    expect(isEmpty(data, panel)).toBe(true);
  });

  test('a table of two queries is merged by its words', async () => {
    const panel = panelOf({
      type: 'table',
      targets: [
        { refId: 'A', expr: 'cpu', format: 'table', instant: true },
        { refId: 'B', expr: 'mem', format: 'table', instant: true },
      ],
      transformations: [{ id: 'merge' }],
    });
    const data = await ask(
      panel,
      storeOf([], [{ labels: { process: 'java' }, timeMs: 0, value: 1 }]).sources,
    );

    expect(data.frames).toHaveLength(1);
    expect(data.frames[0]!.fields.map(({ name, values }) => [name, ...values])).toEqual([
      ['Time', 0],
      ['process', 'java'],
      ['Value #A', 1],
      ['Value #B', 1],
    ]);
  });

  test('a transformation that is not known is said, not swallowed', async () => {
    const panel = panelOf({
      type: 'timeseries',
      targets: [target],
      transformations: [{ id: 'heatmap' }],
    });

    expect((await ask(panel, storeOf([]).sources)).warnings.join()).toContain('heatmap');
  });
});

test('the value of now stands behind its own series, and a series that is new now stands alone', () => {
  const frame = (device: string, times: number[], values: number[]) => ({
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time' as const, values: times },
      { name: device, type: 'number' as const, labels: { device }, values },
    ],
  });

  const joined = withNow(
    [frame('sda', [0, 15], [1, 2])],
    [frame('sda', [20], [9]), frame('sdb', [20], [5])],
  );

  expect(joined.map(({ fields }) => fields[1]!.values)).toEqual([[1, 2, 9], [5]]);
});

describe('the sentence', () => {
  const reading = (what: string, tone: Reading['tone'], known = true): Reading => ({
    what,
    text: '97 %',
    tone,
    limit: tone === 'crit' ? '95 %' : '',
    known,
  });

  test('all within limits is a sentence too', () => {
    expect(
      verdictOf(
        [reading('CPU', 'plain'), reading('Memory', 'plain')],
        'Server health',
        'This machine',
      ),
    ).toEqual({
      state: 'ok',
      title: 'This machine is well',
      words: '2 values are watched, all within their limits.',
    });
  });

  test('the worst comes first, with its limit; the others follow', () => {
    const verdict = verdictOf(
      [reading('CPU', 'warn'), reading('Disks /var', 'crit'), reading('Load', 'plain')],
      'Server health',
      'This machine',
    );

    expect(verdict.state).toBe('crit');
    expect(verdict.title).toBe('Disks /var: 97 %, past its limit of 95 %');
    expect(verdict.words).toBe('Also CPU at 97 %. One other watched value is within limits.');
  });

  test('what was not measured is not claimed to be well', () => {
    const some = verdictOf(
      [reading('CPU', 'plain'), reading('Warmest', 'plain', false)],
      'Server health',
      'This machine',
    );
    const none = verdictOf([reading('CPU', 'plain', false)], 'Server health', 'This machine');

    expect(some.words).toBe(
      'One value is watched and within its limit. Not measured here: Warmest.',
    );
    expect(none).toMatchObject({ state: 'missing', title: 'Nothing is measured of this machine' });
  });

  test('readings come from the panel’s own thresholds, one for each series', async () => {
    const panel = panelOf({
      type: 'bargauge',
      fieldConfig: { defaults: { unit: 'percent', thresholds: steps } },
      targets: [{ refId: 'A', expr: 'x', legendFormat: '{{mount}}' }],
    });
    const data = await ask(
      panel,
      storeOf(
        [],
        [
          { labels: { mount: '/' }, timeMs: 0, value: 20 },
          { labels: { mount: '/var' }, timeMs: 0, value: 97 },
        ],
      ).sources,
    );

    expect(
      readingsOf(panel, 'Disks', data).map(({ what, tone, limit }) => [what, tone, limit]),
    ).toEqual([
      ['Disks /', 'plain', ''],
      ['Disks /var', 'crit', '95\u00a0%'],
    ]);
  });

  test('a threshold in percent of the span is told in the unit of the value', async () => {
    const share = {
      mode: 'percentage',
      steps: [
        { value: null, color: 'green' },
        { value: 50, color: 'red' },
      ],
    };
    const panel = panelOf({
      type: 'gauge',
      fieldConfig: { defaults: { unit: 'watt', min: 0, max: 600, thresholds: share } },
      targets: [{ refId: 'A', expr: 'x' }],
    });
    const data = await ask(panel, storeOf([], [{ labels: {}, timeMs: 0, value: 450 }]).sources);

    expect(readingsOf(panel, 'Power', data)[0]).toMatchObject({
      limit: '300\u00a0W',
      tone: 'crit',
    });
  });

  test('a heat map gets native histograms as buckets that count up', async () => {
    const panel = panelOf({ type: 'heatmap', targets: [{ refId: 'A', expr: 'x' }] });
    const buckets = [
      { lower: 0, upper: 1, count: 2, closed: 0 },
      { lower: 1, upper: 2, count: 3, closed: 0 },
    ];
    const histograms = [{ timeMs: 15_000, histogram: { count: 5, sum: 6, buckets } }];
    const data = await ask(
      panel,
      storeOf([{ labels: {}, times: [15_000], values: [NaN], histograms }], []).sources,
    );

    expect(data.frames.map(({ fields }) => [fields[1]!.labels, fields[1]!.values])).toEqual([
      [{ le: '1' }, [2]],
      [{ le: '2' }, [5]],
    ]);
  });

  test('thresholds that Grafana puts everywhere judge nothing but percent', () => {
    const untouched = {
      mode: 'absolute',
      steps: [
        { value: null, color: 'green' },
        { value: 80, color: 'red' },
      ],
    };
    const of = (unit: string) =>
      panelOf({ type: 'stat', fieldConfig: { defaults: { unit, thresholds: untouched } } })
        .fieldConfig.defaults!.thresholds;

    expect(of('bytes')).toBeUndefined();
    expect(of('percent')).toBeDefined();
  });
});

describe('equal questions', () => {
  test('go out once, and are called back when nobody waits any more', () => {
    const shared = new SharedAnswers<number>();
    const [a, b] = [new AbortController(), new AbortController()];
    let asked = 0;
    let stopped = false;
    const fetch = (signal: AbortSignal) => {
      asked++;
      signal.addEventListener('abort', () => (stopped = true));
      return new Promise<number>(() => undefined);
    };

    void shared.ask('x', fetch, a.signal);
    void shared.ask('x', fetch, b.signal);
    a.abort();
    expect([asked, stopped]).toEqual([1, false]);

    b.abort();
    expect(stopped).toBe(true);
  });

  test('a failure is not kept, an answer is', async () => {
    const shared = new SharedAnswers<number>();
    let asked = 0;

    await expect(shared.ask('x', () => (asked++, Promise.reject(new Error('no'))))).rejects.toThrow(
      'no',
    );
    await shared.ask('x', () => (asked++, Promise.resolve(1)));
    await shared.ask('x', () => (asked++, Promise.resolve(2)));

    expect(asked).toBe(2);
  });
});

test.each([
  [
    'sum by (mode) (rate(node_cpu_seconds_total{mode!="idle"}[5m])) / 16',
    ['node_cpu_seconds_total'],
  ],
  ['a_total * on (chip) group_left (label) b_info offset 5m', ['a_total', 'b_info']],
  ['histogram_quantile(0.95, sum by (le) (rate(x_bucket[1m])))', ['x_bucket']],
  ['max(up or vector(0)) > bool 1', ['up']],
])('the metrics of %s', (expr, expected) => {
  expect(metricsIn(expr).filter((name) => name !== 'm')).toEqual(expected);
});

test('CSV has full numbers, quoted names and empty cells for holes', () => {
  const frames = [
    {
      refId: 'A',
      fields: [
        { name: 'Time', type: 'time' as const, values: [0, 15_000] },
        { name: 'in, "eth0"', type: 'number' as const, values: [0.123456789, null] },
      ],
    },
  ];
  expect(csvOf(frames)).toBe(
    'time,"in, ""eth0"""\r\n1970-01-01T00:00:00.000Z,0.123456789\r\n1970-01-01T00:00:15.000Z,\r\n',
  );
});

import { factsOf, findMetrics, groupMetrics, suggestQuery, type Metric } from './metrics';

const metric = (name: string, help = '', type = ''): Metric => ({ name, help, type });

test('metrics are grouped by their first word, lone ones together at the end', () => {
  const groups = groupMetrics(
    [
      'go_threads',
      'node_load1',
      'go_goroutines',
      'node_load5',
      'up',
      'scrape_samples_scraped',
      'x',
    ].map((name) => metric(name)),
    'Other',
  );

  expect(groups.map(({ name, metrics }) => [name, metrics.length])).toEqual([
    ['node', 2],
    ['go', 2],
    ['scrape', 2],
    ['Other', 1],
  ]);
});

test('a search finds by name first, then by help text', () => {
  const all = [metric('node_load1', 'work that waits'), metric('work_total'), metric('up')];

  expect(findMetrics(all, 'work').map(({ name }) => name)).toEqual(['work_total', 'node_load1']);
});

test('all words must be there', () => {
  const all = [metric('node_cpu_seconds_total'), metric('node_cpu_info')];

  expect(findMetrics(all, 'cpu seconds').map(({ name }) => name)).toEqual([
    'node_cpu_seconds_total',
  ]);
});

test('a part of a histogram has the facts of the whole', () => {
  const metadata = { http_seconds: { type: 'histogram', help: 'Time to answer.', unit: '' } };

  expect(factsOf('http_seconds_bucket', metadata).help).toBe('Time to answer.');
});

test.each([
  [metric('node_load1', '', 'gauge'), 'node_load1'],
  [metric('node_cpu_seconds_total', '', 'counter'), 'rate(node_cpu_seconds_total[5m])'],
  [
    metric('http_seconds_bucket'),
    'histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket[5m])))',
  ],
  [metric('http_seconds_count', '', 'histogram'), 'rate(http_seconds_count[5m])'],
])('the first question about $name fits its type', (asked, query) => {
  expect(suggestQuery(asked)).toBe(query);
});

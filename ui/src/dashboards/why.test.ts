import { findReason, nearest, type WhySource } from './why';

/** A store that answers what it is given and has no data else. */
const storeOf = (
  values: Readonly<Record<string, number>>,
  labels: Readonly<Record<string, string[]>> = {},
): WhySource => ({
  value: (expr) => Promise.resolve(values[expr] ?? null),
  labelValues: (label, match) => Promise.resolve(labels[`${label} ${match ?? ''}`.trim()] ?? []),
});

test('a metric that was never there is told with the nearest name', async () => {
  const store = storeOf({}, { __name__: ['vllm:kv_cache_usage_perc', 'up'] });

  expect(await findReason(['rate(vllm:gpu_cache_usage_perc[5m])'], store)).toEqual({
    title: 'Not measured here',
    words:
      'No target sends vllm:gpu_cache_usage_perc. The nearest name is vllm:kv_cache_usage_perc.',
    next: 'targets',
  });
});

test('a metric that was there is told with its last time and its target', async () => {
  const at = new Date(2026, 1, 3, 2, 36).getTime() / 1000;
  const store = storeOf(
    {
      'max(max_over_time(timestamp(x)[1d:1m]))': at,
      'up{job="vllm", instance="a:8000"}': 0,
    },
    { 'job x': ['vllm'], 'instance x': ['a:8000'] },
  );

  expect(await findReason(['sum(x)'], store)).toEqual({
    title: 'No data since 02:36',
    words: 'vllm on a:8000 does not answer.',
    next: 'targets',
  });
});

test('the condition that leaves nothing is named, with the nearest value', async () => {
  const store = storeOf(
    { 'count(x)': 4, 'count(x{job="a"})': 2 },
    { 'host x{job="a"}': ['gpu-01', 'gpu-02'] },
  );

  expect((await findReason(['x{job="a", host="gpu01"}'], store)).words).toBe(
    'No series of x has host="gpu01". The nearest value is gpu-01.',
  );
});

test('a label that the metric does not have is said', async () => {
  const store = storeOf({ 'count(x)': 4 });

  expect((await findReason(['x{pod=~"a.*"}'], store)).words).toBe(
    'No series of x has pod=~"a.*". It has no label pod.',
  );
});

test('a panel without a query says so', async () => {
  expect((await findReason([], storeOf({}))).title).toBe('This panel asks nothing');
});

test.each([
  ['node_load1', ['node_load5', 'up'], 'node_load5'],
  ['up', ['node_load5'], undefined],
  ['abc', ['xyz'], undefined],
])('nearest to %s', (wanted, there, expected) => {
  expect(nearest(wanted, there)).toBe(expected);
});

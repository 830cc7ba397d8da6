import { unitOf } from './unit';

test.each([
  ['node_memory_MemFree_bytes', 'bytes'],
  ['sum by (job) (process_resident_memory_bytes{job="x-y"})', 'bytes'],
  ['rate(node_network_receive_bytes_total[5m])', 'binBps'],
  ['histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket[5m])))', 's'],
  ['scrape_duration_seconds', 's'],
])('%s is told in %s', (expr, unit) => {
  expect(unitOf(expr)).toBe(unit);
});

test.each([
  ['rate(node_cpu_seconds_total[5m])'],
  ['a_bytes / b_bytes'],
  ['node_memory_MemFree_bytes * 8'],
  ['count(node_memory_MemFree_bytes)'],
  ['up'],
  ['a_bytes - a_bytes offset 1h'],
])('the unit of %s is not sure, so it has none', (expr) => {
  expect(unitOf(expr)).toBeUndefined();
});

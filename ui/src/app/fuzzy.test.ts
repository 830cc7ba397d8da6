import { fuzzy } from './fuzzy';

test('letters must be there in order', () => {
  expect(fuzzy('ncpu', 'node_cpu_seconds_total')).toBeDefined();
  expect(fuzzy('upcn', 'node_cpu_seconds_total')).toBeUndefined();
});

test('words as written come before scattered letters', () => {
  const whole = fuzzy('mem', 'node_memory_MemFree_bytes')!;
  const scattered = fuzzy('mem', 'my_extra_metric')!;

  expect(whole.score).toBeGreaterThan(scattered.score);
});

test('the beginnings of words count more than their middles', () => {
  const beginnings = fuzzy('ncs', 'node_cpu_seconds')!;
  const middles = fuzzy('ncs', 'indecencies')!;

  expect(beginnings.score).toBeGreaterThan(middles.score);
  expect(beginnings.at).toEqual([0, 5, 9]);
});

test('nothing wished for fits everything', () => {
  expect(fuzzy('', 'Targets')).toEqual({ score: 0, at: [] });
});

import type { Target } from '../api/oriel';
import { groupsOf, headline, matches, nameOf, sentence } from './health';

const now = new Date(2026, 10, 18, 3, 12).getTime();

function target(part: Partial<Target>): Target {
  return {
    id: part.name ?? 'id',
    kind: 'SCRAPE',
    pool: 'vllm',
    name: 'vllm-coder',
    where: 'http://10.0.0.11:8000/metrics',
    labels: { job: 'vllm', instance: '10.0.0.11:8000' },
    foundBy: 'prometheus.yml',
    health: 'UP',
    error: null,
    remedy: null,
    lastMs: now,
    lastGoodMs: now,
    tookNanos: 1e6,
    samples: 100,
    intervalMs: 15_000,
    timeoutMs: 10_000,
    failuresInARow: 0,
    ...part,
  };
}

test('all well is a sentence too', () => {
  expect(headline([target({}), target({}), target({})], now)).toEqual({
    state: 'ok',
    title: 'All 3 targets answer',
  });
});

test('of several targets at one address each is told with its job', () => {
  const all = [target({ id: '1' }), target({ id: '2', pool: 'other', health: 'DOWN' })];

  expect(all.map((one) => nameOf(one, all))).toEqual(['vllm-coder (vllm)', 'vllm-coder (other)']);
  expect(headline(all, now).title).toContain('vllm-coder (other) does not since');
  expect(nameOf(all[0]!, [all[0]!])).toBe('vllm-coder');
});

test('the one that is silent is named, with the time of its last answer', () => {
  const silent = target({
    name: 'vllm-whisper',
    health: 'DOWN',
    lastGoodMs: new Date(2026, 10, 18, 1, 58).getTime(),
  });

  expect(headline([target({}), silent], now).title).toBe(
    '1 of 2 targets answer; vllm-whisper does not since 01:58',
  );
});

test('one that never answered is not given a time', () => {
  const silent = target({ name: 'vllm-whisper', health: 'DOWN', lastGoodMs: 0 });

  expect(headline([target({}), silent], now).title).toBe(
    '1 of 2 targets answer; vllm-whisper never did',
  );
});

test('collectors come first, and the silent stand first in their group', () => {
  const answer = {
    targets: [
      target({ name: 'a' }),
      target({ name: 'b', health: 'DOWN' }),
      target({ name: 'Server', kind: 'COLLECTOR', pool: 'node' }),
    ],
    jobs: [
      { job: 'vllm', kind: 'SCRAPE' as const, up: 1, total: 2, series: 200, interval: 15_000 },
    ],
    dropped: [],
    intake: [],
  };

  const groups = groupsOf(answer);

  expect(groups.map(({ name, up, total, series }) => [name, up, total, series])).toEqual([
    ['Collectors', 1, 1, undefined],
    ['vllm', 1, 2, 200],
  ]);
  expect(groups[1]!.targets.map(({ name }) => name)).toEqual(['b', 'a']);
});

test('a filter finds by name, address, label and health, all words together', () => {
  const one = target({ name: 'vllm-coder', health: 'DOWN' });

  expect(matches(one, 'coder down')).toBe(true);
  expect(matches(one, 'instance=10.0.0.11')).toBe(true);
  expect(matches(one, 'coder up')).toBe(false);
});

test.each([
  ['no answer within 10s', 'No answer within 10s.'],
  ['is its exporter running?', 'Is its exporter running?'],
])('the words of the server become a sentence: %s', (words, whole) => {
  expect(sentence(words)).toBe(whole);
});

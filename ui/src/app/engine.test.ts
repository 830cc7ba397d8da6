import type { Engine } from '../api/oriel';
import { engineSays } from './engine';

const now = Date.UTC(2026, 10, 21, 3, 0);
const since = now - 13 * 60_000;
const well: Engine = {
  url: 'http://prometheus:9090',
  state: 'well',
  sinceMs: 0,
  answers: true,
  takes: true,
  why: '',
  pendingBytes: 0,
  mostBytes: 4 * 2 ** 30,
  lagMs: 0,
  lost: 0,
};
const down: Engine = {
  ...well,
  state: 'down',
  sinceMs: since,
  answers: false,
  takes: false,
  why: 'the connection was refused',
  pendingBytes: 12 * 2 ** 20,
};
const time = new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

test('nothing is said of an engine that is well, nor where there is none', () => {
  expect(engineSays(well, now)).toBeUndefined();
  expect(engineSays(undefined, now)).toBeUndefined();
});

test('a silent engine: since when, why, what waits, how full it is, what to do', () => {
  const says = engineSays(down, now)!;

  expect(says.state).toBe('warn');
  expect(says.title).toBe(`The metrics engine does not answer since ${time}`);
  expect(says.behind).toContain('waits here and goes there by itself');
  expect(says.behind).toContain('`http://prometheus:9090`: the connection was refused.');
  expect(says.behind).toContain('Start it, or look at `metrics.url`');
  expect(says.fill).toBe('12 MiB of 4 GiB wait');
  expect(says.share).toBeCloseTo(12 / 4096);
});

test.each([
  [{ answers: true, takes: false }, 'takes no samples'],
  [{ answers: false, takes: true }, 'answers no queries'],
])('half an outage is told as what it is: %o', (half, words) => {
  expect(engineSays({ ...down, ...half }, now)!.title).toContain(words);
});

test('a full queue is critical, and says what was lost', () => {
  const says = engineSays({ ...down, state: 'full', lost: 12_345 }, now)!;

  expect(says.state).toBe('crit');
  expect(says.title).toBe(`No room to wait for the metrics engine since ${time}`);
  expect(says.behind).toContain('**12.3 k samples** so far');
  expect(says.behind).toContain('`metrics.queue_bytes`');
});

test('an engine that is back catches up', () => {
  const says = engineSays({ ...well, state: 'catching_up', lagMs: 120_000 }, now)!;

  expect(says).toMatchObject({ state: 'info', behind: 'The newest it has is 2 min old.' });
});

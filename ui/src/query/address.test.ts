import { takeTime, writeTime } from './address';
import {
  getTime,
  keepTime,
  rangeOf,
  resetTime,
  setRefresh,
  setTimeRange,
  stepTime,
  suggestTime,
  zoomOut,
  zoomTo,
} from './time';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 18, 12);
beforeEach(() => resetTime());

test('a link sets range and refresh', () => {
  takeTime(new URLSearchParams('from=now-6h&to=now-1h&refresh=30s'));

  expect(getTime()).toMatchObject({ from: 'now-6h', to: 'now-1h', refreshMs: 30_000 });
});

test('a link that says nothing of time changes nothing', () => {
  setTimeRange('now-1h', 'now');

  takeTime(new URLSearchParams('q=up'));

  expect(getTime().from).toBe('now-1h');
});

test('nonsense in a link is overwritten by what holds', () => {
  const address = new URLSearchParams('from=soon&to=now');

  takeTime(address);

  expect(writeTime(address)?.get('from')).toBe('now-3h');
});

test('the address keeps what it held beside the time', () => {
  setRefresh(0);

  const next = writeTime(new URLSearchParams('q=up'));

  expect(next?.toString()).toBe('q=up&from=now-3h&to=now&refresh=off');
});

test('an address that says the same is left alone', () => {
  expect(writeTime(new URLSearchParams('from=now-3h&to=now'))).toBeUndefined();
});

test('zooming takes the span that was dragged, in either direction', () => {
  zoomTo(NOON + HOUR, NOON);

  expect(rangeOf(getTime())).toMatchObject({ fromMs: NOON, toMs: NOON + HOUR });
});

test('zooming out doubles the span and does not reach into the future', () => {
  setTimeRange('now-1h', 'now');
  const before = rangeOf(getTime());

  zoomOut();

  const after = rangeOf(getTime());
  expect(after.toMs).toBeLessThanOrEqual(Date.now());
  expect(after.toMs - after.fromMs).toBe(2 * (before.toMs - before.fromMs));
});

test('a step is half a window', () => {
  zoomTo(NOON, NOON + 2 * HOUR);

  stepTime(-1);

  expect(rangeOf(getTime())).toMatchObject({ fromMs: NOON - HOUR, toMs: NOON + HOUR });
});

describe('the range a board is made for', () => {
  test('holds where nobody chose another, and makes room for that of the next board', () => {
    suggestTime('now-30d', 'now');
    expect(getTime().from).toBe('now-30d');
    takeTime(writeTime(new URLSearchParams())!); // as the address does

    suggestTime('now-1h', 'now');
    expect(getTime().from).toBe('now-1h');
  });

  test('gives way to what was chosen, and to a link', () => {
    setTimeRange('now-6h', 'now');
    suggestTime('now-30d', 'now');
    expect(getTime().from).toBe('now-6h');

    resetTime();
    keepTime();
    suggestTime('now-30d', 'now');
    expect(getTime().from).toBe('now-3h');
  });

  test('is not followed into the year it was saved in', () => {
    suggestTime('2022-09-02T10:00:00Z', '2022-09-02T11:00:00Z');

    expect(getTime().from).toBe('now-3h');
  });
});

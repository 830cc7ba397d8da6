import { parseRange } from './rangeText';

const at = (day: number, hours: number, minutes = 0) =>
  new Date(2026, 10, day, hours, minutes).getTime();
const now = at(18, 3, 12);
const absolute = (from: number, to: number) => ({ from: String(from), to: String(to) });

test.each([
  ['3h', 'now-3h'],
  ['90m', 'now-90m'],
  ['last 3 hours', 'now-3h'],
  ['7 days', 'now-7d'],
  ['2 weeks', 'now-2w'],
  ['1h30m', 'now-5400s'],
])('%s is the time up to now', (text, from) => {
  expect(parseRange(text, now)).toEqual({ from, to: 'now' });
});

test('a day and a time begin a range that ends now', () => {
  expect(parseRange('yesterday 22:00', now)).toEqual({ from: String(at(17, 22)), to: 'now' });
});

test('two times of day are today’s', () => {
  expect(parseRange('02:30 to 03:12', now)).toEqual(absolute(at(18, 2, 30), at(18, 3, 12)));
});

test('times that are still ahead are yesterday’s', () => {
  expect(parseRange('22:00 to 23:00', now)).toEqual(absolute(at(17, 22), at(17, 23)));
});

test('a range may pass midnight', () => {
  expect(parseRange('23:00 to 01:00', now)).toEqual(absolute(at(17, 23), at(18, 1)));
});

test('the second time takes the day of the first', () => {
  expect(parseRange('16 Nov 22:00 to 23:30', now)).toEqual(absolute(at(16, 22), at(16, 23, 30)));
});

test('a day alone is the whole day', () => {
  expect(parseRange('yesterday', now)).toEqual(absolute(at(17, 0), at(18, 0) - 1));
  expect(parseRange('today', now)).toEqual({ from: String(at(18, 0)), to: 'now' });
});

test('a date without a year is the last such day', () => {
  const december = new Date(2025, 11, 24).getTime();

  expect(parseRange('24 Dec 10:00 to 24 Dec 11:00', now)).toEqual(
    absolute(december + 10 * 3_600_000, december + 11 * 3_600_000),
  );
});

test('epochs are seconds or milliseconds', () => {
  expect(parseRange('1763431200 to 1763434800000', now)).toEqual(
    absolute(1763431200000, 1763434800000),
  );
});

test('the spelling of the address is understood', () => {
  expect(parseRange('now-6h to now-1h', now)).toEqual({ from: 'now-6h', to: 'now-1h' });
});

test.each(['', 'soon', '25:00', '31 Feb', '03:12 to', 'now to now-1h', 'a to b to c'])(
  '%j means no range',
  (text) => {
    expect(parseRange(text, now)).toBeUndefined();
  },
);

import { bytes, clock, compact, count, duration, percent } from '.';
import { ago } from './times';

test.each([
  [0, '0'],
  [684, '684'],
  [1184, '1,184'],
  [9999, '9,999'],
  [214_000, '214 k'],
  [31_600_000, '31.6 M'],
  [999_999, '1 M'],
])('a count of %d reads %s', (value, words) => {
  expect(count(value)).toBe(words);
});

test.each([
  [123_731_968, '118 MiB'],
  [0, '0 B'],
  [22_978_000_000, '21.4 GiB'],
  [1023.9, '1 KiB'],
])('%d bytes read %s', (value, words) => {
  expect(bytes(value)).toBe(words);
});

test.each([
  [0, '0'],
  [0.0413, '0.0413'],
  [12.3456, '12.3'],
  [-3100, '−3.1 k'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
  [0.00001, '1.0e−5'],
])('the value %d reads %s on an axis', (value, words) => {
  expect(compact(value)).toBe(words);
});

test.each([
  [0, '0 %'],
  [0.007, '0.7 %'],
  [0.9496, '94 %'],
  [0.9996, '99.9 %'],
  [1, '100 %'],
  [0.0001, '< 0.1 %'],
])('a share of %d is not rounded to a threshold: %s', (share, words) => {
  expect(percent(share)).toBe(words);
});

test.each([
  [410, '410 ms'],
  [4830, '4.83 s'],
  [25 * 60_000, '25 min'],
  [74 * 60_000, '1 h 14 min'],
  [63 * 86_400_000, '63 d'],
  [0.25, '250 µs'],
  [999.7, '1 s'],
  [90_000, '1 min 30 s'],
])('%d ms read %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('what is past says how long ago, in whole units', () => {
  expect(ago(0, 4_900)).toBe('4 s ago');
  expect(ago(0, 999)).toBe('now');
  expect(ago(0, 119_000)).toBe('1 min ago');
});

test('a time of another day bears its date', () => {
  const now = new Date(2026, 10, 18, 3, 12).getTime();

  expect(clock(new Date(2026, 10, 18, 1, 58).getTime(), now)).toBe('01:58');
  expect(clock(new Date(2026, 10, 17, 22, 0).getTime(), now)).toBe('17 Nov, 22:00');
  expect(clock(new Date(2025, 8, 1, 22, 0).getTime(), now)).toBe('1 Sep 2025, 22:00');
});

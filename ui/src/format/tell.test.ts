// @vitest-environment jsdom
import { getValueFormat } from '@grafana/data';
import { tellPlainly } from './tell';

const words = (value: number, unit?: string) => {
  const told = tellPlainly(value, unit);
  return `${told.text} ${told.unit}`.trim();
};

test.each([
  [0.3127, undefined, '0.313'],
  [22_978_000_000, 'bytes', '21.4 GiB'],
  [1_250_000, 'binBps', '1.19 MiB/s'],
  [0.41, 's', '410 ms'],
  [4_440, 's', '1 h 14 min'],
  [0.61, 'percentunit', '61 %'],
  [58, 'celsius', '58 °C'],
  [3_730, 'watt', '3.73 kW'],
  [61, 'watt', '61 W'],
  [12_400, 'no such unit', '12.4 k'],
])('%d in %s reads %s', (value, unit, text) => {
  expect(words(value, unit)).toBe(text);
});

test.each([
  [1, 'bytes'],
  [1536, 'bytes'],
  [5 * 1024 ** 3, 'bytes'],
  [0.25, 's'],
  [42, 's'],
  [61, 'watt'],
  [3_500, 'watt'],
  [1_500, 'hertz'],
])('%d in %s is what Grafana says', (value, unit) => {
  const { text, suffix = '' } = getValueFormat(unit)(value);

  const told = tellPlainly(value, unit);

  expect(told.unit).toBe(suffix.trim());
  expect(Number(told.text)).toBeCloseTo(Number(text), 1);
});

// @vitest-environment jsdom
import { display, displayText, thresholdLines } from './display';
import type { FieldConfig } from './frame';
import { tellAsGrafana } from './grafanaUnits';
import { takeTeller } from './units';

beforeAll(() => takeTeller(tellAsGrafana)); // as the dashboards route does

const steps: FieldConfig['thresholds'] = {
  mode: 'absolute',
  steps: [
    { value: null, color: 'green' },
    { value: 75, color: 'orange' },
    { value: 90, color: 'red' },
  ],
};

test('NaN is told as NaN, without a unit and without a judgement', () => {
  const red: FieldConfig = { unit: 'bytes', thresholds: steps };

  expect(displayText(NaN, red)).toBe('NaN');
  expect(display(NaN, red)).toMatchObject({ tone: 'plain', known: true });
  const special = { type: 'special', options: { match: 'nan', result: { text: 'idle' } } } as const;
  expect(displayText(NaN, { mappings: [special] })).toBe('idle');
});

test('a value called constructor is mapped by its own words alone', () => {
  const mappings = [{ type: 'value', options: { up: { text: 'well' } } }] as const;

  expect(displayText('constructor', { mappings })).toBe('constructor');
});

test('bytes are told in the unit that fits, with a space that does not break', () => {
  expect(displayText(23_000_000_000, { unit: 'bytes' })).toBe('21.4\u00a0GiB');
});

test('a value is not rounded up to a threshold it has not reached', () => {
  expect(displayText(89.7, { unit: 'percent', thresholds: steps })).toBe('89.7\u00a0%');
  expect(displayText(89.96, { unit: 'percent', decimals: 1, thresholds: steps })).toBe(
    '89.96\u00a0%',
  );
  expect(displayText(90, { unit: 'percent', thresholds: steps })).toBe('90\u00a0%');
});

test('what was not measured is said in words, never as zero', () => {
  expect(display(null, { unit: 'percent' })).toMatchObject({
    text: 'no data',
    unit: '',
    known: false,
  });
  expect(display(0, { unit: 'percent' })).toMatchObject({ text: '0', unit: '%', known: true });
});

test.each([
  [10, 'plain'],
  [75, 'warn'],
  [91, 'crit'],
])('%s stands on the step that says %s', (value, tone) => {
  expect(display(value, { thresholds: steps }).tone).toBe(tone);
});

test('thresholds in percent are of the span from min to max', () => {
  const config: FieldConfig = { min: 0, max: 200, thresholds: { ...steps, mode: 'percentage' } };

  expect(thresholdLines(config).map(({ value }) => value)).toEqual([150, 180]);
  expect(display(160, config).tone).toBe('warn');
});

test('a mapping says words in place of the number', () => {
  const config: FieldConfig = {
    mappings: [
      { type: 'value', options: { '1': { text: 'up' } } },
      { type: 'special', options: { match: 'null', result: { text: 'never asked' } } },
      { type: 'range', options: { from: 5, to: null, result: { text: 'many' } } },
    ],
  };

  expect(displayText(1, config)).toBe('up');
  expect(displayText(null, config)).toBe('never asked');
  expect(displayText(7, config)).toBe('many');
  expect(displayText(3, config)).toBe('3');
});

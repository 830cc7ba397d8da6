// @vitest-environment jsdom
import {
  createTheme,
  FieldType,
  formattedValueToString,
  getActiveThreshold,
  getDisplayProcessor,
  getScaleCalculator,
  type Field as GrafanaField,
} from '@grafana/data';
import { display, displayText, shareOf, stepOf } from './display';
import type { FieldConfig } from './frame';
import { tellAsGrafana } from './grafanaUnits';
import type { Mappable } from './mappings';
import { takeTeller } from './units';

beforeAll(() => takeTeller(tellAsGrafana)); // as the dashboards route does

const theme = createTheme();
const TYPES = { number: FieldType.number, string: FieldType.string, boolean: FieldType.boolean };

/** What Grafana's own display processor says, written our way: one space, a true minus. */
function grafana(value: Mappable, config: object): string {
  const type = TYPES[typeof value as keyof typeof TYPES] ?? FieldType.number;
  const field = { name: 'f', type, config, values: [value] } as unknown as GrafanaField;
  const told = getDisplayProcessor({ field, theme })(value);
  const [prefix = '', suffix = ''] = [told.prefix, told.suffix].map((part) => part?.trim());
  return `${prefix}${told.text}${suffix ? ` ${suffix}` : ''}`.replaceAll('-', '\u2212');
}
const ours = (value: Mappable, config: object) =>
  displayText(value, config).replaceAll('\u00a0', ' ').replaceAll('-', '\u2212');

const UNITS = [
  '', 'none', 'short', 'sishort', 'percent', 'percentunit', 's', 'ms', 'ns', 'bytes', 'decbytes', 'Bps',
  'binBps', 'deckbytes', 'bps', 'reqps', 'ops', 'cps', 'watt', 'kwatt', 'celsius', 'rotrpm', 'hertz', 'locale',
  'dtdurations', 'dthms', 'clocks', 'dateTimeAsIso', 'dateTimeAsUS', 'time:YYYY-MM-DD', 'bool', 'bool_yes_no', 'bool_on_off',
  'currencyUSD', 'currency:EUR', 'currency:financial:kr:suffix', 'suffix:/s', 'prefix:~', 'count:tok/s',
  'si:mW', 'tokens/s', 'GPUs', '%', 'humidity', 'velocitykmh', 'hex', 'sci', 'no such unit',
]; // prettier-ignore
const NUMBERS = [
  0, 1, -1, 0.5, 3.14159, 42, 99.96, -0.0123, 1234.5678, 86_400, 1.6e9, 1.7634e12, 1e-7,
];

describe.each(UNITS)('in %s', (unit) => {
  test.each(NUMBERS)('%d reads as Grafana tells it', (value) => {
    expect(ours(value, { unit })).toBe(grafana(value, { unit }));
  });
  test.each([0, 1, 3])('with %i decimals too', (decimals) => {
    for (const value of NUMBERS)
      expect(ours(value, { unit, decimals })).toBe(grafana(value, { unit, decimals }));
  });
});

test.each([
  ['words', 'abc', {}],
  ['words with a unit for numbers', 'abc', { unit: 'bytes' }],
  ['a number in words', '2048', { unit: 'bytes' }],
  ['true', true, {}],
  ['false', false, {}],
  ['true as on', true, { unit: 'bool_on_off' }],
  ['nothing, with words for it', null, { noValue: 'n/a' }],
  ['empty words, with words for it', '', { noValue: 'n/a' }],
])('%s reads as Grafana tells it', (_, value, config) => {
  expect(ours(value, config)).toBe(grafana(value, config));
});

const result = (text: string) => ({ text, color: 'red', index: 0 });
const MAPPINGS = [
  { type: 'value', options: { '1': result('one'), up: result('is up'), true: result('yes') } },
  { type: 'special', options: { match: 'null', result: result('no value') } },
  { type: 'special', options: { match: 'nan', result: result('no number') } },
  { type: 'special', options: { match: 'null+nan', result: result('never said') } },
  { type: 'special', options: { match: 'false', result: result('no') } },
  { type: 'special', options: { match: 'empty', result: result('blank') } },
  { type: 'range', options: { from: 10, to: 20, result: result('teens') } },
  { type: 'range', options: { from: 1000, to: null, result: result('many') } },
  { type: 'range', options: { from: null, to: -5, result: result('cold') } },
  { type: 'regex', options: { pattern: 'qdrant-(.*)-(.*)', result: result('node-$2') } },
  { type: 'regex', options: { pattern: '/a/g', result: result('o') } },
];
const MAPPED = [0, 1, 5, 10, 20, 20.5, 1e6, -5, -4, NaN, null, undefined, '', 'up', 'down', 'qdrant-a-7', 'banana', '15 apples', true, false]; // prettier-ignore

test.each(MAPPED)('%s is mapped as Grafana maps it', (value) => {
  const config = { mappings: MAPPINGS };

  expect(ours(value, config)).toBe(grafana(value, config));
});

test('the numbered mappings of old boards say the same', () => {
  const mappings = [
    { type: 1, id: 0, op: '=', value: 'null', text: 'N/A' },
    { type: 1, id: 1, value: '1', text: 'up' },
    { type: 2, id: 2, from: '5', to: '9', text: 'some' },
  ];

  expect([null, 1, 7, 10].map((value) => ours(value, { mappings }))).toEqual([
    'N/A',
    'up',
    'some',
    '10',
  ]);
});

const STEPS = [
  { value: null, color: 'green' },
  { value: 50, color: 'orange' },
  { value: 80, color: 'red' },
];
test.each([-1e9, 0, 49.999, 50, 79, 80, 1e9])('%d stands on the step Grafana finds', (value) => {
  const forGrafana = STEPS.map((step) => ({ ...step, value: step.value ?? -Infinity }));
  const first = [{ value: 0, color: 'blue' }, ...STEPS.slice(1)] as typeof STEPS;

  expect(stepOf(value, { thresholds: { mode: 'absolute', steps: STEPS } })?.color).toBe(
    getActiveThreshold(value, forGrafana).color,
  );
  expect(stepOf(value, { thresholds: { mode: 'absolute', steps: first } })?.color).toBe(
    getActiveThreshold(value, first as { value: number; color: string }[]).color,
  );
});

test.each([-10, 0, 24, 25, 130, 160, 200, 300])(
  'thresholds of a percentage place %d as Grafana does',
  (value) => {
    const config: FieldConfig = {
      min: -40,
      max: 200,
      thresholds: { mode: 'percentage', steps: STEPS },
    };
    const steps = STEPS.map((step) => ({ ...step, value: step.value ?? -Infinity }));
    const field = {
      name: 'f',
      type: FieldType.number,
      values: [value],
      config: { ...config, thresholds: { mode: 'percentage', steps } },
    } as unknown as GrafanaField;
    const scale = getScaleCalculator(field, theme)(value);

    expect(stepOf(value, config)?.color).toBe(scale.threshold?.color);
    expect(shareOf(value, config)).toBeCloseTo(scale.percent, 12);
  },
);

test('a text that Grafana would put together from prefix and suffix is whole here', () => {
  const { prefix, text, unit } = display(-1234.5, { unit: 'currencyUSD' });

  expect(`${prefix}${text}${unit}`.replaceAll('\u2212', '-')).toBe(
    formattedValueToString({ prefix: '-$', text: '1.23', suffix: 'K' }),
  );
});

import type { Field, FieldConfig, Frame } from './frame';
import { applyConfig, unknownMatchers, type Override } from './overrides';

const series = (
  name: string,
  values: (number | null)[],
  labels: Record<string, string> = {},
  refId = 'A',
): Frame => ({
  refId,
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i) },
    { name, type: 'number', labels, values },
  ],
});
const HIT: FieldConfig = { unit: 's' };
const hit = (matcher: Override['matcher']): Override => ({
  matcher,
  properties: [{ id: 'unit', value: 's' }],
});
const hitNames = (frames: readonly Frame[], matcher: Override['matcher']) =>
  applyConfig(frames, { overrides: [hit(matcher)] })
    .flatMap(({ fields }) => fields)
    .filter(({ config }) => config?.unit === HIT.unit)
    .map(({ name }) => name);

const frames = [
  series('cpu 0', [1, 2], { cpu: '0', mode: 'idle' }),
  series('cpu 1', [90, null], { cpu: '1', mode: 'idle' }, 'B'),
  {
    refId: 'C',
    fields: [
      { name: 'host', type: 'text', values: ['a'] },
      { name: 'up', type: 'number', values: [0] },
    ],
  } as Frame,
];

test.each<[string, unknown, string[]]>([
  ['byName', 'cpu 0', ['cpu 0']],
  ['byName', 'Value', ['cpu 0', 'cpu 1']],
  ['byName', 'Time', ['Time', 'Time']],
  ['byName', '{cpu="1",mode="idle"}', ['cpu 1']],
  ['byNames', { names: ['cpu 0', 'up'] }, ['cpu 0', 'up']],
  [
    'byNames',
    { mode: 'exclude', names: ['cpu 0', 'Time'], prefix: 'All except:', readOnly: true },
    ['cpu 1', 'host', 'up'],
  ],
  ['byRegexp', '/CPU/i', ['cpu 0', 'cpu 1']],
  ['byRegexp', 'u.', ['up']],
  ['byRegexp', '/u/', ['cpu 0', 'cpu 1', 'up']],
  ['byRegexp', '(', []],
  ['byRegexpOrNames', { pattern: '/^u/', names: ['cpu 0'] }, ['cpu 0', 'up']],
  ['byType', 'number', ['cpu 0', 'cpu 1', 'up']],
  ['byType', 'string', ['host']],
  ['byTypes', ['string', 'time'], ['Time', 'Time', 'host']],
  ['numeric', undefined, ['cpu 0', 'cpu 1', 'up']],
  ['byFrameRefID', 'B', ['Time', 'cpu 1']],
  ['byValue', { reducer: 'max', op: 'gte', value: 50 }, ['cpu 1']],
  ['byValue', { reducer: 'allIsZero' }, ['up']],
  ['first', undefined, ['Time', 'Time', 'host']],
  ['magic', undefined, []],
])('%s %j', (id, options, expected) => {
  const found = hitNames(frames, { id, options });
  const isByValue = id === 'byValue' && (options as { op?: string }).op;

  expect(isByValue ? found.filter((name) => name !== 'Time') : found).toEqual(expected);
});

const only = (
  overrides: readonly Override[],
  defaults: FieldConfig = {},
  frame = frames[0]!,
): Field => applyConfig([frame], { defaults, overrides })[0]!.fields[1]!;
const named = (value: string, frame?: Frame) =>
  only([{ matcher: { id: 'numeric' }, properties: [{ id: 'displayName', value }] }], {}, frame)
    .name;

test('display names are filled from labels, field and series', () => {
  expect(named('${__field.labels.cpu}/${__field.labels["mode"]}')).toBe('0/idle');
  expect(named('${__field.labels.nope}|${__field.name}')).toBe('|cpu 0');
  expect(named('${__field.labels}')).toBe('cpu="0", mode="idle"');
  expect(named('${__series.name} $__field_name', { ...frames[0]!, name: 'all' })).toBe('all cpu 0');
});

test('later overrides win, and matchers see the name that the series had', () => {
  const field = only([
    {
      matcher: { id: 'byName', options: 'cpu 0' },
      properties: [{ id: 'displayName', value: 'x' }],
    },
    { matcher: { id: 'byName', options: 'cpu 0' }, properties: [{ id: 'unit', value: 'a' }] },
    { matcher: { id: 'numeric' }, properties: [{ id: 'unit', value: 'b' }] },
  ]);

  expect(field).toMatchObject({ name: 'x', config: { unit: 'b' } });
});

test('a property may lie deeper, beside what is there', () => {
  const defaults = { custom: { hideFrom: { legend: true }, lineWidth: 1 } };
  const field = only(
    [{ matcher: { id: 'numeric' }, properties: [{ id: 'custom.hideFrom.viz', value: true }] }],
    defaults,
  );

  expect(field.config!.custom).toEqual({ hideFrom: { legend: true, viz: true }, lineWidth: 1 });
  expect(defaults.custom.hideFrom).toEqual({ legend: true });
});

test('the one column of values of a table is meant by both its names', () => {
  const table: Frame = {
    refId: 'A',
    fields: [
      { name: 'host', type: 'text', values: ['a'] },
      { name: 'Value #A', type: 'number', values: [1] },
    ],
  };

  expect(hitNames([table], { id: 'byName', options: 'Value' })).toEqual(['Value #A']);
  expect(hitNames([table], { id: 'byName', options: 'Value #A' })).toEqual(['Value #A']);
  expect(hitNames([table], { id: 'byName', options: 'host' })).toEqual(['host']);
});

test('a matcher that is not known is told', () => {
  expect(
    unknownMatchers({ overrides: [hit({ id: 'magic' }), hit({ id: 'byName', options: 'a' })] }),
  ).toEqual(['An override is not applied: there is no matcher called "magic"']);
});

test.each([
  [[null]],
  [[{}]],
  [[{ matcher: { id: 'byNames' }, properties: [{ id: 'unit' }] }]],
  [[{ matcher: { id: 'byName' }, properties: [null] }]],
  ['x'],
  [[{ matcher: { id: 'byTypes', options: 3 }, properties: [{ id: 'unit', value: 1 }] }]],
])('overrides %j do no harm', (overrides) => {
  expect(applyConfig(frames, { overrides: overrides as never }).length).toBe(3);
});

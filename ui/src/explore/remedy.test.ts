import { remedyOf } from './remedy';

test.each([
  'limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions',
  'anchored modifier is experimental and not enabled',
  'binop fill modifiers are experimental and not enabled',
  'experimental duration expression is not enabled',
])('Oriel’s own switch is named beside Prometheus’: %s', (message) => {
  expect(remedyOf(message)).toContain('promql.experimental: true');
});

test('other errors have no such remedy', () => {
  expect(remedyOf('unknown function with name "experimental_thing"')).toBeUndefined();
  expect(remedyOf('unexpected end of input')).toBeUndefined();
});

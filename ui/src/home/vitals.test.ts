import { readFileSync } from 'node:fs';
import { VITALS } from './vitals';

const SHIPPED = '../dashboards/src/main/java/io/oriel/dashboards/shipped/Here.java';

/** The matchers of Server health, by their names there. */
const matchers = new Map(
  [...readFileSync(SHIPPED, 'utf8').matchAll(/String (\w+) =\s*"((?:\\.|[^"\\])*)";/g)].map(
    ([, name = '', text = '']) => [name, text.replaceAll('\\"', '"')],
  ),
);

test.each([
  [0, 'IDLE'],
  [3, 'REAL_SPACE'],
  [4, 'REAL_LINES'],
])('vital %i leaves out what Server health leaves out: %s', (index, name) => {
  const asked = [...VITALS[index]!.expr.matchAll(/\{(.*?)\}/g)].map(([, inner]) => inner);

  expect(matchers.get(name)).toBeTruthy();
  expect(new Set(asked)).toEqual(new Set([matchers.get(name)]));
});

test('pressures of CPU, disk and memory stay apart, so that the worst of them is found', () => {
  const { expr } = VITALS[2]!;

  expect([...expr.matchAll(/"of", "(\w+)"/g)].map(([, of]) => of)).toEqual(['cpu', 'io', 'memory']);
});

test('a line is told in bits, as Server health does', () => {
  expect(VITALS[4]!.expr).toMatch(/\* 8$/);
  expect(VITALS[4]!.tell(2_400_000)).toBe('2.4 Mb/s');
});

// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { VITALS, type Place } from './vitals';
import { hereOf } from './Vitals';
import type { TargetsAnswer } from '../api/oriel';

const ALL: Place = { here: [], window: '1m' };

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
  const asked = [...VITALS[index]!.expr(ALL).matchAll(/\{(.*?)\}/g)].map(([, inner]) => inner);

  expect(matchers.get(name)).toBeTruthy();
  expect(new Set(asked)).toEqual(new Set([matchers.get(name)]));
});

test('pressures of CPU, disk and memory stay apart, so that the worst of them is found', () => {
  const expr = VITALS[2]!.expr(ALL);

  expect([...expr.matchAll(/"of", "(\w+)"/g)].map(([, of]) => of)).toEqual(['cpu', 'io', 'memory']);
});

test('a line is told in bits, as Server health does', () => {
  expect(VITALS[4]!.expr(ALL)).toMatch(/\* 8$/);
  expect(VITALS[4]!.tell(2_400_000)).toBe('2.4 Mb/s');
});

test('every sign is of the machine that Oriel runs on, over one window', () => {
  const targets = {
    targets: [
      { kind: 'SCRAPE', pool: 'node', labels: { job: 'node', instance: 'other:9100' } },
      { kind: 'COLLECTOR', pool: 'node', labels: { job: 'node', instance: 'a"b' } },
    ],
  } as unknown as TargetsAnswer;
  const here = hereOf(targets)!;

  for (const { expr } of VITALS) {
    const asked = expr({ here, window: '1m45s' });
    const metrics = asked.match(/node_\w+/g)!.length;
    expect(asked.split('job="node",instance="a\\"b"')).toHaveLength(metrics + 1);
    expect(asked).not.toMatch(/\[(?!1m45s)/);
  }
});

test('nothing is asked until it is known which machine this is', () => {
  expect(hereOf(undefined)).toBeNull();
  expect(hereOf({ targets: [] } as unknown as TargetsAnswer)).toEqual([]);
});

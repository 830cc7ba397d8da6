import '../testing';
import axe from 'axe-core';
import { fireEvent, render, screen } from '@testing-library/react';
import { panelProps, series } from '../chart/fixtures';
import type { FieldConfig, Frame } from '../../frames/frame';
import { barsOf, placeBars, shapeOf } from './bars';
import BarChart from '.';

const table = (config: FieldConfig = {}): Frame => ({
  refId: 'A',
  fields: [
    { name: 'workflow', type: 'text', values: ['backup', 'report', null] },
    { name: 'runs', type: 'number', values: [4, null, 2], config },
    { name: 'errors', type: 'number', values: [1, 3, -2], config },
  ],
});
const placed = (options: Record<string, unknown>, frame = table()) =>
  placeBars(barsOf([frame], options), shapeOf(options));

test('groups are the words of the table, missing is no bar', () => {
  const bars = barsOf([table()], {});

  expect(bars.names).toEqual(['backup', 'report', '–']);
  expect(placed({}).map(({ group, series: own, high, low }) => [group, own, low, high])).toEqual([
    [0, 0, 0, 4],
    [0, 1, 0, 1],
    [1, 1, 0, 3],
    [2, 0, 0, 2],
    [2, 1, -2, 0],
  ]);
});

test('xField names the column, numbers and times alike', () => {
  expect(barsOf([table()], { xField: 'runs' }).names).toEqual(['4', '–', '2']);
  expect(barsOf([table()], { xField: 'runs' }).series.map(({ name }) => name)).toEqual(['errors']);
});

test('series are joined on their times', () => {
  const bars = barsOf([series('a', [1, 2]), series('b', [3])], {}, 'utc');

  expect(bars.names).toEqual(['00:00:00', '00:00:15']);
  expect(bars.series.map(({ values }) => values)).toEqual([
    [1, 2],
    [3, null],
  ]);
});

test.each([
  [
    'none',
    [
      [0, 4],
      [0, 1],
    ],
  ],
  [
    'normal',
    [
      [0, 4],
      [4, 5],
    ],
  ],
  [
    'percent',
    [
      [0, 80],
      [80, 100],
    ],
  ],
])('stacked %s', (stacking, wanted) => {
  const first = placed({ stacking }).filter(({ group }) => group === 0);

  expect(first.map(({ low, high }) => [low, high])).toEqual(wanted);
});

test('bars of a group lie side by side within it', () => {
  const [a, b] = placed({ groupWidth: 0.6, barWidth: 1 });

  expect(a!.from).toBeCloseTo((1 / 3) * 0.2);
  expect(b!.from).toBeCloseTo(a!.to);
  expect(b!.to).toBeLessThan(1 / 3);
});

test('a board may colour each bar by its value, or by another column', () => {
  const thresholds = {
    mode: 'absolute' as const,
    steps: [
      { value: null, color: 'blue' },
      { value: 3, color: 'red' },
    ],
  };
  const byValue = barsOf([table({ thresholds, color: { mode: 'thresholds' } })], {});
  const byField = barsOf([table({ thresholds })], { colorByField: 'errors' });

  expect(byValue.series[0]!.colours).toEqual(['var(--crit)', 'var(--c1)', 'var(--c1)']);
  expect(byField.series[0]!.colours).toEqual(['var(--c1)', 'var(--crit)', 'var(--c1)']);
});

test('of more than a hundred groups the rest is counted', () => {
  const names = Array.from({ length: 120 }, (_, i) => `job ${i}`);
  const frame: Frame = {
    refId: 'A',
    fields: [
      { name: 'job', type: 'text', values: names },
      { name: 'n', type: 'number', values: names.map((_, i) => i) },
    ],
  };

  expect(barsOf([frame], {})).toMatchObject({ more: 20 });
});

test.each([['vertical'], ['horizontal']])(
  '%s bars are told in one line, and axe finds nothing',
  async (orientation) => {
    const { container } = render(
      <BarChart {...panelProps({ title: 'Runs', frames: [table()], options: { orientation } })} />,
    );

    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Runs: 3 groups, highest backup with 4',
    );
    const { violations } = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  },
);

test('arrow keys go from group to group and say the values', () => {
  const { container } = render(<BarChart {...panelProps({ frames: [table()] })} />);

  fireEvent.keyDown(screen.getByRole('img'), { key: 'ArrowRight' });

  expect(container.querySelector('[aria-live]')!.textContent).toBe('backup: runs 4, errors 1');
});

import '../testing';
import axe from 'axe-core';
import { fireEvent, render, screen } from '@testing-library/react';
import { countHeat, toHeat } from '../../frames/heat';
import { panelProps, series } from '../chart/fixtures';
import { lookOf } from './draw';
import { heatOptionsOf } from './heatOptions';
import HeatMap from '.';

const bucket = (le: string, values: number[]) => series(le, values, {}, { labels: { le } });
const classic = [bucket('0.005', [1, 0]), bucket('0.1', [4, 2]), bucket('+Inf', [4, 3])];

test('values are counted into cells, low to high upwards', () => {
  const heat = countHeat([series('a', [1, 9, 12]), series('b', [2, null, 13])], 15_000, {
    ySize: 10,
  });

  expect(heat.rows.map(({ name }) => name)).toEqual(['20', '10']);
  expect(heat.rows.map(({ values }) => values)).toEqual([
    [0, 0, 2],
    [2, 1, 0],
  ]);
});

test.each([
  ['powers', { base: 10 }, ['1000', '100', '10']],
  ['a count of rows', { yCount: 2 }, ['600', '400', '200']],
])('rows by %s', (_, counting, wanted) => {
  const values = 'base' in counting ? [1, 20, 300] : [0, 400];
  const { rows } = countHeat([series('a', values)], 15_000, counting);

  expect(rows.map(({ name }) => name)).toEqual(wanted);
});

test('columns as wide as the board says; nothing gives nothing', () => {
  const heat = countHeat([series('a', [1, 1, 1, 1])], 15_000, { xMs: 30_000, ySize: 5 });

  expect(heat.stepMs).toBe(30_000);
  expect(heat.rows[0]!.values).toEqual([1, 2, 1]);
  expect(countHeat([], 15_000, {}).rows).toEqual([]);
  expect(countHeat([series('a', [5, 5])], 15_000, {}).rows).toHaveLength(1);
});

test('what a board says of colours and cells', () => {
  const options = heatOptionsOf({
    calculate: true,
    calculation: {
      xBuckets: { mode: 'size', value: '1m' },
      yBuckets: { mode: 'count', value: '8', scale: { type: 'log', log: 2 } },
    },
    color: {
      scheme: 'Reds',
      reverse: true,
      scale: 'exponential',
      exponent: 0.3,
      steps: 16,
      min: 0,
      max: 5,
    },
    cellGap: 3,
    filterValues: { le: 1e-9 },
    yAxis: { unit: 's', reverse: true },
    legend: { show: false },
    tooltip: { mode: 'none' },
  });

  expect(options).toMatchObject({
    counting: { xMs: 60_000, yCount: 8, base: 2 },
    exponent: 0.3,
    steps: 16,
    low: 0,
    high: 5,
    hideUpTo: 1e-9,
    gap: 3,
    reverse: true,
    legend: false,
    tooltip: false,
  });
  expect(options.run![0]).toContain('var(--crit) 100%');
  expect(heatOptionsOf({})).toMatchObject({
    counting: null,
    run: null,
    legend: true,
    tooltip: true,
  });
});

test('cells without a count, or with one the board hides, stay empty', () => {
  const heat = toHeat(classic, 15_000);
  const look = lookOf(
    heat,
    heatOptionsOf({ filterValues: { le: 1, ge: 9 }, color: { scheme: 'Blues' } }),
  );

  expect([0, 1, 9].map(look.colour)).toEqual([null, null, null]);
  expect(look.colour(3)).not.toBeNull();
});

test('bounds are told in the unit of the axis, and axe finds nothing', async () => {
  const mark = {
    fromMs: 20_000,
    title: 'restarted',
    text: '',
    tags: [],
    colour: 'red',
    kind: 'change' as const,
  };
  const { container } = render(
    <HeatMap
      {...panelProps({ frames: classic, options: { yAxis: { unit: 's' } }, annotations: [mark] })}
    />,
  );

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Power: 3 rows, highest now 100\u00a0ms with 2',
  );
  expect(screen.getByRole('button', { name: 'restarted' })).toBeTruthy();
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id }) => id)).toEqual([]);

  fireEvent.keyDown(screen.getByRole('img'), { key: 'ArrowLeft' });
  expect(document.body.textContent).toContain('up to');
});

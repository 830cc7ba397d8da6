import '../testing';
import axe from 'axe-core';
import { render, screen } from '@testing-library/react';
import type { Frame } from '../../frames/frame';
import { panelProps, series } from '../chart/fixtures';
import { pathOf, trendOf } from './points';
import Trend from '.';

const frame: Frame = {
  refId: 'A',
  fields: [
    { name: 'load', type: 'number', values: [3, 1, null, 2] },
    { name: 'p99', type: 'number', values: [30, 10, 99, null] },
  ],
};

test('rows go by the field, those without it are left out', () => {
  const trend = trendOf([frame], { xField: 'load' })!;

  expect(trend.x).toEqual([1, 2, 3]);
  expect(trend.series[0]!.values).toEqual([10, null, 30]);
});

test('another field may be the axis; without a pair there is no trend', () => {
  expect(trendOf([frame], { xField: 'p99' })!.xName).toBe('p99');
  expect(trendOf([series('a', [1])], {})).toBeNull();
});

test('a path stops at a hole, a lone point is still seen', () => {
  expect(pathOf([[0, 1], [2, 3], null, [6, 7]])).toBe('M0 1L2 3M6 7h0.1');
});

test('is told in one line, and axe finds nothing; without a pair it says what it needs', async () => {
  const { container, rerender } = render(<Trend {...panelProps({ frames: [frame] })} />);

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Power: p99 over load, from 1 to 3',
  );
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id }) => id)).toEqual([]);

  rerender(<Trend {...panelProps({ frames: [] })} />);
  expect(screen.getByText('A trend needs two columns of numbers')).toBeTruthy();
});

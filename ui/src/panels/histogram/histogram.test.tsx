import '../testing';
import axe from 'axe-core';
import { render, screen } from '@testing-library/react';
import { panelProps, series } from '../chart/fixtures';
import { bucketsOf } from './buckets';
import Histogram from '.';

test.each([
  ['a size', { bucketSize: 10 }, [0, 10, 20, 30], [2, 1, 1]],
  ['a count', { bucketCount: 3 }, [0, 10, 20, 30], [2, 1, 1]],
  ['an offset', { bucketSize: 10, bucketOffset: 5 }, [-5, 5, 15, 25], [1, 2, 1]],
])('values by %s', (_, options, edges, counts) => {
  const buckets = bucketsOf([series('a', [1, 9, 10, null, 24])], options);

  expect(buckets.edges).toEqual(edges);
  expect(buckets.series[0]!.counts).toEqual(counts);
});

test('one row a series, or all in one', () => {
  const frames = [series('a', [1, 1]), series('b', [1, 12])];

  expect(bucketsOf(frames, { bucketSize: 10 }).series.map(({ counts }) => counts)).toEqual([
    [2, 0],
    [1, 1],
  ]);
  expect(bucketsOf(frames, { bucketSize: 10, combine: true }).series).toMatchObject([
    { counts: [3, 1] },
  ]);
});

test('cumulative buckets are parted again; the open one gets an end', () => {
  const of = (le: string, value: number) => series(le, [0, value], {}, { labels: { le } });
  const { edges, series: rows } = bucketsOf([of('+Inf', 10), of('0.5', 4), of('1', 9)], {});

  expect(edges).toEqual([0, 0.5, 1, 1.5]);
  expect(rows[0]!.counts).toEqual([4, 5, 1]);
});

test('a bound that only one of the summed histograms has does not count the others twice', () => {
  const of = (le: string, value: number) => series(le, [0, value], {}, { labels: { le } });
  const { series: rows } = bucketsOf([of('1', 9), of('2', 3), of('+Inf', 10)], {});

  expect(rows[0]!.counts).toEqual([9, 0, 1]);
});

test('increases of steps are summed over the range', () => {
  const of = (le: string, values: number[]) => series(le, values, {}, { labels: { le } });
  const { series: rows } = bucketsOf([of('1', [2, 1, 0]), of('+Inf', [2, 4, 0])], {});

  expect(rows[0]!.counts).toEqual([3, 3]);
});

test('equal values are one bucket, none at all no picture; a tiny size does not run away', () => {
  expect(bucketsOf([series('a', [5, 5])], {}).series[0]!.counts).toEqual([2]);
  expect(bucketsOf([series('a', [null])], {}).edges).toEqual([]);
  expect(bucketsOf([series('a', [0, 1e9])], { bucketSize: 1e-6 }).edges.length).toBeLessThan(500);
});

test('is told in one line, and axe finds nothing', async () => {
  const { container } = render(
    <Histogram
      {...panelProps({ frames: [series('a', [1, 2, 11])], options: { bucketSize: 10 } })}
    />,
  );

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Power: 3 values, most from 0 to 10',
  );
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

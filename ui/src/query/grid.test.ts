import { onSteps } from './grid';
import { alignToStep, stepFor } from './step';

test('a step without a sample is a hole, not a zero', () => {
  const series = { labels: {}, times: [0, 30_000], values: [1, 3] };

  expect(onSteps(series, 0, 30_000, 15_000)).toEqual([1, null, 3]);
});

test('what lies beside the grid is left out', () => {
  const series = { labels: {}, times: [-15_000, 0, 45_000], values: [9, 1, 9] };

  expect(onSteps(series, 0, 15_000, 15_000)).toEqual([1, null]);
});

test('a chart gets at most one point per pixel', () => {
  const step = stepFor(3 * 3_600_000, 500, 15_000);

  expect(step).toBe(30_000);
  expect((3 * 3_600_000) / step).toBeLessThanOrEqual(500);
});

test('a refresh within one step asks the same', () => {
  expect(alignToStep(1_000, 61_000, 15_000)).toEqual(alignToStep(14_000, 74_000, 15_000));
});

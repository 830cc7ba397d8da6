import { placeOf } from './draw';
import type { Heat } from '../../frames/heat';

const heatOf = (rows: number) =>
  ({
    rows: Array.from({ length: rows }, (_, i) => ({ name: `core ${i}`, values: [] })),
  }) as unknown as Heat;

test('two rows are two bands in the middle, not a flag', () => {
  const { top, height, rowHeight } = placeOf(heatOf(2), [], 600, 221);

  expect(rowHeight).toBe(36);
  expect(height).toBe(72);
  expect(top).toBe(66);
});

test('many rows fill the height', () => {
  const { top, height, rowHeight } = placeOf(heatOf(64), [], 600, 221);

  expect(top).toBe(2);
  expect(height).toBe(200);
  expect(rowHeight * 64).toBeCloseTo(200);
});

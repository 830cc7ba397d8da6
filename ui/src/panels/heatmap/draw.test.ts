import { placeOf } from './draw';
import type { Heat } from '../../frames/heat';

const heatOf = (rows: number) =>
  ({
    rows: Array.from({ length: rows }, (_, i) => ({ name: `core ${i}`, values: [] })),
  }) as unknown as Heat;

test('two rows fill the height, one is a band at its top', () => {
  const two = placeOf(heatOf(2), [], 600, 221);
  const one = placeOf(heatOf(1), [], 600, 221);

  expect(two.rowHeight).toBe(100);
  expect(two.height).toBe(200);
  expect(one.height).toBe(128);
  expect(one.top).toBe(2);
});

test('many rows fill the height', () => {
  const { top, height, rowHeight } = placeOf(heatOf(64), [], 600, 221);

  expect(top).toBe(2);
  expect(height).toBe(200);
  expect(rowHeight * 64).toBeCloseTo(200);
});

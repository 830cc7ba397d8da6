import { placeOf } from './draw';
import type { Heat } from '../../frames/heat';

const heatOf = (rows: number) =>
  ({
    rows: Array.from({ length: rows }, (_, i) => ({ name: `core ${i}`, values: [] })),
  }) as unknown as Heat;

test('two rows nearly fill the height, one is a band in its middle', () => {
  const two = placeOf(heatOf(2), [], 600, 221);
  const one = placeOf(heatOf(1), [], 600, 221);

  expect(two.rowHeight).toBe(96);
  expect(two.height).toBe(192);
  expect(one.height).toBe(96);
  expect(one.top).toBe(54);
});

test('many rows fill the height', () => {
  const { top, height, rowHeight } = placeOf(heatOf(64), [], 600, 221);

  expect(top).toBe(2);
  expect(height).toBe(200);
  expect(rowHeight * 64).toBeCloseTo(200);
});

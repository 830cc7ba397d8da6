import { emsOf, fontFor, gridOf } from './tiles';
import { areaPaths, sparkOf } from './spark';

describe('tiles in a box', () => {
  test.each([
    [1, { width: 300, height: 120 }, 'auto', 1, 1],
    [4, { width: 800, height: 80 }, 'auto', 4, 1],
    [4, { width: 200, height: 400 }, 'auto', 1, 4],
    [6, { width: 600, height: 300 }, 'auto', 2, 3],
    [4, { width: 800, height: 200 }, 'horizontal', 1, 4],
    [4, { width: 800, height: 200 }, 'vertical', 4, 1],
  ] as const)('%i in %o, %s: %i columns, %i rows', (count, box, orientation, columns, rows) => {
    expect(gridOf(count, box, orientation)).toMatchObject({ columns, rows });
  });

  test('forty tiles in a small box keep their least size, and are scrolled to', () => {
    const { columns, tile } = gridOf(40, { width: 300, height: 100 }, 'auto');

    expect(columns).toBe(4);
    expect(tile.height).toBe(30);
  });

  test('a grid never stands over its box to the side', () => {
    for (let count = 1; count <= 60; count++) {
      const { columns, tile } = gridOf(count, { width: 500, height: 160 }, 'auto');
      expect(columns * tile.width + (columns - 1) * 8).toBeLessThanOrEqual(500);
    }
  });
});

test('a font is as large as the words allow, within its limits', () => {
  expect(fontFor(emsOf('98.6'), 200, { least: 12, most: 40 })).toBe(40);
  expect(fontFor(emsOf('1,234,567.89 req/s'), 120, { least: 11, most: 40 })).toBeLessThan(16);
  expect(fontFor(emsOf('a very long version string indeed'), 40, { least: 11, most: 40 })).toBe(11);
});

describe('a spark line', () => {
  const minutes = (count: number) => Array.from({ length: count }, (_, i) => i * 60_000);

  test('keeps every point where there are few', () => {
    expect(sparkOf([1, 2, 3, 4, 5], minutes(5))).toEqual([1, 2, 3, 4, 5]);
  });

  test('keeps the highest of each stretch, and no hole in even data', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i === 333 ? 900 : i % 7));

    const spark = sparkOf(values, minutes(500));

    expect(spark.length).toBeLessThanOrEqual(97);
    expect(Math.max(...spark.map(Number))).toBe(900);
    expect(spark).not.toContain(null);
  });

  test.each([20, 97, 121, 240])(
    'has no hole in %i even points and one of now behind them',
    (count) => {
      const times = [...minutes(count), (count - 1) * 60_000 + 12_000];

      expect(sparkOf(times, times)).not.toContain(null);
    },
  );

  test('has a hole where nothing was measured, though no null stands there', () => {
    const times = [0, 1, 2, 3, 10, 11, 12].map((i) => i * 60_000);

    expect(sparkOf(times.map(() => 5), times)).toEqual([5, 5, 5, 5, null, null, null, null, null, null, 5, 5, 5]); // prettier-ignore
  });

  test('NaN is a hole', () => {
    expect(sparkOf([1, NaN, 3, 4])).toEqual([1, null, 3, 4]);
  });

  test('is drawn in pieces, each with an area of its own down to the foot', () => {
    const { line, area } = areaPaths([1, 2, null, 2, 1], 40, 20);

    expect(line.match(/M/g)).toHaveLength(2);
    expect(area.match(/Z/g)).toHaveLength(2);
  });
});

import type { Frame } from './frame';
import { breakAtGaps, decimate, toUplot } from './toUplot';

const series = (times: number[], values: (number | null)[]): Frame => ({
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', values: times },
    { name: 'watts', type: 'number', values },
  ],
});

test('a GPU that missed a scrape leaves a hole, not a zero', () => {
  const gpu0 = series([0, 15_000, 30_000], [71, 72, 73]);
  const gpu1 = series([0, 30_000], [64, 66]);

  expect(toUplot([gpu0, gpu1])).toEqual([
    [0, 15, 30],
    [71, 72, 73],
    [64, null, 66],
  ]);
});

test('an infinite value is a hole in a chart', () => {
  expect(toUplot([series([0, 15_000], [Infinity, 1])])[1]).toEqual([null, 1]);
});

test('a hole of two intervals is bridged, one of three breaks the line', () => {
  const two = breakAtGaps(
    [
      [0, 15, 30],
      [1, null, 3],
    ],
    15,
  );
  const three = breakAtGaps(
    [
      [0, 15, 30, 45],
      [1, null, null, 4],
    ],
    15,
  );

  expect(two[1]).toEqual([1, undefined, 3]);
  expect(three[1]).toEqual([1, null, null, 4]);
});

test('where no series has a row for long, an empty row breaks the line', () => {
  const [times, values] = breakAtGaps(
    [
      [0, 15, 75],
      [1, 2, 3],
    ],
    15,
  );

  expect(times).toEqual([0, 15, 45, 75]);
  expect(values).toEqual([1, 2, null, 3]);
});

test('decimation keeps a spike of one sample among ten thousand', () => {
  const times = Array.from({ length: 10_000 }, (_, i) => i);
  const values = times.map((i) => (i === 4_321 ? 99 : 1));

  const [fewTimes, few] = decimate([times, values], 100);

  expect(fewTimes).toHaveLength(200);
  expect(Math.max(...(few as number[]))).toBe(99);
  expect(fewTimes.every((time, i) => i === 0 || time > fewTimes[i - 1]!)).toBe(true);
});

test('data that is sparse enough is not decimated', () => {
  expect(
    decimate(
      [
        [0, 1, 2],
        [1, 2, 3],
      ],
      10,
    ),
  ).toEqual([
    [0, 1, 2],
    [1, 2, 3],
  ]);
});

import { toCsv } from './csv';

test('a series that missed a scrape leaves an empty cell, not a zero', () => {
  const series = [
    { labels: {}, times: [0, 15_000], values: [71, 72] },
    { labels: {}, times: [15_000], values: [64] },
  ];

  expect(toCsv(['gpu 0', 'up{job="a",b="c"}'], series)).toBe(
    'time,gpu 0,"up{job=""a"",b=""c""}"\n' +
      '1970-01-01T00:00:00.000Z,71,\n' +
      '1970-01-01T00:00:15.000Z,72,64\n',
  );
});

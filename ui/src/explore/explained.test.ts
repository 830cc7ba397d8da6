import type { Part } from '../api/oriel';
import { readOut } from './explained';
import { charsOf } from './utf8';

const part = (start: number, end: number, says: Part['says'], below: Part['below'] = []): Part => ({
  start,
  end,
  says,
  below,
});

test('parts are numbered as they are read, each with its place in the text', () => {
  const query = 'rate(x[5m])';
  const whole = part(0, 11, [
    { words: 'the per-second growth of ' },
    { part: part(5, 6, [{ name: 'x' }]) },
    { words: ', averaged over ' },
    { part: part(7, 9, [{ words: 'the last 5 minutes' }]) },
  ]);

  const { lines, parts } = readOut(query, whole);

  expect(lines).toHaveLength(1);
  expect(parts.map(({ from, to }) => query.slice(from, to))).toEqual([query, 'x', '5m']);
  expect(parts[0]!.words).toBe('the per-second growth of x, averaged over the last 5 minutes');
});

test('what stands below a sentence, or below a part of it, has a line of its own', () => {
  const first = { label: 'the first', part: part(0, 1, [{ name: 'a' }]) };
  const inner = part(0, 5, [{ words: 'the first divided by 2' }], [first]);
  const whole = part(0, 9, [{ part: inner }, { words: ', times 2' }]);

  const { lines } = readOut('a / 2 * 2', whole);

  expect(lines.map(({ depth, label }) => [depth, label])).toEqual([
    [0, undefined],
    [1, 'the first'],
  ]);
});

test('bytes of UTF-8 become characters', () => {
  const text = 'aé€😀b';
  const encoder = new TextEncoder();

  for (const end of [0, 1, 2, 3, 5, 6]) {
    expect(charsOf(text)(encoder.encode(text.slice(0, end)).length)).toBe(end);
  }
  expect(charsOf('plain')(3)).toBe(3);
  expect(charsOf('plain')(99)).toBe(5);
});

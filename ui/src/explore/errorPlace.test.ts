import { placeOf } from './errorPlace';

test('the place and the reason are read from Prometheus’ words', () => {
  const message =
    'invalid parameter "query": 1:15: parse error: unexpected right parenthesis \')\'';

  expect(placeOf(message, 'sum(rate(x[5m])))')).toEqual({
    line: 1,
    column: 15,
    offset: 14,
    end: 15,
    reason: "unexpected right parenthesis ')'",
  });
});

test('a place on a later line is counted from the start', () => {
  expect(placeOf('2:3: parse error: bad', 'sum(\n  x y)')?.offset).toBe(7);
});

test('a place after the end is shown at the last character', () => {
  expect(placeOf('1:4: parse error: unexpected end of input', 'a +')?.offset).toBe(2);
});

test('an error without a place has none', () => {
  expect(placeOf('query timed out in expression evaluation', 'up')).toBeUndefined();
});

test('a place beyond the text is not about it', () => {
  expect(placeOf('1:99: parse error: bad', 'up')).toBeUndefined();
});

test('the whole word that stands there is meant, columns counted in bytes', () => {
  const expr = 'größe + unknown(x)';
  const place = placeOf('1:11: parse error: unknown function with name "unknown"', expr)!;

  expect(expr.slice(place.offset, place.end)).toBe('unknown');
});

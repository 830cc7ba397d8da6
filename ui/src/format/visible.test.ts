import { visible } from './visible';

test.each([
  ['/dev/sda', '/dev/sda'],
  ['a\u202eb', 'a\\u202eb'],
  ['a\nb\u0007', 'a\\u000ab\\u0007'],
  ['مرحبا', 'مرحبا'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

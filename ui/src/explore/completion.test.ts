// @vitest-environment jsdom
import type { QueryWord } from '../api/oriel';
import { shown, withOwnWords } from './completion';
import { wordAt } from './editorHelp';

const word = (kind: QueryWord['kind'], name: string, experimental = false): QueryWord => ({
  kind,
  name,
  signature: `${name}(range vector) instant vector`,
  takes: [],
  returns: 'vector',
  experimental,
  doc: 'What it is for.',
  example: `${name}(x)`,
});
const words = [
  word('function', 'rate'),
  word('function', 'newest', true),
  word('aggregation', 'sum'),
  word('operator', '/'),
];
const brought = [
  { label: 'rate', type: 'function', detail: 'function', info: 'as it was packed' },
  { label: 'gone', type: 'function', detail: 'function' },
  { label: 'sum', type: 'keyword', detail: 'aggregation' },
  { label: 'sum(rate(x[5m]))', type: 'function', detail: 'snippet' },
  { label: 'node_load1', type: 'constant' },
];

test('what acts without being seen is written out in the list, and put in as it is', () => {
  expect(shown({ label: 'a\u202eb', detail: 'x\u200b' })).toEqual({
    label: 'a\u202eb',
    displayLabel: 'a\\u202eb',
    detail: 'x\\u200b',
  });
  expect(shown({ label: 'up' })).toEqual({ label: 'up' });
});

test('functions come from the server, metrics and the rest stay', () => {
  const options = withOwnWords(brought, words);

  expect(options.map(({ label }) => label)).toEqual([
    'rate',
    'newest',
    'sum',
    'sum(rate(x[5m]))',
    'node_load1',
  ]);
  const [rate, newest] = options;
  const info = (rate!.info as () => HTMLElement)();
  expect(info.textContent).toContain('rate(range vector) instant vector');
  expect(newest!.detail).toBe('function, experimental');
});

test('where no function fits, none is offered', () => {
  expect(withOwnWords([brought[4]!], words)).toEqual([brought[4]]);
});

test('without the server’s table the list that was brought stays', () => {
  expect(withOwnWords(brought, [])).toEqual(brought);
});

test('help is on the word under the pointer, not on a metric or text of that name', () => {
  const text = 'sum by (rate) (rate(x{a="sum("}[5m])) / rate';

  expect(wordAt(text, 1, words)?.word.name).toBe('sum');
  expect(wordAt(text, 9, words)).toBeUndefined();
  expect(wordAt(text, 16, words)).toMatchObject({ from: 15, to: 19 });
  expect(wordAt(text, 26, words)).toBeUndefined();
  expect(wordAt(text, 38, words)?.word.name).toBe('/');
  expect(wordAt(text, 43, words)).toBeUndefined();
});

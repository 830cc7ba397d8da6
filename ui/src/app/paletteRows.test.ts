import { findRows, type Row } from './paletteRows';

const row = (id: string, group: string, words: string): Row => ({
  id,
  group,
  words,
  icon: 'search',
  run: () => {},
});
const rows = [
  row('1', 'Pages', 'Targets'),
  row('2', 'Do', 'Theme as the system has it'),
  row('3', 'Metrics', 'node_memory_MemFree_bytes'),
];

test('the group with the best row comes first', () => {
  expect(findRows(rows, 'mem', []).map(([group]) => group)).toEqual(['Metrics', 'Do']);
});

test('what was chosen lately comes first while nothing is typed', () => {
  expect(findRows(rows, '', ['2', '3']).map(([group]) => group)).toEqual([
    'Do',
    'Metrics',
    'Pages',
  ]);
});

test('a group shows at most eight rows', () => {
  const many = Array.from({ length: 50 }, (_, i) => row(`m${i}`, 'Metrics', `node_memory_${i}`));

  expect(findRows(many, 'mem', [])[0]![1]).toHaveLength(8);
});

import { notesOf } from './notes';

test('a note of the language knows its part of the query; one of the server stands alone', () => {
  const expr = 'rate(load[5m])';
  const info = 'PromQL info: metric might not be a counter, got "load" (1:6)';

  const notes = notesOf({ warnings: ['results truncated due to limit'], infos: [info] }, expr);

  expect(notes).toEqual([
    { kind: 'warning', text: 'results truncated due to limit' },
    {
      kind: 'info',
      text: 'metric might not be a counter, got "load"',
      where: '1:6',
      place: { from: 5, to: 9 },
    },
  ]);
});

test('a place outside of the text is none', () => {
  const notes = notesOf({ warnings: ['PromQL warning: x (7:1)'], infos: [] }, 'up');

  expect(notes).toEqual([{ kind: 'warning', text: 'x', where: '7:1', place: undefined }]);
});

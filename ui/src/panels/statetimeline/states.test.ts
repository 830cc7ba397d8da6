import type { FieldConfig } from '../../frames/frame';
import { paintOf } from '../../frames/paint';
import { seriesOf } from '../kinds.testing';
import {
  cellAt,
  legendOf,
  lengthsOf,
  rowsOf,
  stateColour,
  type Row,
  type StateOptions,
} from './states';

const MIN = 60_000;
const options = (more: Partial<StateOptions> = {}): StateOptions => ({
  merge: true,
  stepMs: MIN,
  fromMs: 0,
  toMs: 10 * MIN,
  ...more,
});
const UP: FieldConfig = {
  mappings: [
    {
      type: 'value',
      options: { '0': { text: 'DOWN', color: 'red' }, '1': { text: 'UP', color: 'green' } },
    },
  ],
};
const spans = (row: Row) => row.cells.map((c) => [c.fromMs / MIN, c.toMs / MIN, c.text]);

test('neighbours of one state are one cell, until the state changes', () => {
  const [row] = rowsOf([seriesOf('n', [1, 1, 0, 1], UP)], options());

  expect(spans(row!)).toEqual([
    [0, 2, 'UP'],
    [2, 3, 'DOWN'],
    [3, 4, 'UP'],
  ]);
});

test('unmerged, each value is a cell of its own', () => {
  const [row] = rowsOf([seriesOf('n', [1, 1, 1], UP)], options({ merge: false }));

  expect(spans(row!)).toHaveLength(3);
});

test('a hole stays a hole, unless the board bridges it', () => {
  const [holed] = rowsOf([seriesOf('n', [1, null, null, 1], UP)], options());
  const bridged = { ...UP, custom: { spanNulls: true } };
  const [whole] = rowsOf([seriesOf('n', [1, null, null, 1], bridged)], options());

  expect(spans(holed!)).toEqual([
    [0, 1, 'UP'],
    [3, 4, 'UP'],
  ]);
  expect(spans(whole!)).toEqual([[0, 4, 'UP']]);
});

test('steps that were not answered are a hole too', () => {
  const frame = seriesOf('n', [1, 1, 1], UP);
  const times = { name: 'Time', type: 'time' as const, values: [0, MIN, 5 * MIN] };
  const [row] = rowsOf([{ ...frame, fields: [times, frame.fields[1]!] }], options());

  expect(spans(row!)).toEqual([
    [0, 2, 'UP'],
    [5, 6, 'UP'],
  ]);
});

test('events that keep no step hold until the next one', () => {
  const frame = {
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time' as const, values: [0, 123_456, 500_001] },
      { name: 'phase', type: 'text' as const, values: ['start', 'run', 'end'] },
    ],
  };
  const [row] = rowsOf([frame], options());

  expect(row!.cells.map(({ fromMs, toMs, text }) => [fromMs, toMs, text])).toEqual([
    [0, 123_456, 'start'],
    [123_456, 500_001, 'run'],
    [500_001, 600_000, 'end'],
  ]);
});

test('numbers between the same thresholds are one state, told by the thresholds', () => {
  const config: FieldConfig = {
    color: { mode: 'thresholds' },
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: 'green' },
        { value: 3, color: 'yellow' },
        { value: 5, color: 'red' },
      ],
    },
  };
  const rows = rowsOf([seriesOf('n', [1, 2, 4, 7, 8], config)], options());

  expect(spans(rows[0]!)).toEqual([
    [0, 2, 'below 3'],
    [2, 3, '4'],
    [3, 5, 'from 5'],
  ]);
  expect(legendOf(rows)).toEqual([
    { state: 'below 3', colour: 'var(--ok)' },
    { state: '3 to 5', colour: 'var(--warn-fill)' },
    { state: 'from 5', colour: 'var(--crit)' },
  ]);
});

test('a word has one colour in all rows', () => {
  const text = (values: string[]) => ({
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time' as const, values: values.map((_, i) => i * MIN) },
      { name: 'phase', type: 'text' as const, values },
    ],
  });
  const rows = rowsOf([text(['run', 'wait']), text(['wait', 'run'])], options());

  expect(rows[0]!.cells[0]!.colour).toBe(rows[1]!.cells[1]!.colour);
  expect(rows[0]!.cells[0]!.colour).not.toBe(rows[0]!.cells[1]!.colour);
});

test.each([
  ['dark-red', 'var(--crit)'],
  ['#F2CC0C', 'var(--warn-fill)'],
  ['green', 'var(--ok)'],
  ['#2B62D9', paintOf('#2B62D9').fill],
  ['transparent', 'transparent'],
])('the colour %s is drawn as %s', (colour, expected) => {
  expect(stateColour(colour)).toBe(expected);
});

test('the cell at a moment is found, and none in a hole', () => {
  const [row] = rowsOf([seriesOf('n', [1, null, 0], UP)], options());

  expect(cellAt(row!, 0.5 * MIN)?.text).toBe('UP');
  expect(cellAt(row!, 1.5 * MIN)).toBeUndefined();
  expect(lengthsOf(row!)[0]).toMatchObject({ state: 'UP', ms: MIN });
});

test('nothing gives no rows, and a lone value one cell', () => {
  expect(rowsOf([], options())).toEqual([]);
  expect(rowsOf([seriesOf('n', [1], UP)], options())[0]!.cells).toHaveLength(1);
});

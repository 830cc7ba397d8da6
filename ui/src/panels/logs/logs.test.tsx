import '../testing';
import { fireEvent, render, screen } from '@testing-library/react';
import type { Frame } from '../../frames/frame';
import { faultsIn, HOSTILE, propsOf } from '../kinds.testing';
import Logs from '.';
import { commonLabels, deduped, levelOf, linesOf, ordered, shownText, uniqueLabels } from './lines';
import { rowAt, textHeight, topsOf, windowOf } from './rows';

const frameOf = (lines: string[], labels: Record<string, string>[] = []): Frame => ({
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', values: lines.map((_, i) => i * 1000) },
    { name: 'Line', type: 'text', values: lines },
    {
      name: 'labels',
      type: 'other',
      values: lines.map((_, i) => labels[i] ?? { host: 'atlas-01' }),
    },
  ],
});
const textsOf = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

describe('lines of a log', () => {
  test('come from the frame with their labels, other columns among them', () => {
    const frame = frameOf(['a'], [{ host: 'x', level: 'warning' }]);
    const more: Frame = {
      ...frame,
      fields: [
        ...frame.fields,
        { name: 'pid', type: 'number', values: [7] },
        { name: 'id', type: 'text', values: ['1_a'] },
      ],
    };

    expect(linesOf([more])).toMatchObject([{ timeMs: 0, text: 'a', level: 'warn', more: 0 }]);
    expect({ ...linesOf([more])[0]!.labels }).toEqual({ host: 'x', level: 'warning', pid: '7' });
  });

  test('may have a label of any name', () => {
    const labels = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
    const [line] = linesOf([frameOf(['a'], [labels])]);

    expect(uniqueLabels(line!, {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect({}).not.toHaveProperty('x');
  });

  test.each([
    [{ level: 'error' }, 'x', 'error'],
    [{ detected_level: 'WARNING' }, 'x', 'warn'],
    [{ severity: 'notice' }, 'x', 'info'],
    [{}, '2026-11-22 ERROR out of memory', 'error'],
    [{}, 'ts=1 level=debug msg="no ERROR here"', 'debug'],
    [{}, '{"level":"fatal"}', 'error'],
    [{}, 'the informer errored out', 'none'],
  ])('%j, %s is of level %s', (labels, text, level) => {
    expect(levelOf(labels as Record<string, string>, text)).toBe(level);
  });

  test('stand newest first, or oldest first where the board says so', () => {
    const lines = linesOf([frameOf(['a', 'b', 'c'])]);

    expect(textsOf(ordered(lines, 'Descending'))).toEqual(['c', 'b', 'a']);
    expect(textsOf(ordered(lines, 'Ascending'))).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['none', 5],
    ['exact', 4],
    ['numbers', 3],
    ['signature', 2],
    ['constructor', 5],
  ])('that repeat are joined by %s into %d', (strategy, count) => {
    const lines = linesOf([
      frameOf(['took 5 ms', 'took 5 ms', 'took 71 ms', 'cost 12 s!', 'cost 3 b!']),
    ]);

    const joined = deduped(lines, strategy);

    expect(joined).toHaveLength(count);
    expect(joined.reduce((sum, { more }) => sum + more + 1, 0)).toBe(5);
  });

  test('have in common what every one has', () => {
    const lines = linesOf([
      frameOf(
        ['a', 'b'],
        [
          { host: 'x', pod: '1' },
          { host: 'x', pod: '2' },
        ],
      ),
    ]);

    expect(commonLabels(lines)).toEqual({ host: 'x' });
    expect(uniqueLabels(lines[0]!, commonLabels(lines))).toEqual([['pod', '1']]);
  });

  test('write out what would act, and JSON in lines on request', () => {
    expect(shownText('a\u202eb\u001b[31m', false)).toBe('a\\u202eb\\u001b[31m');
    expect(shownText('{"a":1}', true)).toBe('{\n  "a": 1\n}');
    expect(shownText('{"a":1}', false)).toBe('{"a":1}');
    expect(shownText('{broken', true)).toBe('{broken');
  });
});

describe('the window over many rows', () => {
  test('holds the rows that are near, whatever their heights', () => {
    const tops = topsOf(1000, (row) => (row % 2 ? 40 : 20));

    expect(tops[1000]).toBe(30_000);
    expect(rowAt(tops, 0)).toBe(0);
    expect(rowAt(tops, 61)).toBe(2);
    expect(windowOf(tops, 15_000, 15_300, 2)).toEqual({ first: 498, end: 513 });
    expect(
      windowOf(
        topsOf(0, () => 20),
        0,
        300,
      ),
    ).toEqual({ first: 0, end: 0 });
  });

  test('counts the lines of a wrapped text, wide characters twice', () => {
    expect(textHeight('x'.repeat(25), 10)).toBe(60);
    expect(textHeight('a\n\nb', 10)).toBe(60);
    expect(textHeight('記'.repeat(10), 10)).toBe(40);
  });
});

describe('a logs panel', () => {
  test('without a store says so', () => {
    render(<Logs {...propsOf()} />);

    expect(screen.getByRole('status').textContent).toContain('Oriel keeps no logs yet');
  });

  test('draws only what is near of a hundred thousand lines', () => {
    const many = frameOf(Array.from({ length: 100_000 }, (_, i) => `line ${i}`));
    render(<Logs {...propsOf({ title: 'Logs', frames: [many] })} />);

    expect(screen.getByRole('treegrid', { name: 'Logs: 100000 lines' })).toBeTruthy();
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
    expect(screen.getByText('line 99999')).toBeTruthy();
  });

  test('a line opens to its labels by a click and by Enter', () => {
    render(<Logs {...propsOf({ frames: [frameOf(['a', 'b'])] })} />);
    fireEvent.click(screen.getByText('b'));
    expect(screen.getByText('atlas-01')).toBeTruthy();

    const list = screen.getByRole('treegrid');
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(screen.queryByText('atlas-01')).toBeNull();
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    fireEvent.keyDown(list, { key: ' ' });
    expect(screen.getAllByRole('row', { selected: true })[0]!.textContent).toContain('a');
    expect(screen.getByText('atlas-01')).toBeTruthy();
  });

  test('where the board wants no details, none open', () => {
    render(
      <Logs {...propsOf({ frames: [frameOf(['a'])], options: { enableLogDetails: false } })} />,
    );

    fireEvent.click(screen.getByText('a'));

    expect(screen.queryByText('atlas-01')).toBeNull();
  });

  test('common labels stand once above, unique ones before the line', () => {
    const frame = frameOf(
      ['a', 'b'],
      [
        { host: 'x', pod: '1' },
        { host: 'x', pod: '2' },
      ],
    );
    const options = { showCommonLabels: true, showLabels: true };
    render(<Logs {...propsOf({ frames: [frame], options })} />);

    expect(screen.getByText('host=x')).toBeTruthy();
    expect(screen.getByText(/^pod=2\s+b$/)).toBeTruthy();
  });

  test.each([
    ['one line', ['a']],
    ['hostile lines', [HOSTILE.repeat(20), 'b']],
    ['no lines', []],
  ])('draws %s at the width of a phone, and axe finds nothing', async (_, lines) => {
    const frame = frameOf(lines, [{ [HOSTILE]: HOSTILE }]);
    const { container } = render(
      <Logs {...propsOf({ frames: [frame], width: 300, options: { wrapLogMessage: true } })} />,
    );
    const [first] = screen.queryAllByRole('row');
    if (first) fireEvent.click(first);

    expect(container.querySelector('img, [onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});

import '../testing';
import { fireEvent, render, screen } from '@testing-library/react';
import type { Frame } from '../../frames/frame';
import { faultsIn, HOSTILE, propsOf } from '../kinds.testing';
import Traces from '.';
import { rowsOf, traceOf } from './spans';

type Raw = [
  id: string,
  parent: string,
  name: string,
  startMs: number,
  tookMs: number,
  status?: number,
];

const frameOf = (spans: Raw[], trace = 't1'): Frame => ({
  refId: 'A',
  fields: [
    { name: 'traceID', type: 'text', values: spans.map(() => trace) },
    { name: 'spanID', type: 'text', values: spans.map(([id]) => id) },
    { name: 'parentSpanID', type: 'text', values: spans.map(([, parent]) => parent) },
    { name: 'operationName', type: 'text', values: spans.map(([, , name]) => name) },
    { name: 'serviceName', type: 'text', values: spans.map(() => 'planner') },
    { name: 'startTime', type: 'number', values: spans.map((one) => one[3]) },
    { name: 'duration', type: 'number', values: spans.map((one) => one[4]) },
    { name: 'statusCode', type: 'number', values: spans.map((one) => one[5] ?? 0) },
    {
      name: 'tags',
      type: 'other',
      values: spans.map(() => [{ key: 'model', value: 'llama-3.3-70b' }]),
    },
  ],
});
const run: Raw[] = [
  ['1', '', 'run', 1000, 100],
  ['3', '1', 'draft', 1040, 50, 2],
  ['2', '1', 'plan', 1010, 20],
  ['4', '3', 'chat', 1050, 30],
];
const namesOf = (frames: Frame[], folded = new Set<string>()) =>
  rowsOf(traceOf(frames)!.roots, folded).map(
    ({ span, depth }) => `${'.'.repeat(depth)}${span.name}`,
  );

describe('a trace', () => {
  test('is a tree in the order its spans began', () => {
    expect(namesOf([frameOf(run)])).toEqual(['run', '.plan', '.draft', '..chat']);
    expect(namesOf([frameOf(run)], new Set(['3']))).toEqual(['run', '.plan', '.draft']);
  });

  test('knows how long it is, and what of a span is its own', () => {
    const trace = traceOf([frameOf(run)])!;

    expect([trace.startMs, trace.endMs, trace.spans]).toEqual([1000, 1100, 4]);
    expect(trace.roots[0]!.ownMs).toBe(30);
    expect(trace.roots[0]!.children[1]!.span.failed).toBe(true);
  });

  test('with a parent that is not here has one more root', () => {
    expect(namesOf([frameOf([...run, ['9', 'gone', 'late', 1090, 5]])])).toEqual([
      'run',
      '.plan',
      '.draft',
      '..chat',
      'late',
    ]);
  });

  test('whose spans call themselves in a circle ends', () => {
    expect(
      namesOf([
        frameOf([
          ['a', 'b', 'A', 1, 1],
          ['b', 'a', 'B', 2, 1],
          ['c', 'c', 'C', 3, 1],
        ]),
      ]),
    ).toEqual(['C', 'A', '.B']);
  });

  test('of several is the largest', () => {
    const trace = traceOf([frameOf(run), frameOf([['x', '', 'other', 0, 1]], 't2')])!;

    expect([trace.spans, trace.traces]).toEqual([4, 2]);
  });

  test('of fifty thousand spans is read', () => {
    const many = Array.from({ length: 60_000 }, (_, i): Raw => [
      String(i),
      i ? '0' : '',
      `s${i}`,
      i,
      1,
    ]);
    const trace = traceOf([frameOf(many)])!;

    expect([trace.spans, trace.cut]).toEqual([50_000, true]);
    expect(rowsOf(trace.roots, new Set())).toHaveLength(50_000);
  });
});

describe('a traces panel', () => {
  test('without a store says so, without spans too', () => {
    const { rerender } = render(<Traces {...propsOf()} />);
    expect(screen.getByRole('status').textContent).toContain('Oriel keeps no traces yet');

    rerender(<Traces {...propsOf({ frames: [{ refId: 'A', fields: [] }] })} />);
    expect(screen.getByRole('status').textContent).toContain('No spans');
  });

  test('keys go through the spans, fold them and open their facts', () => {
    render(<Traces {...propsOf({ title: 'Trace', frames: [frameOf(run)] })} />);
    const grid = screen.getByRole('treegrid', { name: 'Trace: 4 spans of 1 service' });

    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(screen.getByText('llama-3.3-70b')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'failed' })).toBeTruthy();

    fireEvent.keyDown(grid, { key: 'ArrowLeft' });
    expect(screen.queryByText('chat')).toBeNull();
    fireEvent.keyDown(grid, { key: 'ArrowRight' });
    expect(screen.getByText('chat')).toBeTruthy();
    fireEvent.keyDown(grid, { key: 'Escape' });
    expect(screen.queryByText('llama-3.3-70b')).toBeNull();
  });

  test('draws only the rows that are near', () => {
    const many = Array.from({ length: 5000 }, (_, i): Raw => [
      String(i),
      i ? '0' : '',
      `s${i}`,
      i,
      1,
    ]);
    render(<Traces {...propsOf({ frames: [frameOf(many)] })} />);

    expect(screen.getAllByRole('row').length).toBeLessThan(40);
  });

  test('hostile names are text at the width of a phone, and axe finds nothing', async () => {
    const frame = frameOf([
      ['1', '', HOSTILE.repeat(5), 0, 10],
      ['2', '1', HOSTILE, 1, 2],
    ]);
    const { container } = render(<Traces {...propsOf({ frames: [frame], width: 300 })} />);
    fireEvent.keyDown(screen.getByRole('treegrid'), { key: 'Enter' });

    expect(container.querySelector('img:not([role]), [onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});

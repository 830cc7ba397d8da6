import '../testing';
import { fireEvent, render, screen } from '@testing-library/react';
import type { Frame } from '../../frames/frame';
import { faultsIn, HOSTILE, propsOf } from '../kinds.testing';
import NodeGraph from '.';
import { graphOf, laidOut, MOST_NODES } from './graph';

const nodes = (ids: string[]): Frame => ({
  refId: 'nodes',
  fields: [
    { name: 'id', type: 'text', values: ids },
    { name: 'title', type: 'text', values: ids.map((id) => `the ${id}`) },
    { name: 'mainStat', type: 'number', values: ids.map((_, i) => i) },
  ],
});
const edges = (pairs: [string, string][]): Frame => ({
  refId: 'edges',
  fields: [
    { name: 'id', type: 'text', values: pairs.map((_, i) => String(i)) },
    { name: 'source', type: 'text', values: pairs.map(([a]) => a) },
    { name: 'target', type: 'text', values: pairs.map(([, b]) => b) },
  ],
});
const columnsOf = (frames: Frame[]) => {
  const { nodes: placed } = laidOut(graphOf(frames));
  return Object.fromEntries(placed.map(({ node, x }) => [node.id, Math.round(x / 202)]));
};

describe('the layout', () => {
  test('puts callers left of whom they call, by the longest way', () => {
    const frames = [
      nodes(['a', 'b', 'c']),
      edges([
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ]),
    ];

    expect(columnsOf(frames)).toEqual({ a: 0, b: 1, c: 2 });
  });

  test('cuts a circle where it closes', () => {
    expect(
      columnsOf([
        nodes(['a', 'b']),
        edges([
          ['a', 'b'],
          ['b', 'a'],
          ['b', 'b'],
        ]),
      ]),
    ).toEqual({ a: 0, b: 1 });
  });

  test('lets no two boxes overlap', () => {
    const many = Array.from({ length: 30 }, (_, i) => String(i));
    const pairs = many.map((id, i): [string, string] => [String(Math.floor(i / 3)), id]);
    const { nodes: placed } = laidOut(graphOf([nodes(many), edges(pairs)]));

    for (const a of placed)
      for (const b of placed)
        if (a !== b) expect(Math.abs(a.x - b.x) >= 132 || Math.abs(a.y - b.y) >= 40).toBe(true);
  });
});

test('an edge to a node that is not named brings it', () => {
  expect(graphOf([edges([['a', 'b']])]).nodes.map(({ title }) => title)).toEqual(['a', 'b']);
});

test('of too many nodes the best connected stay, and how many there are is known', () => {
  const ids = Array.from({ length: 500 }, (_, i) => String(i));
  const graph = graphOf([nodes(ids), edges(ids.map((id) => ['499', id]))]);

  expect(graph.nodes).toHaveLength(MOST_NODES);
  expect(graph.nodes.some(({ id }) => id === '499')).toBe(true);
  expect(graph.all).toBe(500);
});

describe('a node graph', () => {
  test('without a store says so, without nodes too', () => {
    const { rerender } = render(<NodeGraph {...propsOf()} />);
    expect(screen.getByRole('status').textContent).toContain('Oriel keeps no traces yet');

    rerender(<NodeGraph {...propsOf({ frames: [{ refId: 'A', fields: [] }] })} />);
    expect(screen.getByRole('status').textContent).toContain('Nothing to connect');
  });

  test('a node opens to its neighbours by Enter and closes by Esc', () => {
    render(
      <NodeGraph
        {...propsOf({ title: 'Map', frames: [nodes(['a', 'b']), edges([['a', 'b']])] })}
      />,
    );
    const field = screen.getByRole('application', { name: /^Map: 2 nodes, 1 edge/ });

    fireEvent.keyDown(screen.getByRole('button', { name: /^the a/ }), { key: 'Enter' });
    expect(screen.getByText('To: the b')).toBeTruthy();

    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByText('To: the b')).toBeNull();
  });

  test('moves by arrow keys and by the pointer, zooms by keys, and comes back', () => {
    const { container } = render(<NodeGraph {...propsOf({ frames: [nodes(['a', 'b'])] })} />);
    const field = screen.getByRole('application');
    const where = () => container.querySelector('svg > g')!.getAttribute('transform')!;
    const before = where();

    fireEvent.keyDown(field, { key: 'ArrowLeft' });
    expect(where()).not.toBe(before);
    fireEvent.pointerDown(field, { clientX: 10, clientY: 10 });
    fireEvent.pointerMove(field, { clientX: 30, clientY: 10 });
    fireEvent.pointerUp(field);
    fireEvent.keyDown(field, { key: '-' });
    expect(where()).toContain('scale(0.8)');
    fireEvent.click(screen.getByRole('button', { name: 'All of it' }));
    expect(where()).toBe(before);
  });

  test('hostile titles are text at the width of a phone, and axe finds nothing', async () => {
    const { container } = render(
      <NodeGraph
        {...propsOf({
          frames: [nodes([HOSTILE.repeat(4), 'b']), edges([[HOSTILE.repeat(4), 'b']])],
          width: 300,
        })}
      />,
    );
    fireEvent.click(screen.getAllByRole('button')[0]!);

    expect(container.querySelector('img, [onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});

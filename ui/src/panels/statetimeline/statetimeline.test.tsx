import '../testing';
import { fireEvent, render, screen } from '@testing-library/react';
import type { FieldConfig } from '../../frames/frame';
import { tellAsGrafana } from '../../frames/grafanaUnits';
import { takeTeller } from '../../frames/units';
import { faultsIn, HOSTILE, propsOf, seriesOf } from '../kinds.testing';
import StatusHistory from '../statushistory';
import StateTimeline from '.';

beforeAll(() => takeTeller(tellAsGrafana));

const UP: FieldConfig = {
  mappings: [
    {
      type: 'value',
      options: { '0': { text: 'DOWN', color: 'red' }, '1': { text: 'UP', color: 'green' } },
    },
  ],
};
const two = [
  seriesOf('node-1', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], UP),
  seriesOf('node-2', [1, 1, 0, 0, 0, null, null, 1, 1, 1], UP),
];

test('says aloud what each thing is now and was longest', () => {
  render(<StateTimeline {...propsOf({ title: 'Nodes', frames: two })} />);

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Nodes: 2 rows; last node-1 UP; node-2 UP',
  );
});

test('draws a shape for each colour, and words where they have room', () => {
  const { container } = render(<StateTimeline {...propsOf({ frames: two })} />);

  expect(
    [...container.querySelectorAll('[data-colour]')].map((p) => p.getAttribute('data-colour')),
  ).toEqual(['var(--ok)', 'var(--ok)', 'var(--crit)']);
  expect([...container.querySelectorAll('text')].map((t) => t.textContent)).toContain('DOWN');
});

test('with values never shown there are no words, with a legend there are the states', () => {
  const { container } = render(
    <StateTimeline {...propsOf({ frames: two, options: { showValue: 'never' } })} />,
  );

  expect(container.querySelectorAll('text')).toHaveLength(0);
  expect(screen.getAllByRole('listitem').map((li) => li.textContent)).toEqual(['UP', 'DOWN']);
});

test('arrow keys go from state to state and from row to row, Esc lets go', () => {
  render(<StateTimeline {...propsOf({ frames: two })} />);
  const plot = screen.getByRole('img');

  fireEvent.keyDown(plot, { key: 'ArrowDown' });
  fireEvent.keyDown(plot, { key: 'ArrowDown' });
  expect(document.body.textContent).toContain('node-2UP');
  fireEvent.keyDown(plot, { key: 'ArrowLeft' });
  expect(document.body.textContent).toContain('node-2DOWN');

  fireEvent.keyDown(plot, { key: 'Escape' });
  expect(document.querySelector('[aria-live]')).toBeNull();
});

test('many rows come in pages', () => {
  const many = Array.from({ length: 45 }, (_, i) => seriesOf(`node-${i}`, [1, 0], UP));
  render(<StateTimeline {...propsOf({ frames: many })} />);
  expect(screen.getByText('page 1 of 3, 45 rows')).toBeTruthy();
  expect(screen.queryByText('node-44')).toBeNull();

  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));

  expect(screen.getByText('node-44')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true);
});

test('a history keeps neighbours of one state apart', () => {
  const frames = [seriesOf('n', [1, 1, 1], UP)];
  const { container } = render(<StatusHistory {...propsOf({ frames })} />);

  const drawn = container.querySelector('[data-colour]')!.getAttribute('d')!;
  expect(drawn.match(/M/g)).toHaveLength(3);
});

describe.each([
  ['timeline', StateTimeline],
  ['history', StatusHistory],
])('a state %s', (_, View) => {
  test.each([
    ['nothing', []],
    ['one value', [seriesOf('n', [1], UP)]],
    ['holes only', [seriesOf('n', [null, null], UP)]],
    ['hostile names', [seriesOf(HOSTILE.repeat(9), [1, 0], UP)]],
  ])('draws %s at the width of a phone, and axe finds nothing', async (_, frames) => {
    const { container } = render(<View {...propsOf({ frames, width: 276, height: 120 })} />);

    expect(container.querySelector('img, [onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});

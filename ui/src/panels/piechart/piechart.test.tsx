import '../testing';
import { fireEvent, render, screen } from '@testing-library/react';
import { tellAsGrafana } from '../../frames/grafanaUnits';
import { takeTeller } from '../../frames/units';
import { faultsIn, HOSTILE, propsOf, seriesOf } from '../kinds.testing';
import PieChart from '.';
import { arcsOf, percentText, pieOf } from './slices';

beforeAll(() => takeTeller(tellAsGrafana));

const three = [seriesOf('a', [1, 10]), seriesOf('b', [1, 60]), seriesOf('c', [1, 30])];

describe('the slices of a pie', () => {
  test('are the reduced values, the largest first, with their shares', () => {
    const { slices, total } = pieOf(three, {});

    expect(slices.map(({ name, value, share }) => [name, value, share])).toEqual([
      ['b', 60, 0.6],
      ['c', 30, 0.3],
      ['a', 10, 0.1],
    ]);
    expect(total).toBe(100);
  });

  test.each([
    ['asc', 'acb'],
    ['desc', 'bca'],
    ['none', 'abc'],
    [undefined, 'bca'],
  ])('are sorted as the board says: %s', (sort, order) => {
    expect(
      pieOf(three, { sort })
        .slices.map(({ name }) => name)
        .join(''),
    ).toBe(order);
  });

  test('follow the reducer, and are the rows where every row is a value', () => {
    expect(pieOf(three, { reduceOptions: { calcs: ['sum'] } }).total).toBe(103);
    const table = {
      refId: 'A',
      fields: [
        { name: 'model', type: 'text' as const, values: ['x', 'y'] },
        { name: 'Value', type: 'number' as const, values: [1, 3] },
      ],
    };
    expect(
      pieOf([table], { reduceOptions: { values: true } }).slices.map(({ name }) => name),
    ).toEqual(['y', 'x']);
  });

  test('leave out what is missing or below zero, and count it', () => {
    const frames = [
      seriesOf('a', [5]),
      seriesOf('b', [-1]),
      seriesOf('c', [null]),
      seriesOf('d', [NaN]),
    ];

    const { slices, leftOut } = pieOf(frames, {});

    expect(slices).toHaveLength(1);
    expect(leftOut).toBe(3);
  });

  test('keep the colour of their name whatever their order', () => {
    const colour = (frames: typeof three) =>
      pieOf(frames, {}).slices.find(({ name }) => name === 'b')!.colour;

    expect(colour(three)).toBe(colour([...three.map((f, i) => seriesOf(f.fields[1]!.name, [i]))]));
  });

  test('take a colour that the board fixes', () => {
    const red = seriesOf('Wasted', [1], { color: { mode: 'fixed', fixedColor: 'red' } });

    expect(pieOf([red], {}).slices[0]!.colour).toBe('var(--crit)');
  });

  test('of more than twelve the smallest are one, unless all are asked for', () => {
    const many = Array.from({ length: 20 }, (_, i) => seriesOf(`m${i}`, [i + 1]));

    const { slices, all } = pieOf(many, {});

    expect(slices).toHaveLength(12);
    expect(slices[11]).toMatchObject({ name: '9 others', value: 45, of: 9, colour: 'var(--c0)' });
    expect(all).toBe(20);
    expect(pieOf(many, {}, true).slices).toHaveLength(20);
  });
});

test.each([
  [0, '0 %'],
  [0.0004, '0.04 %'],
  [0.012, '1.2 %'],
  [0.381, '38 %'],
  [0.996, '99.6 %'],
  [0.9999, '99.9 %'],
  [1, '100 %'],
])('the share %d is told as %s', (share, text) => {
  expect(percentText(share)).toBe(text.replace(' ', '\u00a0'));
});

test('a whole slice is a ring, and arcs close at the top', () => {
  expect(arcsOf([1], 10, 6)[0]!.path.match(/M/g)).toHaveLength(2);
  const [half] = arcsOf([0.5, 0.5], 10, 0);
  expect(half!.path).toBe('M0 0L0 -10A10 10 0 0 1 0 10Z');
});

describe('a pie chart', () => {
  test('is told aloud, and its legend has the shares', () => {
    render(<PieChart {...propsOf({ title: 'Requests', frames: three })} />);

    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Requests: b 60, 60\u00a0%; c 30, 30\u00a0%; a 10, 10\u00a0%',
    );
    expect(screen.getByRole('button', { name: /^b/ }).textContent).toBe('b60\u00a0%');
  });

  test('a table legend has the columns the board asks for', () => {
    const options = {
      legend: { displayMode: 'table', placement: 'right', values: ['value', 'percent'] },
    };
    render(<PieChart {...propsOf({ frames: three, options })} />);

    expect(screen.getAllByRole('columnheader').map((th) => th.textContent)).toEqual([
      'Name',
      'Value',
      'Share',
    ]);
    expect(screen.getAllByRole('row')[1]!.textContent).toBe('b6060\u00a0%');
  });

  test('labels stand in slices that have room', () => {
    const frames = [seriesOf('large', [98]), seriesOf('small', [2])];
    const options = { displayLabels: ['name', 'percent'], legend: { showLegend: false } };
    const { container } = render(<PieChart {...propsOf({ frames, options })} />);

    expect([...container.querySelectorAll('tspan')].map((t) => t.textContent)).toEqual([
      'large',
      '98\u00a0%',
    ]);
  });

  test('arrow keys go through the slices', () => {
    render(<PieChart {...propsOf({ frames: three })} />);
    const picture = screen.getByRole('img');

    fireEvent.keyDown(picture, { key: 'ArrowRight' });
    fireEvent.keyDown(picture, { key: 'ArrowRight' });

    expect(document.querySelector('[aria-live]')!.textContent).toBe('c30, 30\u00a0%');
  });

  test('a click in the legend lifts one slice, a second lets go', () => {
    const { container } = render(<PieChart {...propsOf({ frames: three })} />);
    const entry = screen.getByRole('button', { name: /^a/ });

    fireEvent.click(entry);
    expect(entry.getAttribute('aria-pressed')).toBe('true');
    expect(container.querySelectorAll('path[style*="raised"]')).toHaveLength(2);

    fireEvent.click(entry);
    expect(container.querySelectorAll('path[style*="raised"]')).toHaveLength(0);
  });

  test('of nothing but zeros it says so', () => {
    render(<PieChart {...propsOf({ frames: [seriesOf('a', [0])] })} />);

    expect(screen.getByText('All values are zero')).toBeTruthy();
  });

  test.each([
    ['nothing', []],
    ['one value', [seriesOf('a', [1])]],
    ['only what has no slice', [seriesOf('a', [null])]],
    ['hostile names', [seriesOf(HOSTILE.repeat(9), [1]), seriesOf('b', [2])]],
  ])('draws %s at the width of a phone, and axe finds nothing', async (_, frames) => {
    const options = { displayLabels: ['name'], legend: { displayMode: 'table' } };
    const { container } = render(<PieChart {...propsOf({ frames, options, width: 276 })} />);

    expect(container.querySelector('img, [onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});

import './testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { Suspense } from 'react';
import { MemoryRouter } from 'react-router';
import { kindOf, PANELS, type PanelViewProps } from '.';
import type { FieldConfig, Frame } from '../frames/frame';
import { tellAsGrafana } from '../frames/grafanaUnits';
import { takeTeller } from '../frames/units';
import { afterClick } from './chart/Legend';
import { toLines } from './chart/series';
import BarGauge from './bargauge';
import Gauge from './gauge';
import HeatMap from './heatmap';
import Stat from './stat';
import Table from './table';
import Text from './text';
import TimeSeries from './timeseries';
import Unknown from './unknown';

beforeAll(() => takeTeller(tellAsGrafana)); // as the dashboards route does

const series = (
  name: string,
  values: (number | null)[],
  config: FieldConfig = {},
  more: { refId?: string; labels?: Record<string, string> } = {},
): Frame => ({
  refId: more.refId ?? 'A',
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * 15_000) },
    { name, type: 'number', labels: more.labels, values, config },
  ],
});

const props = (more: Partial<PanelViewProps> = {}): PanelViewProps => ({
  title: 'Power',
  options: {},
  oriel: {},
  frames: [],
  range: { fromMs: 0, toMs: 60_000 },
  stepMs: 15_000,
  width: 600,
  height: 200,
  head: null,
  say: (text) => text,
  onZoom: () => undefined,
  ...more,
});

describe('the registry', () => {
  test.each(Object.entries(PANELS))('%s draws with nothing at all', async (_, kind) => {
    render(
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <Suspense fallback="loading">
            <kind.view {...props()} />
          </Suspense>
        </MemoryRouter>
      </QueryClientProvider>,
    );

    await waitFor(() => expect(screen.queryByText('loading')).toBeNull());
  });

  test('an unknown kind is named, calmly', () => {
    expect(kindOf('my-plugin').title).toBe('Unknown');

    render(<Unknown {...props({ options: { type: 'my-plugin' } })} />);

    expect(screen.getByRole('status').textContent).toContain(
      '“my-plugin” is not drawn by this Oriel',
    );
  });
});

describe('a stat', () => {
  test('shows the last value in its unit', () => {
    render(<Stat {...props({ frames: [series('p', [512, 698], { unit: 'watt' })] })} />);

    expect(screen.getByRole('status').textContent).toBe('698 W');
  });

  test('says that there is no data instead of zero', () => {
    render(<Stat {...props({ frames: [series('p', [null, null], { unit: 'watt' })] })} />);

    expect(screen.getByRole('status').textContent).toBe('no data');
  });

  test('a value past its limit carries the glyph, not the colour alone', () => {
    const thresholds = {
      mode: 'absolute' as const,
      steps: [
        { value: null, color: 'green' },
        { value: 600, color: 'red' },
      ],
    };
    render(<Stat {...props({ frames: [series('p', [698], { unit: 'watt', thresholds })] })} />);

    expect(screen.getByRole('img', { name: 'critical' })).toBeTruthy();
  });

  test('its context line is filled from another query, or left away whole', () => {
    const frames = [series('a', [20]), series('b', [61.9], { unit: 'decgbytes' }, { refId: 'B' })];
    const { rerender } = render(<Stat {...props({ frames, oriel: { context: 'of {B}' } })} />);
    expect(screen.getByText('of 61.9 GB')).toBeTruthy();
    expect(screen.getAllByRole('status')).toHaveLength(1);

    rerender(<Stat {...props({ frames: frames.slice(0, 1), oriel: { context: 'of {B}' } })} />);
    expect(screen.queryByText(/^of/)).toBeNull();
  });
});

test('a gauge says its value and its span aloud', () => {
  render(<Gauge {...props({ frames: [series('swap', [5], { unit: 'percent', decimals: 0 })] })} />);

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'swap: 5\u00a0%, from 0\u00a0% to 100\u00a0%',
  );
});

test('a bar has a row a series, each with the context that bears its labels', () => {
  const frames = [
    series('/', [38], { unit: 'percent' }, { labels: { mountpoint: '/' } }),
    series('/var', [71], { unit: 'percent' }, { labels: { mountpoint: '/var' } }),
    series(
      'x',
      [143_881_404_416],
      { unit: 'bytes' },
      { refId: 'B', labels: { mountpoint: '/var', __name__: 'avail' } },
    ),
  ];
  render(<BarGauge {...props({ frames, oriel: { context: '{B} left' } })} />);

  const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows).toEqual(['/38\u00a0%', '/var134\u00a0GiB left71\u00a0%']);
});

test('a part of the context in brackets is left out alone where its value is missing', () => {
  const labels = { mountpoint: '/' };
  const frames = [
    series('/', [38], { unit: 'percent' }, { labels }),
    series('left', [1024], { unit: 'bytes' }, { refId: 'B', labels }),
    series('full', [172_800], { unit: 's' }, { refId: 'C', labels }),
  ];
  const context = '{B} left[, full in {C}][, {D}]';
  const { rerender } = render(<BarGauge {...props({ frames, oriel: { context } })} />);
  const said = () => screen.getByRole('listitem').textContent;

  expect(said()).toBe('/1\u00a0KiB left, full in 2\u00a0days38\u00a0%');
  rerender(<BarGauge {...props({ frames: frames.slice(0, 2), oriel: { context } })} />);
  expect(said()).toBe('/1\u00a0KiB left38\u00a0%');
  rerender(<BarGauge {...props({ frames: frames.slice(0, 1), oriel: { context } })} />);
  expect(said()).toBe('/38\u00a0%');
});

describe('a table', () => {
  const frame: Frame = {
    refId: 'A',
    fields: [
      { name: 'Process', type: 'text', values: ['postgres', 'gitea', 'java'] },
      {
        name: 'CPU',
        type: 'number',
        values: [14, null, 30],
        config: { unit: 'percent', decimals: 0 },
      },
    ],
  };
  const cells = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent),
      );

  test('a click on a head of numbers puts the largest first, what is not known last', () => {
    render(<Table {...props({ frames: [frame] })} />);

    fireEvent.click(screen.getByRole('button', { name: 'CPU' }));

    expect(cells()).toEqual([
      ['java', '30\u00a0%'],
      ['postgres', '14\u00a0%'],
      ['gitea', 'no data'],
    ]);
    expect(screen.getByRole('columnheader', { name: /CPU/ }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  test('words keep the rows that hold them', () => {
    const many: Frame = {
      refId: 'A',
      fields: [
        { name: 'Name', type: 'text', values: Array.from({ length: 20 }, (_, i) => `disk ${i}`) },
      ],
    };
    render(<Table {...props({ frames: [many] })} />);

    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'DISK 19' } });

    expect(cells()).toEqual([['disk 19']]);
  });

  test('series become rows with their last value', () => {
    render(<Table {...props({ frames: [series('a', [1, 2]), series('b', [3, null])] })} />);

    expect(cells()).toEqual([
      ['a', '2'],
      ['b', '3'],
    ]);
  });
});

test('words of a board are Markdown, and nothing in them runs', () => {
  const content = '# Hi\n\n**bold** <script>alert(1)</script><img src=x onerror=alert(1)>';
  const { container } = render(<Text {...props({ options: { content } })} />);

  expect(screen.getByRole('heading', { name: 'Hi' })).toBeTruthy();
  expect(container.innerHTML).not.toMatch(/script|onerror/);
});

test('a heat map says how many rows it has and which is highest now', () => {
  const frames = [
    series('core 0', [5, 9], { unit: 'percent' }),
    series('core 1', [5, 41], { unit: 'percent' }),
  ];
  render(<HeatMap {...props({ title: 'CPU by core', frames })} />);

  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'CPU by core: 2 rows, highest now core 1 with 41\u00a0%',
  );
});

describe('a time series', () => {
  const frames = [
    series('in', [40, 42], { unit: 'percent', decimals: 0 }),
    series('out', [10, 11], { unit: 'percent', decimals: 0 }),
  ];

  test('is told in one line, made from the data', () => {
    render(<TimeSeries {...props({ title: 'Network', frames })} />);

    expect(
      screen.getByRole('img', { name: 'Network, last values: in 42\u00a0%, out 11\u00a0%' }),
    ).toBeTruthy();
  });

  test('arrow keys move the cross-hair and say the values', () => {
    render(<TimeSeries {...props({ frames })} />);

    fireEvent.keyDown(screen.getByRole('img'), { key: 'ArrowLeft' });

    expect(screen.getByText(/: in 42 %, out 11 %$/)).toBeTruthy();
  });

  test('a click in the legend shows one alone, a second click all', () => {
    render(<TimeSeries {...props({ frames })} />);
    const pressed = () =>
      screen.getAllByRole('button').map((button) => button.getAttribute('aria-pressed'));

    fireEvent.click(screen.getByRole('button', { name: /^in/ }));
    expect(pressed()).toEqual(['true', 'false']);

    fireEvent.click(screen.getByRole('button', { name: /^in/ }));
    expect(pressed()).toEqual(['true', 'true']);
  });

  test('with Ctrl a click hides one; hiding the last shows all', () => {
    expect([...afterClick('a', ['a', 'b'], new Set(), true)]).toEqual(['a']);
    expect([...afterClick('b', ['a', 'b'], new Set(['a']), true)]).toEqual([]);
  });

  test('of more than twelve series the eleven largest stay and the rest are one', () => {
    const many = Array.from({ length: 16 }, (_, i) => series(`core ${i}`, [i, i]));
    const { lines, folded } = toLines(many, 15_000, 600, { hidden: new Set(), all: false });

    expect(lines.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 11 }, (_, i) => `core ${i + 5}`),
      'mean of 5 others',
    ]);
    expect(lines.at(-1)!.values).toEqual([2, 2]);
    expect(folded).toBe(5);
  });
});

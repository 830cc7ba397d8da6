import './testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { rememberBoard } from '../app/recentBoards';
import { readDashboard } from '../dashboards/model';
import type { Frame } from '../frames/frame';
import AlertList from './alertlist';
import { alertsOf, filtered, matchersOf } from './alertlist/alerts';
import AnnoList from './annolist';
import DashList from './dashlist';
import { faultsIn, HOSTILE, propsOf, seriesOf } from './kinds.testing';
import News from './news';
import type { Mark } from './panel';
import Placeholder from './placeholder';
import Unknown from './unknown';

const alert = (labels: Record<string, string>, value = 1, name = 'ALERTS'): Frame =>
  seriesOf('x', [value], {}, { __name__: name, ...labels });
const firing = (alertname: string, more: Record<string, string> = {}) =>
  alert({ alertname, alertstate: 'firing', severity: 'warning', ...more });

describe('alerts', () => {
  test('are read from the series a Prometheus writes, with their beginning', () => {
    const since = alert(
      { alertname: 'A', severity: 'warning', gpu: '4' },
      1_700_000_000,
      'ALERTS_FOR_STATE',
    );

    expect(alertsOf([firing('A', { gpu: '4' }), since])).toEqual([
      {
        name: 'A',
        state: 'firing',
        severity: 'warning',
        labels: { gpu: '4' },
        sinceMs: 1_700_000_000_000,
      },
    ]);
  });

  test('are asked for by a list that asks nothing itself', () => {
    const [panel] = readDashboard({ panels: [{ type: 'alertlist', title: 'Alerts' }] }).panels;

    expect(panel!.targets.map(({ expr, kind }) => `${kind} ${expr}`)).toEqual([
      'prometheus ALERTS',
      'prometheus ALERTS_FOR_STATE',
    ]);
  });

  test('that have ended, and series of other names, are none', () => {
    expect(
      alertsOf([
        alert({ alertname: 'A', alertstate: 'firing' }, 0),
        seriesOf('up', [1], {}, { job: 'a' }),
      ]),
    ).toEqual([]);
  });

  test('that were pending and fire now are one', () => {
    const pending = alert({ alertname: 'A', alertstate: 'pending', severity: 'warning' });

    expect(alertsOf([pending, firing('A')]).map(({ state }) => state)).toEqual(['firing']);
  });

  test.each([
    ['{gpu="4"}', 'AB'],
    ['gpu=~"4|5", gpu!="5"', 'AB'],
    ['{gpu!~"4"}', 'C'],
    ['', 'ABC'],
  ])('are filtered by %s', (matchers, names) => {
    const all = alertsOf([firing('A', { gpu: '4' }), firing('B', { gpu: '4' }), firing('C')]);

    const { alerts } = filtered(all, { name: '', matchers, states: {}, order: 1 });

    expect(alerts.map(({ name }) => name).join('')).toBe(names);
  });

  test('a filter that cannot be read hides nothing, and that is said', () => {
    expect(matchersOf('{gpu="4"')).toEqual([{ label: 'gpu', operator: '=', value: '4' }]);
    expect(matchersOf('what?')).toBeNull();
    render(
      <AlertList
        {...propsOf({ frames: [firing('A')], options: { alertInstanceLabelFilter: 'what?' } })}
      />,
    );

    expect(screen.getByText('A')).toBeTruthy();
    expect(screen.getByText(/can’t be read/)).toBeTruthy();
  });

  test('the list says that there are no rules, and that all is well', () => {
    const { rerender } = render(<AlertList {...propsOf()} />);
    expect(screen.getByRole('status').textContent).toContain('Oriel has no alert rules yet');

    const options = { stateFilter: { firing: false } };
    rerender(<AlertList {...propsOf({ frames: [firing('A')], options })} />);
    expect(screen.getByRole('status').textContent).toContain('No alerts');
  });

  test('critical ones stand first, and more than the board wants are counted', () => {
    const frames = [firing('B'), firing('A', { severity: 'critical' }), firing('C')];
    render(<AlertList {...propsOf({ frames, options: { maxItems: 2 } })} />);

    expect(screen.getAllByRole('listitem').map((li) => li.querySelector('b')!.textContent)).toEqual(
      ['A', 'B'],
    );
    expect(screen.getByText('and 1 more')).toBeTruthy();
  });
});

describe('what happened', () => {
  const mark = (title: string, fromMs: number, tags: string[] = []): Mark => ({
    title,
    fromMs,
    tags,
    text: 'why',
    colour: 'var(--info)',
    kind: 'change',
  });

  test('stands newest first, and a click shows the time around it', () => {
    const onZoom = vi.fn();
    render(
      <AnnoList
        {...propsOf({ annotations: [mark('old', 100_000), mark('new', 300_000)], onZoom })}
      />,
    );
    const buttons = screen.getAllByRole('button');
    expect(buttons.map((one) => one.textContent)).toEqual(['new', 'old']);

    fireEvent.click(buttons[0]!);

    expect(onZoom).toHaveBeenCalledWith(150_000, 450_000);
  });

  test('is filtered by all tags, and of nothing says so', () => {
    const annotations = [mark('a', 1, ['x', 'y']), mark('b', 2, ['x'])];
    const { rerender } = render(
      <AnnoList {...propsOf({ annotations, options: { tags: ['x', 'y'] } })} />,
    );
    expect(screen.getAllByRole('listitem')).toHaveLength(1);

    rerender(<AnnoList {...propsOf()} />);
    expect(screen.getByText('Nothing happened in this time range')).toBeTruthy();
  });
});

describe('the list of boards', () => {
  const board = (uid: string, title: string, tags: string[] = []) => ({
    uid,
    title,
    tags,
    folder: 'AI',
    description: '',
  });
  const boards = [
    board('gpu', 'GPU usage', ['gpu']),
    board('vllm', 'vLLM cluster', ['llm']),
    board('here', 'Cluster here'),
  ];
  const within = (children: ReactNode) => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    client.setQueryData(['dashboards'], boards);
    return (
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={['/d/here?from=now-1h&to=now&var-gpu=4']}>
          {children}
        </MemoryRouter>
      </QueryClientProvider>
    );
  };
  const links = () =>
    screen
      .queryAllByRole('link')
      .map((a) => `${a.querySelector('b')!.textContent} ${a.getAttribute('href')}`);

  test('finds by words and tags, and hands on what the board wants', () => {
    const options = {
      showSearch: true,
      query: 'cluster',
      includeVars: true,
      keepTime: false,
      showStarred: false,
    };
    const { rerender } = render(within(<DashList {...propsOf({ options })} />));
    expect(links()).toEqual(['Cluster here /d/here?var-gpu=4', 'vLLM cluster /d/vllm?var-gpu=4']);

    rerender(
      within(
        <DashList {...propsOf({ options: { showSearch: true, tags: ['gpu'], keepTime: true } })} />,
      ),
    );
    expect(links()).toEqual(['GPU usage /d/gpu?from=now-1h&to=now']);
  });

  test('knows those that were opened last, this one not among them', () => {
    ['gpu', 'vllm', 'here', 'gone'].forEach(rememberBoard);
    render(
      within(
        <DashList {...propsOf({ options: { showRecentlyViewed: true, showStarred: false } })} />,
      ),
    );

    expect(links().map((link) => link.split(' /')[0])).toEqual(['vLLM cluster', 'GPU usage']);
  });

  test('says that there are no stars, and axe finds nothing', async () => {
    const { container } = render(
      within(<DashList {...propsOf({ options: { showStarred: true } })} />),
    );

    expect(screen.getByText(/Oriel has no stars/)).toBeTruthy();
    expect(await faultsIn(container)).toEqual([]);
  });
});

describe('news', () => {
  test('are not fetched; where they are is a link', () => {
    render(<News {...propsOf({ options: { feedUrl: 'https://example.org/feed.xml' } })} />);

    expect(screen.getByRole('link').getAttribute('rel')).toBe('noopener noreferrer');
  });

  test('an address that runs is text', () => {
    render(<News {...propsOf({ options: { feedUrl: 'javascript:alert(1)' } })} />);

    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/javascript:alert/)).toBeTruthy();
  });
});

describe('what is not drawn', () => {
  const frames = [seriesOf('a', [1, 2])];

  test('an unknown kind is named and shows its data at once', async () => {
    render(<Unknown {...propsOf({ options: { type: 'my-plugin' }, frames })} />);

    expect(screen.getByText(/“my-plugin” is not drawn by this Oriel/)).toBeTruthy();
    expect(await screen.findByRole('table')).toBeTruthy();
  });

  test('a map says that it is one, and shows its data on request', async () => {
    render(<Placeholder {...propsOf({ options: { type: 'geomap' }, frames })} />);
    expect(screen.getByText('A map is not drawn here yet')).toBeTruthy();

    fireEvent.click(screen.getByRole('button', { name: 'Show its data as a table' }));

    expect(await screen.findByRole('table')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Hide the table' })).toBeTruthy();
  });

  test('without rows there is no table to ask for', () => {
    render(<Placeholder {...propsOf({ options: { type: 'constructor' } })} />);

    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('“constructor” is not drawn here yet')).toBeTruthy();
  });
});

test.each([
  [
    'alerts',
    <AlertList
      key="a"
      {...propsOf({ width: 300, frames: [firing(HOSTILE, { [HOSTILE]: HOSTILE })] })}
    />,
  ],
  [
    'what happened',
    <AnnoList
      key="b"
      {...propsOf({
        width: 300,
        annotations: [
          {
            fromMs: 1,
            title: HOSTILE,
            text: HOSTILE,
            tags: [HOSTILE],
            colour: 'red',
            kind: 'board',
          },
        ],
      })}
    />,
  ],
  ['news', <News key="c" {...propsOf({ options: { feedUrl: HOSTILE } })} />],
  [
    'a placeholder',
    <Placeholder
      key="d"
      {...propsOf({ options: { type: HOSTILE }, frames: [seriesOf('a', [1])] })}
    />,
  ],
  ['an unknown kind', <Unknown key="e" {...propsOf({ options: { type: HOSTILE } })} />],
])('%s: hostile words are text, and axe finds nothing', async (_, view) => {
  const { container } = render(view);

  expect(container.querySelector('img:not([role]), [onerror]')).toBeNull();
  expect(container.textContent).toContain('onerror=alert(1)');
  expect(await faultsIn(container)).toEqual([]);
});

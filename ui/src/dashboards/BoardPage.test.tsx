import '../panels/testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { resetTime } from '../query/time';
import BoardPage from './BoardPage';

configure({ asyncUtilTimeout: 5_000 });

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const BOARD = {
  uid: 'box',
  title: 'Box $host',
  tags: ['server'],
  templating: {
    list: [{ name: 'host', label: 'Host', type: 'query', query: 'label_values(up, instance)' }],
  },
  panels: [
    {
      id: 1,
      type: 'stat',
      title: 'CPU',
      gridPos: at(0, 0, 6, 2),
      options: { graphMode: 'none' },
      fieldConfig: {
        defaults: {
          unit: 'percent',
          thresholds: {
            mode: 'absolute',
            steps: [{ color: 'green' }, { color: 'red', value: 90 }],
          },
        },
      },
      targets: [{ refId: 'A', expr: 'cpu{instance="$host"}' }],
    },
    {
      id: 2,
      type: 'timeseries',
      title: 'Memory',
      description: 'What programs hold',
      gridPos: at(0, 2, 12, 6),
      targets: [{ refId: 'A', expr: 'mem{instance="$host"}', legendFormat: 'used' }],
    },
    {
      id: 3,
      type: 'timeseries',
      title: 'Broken',
      gridPos: at(12, 2, 12, 6),
      targets: [{ refId: 'A', expr: 'sum(' }],
    },
    { id: 4, type: 'flamegraph', title: 'Flames', gridPos: at(0, 8, 12, 6) },
    {
      id: 5,
      type: 'timeseries',
      title: 'Nothing',
      gridPos: at(12, 8, 12, 6),
      targets: [{ refId: 'A', expr: 'gone' }],
    },
  ],
};

/** Oriel's answers by path; every question is written down. A gate holds back the data until it is opened. */
class FakeServer {
  readonly asked: string[] = [];
  open: () => void = () => undefined;
  /** How old the newest sample of a range is. */
  oldS = 0;
  private gate = Promise.resolve();
  constructor() {
    this.close();
  }

  close() {
    this.gate = new Promise<void>((resolve) => (this.open = resolve));
  }

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const query = url.searchParams.get('query') ?? '';
    this.asked.push(`${url.pathname.split('/').pop()} ${query}`);
    if (/query/.test(url.pathname)) await this.gate;
    const [status, body] = this.answer(url.pathname, query);
    return new Response(JSON.stringify(body), { status });
  };

  private answer(path: string, query: string): [number, unknown] {
    const now = nowMs / 1000;
    if (path.endsWith('/dashboards'))
      return [200, [{ uid: 'box', title: 'Box', folder: 'Servers', tags: [], description: '' }]];
    if (path.endsWith('/dashboards/box')) return [200, BOARD];
    if (path.endsWith('/dashboards/nosuch'))
      return [404, { status: 'error', errorType: 'not_found', error: 'there is no dashboard' }];
    if (path.endsWith('/values')) return [200, { status: 'success', data: ['a:9100', 'b:9100'] }];
    if (query === 'sum(')
      return [
        400,
        {
          status: 'error',
          errorType: 'bad_data',
          error: '1:5: parse error: unclosed left parenthesis',
        },
      ];
    const metric = { __name__: 'x', instance: 'a:9100' };
    const gone = /gone/.test(query);
    if (path.endsWith('/query_range')) {
      const values = [60, 30, 0].map((ago, i) => [now - this.oldS - ago, String(40 + i)]);
      return [
        200,
        {
          status: 'success',
          data: { resultType: 'matrix', result: gone ? [] : [{ metric, values }] },
        },
      ];
    }
    return [
      200,
      {
        status: 'success',
        data: { resultType: 'vector', result: gone ? [] : [{ metric, value: [now, '42'] }] },
      },
    ];
  }
}

let server: FakeServer;
let nowMs = Date.now();
beforeEach(() => {
  resetTime((nowMs += 60_000)); // another moment: no answer of the test before fits
  server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
});
afterEach(() => vi.unstubAllGlobals());

function open(address = '/d/box') {
  return render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <MemoryRouter initialEntries={[address]}>
        <Routes>
          <Route path="/d/:uid" element={<BoardPage />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}
const panel = (name: string) => screen.findByRole('region', { name });

test('the board says how the machine is, from its own thresholds', async () => {
  open();
  server.open();

  expect(await screen.findByRole('heading', { name: 'This machine is well' })).toBeTruthy();
  const value = await within(await panel('CPU')).findByRole('status');
  expect(value.textContent).toBe('42 %');
});

test('a failing panel says why and leaves its neighbours alone', async () => {
  open();
  server.open();

  const broken = within(await panel('Broken'));
  expect(await broken.findByText('The query cannot be read')).toBeTruthy();
  expect(broken.getByText(/unclosed left parenthesis/)).toBeTruthy();
  expect(
    await within(await panel('Memory')).findByRole('img', {
      name: /^Memory, last values: used 42/,
    }),
  ).toBeTruthy();
});

test('a panel without data says why: nobody measures it', async () => {
  open();
  server.open();

  const nothing = within(await panel('Nothing'));
  expect(await nothing.findByText('Not measured here')).toBeTruthy();
  expect(nothing.getByText(/No target sends gone/)).toBeTruthy();
});

test('a panel of an unknown kind is named', async () => {
  open();

  expect(
    await within(await panel('Flames')).findByText(
      'A flame graph of a profile is not drawn here yet',
    ),
  ).toBeTruthy();
});

test('no box moves or changes its size from loading to data to error', async () => {
  const { container } = open();
  await panel('Broken');
  const boxes = () =>
    [...container.querySelectorAll<HTMLElement>('[style*="--x"]')].map((box) =>
      box.getAttribute('style'),
    );
  const before = boxes();
  expect(before).toHaveLength(5);

  server.open();
  await screen.findByText('The query cannot be read');
  await screen.findByRole('img', { name: /^Memory, last/ });

  expect(boxes()).toEqual(before);
});

test('the address chooses the variable, and the choice goes into every query', async () => {
  open('/d/box?var-host=b%3A9100');
  server.open();

  await waitFor(() => expect(server.asked).toContain('query cpu{instance="b:9100"}'));
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Host' }).value).toBe('b:9100');

  fireEvent.change(screen.getByRole('combobox', { name: 'Host' }), { target: { value: 'a:9100' } });

  await waitFor(() => expect(server.asked).toContain('query cpu{instance="a:9100"}'));
});

test('no panel asks before the variables are known', async () => {
  open();
  await panel('CPU');

  await waitFor(() => expect(server.asked).toContain('query cpu{instance="a:9100"}'));
  expect(server.asked.filter((question) => question.includes('$host'))).toEqual([]);
});

describe('the age of what is shown', () => {
  const CLOCKS = ['setInterval', 'clearInterval', 'performance'] as const;
  afterEach(() => vi.useRealTimers());
  const later = () => act(() => (vi.advanceTimersByTime(3_400), Promise.resolve()));
  const chart = { name: /^Memory, last values: used 42/ };

  /** The board with its data, and a refresh under way that gets no answer. */
  async function refreshing() {
    open();
    server.open();
    const memory = await panel('Memory');
    await within(memory).findByRole('img', chart);
    server.close();
    vi.useFakeTimers({ toFake: [...CLOCKS] });
    act(() => resetTime((nowMs += 60_000)));
    return memory;
  }

  test('a refresh keeps the data and moves a hairline along the edge', async () => {
    const memory = await refreshing();

    expect(memory.getAttribute('aria-busy')).toBe('true');
    expect(memory.querySelector('[class*="hairline"]')).toBeTruthy();
    expect(within(memory).getByRole('img', chart)).toBeTruthy();
    expect(within(memory).queryByText(/still asking/)).toBeNull();
  });

  test('a slow answer says for how long it has been asked, and can be cancelled', async () => {
    const memory = await refreshing();

    await later();

    expect(within(memory).getByText(/still asking, 3\.[24] s/)).toBeTruthy();
    fireEvent.click(within(memory).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(within(memory).queryByText(/still asking/)).toBeNull());
    expect(within(memory).getByRole('img', chart)).toBeTruthy();
    expect(memory.getAttribute('aria-busy')).not.toBe('true');
  });

  test('data that are older than they should be say how old, and stay', async () => {
    server.oldS = 120;
    open();
    server.open();

    const memory = within(await panel('Memory'));

    expect(await memory.findByText('2 min old')).toBeTruthy();
    expect(memory.getByRole('img', chart)).toBeTruthy();
  });

  test('fresh data say nothing of their age', async () => {
    open();
    server.open();

    const memory = within(await panel('Memory'));
    await memory.findByRole('img', chart);

    expect(memory.queryByText(/old$/)).toBeNull();
  });
});

test('the menu of a panel begins with what it shows, for hands that cannot hover', async () => {
  open();
  const memory = await panel('Memory');
  const menu = memory.parentElement!.querySelector('[role="dialog"][aria-label="Menu of Memory"]')!;

  expect(menu.firstElementChild!.textContent).toBe('What programs hold');
});

test('where there is no such dashboard, the page says so and leads to those there are', async () => {
  open('/d/nosuch');

  expect(await screen.findByRole('heading', { name: 'There is no dashboard nosuch' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show all dashboards' }).getAttribute('href')).toBe(
    '/dashboards',
  );
});

describe('a panel opened up', () => {
  beforeAll(() => import('./inspect')); // loaded when it is first wanted; not within a test's time

  test('shows its data as a table, as the address says, and closes by one step back', async () => {
    server.open();
    open('/d/box?inspect=2');
    const dialog = within(await screen.findByRole('dialog', { name: 'Inspect Memory' }));

    expect(await dialog.findByRole('columnheader', { name: /used/ })).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog', { name: 'Inspect Memory' })).toBeNull(),
    );
  });

  test('is opened by a key, for the panel under the pointer', async () => {
    server.open();
    open();
    const memory = await panel('Memory');
    fireEvent.pointerEnter(memory.parentElement!);
    fireEvent.keyDown(window, { key: 'e' });

    const dialog = within(await screen.findByRole('dialog', { name: 'Inspect Memory' }));
    expect(dialog.getByText(/"description": "What programs hold"/)).toBeTruthy();
  });

  test('tells what was asked as a line for the shell', async () => {
    server.open();
    open('/d/box?inspect=2&inspectTab=query');
    const dialog = within(await screen.findByRole('dialog', { name: 'Inspect Memory' }));

    expect(await dialog.findByText('mem{instance="a:9100"}')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Copy as curl' })).toBeTruthy();
  });
});

import '../panels/testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { BrowserRouter } from 'react-router';
import { fakeServer, json, type Asked } from '../api/fakeServer';
import ExplorePage from './ExplorePage';

let server: ReturnType<typeof fakeServer>;
const fault = { errorType: 'bad_data', error: '1:1: parse error: unexpected ")"' };
const result = [
  { metric: { __name__: 'node_load1', job: 'node' }, values: [[1_763_431_200, '0.5']] },
];

beforeEach(() => {
  localStorage.clear();
  server = fakeServer({
    '/api/v1/label/__name__/values': {
      data: ['node_load1', 'node_cpu_seconds_total', 'go_threads'],
    },
    '/api/v1/metadata': {
      data: { node_cpu_seconds_total: [{ type: 'counter', help: 'Seconds by mode.', unit: '' }] },
    },
    '/api/v1/query_range': ({ params }: Asked) => {
      const query = params.get('query')!;
      if (query.startsWith(')')) return json(fault, 400);
      return { data: { resultType: 'matrix', result: query.includes('absent') ? [] : result } };
    },
    '/api/v1/query': {
      data: { resultType: 'vector', result: [{ metric: { job: 'node' }, value: [1, '0.5'] }] },
    },
  });
});
afterEach(() => {
  cleanup();
  server.leave();
});

function open(address: string) {
  window.history.replaceState(null, '', address);
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <ExplorePage />
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

const asked = () =>
  server.asked
    .filter(({ path }) => path.endsWith('query_range'))
    .map(({ params }) => params.get('query'));

test('without a query it says how to ask', () => {
  open('/explore');

  expect(screen.getByText('Ask for something')).not.toBeNull();
});

test('a metric from the list is asked by its type, and the address says so', async () => {
  open('/explore');

  fireEvent.click(await screen.findByRole('button', { name: /node_cpu_seconds_total/ }));

  await vi.waitFor(() => expect(asked()).toContain('rate(node_cpu_seconds_total[5m])'));
  expect(new URLSearchParams(window.location.search).get('q')).toBe(
    'rate(node_cpu_seconds_total[5m])',
  );
});

test('the search reads help texts too', async () => {
  open('/explore');
  await screen.findByRole('button', { name: /node_load1/ });

  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'by mode' } });

  await vi.waitFor(() => expect(screen.queryByRole('button', { name: /node_load1/ })).toBeNull());
  expect(screen.getByRole('button', { name: /node_cpu_seconds_total/ })).not.toBeNull();
});

test('an error names its column', async () => {
  open(`/explore?${new URLSearchParams({ q: ')x' })}`);

  expect((await screen.findByRole('alert')).textContent).toContain('At column 1: unexpected ")"');
});

test('a right query without data says that, and offers a longer range', async () => {
  open(`/explore?${new URLSearchParams({ q: 'absent_metric' })}`);

  expect(await screen.findByText('No data in this time range')).not.toBeNull();
  expect(screen.getByRole('button', { name: 'Show the last 24 hours' })).not.toBeNull();
});

test('a hidden query is not asked', async () => {
  open(
    `/explore?${new URLSearchParams([
      ['q', 'up'],
      ['q', 'node_load1'],
      ['hide', 'A'],
    ])}`,
  );

  await vi.waitFor(() => expect(asked()).toContain('node_load1'));
  expect(asked()).not.toContain('up');
});

test('the table shows exact values', async () => {
  open(`/explore?${new URLSearchParams({ q: 'node_load1', view: 'table' })}`);

  expect(await screen.findByRole('cell', { name: '0.5' })).not.toBeNull();
});

test('what was answered is remembered', async () => {
  open(`/explore?${new URLSearchParams({ q: 'node_load1' })}`);

  expect(await screen.findByText('You asked before')).not.toBeNull();
});

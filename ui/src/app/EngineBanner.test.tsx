import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { oriel } from '../../dev/fixtures.mjs';
import { fakeServer } from '../api/fakeServer';
import { EngineBanner } from './EngineBanner';

let leave = () => {};
afterEach(() => {
  cleanup();
  leave();
});

const url = 'http://prometheus:9090';
const about = (engine: string | null) => ({ ...(oriel('about', []) as object), engine });
const engine = (state: string, more: object = {}) => ({
  url,
  state,
  sinceMs: Date.now() - 60_000,
  answers: false,
  takes: false,
  why: 'the connection was refused',
  pendingBytes: 2 ** 20,
  mostBytes: 2 ** 30,
  lagMs: 0,
  lost: 0,
  ...more,
});

function open(answers: Record<string, object>) {
  const server = fakeServer(answers);
  leave = server.leave;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const page = render(
    <QueryClientProvider client={client}>
      <main>
        <EngineBanner />
      </main>
    </QueryClientProvider>,
  );
  return { ...page, client, asked: server.asked };
}

test('an engine that is silent is told above every page, in words and with what waits', async () => {
  const { container } = open({
    '/api/v1/oriel/about': about(url),
    '/api/v1/oriel/engine': engine('down'),
  });

  await screen.findByText(/does not answer since/);

  expect(screen.getByRole('status').textContent).toContain('1 MiB of 1 GiB wait');
  expect((await axe.run(container)).violations).toEqual([]);
});

test('where metrics are kept here nobody is asked about an engine', async () => {
  const { client, asked } = open({ '/api/v1/oriel/about': about(null) });

  await waitFor(() => expect(client.getQueryData(['about'])).toBeDefined());

  expect(screen.getByRole('status').textContent).toBe('');
  expect(asked.map(({ path }) => path)).toEqual(['/api/v1/oriel/about']);
});

test('it goes when the engine is well again', async () => {
  let now = engine('down');
  const { client } = open({
    '/api/v1/oriel/about': about(url),
    '/api/v1/oriel/engine': () => now,
  });
  await screen.findByText(/does not answer since/);

  now = engine('well', { answers: true, takes: true });
  await client.invalidateQueries({ queryKey: ['engine'] });

  await waitFor(() => expect(screen.getByRole('status').textContent).toBe(''));
});

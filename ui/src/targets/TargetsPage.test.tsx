import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { BrowserRouter } from 'react-router';
import { oriel } from '../../dev/fixtures.mjs';
import { fakeServer } from '../api/fakeServer';
import TargetsPage from './TargetsPage';

let leave = () => {};

beforeEach(() => {
  window.history.replaceState(null, '', '/targets');
  const empty = { data: { resultType: 'matrix', result: [] } };
  leave = fakeServer({
    '/api/v1/oriel/targets': () => oriel('targets', [])!,
    '/api/v1/oriel/about': () => oriel('about', [])!,
    '/api/v1/query_range': empty,
  }).leave;
});
afterEach(() => {
  cleanup();
  leave();
});

async function open() {
  const page = render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <main>
          <TargetsPage />
        </main>
      </BrowserRouter>
    </QueryClientProvider>,
  );
  await screen.findByRole('heading', { level: 1 });
  return page;
}

test('the page opens with the one that does not answer', async () => {
  await open();

  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain(
    '7 of 9 targets answer; vllm-whisper does not since',
  );
});

test('error and remedy stand under the row they are about', async () => {
  await open();

  const table = screen.getByRole('table');
  expect(within(table).getByText(/296 times in a row/).textContent).toContain('nobody reads');
});

test('what was never asked has no made-up numbers', async () => {
  await open();

  const row = screen.getByRole('button', { name: /qdrant/ }).closest('tr')!;
  expect(row.textContent).toContain('not asked yet');
  expect(row.textContent).toContain('no data');
});

test('a filter leaves what it names and stands in the address', async () => {
  await open();

  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'llama' } });

  expect(screen.queryByRole('button', { name: /litellm/ })).toBeNull();
  expect(screen.getByRole('button', { name: /vllm-llama70/ })).not.toBeNull();
  expect(window.location.search).toContain('filter=llama');
});

test('j goes to the next target and shows its facts', async () => {
  await open();

  fireEvent.keyDown(window, { key: 'j' });

  expect(window.location.search).toContain('target=vllm-vllm-qwen3-235b');
  expect(screen.getByRole('heading', { level: 2, name: /vllm-qwen3-235b/ })).not.toBeNull();
});

test('axe has nothing to say', async () => {
  const { container } = await open();

  const { violations } = await act(() =>
    axe.run(container, { rules: { 'color-contrast': { enabled: false } } }),
  );

  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('where several are silent, what stands behind the sentence names the one it is about', async () => {
  const answer = structuredClone(oriel('targets', [])!) as { targets: Record<string, unknown>[] };
  const [one, two] = answer.targets;
  Object.assign(one!, { health: 'DOWN', error: 'refused the connection', remedy: null });
  Object.assign(two!, { health: 'DOWN', error: 'timed out', remedy: null });
  leave();
  leave = fakeServer({
    '/api/v1/oriel/targets': () => answer,
    '/api/v1/oriel/about': () => oriel('about', [])!,
    '/api/v1/query_range': { data: { resultType: 'matrix', result: [] } },
  }).leave;
  await open();

  const behind = screen.getByRole('heading', { level: 1 }).parentElement!.querySelector('p')!;
  expect(behind.textContent).toContain(`${String(one!['name'])}`);
  expect(behind.textContent).toContain(': Refused the connection.');
});

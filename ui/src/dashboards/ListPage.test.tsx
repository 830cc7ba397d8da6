import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { fakeServer } from '../api/fakeServer';
import ListPage from './ListPage';

const board = (uid: string, title: string, folder: string, description = '') => ({
  uid,
  title,
  folder,
  tags: [],
  description,
});
let leave = () => {};

beforeEach(() => {
  leave = fakeServer({
    '/api/v1/oriel/dashboards': [
      board('a', 'Server health', 'Shipped', 'Is this machine well?'),
      board('b', 'Queues', 'Ours'),
    ],
  }).leave;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <ListPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
});
afterEach(() => {
  cleanup();
  leave();
});

test('boards stand in their folders, each a link', async () => {
  await screen.findByText('2 dashboards');

  expect(screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent)).toEqual([
    'Ours 1',
    'Shipped 1',
  ]);
  expect(screen.getByRole('link', { name: /Server health/ }).getAttribute('href')).toBe('/d/a');
});

test('a search reads what a board is for', async () => {
  await screen.findByText('2 dashboards');

  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'machine' } });

  expect(screen.getAllByRole('link')).toHaveLength(1);
});

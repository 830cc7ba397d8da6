import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { fakeServer } from '../api/fakeServer';
import '../panels/testing';
import ListPage from './ListPage';
import { fileNameOf, tryBoard } from './tryBoard';
import { forgetTried, triedBoard } from './tried';
import { TriedNote } from './TriedNote';

const BOARD = JSON.stringify({ title: 'Queues of ours', panels: [] });
let leave = () => {};

function open(folders: string[]) {
  leave = fakeServer({
    '/api/v1/oriel/dashboards': [],
    '/api/v1/oriel/dashboard-folders': {
      folders,
      notes: [
        { file: '/etc/boards/a.json', line: 2, column: 14, listed: false, says: 'it is no JSON' },
      ],
    },
  }).leave;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={['/dashboards']}>
        <Routes>
          <Route path="/dashboards" element={<ListPage />} />
          <Route path="/d/:uid" element={<Shown />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const UID = 'tried-';
function Shown() {
  const tried = JSON.parse(localStorage.getItem('oriel.tried') ?? '[]') as { uid: string }[];
  const uid = tried[0]!.uid;
  return <TriedNote uid={uid} />;
}

afterEach(() => {
  cleanup();
  leave();
  localStorage.clear();
});

test('a pasted board is shown at once, and where its file belongs', async () => {
  open(['/etc/boards']);
  fireEvent.click(await screen.findByRole('button', { name: 'Try a dashboard' }));
  fireEvent.change(screen.getByLabelText('The JSON'), { target: { value: BOARD } });
  fireEvent.click(screen.getByRole('button', { name: 'Show it', hidden: true }));

  await screen.findByText(/Put it into git as \/etc\/boards\/queues-of-ours\.json/);
  fireEvent.click(screen.getByRole('button', { name: 'Forget it here' }));
  await screen.findByText('No dashboards yet');
});

test('a dropped file that is no board says why, and the page stays', async () => {
  open([]);
  await screen.findByText('No dashboards yet');
  const file = new File(['{"title": '], 'x.json', { type: 'application/json' });
  fireEvent.drop(window, { dataTransfer: { types: ['Files'], files: [file] } });

  await screen.findByText('This can’t be shown');
});

test('files that are not shown stand in the list with their place', async () => {
  open(['/etc/boards']);

  await screen.findByText('/etc/boards/a.json:2:14');
  await screen.findByText('it is no JSON');
});

test('the same text is one board, and what is no board is kept nowhere', () => {
  const first = tryBoard(BOARD);
  const again = tryBoard(BOARD);

  expect(first).toEqual(again);
  expect('uid' in first && first.uid.startsWith(UID)).toBe(true);
  expect(tryBoard('[1]')).toHaveProperty('problem');
  expect(tryBoard('nothing')).toHaveProperty('problem');
  if ('uid' in first) {
    expect(triedBoard(first.uid)?.text).toBe(BOARD);
    forgetTried(first.uid);
    expect(triedBoard(first.uid)).toBeUndefined();
  }
});

test('a file is named as its title says, without what a path could mean', () => {
  expect(fileNameOf('GPU: ../../etc/passwd')).toBe('gpu-etc-passwd.json');
  expect(fileNameOf('///')).toBe('dashboard.json');
});

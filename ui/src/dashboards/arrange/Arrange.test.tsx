import '../../panels/testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { readDashboard } from '../model';
import Arrange from './index';

const board = readDashboard({
  title: 'Box',
  panels: [
    { id: 1, type: 'text', title: 'One', gridPos: { x: 0, y: 0, w: 12, h: 4 } },
    { id: 2, type: 'text', title: 'Two', gridPos: { x: 12, y: 0, w: 12, h: 4 } },
  ],
});

function show(shown = board) {
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Arrange board={shown} values={{}} onDone={onDone} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return onDone;
}

describe('moving and resizing', () => {
  test('works by keys: arrows move, with Shift they resize', () => {
    show();
    fireEvent.keyDown(screen.getByRole('button', { name: /^One/ }), { key: 'ArrowDown' });
    fireEvent.keyDown(screen.getByRole('button', { name: /^Two/ }), {
      key: 'ArrowLeft',
      shiftKey: true,
    });

    expect(
      screen.getByRole('button', { name: 'Two: column 13, row 1, 11 wide, 4 high' }),
    ).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('2 panels moved');
  });

  test('can be undone, and ended', () => {
    const onDone = show();
    fireEvent.keyDown(screen.getByRole('button', { name: /^Two/ }), { key: 'ArrowLeft' });
    fireEvent.click(screen.getByRole('button', { name: 'As it was' }));

    expect(
      screen.getByRole('button', { name: 'Two: column 13, row 1, 12 wide, 4 high' }),
    ).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(onDone).toHaveBeenCalledOnce();
  });

  test('a file without places says so', () => {
    show(readDashboard({ rows: [{ panels: [{ id: 1, type: 'graph', span: 6 }] }] }));

    expect(screen.getByText(/no places of panels/)).toBeTruthy();
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { resetTime, setRefresh } from '../../query/time';
import { kioskOf } from './kiosk';
import KioskFrame from './KioskFrame';

function Where() {
  const { pathname } = useLocation();
  return <p data-testid="where">{pathname}</p>;
}

function show(search: string) {
  const kiosk = kioskOf(new URLSearchParams(search))!;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={[`/d/a?${search}`]}>
        <KioskFrame kiosk={kiosk} />
        <Where />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe('a screen on the wall', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    vi.stubGlobal('scrollTo', () => undefined);
    resetTime();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('goes from board to board in its order', () => {
    show('kiosk&boards=a,b&every=10s');
    expect(screen.getByText(/1 of 2/)).toBeTruthy();

    act(() => void vi.advanceTimersByTime(10_500));
    expect(screen.getByTestId('where').textContent).toBe('/d/b');
    expect(screen.getByText(/2 of 2/)).toBeTruthy();

    act(() => void vi.advanceTimersByTime(10_000));
    expect(screen.getByTestId('where').textContent).toBe('/d/a');
  });

  test('stays where it is without a list of boards', () => {
    show('kiosk');

    act(() => void vi.advanceTimersByTime(300_000));

    expect(screen.getByTestId('where').textContent).toBe('/d/a');
  });

  test('says loudly that what is shown stands still', () => {
    setRefresh(0);
    show('kiosk');

    expect(screen.getByRole('alert').textContent).toContain('stands still');
  });
});

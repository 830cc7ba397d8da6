import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { BrowserRouter } from 'react-router';
import { getTime, zoomTo } from '../query';
import { resetTime } from '../query/time';
import { TimeControl } from './TimeControl';
import { TimeInAddress } from './TimeInAddress';

beforeEach(() => {
  resetTime();
  window.history.replaceState(null, '', '/');
  HTMLElement.prototype.hidePopover = () => {}; // jsdom has no popovers
  render(
    <BrowserRouter>
      <TimeInAddress />
      <TimeControl />
    </BrowserRouter>,
  );
});
afterEach(cleanup);

const field = () => document.getElementById('range') as HTMLInputElement;
const say = (text: string) => fireEvent.change(field(), { target: { value: text } });

test('the range is shown in words', () => {
  expect(screen.getByRole('button', { name: /^Time range/ }).textContent).toContain('Last 3 hours');
});

test('what is typed is read back before it holds', () => {
  say('02:30 to 03:12');

  expect(document.getElementById('range-reads')!.textContent).toMatch(/02:30 to .*03:12, UTC/);
  expect(getTime().from).toBe('now-3h');
});

test('what means no range cannot be shown', () => {
  say('soon');

  fireEvent.submit(field().form!);

  expect(document.getElementById('range-reads')!.textContent).toContain('no range yet');
  expect(getTime().from).toBe('now-3h');
});

test('a range that was typed stands in the address', () => {
  say('6h');

  fireEvent.submit(field().form!);

  expect(getTime().from).toBe('now-6h');
  expect(new URLSearchParams(window.location.search).get('from')).toBe('now-6h');
});

test('back undoes a zoom', async () => {
  act(() => zoomTo(1_763_431_200_000, 1_763_434_800_000));
  expect(new URLSearchParams(window.location.search).get('from')).toBe('1763431200000');

  await act(async () => {
    const gone = new Promise((resolve) => window.addEventListener('popstate', resolve));
    window.history.back();
    await gone;
  });

  expect(getTime().from).toBe('now-3h');
});

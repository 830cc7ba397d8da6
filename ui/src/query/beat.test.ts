import { startBeat } from './beat';

function world() {
  const state = { beats: 0, busy: false, hidden: false, tell: () => {} };
  const stop = startBeat({
    everyMs: 15_000,
    isBusy: () => state.busy,
    isHidden: () => state.hidden,
    onVisibility: (listener) => {
      state.tell = listener;
      return () => {};
    },
    beat: () => state.beats++,
    now: () => Date.now(),
  });
  return { state, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it beats once an interval', () => {
  const { state } = world();

  vi.advanceTimersByTime(45_000);

  expect(state.beats).toBe(3);
});

test('it waits while answers are under way, and does not make up for it', () => {
  const { state } = world();
  state.busy = true;

  vi.advanceTimersByTime(40_000);
  expect(state.beats).toBe(0);

  state.busy = false;
  vi.advanceTimersByTime(500);
  expect(state.beats).toBe(1);
});

test('it stops while the window is hidden and beats at once when it is shown late', () => {
  const { state } = world();
  state.hidden = true;
  state.tell();
  vi.advanceTimersByTime(60_000);
  expect(state.beats).toBe(0);

  state.hidden = false;
  state.tell();
  vi.advanceTimersByTime(0);

  expect(state.beats).toBe(1);
});

test('stopped, it is silent', () => {
  const { state, stop } = world();

  stop();
  vi.advanceTimersByTime(60_000);

  expect(state.beats).toBe(0);
});

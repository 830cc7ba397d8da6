/**
 * The one time range of the window, and the beat at which it moves on. All panels read it from here;
 * `app/TimeInAddress` keeps the address bar equal to it.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { isRelative, resolveMoment } from './timeText';

export interface TimeState {
  /** As the address carries it: `now-3h`, or milliseconds since 1970. */
  from: string;
  to: string;
  /** Milliseconds between refreshes; 0 is never. */
  refreshMs: number;
  /** What "now" means until the next beat. */
  nowMs: number;
  /** Counts the beats: whatever shows the present asks again when it changes. */
  beat: number;
}

export interface TimeRange {
  from: string;
  to: string;
  fromMs: number;
  toMs: number;
  /** True when the range moves on with the clock. */
  relative: boolean;
}

export const DEFAULT_TIME = { from: 'now-3h', to: 'now', refreshMs: 15_000 } as const;
const SHORTEST_MS = 1_000;

let state: TimeState = { ...DEFAULT_TIME, nowMs: Date.now(), beat: 0 };
/** True once somebody, or a link, said which range it is to be. */
let chosen = false;
const listeners = new Set<() => void>();

export function getTime(): TimeState {
  return state;
}

export function subscribeTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sets the range by texts or milliseconds; a text that means no moment changes nothing. */
export function setTimeRange(from: string | number, to: string | number): void {
  const next = { from: String(from), to: String(to) };
  const nowMs = Date.now();
  const fromMs = resolveMoment(next.from, nowMs);
  const toMs = resolveMoment(next.to, nowMs, true);
  if (fromMs === undefined || toMs === undefined || fromMs >= toMs) return;
  chosen = true;
  change({ ...next, nowMs });
}

/** The range a board is made for; it holds where nobody chose another, and only if it moves with the clock. */
export function suggestTime(from: string, to: string): void {
  if (chosen || !isRelative(from) || (from === state.from && to === state.to)) return;
  setTimeRange(from, to);
  chosen = false;
}

/** The range of now is what a link says: no board suggests another. */
export function keepTime(): void {
  chosen = true;
}

/** Zooms to a span that was dragged on a chart. */
export function zoomTo(fromMs: number, toMs: number): void {
  const [start, end] = fromMs < toMs ? [fromMs, toMs] : [toMs, fromMs];
  const middle = (start + end) / 2;
  const half = Math.max(end - start, SHORTEST_MS) / 2;
  setTimeRange(Math.round(middle - half), Math.round(middle + half));
}

/** Twice as long around the same middle, but never into the future. */
export function zoomOut(): void {
  const { fromMs, toMs } = rangeOf(state);
  const length = toMs - fromMs;
  const end = Math.min(toMs + length / 2, Date.now());
  setTimeRange(Math.round(end - 2 * length), Math.round(end));
}

/** Half a window back (-1) or on (+1). */
export function stepTime(direction: -1 | 1): void {
  const { fromMs, toMs } = rangeOf(state);
  const by = ((toMs - fromMs) / 2) * direction;
  setTimeRange(Math.round(fromMs + by), Math.round(toMs + by));
}

/** Makes of "the last three hours" the three hours they are now, so that the address means them tomorrow. */
export function fixTime(): void {
  const { fromMs, toMs } = rangeOf(state);
  setTimeRange(Math.round(fromMs), Math.round(toMs));
}

export function setRefresh(refreshMs: number): void {
  change({ refreshMs });
}

/** Moves "now" on: relative ranges slide, whatever shows the present asks again. */
export function beatNow(): void {
  change({ nowMs: Date.now(), beat: state.beat + 1 });
}

/** The range in milliseconds at the state's own "now". */
export function rangeOf({ from, to, nowMs }: TimeState): TimeRange {
  const fromMs = resolveMoment(from, nowMs) ?? nowMs - 3 * 3_600_000;
  const toMs = resolveMoment(to, nowMs, true) ?? nowMs;
  return { from, to, fromMs, toMs, relative: isRelative(from) || isRelative(to) };
}

/** The range that all panels show. */
export function useTimeRange(): TimeRange {
  const time = useSyncExternalStore(subscribeTime, getTime);
  return useMemo(() => rangeOf(time), [time]);
}

/** The refresh interval and the beat; `refreshNow` asks at once. */
export function useRefresh() {
  const { refreshMs, beat, nowMs } = useSyncExternalStore(subscribeTime, getTime);
  return { refreshMs, beat, nowMs, setRefresh, refreshNow: beatNow };
}

/** For tests and for a fresh window. */
export function resetTime(nowMs = Date.now()): void {
  state = { ...DEFAULT_TIME, nowMs, beat: 0 };
  chosen = false;
  listeners.forEach((tell) => tell());
}

function change(part: Partial<TimeState>): void {
  state = { ...state, ...part };
  listeners.forEach((tell) => tell());
}

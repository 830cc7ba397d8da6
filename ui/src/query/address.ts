/** The time state in the address bar: `?from=now-3h&to=now&refresh=15s`. */
import { DEFAULT_TIME, getTime, setRefresh, setTimeRange } from './time';
import { durationText, parseDuration } from './timeText';

/** Takes from an address what it says about time; what it leaves out stays as it was. */
export function takeTime(params: URLSearchParams): void {
  const { from, to, refreshMs } = getTime();
  const nextFrom = params.get('from') ?? from;
  const nextTo = params.get('to') ?? to;
  if (nextFrom !== from || nextTo !== to) setTimeRange(nextFrom, nextTo);
  const refresh = readRefresh(params.get('refresh'));
  if (refresh !== undefined && refresh !== refreshMs) setRefresh(refresh);
}

/** The address with the state written into it, or `undefined` when it says the same already. */
export function writeTime(params: URLSearchParams): URLSearchParams | undefined {
  const { from, to, refreshMs } = getTime();
  const refresh = refreshMs === 0 ? 'off' : durationText(refreshMs);
  const wished = { from, to, refresh };
  const implied = refreshMs === DEFAULT_TIME.refreshMs && !params.has('refresh');
  const same =
    params.get('from') === from &&
    params.get('to') === to &&
    (implied || params.get('refresh') === refresh);
  if (same) return undefined;
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(wished)) next.set(name, value);
  if (implied) next.delete('refresh');
  return next;
}

function readRefresh(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (text === 'off' || text === '0') return 0;
  const ms = parseDuration(text);
  return ms === undefined ? undefined : Math.max(ms, 1_000);
}

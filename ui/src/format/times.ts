/** Moments and lengths of time in words, local, as a colleague would say them. */
import { significant } from './numbers';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length: `410 ms`, `4.83 s`, `25 min`, `1 h 14 min`, `63 d`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return 'no data';
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms === 0) return '0 s';
  if (ms < 1) return `${significant(ms * 1000)} µs`;
  if (ms < 999.5) return `${significant(ms)} ms`;
  if (ms < MINUTE) return `${significant(ms / 1000)} s`;
  if (ms < HOUR) return twoUnits(ms, MINUTE, 'min', 1000, 's', ms < 10 * MINUTE);
  if (ms < 2 * DAY) return twoUnits(ms, HOUR, 'h', MINUTE, 'min', true);
  return twoUnits(ms, DAY, 'd', HOUR, 'h', ms < 10 * DAY);
}

/** How long ago: `now`, `4 s ago`, `25 min ago`. */
export function ago(thenMs: number, nowMs: number): string {
  const length = nowMs - thenMs;
  if (length < 1000) return 'now';
  return `${duration(length < MINUTE ? Math.floor(length / 1000) * 1000 : Math.floor(length / MINUTE) * MINUTE)} ago`;
}

/** A time of day, with its date when that is not today: `02:47`, `18 Nov, 02:47`. */
export function clock(ms: number, nowMs: number, seconds = false): string {
  const date = new Date(ms);
  const time = date.toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: seconds ? '2-digit' : undefined,
  });
  if (date.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${day(date, nowMs)}, ${time}`;
}

/** A moment in full, as tooltips head it: `Wed 18 Nov, 02:58:00`. */
export function moment(ms: number): string {
  const date = new Date(ms);
  const weekday = date.toLocaleDateString('en-GB', { weekday: 'short' });
  return `${weekday} ${date.getDate()} ${month(date)}, ${date.toLocaleTimeString('en-GB')}`;
}

/** The zone of this browser at a moment: `UTC`, `UTC+1`, `UTC+5:30`. */
export function zone(ms = Date.now()): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const tail = rest ? `:${String(rest).padStart(2, '0')}` : '';
  return `UTC${minutes > 0 ? '+' : '−'}${hours}${tail}`;
}

function day(date: Date, nowMs: number): string {
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return `${date.getDate()} ${month(date)}${sameYear ? '' : ` ${date.getFullYear()}`}`;
}

function month(date: Date): string {
  return date.toLocaleDateString('en-GB', { month: 'short' }).slice(0, 3);
}

function twoUnits(
  ms: number,
  big: number,
  bigName: string,
  small: number,
  smallName: string,
  both: boolean,
): string {
  const bigs = both ? Math.floor(ms / big) : Math.round(ms / big);
  const smalls = both ? Math.floor((ms % big) / small) : 0;
  return smalls > 0 ? `${bigs} ${bigName} ${smalls} ${smallName}` : `${bigs} ${bigName}`;
}

/**
 * What people type into the time field: `3h`, `last 3 hours`, `yesterday 22:00`, `02:30 to 03:12`,
 * `18 Nov 22:00 to 23:00`, `2026-11-18`, `now-6h to now-1h`, an epoch in seconds or milliseconds.
 */
import { parseDuration, resolveMoment } from './timeText';

export interface RangeTexts {
  from: string;
  to: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WORD_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(seconds?|secs?)$/, 's'],
  [/^(minutes?|mins?)$/, 'm'],
  [/^(hours?|hrs?)$/, 'h'],
  [/^days?$/, 'd'],
  [/^weeks?$/, 'w'],
  [/^months?$/, 'M'],
  [/^years?$/, 'y'],
];
const DAY_MS = 86_400_000;

interface Moment {
  text: string;
  ms: number;
  /** A whole day was meant: as an end it is that day's end. */
  wholeDay?: boolean;
  /** Only a time of day was written. */
  timeOnly?: { hours: number; minutes: number; seconds: number };
}

/** The range that a text means, as the address carries it; `undefined` when it means none. */
export function parseRange(text: string, nowMs: number): RangeTexts | undefined {
  const clean = text.trim().replace(/\s+/g, ' ');
  const [first, second, ...rest] = clean.split(/\s+to\s+|\s+[-–]\s+|\s*\.\.\.?\s*/i);
  if (!first || rest.length > 0) return undefined;
  return second === undefined ? single(first, nowMs) : pair(first, second, nowMs);
}

function single(text: string, nowMs: number): RangeTexts | undefined {
  const length = relativeLength(text);
  if (length) return { from: `now-${length}`, to: 'now' };
  const start = momentOf(text, nowMs);
  if (!start) return undefined;
  if (start.wholeDay) {
    const end = start.ms + DAY_MS - 1;
    return { from: String(start.ms), to: end >= nowMs ? 'now' : String(end) };
  }
  const earlier = start.timeOnly && start.ms > nowMs ? start.ms - DAY_MS : start.ms;
  return earlier < nowMs
    ? { from: start.timeOnly ? String(earlier) : start.text, to: 'now' }
    : undefined;
}

function pair(first: string, second: string, nowMs: number): RangeTexts | undefined {
  const start = momentOf(first, nowMs);
  const end = momentOf(second, nowMs);
  if (!start || !end) return undefined;
  if (start.timeOnly && end.timeOnly) return timesOfDay(start, end, nowMs);
  if (end.timeOnly) return ordered(start, onDayOf(start.ms, end));
  if (end.wholeDay)
    return ordered(start, { text: String(end.ms + DAY_MS - 1), ms: end.ms + DAY_MS - 1 });
  return ordered(start, end);
}

/** `02:30 to 03:12` is today's, or yesterday's while that is still ahead; `23:00 to 01:00` passes midnight. */
function timesOfDay(start: Moment, end: Moment, nowMs: number): RangeTexts {
  let from = start.ms;
  let to = end.ms > start.ms ? end.ms : end.ms + DAY_MS;
  if (from >= nowMs || to > nowMs + DAY_MS / 2) {
    from -= DAY_MS;
    to -= DAY_MS;
  }
  return { from: String(from), to: String(to) };
}

function onDayOf(dayMs: number, { timeOnly }: Moment): Moment {
  const date = new Date(dayMs);
  date.setHours(timeOnly!.hours, timeOnly!.minutes, timeOnly!.seconds, 0);
  const ms = date.getTime() > dayMs ? date.getTime() : date.getTime() + DAY_MS;
  return { text: String(ms), ms };
}

function ordered(start: Moment, end: Moment): RangeTexts | undefined {
  return start.ms < end.ms ? { from: start.text, to: end.text } : undefined;
}

function relativeLength(text: string): string | undefined {
  const bare = text.toLowerCase().replace(/^(the )?last /, '');
  const compact = bare.replace(/\s+/g, '');
  if (/^\d+[smhdwy]$/.test(compact)) return compact;
  const words = /^(\d+) ?([a-z]+)$/.exec(bare);
  const unit = words && WORD_UNITS.find(([pattern]) => pattern.test(words[2]!))?.[1];
  if (words && unit) return words[1]! + unit;
  const mixed = parseDuration(compact); // 1h30m
  return mixed !== undefined && mixed >= 1000 ? `${Math.round(mixed / 1000)}s` : undefined;
}

function momentOf(text: string, nowMs: number): Moment | undefined {
  const lower = text.toLowerCase();
  if (/^now/.test(lower) || /^\d{9,14}$/.test(text)) {
    const ms = resolveMoment(text, nowMs);
    return ms === undefined ? undefined : { text: /^now/.test(lower) ? text : String(ms), ms };
  }
  const match = /^(.*?)(?:(?:^|[ ,T]+)(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!match) return undefined;
  const [, dayText = '', hours, minutes, seconds = '0'] = match;
  const time = hours ? { hours: +hours, minutes: +minutes!, seconds: +seconds } : undefined;
  if (time && (time.hours > 23 || time.minutes > 59 || time.seconds > 59)) return undefined;
  const day = dayText.trim() === '' ? startOfDay(nowMs) : dayOf(dayText.trim(), nowMs);
  if (day === undefined || (!time && dayText.trim() === '')) return undefined;
  const date = new Date(day);
  if (time) date.setHours(time.hours, time.minutes, time.seconds, 0);
  const ms = date.getTime();
  return {
    text: String(ms),
    ms,
    wholeDay: !time,
    timeOnly: dayText.trim() === '' ? time : undefined,
  };
}

/** The start of the day that a text names: `today`, `2026-11-18`, `18 Nov`, `18 November 2026`. */
function dayOf(text: string, nowMs: number): number | undefined {
  const lower = text.toLowerCase().replace(/,$/, '');
  if (lower === 'today') return startOfDay(nowMs);
  if (lower === 'yesterday') return startOfDay(startOfDay(nowMs) - 1);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(lower);
  if (iso) return dateOf(+iso[1]!, +iso[2]! - 1, +iso[3]!);
  const named = /^(\d{1,2})\.? ([a-z]{3,9})(?: (\d{4}))?$/.exec(lower);
  const month = named ? MONTHS.indexOf(named[2]!.slice(0, 3)) : -1;
  if (!named || month < 0) return undefined;
  const year = named[3] ? +named[3] : new Date(nowMs).getFullYear();
  const day = dateOf(year, month, +named[1]!);
  if (day === undefined || named[3] || day <= nowMs) return day;
  return dateOf(year - 1, month, +named[1]!); // without a year it is the last such day
}

function dateOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(year, month, day);
  return date.getMonth() === month && date.getDate() === day ? date.getTime() : undefined;
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

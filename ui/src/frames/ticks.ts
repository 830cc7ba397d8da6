/** Where an axis has its lines and what is written on them. At most five values, round in their unit. */

const BINARY = /^(bytes|kbytes|mbytes|gbytes|bits|binBps|binbps|KiBs|MiBs)$/;
const MOST = 5;

/** The next round number at or above: 1, 2, 2.5 or 5 times a power of ten; powers of two for bytes. */
function niceStep(raw: number, unit: string): number {
  if (raw <= 0 || !Number.isFinite(raw)) return 1;
  if (BINARY.test(unit) && raw >= 1) {
    const group = 1024 ** Math.floor(Math.log(raw) / Math.log(1024));
    const inside = raw / group;
    return group * (inside <= 512 ? 2 ** Math.ceil(Math.log2(inside)) : 1024);
  }
  if (unit === 's' && raw >= 1) {
    const step = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
    ].find((s) => s >= raw);
    return step ?? Math.ceil(raw / 86400) * 86400;
  }
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  const nice = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10;
  return nice * power;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The span of an axis and its step. Zero is included unless the board fixes another end; where
 * everything is 0 the axis still has a height, so that the line lies on the floor.
 */
export function scaleOf(
  low: number | null,
  high: number | null,
  unit = '',
  fixed: { min?: number | null; max?: number | null; zero?: boolean } = {},
): Scale {
  const zero = fixed.zero !== false || low === null;
  const top = fixed.max ?? (zero ? Math.max(high ?? 0, 0) : (high ?? 0));
  const bottom = fixed.min ?? (zero ? Math.min(low ?? 0, 0) : low);
  const span = top > bottom ? top - bottom : 1;
  const step = niceStep(span / (MOST - 1), unit);
  const min = fixed.min ?? Math.floor(bottom / step) * step;
  const max = fixed.max ?? Math.max(Math.ceil((bottom + span) / step - 1e-9) * step, min + step);
  return { min, max: max > min ? max : min + step, step };
}

export function ticksOf({ min, max, step }: Scale): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from(
    { length: Math.min(last - first + 1, MOST + 1) },
    (_, i) => (first + i) * step || 0,
  );
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const TIME_STEPS = [
  1,
  5,
  10,
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
];

/** Whose clock is shown: the browser's, or that of Greenwich. */
export type Zone = 'browser' | 'utc';

/** Times for the axis below, in seconds, at round clock times, `apart` pixels or more from each other. */
export function timeTicks(
  from: number,
  to: number,
  width: number,
  apart = 64,
  where: Zone = 'browser',
): number[] {
  const raw = ((to - from) / Math.max(width, 1)) * apart;
  const step = TIME_STEPS.find((candidate) => candidate >= raw) ?? Math.ceil(raw / DAY) * DAY;
  const zone = where === 'utc' ? 0 : new Date(from * 1000).getTimezoneOffset() * 60;
  const out: number[] = [];
  for (let at = Math.ceil((from - zone) / step) * step + zone; at <= to; at += step) out.push(at);
  return out;
}

const two = (n: number) => String(n).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The parts of a moment as that clock shows them. */
function partsOf(ms: number, zone: Zone) {
  const at = new Date(ms);
  return zone === 'utc'
    ? {
        weekday: at.getUTCDay(),
        day: at.getUTCDate(),
        month: at.getUTCMonth(),
        clock: [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()],
      }
    : {
        weekday: at.getDay(),
        day: at.getDate(),
        month: at.getMonth(),
        clock: [at.getHours(), at.getMinutes(), at.getSeconds()],
      };
}

/** "02:30", "02:30:15" when ticks are under a minute apart, "18 Nov" at midnight or when days apart. */
export function timeLabel(seconds: number, stepSeconds: number, zone: Zone = 'browser'): string {
  const { day, month, clock } = partsOf(seconds * 1000, zone);
  const midnight = clock.every((part) => part === 0);
  if (stepSeconds >= DAY || (midnight && stepSeconds >= MINUTE)) return `${day} ${MONTHS[month]}`;
  return clock
    .slice(0, stepSeconds < MINUTE ? 3 : 2)
    .map(two)
    .join(':');
}

/** "Wed 18 Nov, 02:30:15": a point in time to the second; in UTC it says so. */
export function timeInFull(ms: number, zone: Zone = 'browser'): string {
  const { weekday, day, month, clock } = partsOf(ms, zone);
  const words = `${DAYS[weekday]} ${day} ${MONTHS[month]}, ${clock.map(two).join(':')}`;
  return zone === 'utc' ? `${words} UTC` : words;
}

/**
 * Moments as text, the way the address bar and the time field carry them: `now`, `now-3h`,
 * `now-1d/d`, milliseconds since 1970. (The spelling is Grafana's, so links between both work.)
 */

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};

const RELATIVE = /^now(?:([-+])(\d+)([smhdwMy]))?(?:\/([dhwMy]))?$/;

export function isRelative(text: string): boolean {
  return RELATIVE.test(text);
}

/** The moment a text means, in milliseconds since 1970; `undefined` when it means none. */
export function resolveMoment(text: string, nowMs: number, roundUp = false): number | undefined {
  const match = RELATIVE.exec(text);
  if (match) {
    const [, sign, amount, unit, snap] = match;
    const offset = amount ? Number(amount) * UNITS[unit!]! * (sign === '-' ? -1 : 1) : 0;
    const moment = nowMs + offset;
    return snap ? snapTo(moment, snap, roundUp) : moment;
  }
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000; // epoch in seconds
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** The length of a relative range that ends now, or `undefined` for any other range. */
export function relativeLength(from: string, to: string): number | undefined {
  const match = /^now-(\d+)([smhdwMy])$/.exec(from);
  return match && to === 'now' ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}

/** `15s`, `5m`, `1h30m` in milliseconds; `undefined` when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|[smhdwy]))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) {
    total += Number(amount) * (unit === 'ms' ? 1 : UNITS[unit!]!);
  }
  return total;
}

/** Milliseconds in the shortest Prometheus spelling of whole units: `90s`, `5m`, `3h`. */
export function durationText(ms: number): string {
  for (const unit of ['w', 'd', 'h', 'm', 's']) {
    const size = UNITS[unit]!;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${Math.round(ms)}ms`;
}

function snapTo(moment: number, unit: string, roundUp: boolean): number {
  const date = new Date(moment);
  date.setMilliseconds(0);
  date.setSeconds(0);
  date.setMinutes(0);
  if (unit !== 'h') date.setHours(0);
  if (unit === 'w') date.setDate(date.getDate() - ((date.getDay() + 6) % 7)); // weeks start on Monday
  if (unit === 'M' || unit === 'y') date.setDate(1);
  if (unit === 'y') date.setMonth(0);
  if (roundUp) {
    if (unit === 'h') date.setHours(date.getHours() + 1);
    if (unit === 'd') date.setDate(date.getDate() + 1);
    if (unit === 'w') date.setDate(date.getDate() + 7);
    if (unit === 'M') date.setMonth(date.getMonth() + 1);
    if (unit === 'y') date.setFullYear(date.getFullYear() + 1);
    return date.getTime() - 1;
  }
  return date.getTime();
}

/** Alerts from the series `ALERTS` and `ALERTS_FOR_STATE`, as a Prometheus writes them. Knows no React. */
import type { Frame } from '../../frames/frame';
import { numbersOf, timeOf } from '../../frames/frame';

export type AlertState = 'firing' | 'pending';

export interface Alert {
  readonly name: string;
  readonly state: AlertState;
  readonly severity: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Null where it is not known. */
  readonly sinceMs: number | null;
}

const META = new Set(['__name__', 'alertname', 'alertstate', 'severity']);

/** What is true at the end of the range, each alert once, firing before pending. */
export function alertsOf(frames: readonly Frame[]): Alert[] {
  const alerts = new Map<string, Alert>();
  const begun = new Map<string, number>();
  for (const { labels, value, firstMs } of samplesOf(frames)) {
    const key = keyOf(labels);
    if (labels['__name__'] === 'ALERTS_FOR_STATE') {
      begun.set(key, value * 1000);
      continue;
    }
    const state = labels['alertstate'];
    if (value !== 1 || (state !== 'firing' && state !== 'pending') || !labels['alertname'])
      continue;
    if (alerts.get(key)?.state === 'firing') continue;
    alerts.set(key, {
      name: labels['alertname'],
      state,
      severity: labels['severity'] ?? '',
      labels: Object.fromEntries(Object.entries(labels).filter(([name]) => !META.has(name))),
      sinceMs: firstMs,
    });
  }
  return [...alerts].map(([key, alert]) => ({
    ...alert,
    sinceMs: begun.get(key) ?? alert.sinceMs,
  }));
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Where the series runs over time without a hole: since when, within the range. */
  readonly firstMs: number | null;
}

function samplesOf(frames: readonly Frame[]): Sample[] {
  return frames.flatMap((frame) => {
    const times = timeOf(frame)?.values ?? [];
    return numbersOf(frame).flatMap(({ labels, values }): Sample[] => {
      const value = values[values.length - 1];
      if (!labels || typeof value !== 'number') return [];
      let first = values.length - 1;
      while (first > 0 && values[first - 1] === value) first--;
      return [{ labels, value, firstMs: values.length > 1 ? (times[first] ?? null) : null }];
    });
  });
}

const keyOf = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== '__name__' && name !== 'alertstate')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The order of Grafana's list: 1 and 2 by name, 3 by importance, 4 and 5 by time. */
const ORDERS: Readonly<Record<number, (a: Alert, b: Alert) => number>> = {
  1: (a, b) => a.name.localeCompare(b.name),
  2: (a, b) => b.name.localeCompare(a.name),
  3: (a, b) => rank(b) - rank(a) || a.name.localeCompare(b.name),
  4: (a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0),
  5: (a, b) => (b.sinceMs ?? 0) - (a.sinceMs ?? 0),
};

const SEVERITIES = ['info', 'warning', 'error', 'critical'];
const rank = ({ state, severity }: Alert) =>
  (state === 'firing' ? 10 : 0) + SEVERITIES.indexOf(severity);

export interface AlertFilter {
  readonly name: string;
  /** Matchers as PromQL writes them, with or without braces. */
  readonly matchers: string;
  readonly states: Readonly<Record<string, boolean>>;
  readonly order: number;
}

/** What a panel leaves of the alerts. A filter that can't be read leaves all, and says so. */
export function filtered(
  alerts: readonly Alert[],
  { name, matchers, states, order }: AlertFilter,
): { alerts: Alert[]; unread: boolean } {
  const read = matchersOf(matchers);
  const fits = (alert: Alert) =>
    states[alert.state] !== false &&
    alert.name.toLowerCase().includes(name.toLowerCase()) &&
    (read ?? []).every((matcher) => matches(alert, matcher));
  return {
    alerts: alerts.filter(fits).sort(ORDERS[order] ?? ORDERS[3]),
    unread: read === null,
  };
}

interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

const MATCHER = /^\s*([a-zA-Z_][\w.]*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/;

export function matchersOf(text: string): Matcher[] | null {
  let rest = text.trim().replace(/^\{/, '').replace(/\}$/, '').trim();
  const all: Matcher[] = [];
  while (rest) {
    const found = MATCHER.exec(rest);
    if (!found) return null;
    const [whole, label = '', operator = '', value = ''] = found;
    all.push({ label, operator, value: value.replace(/\\(.)/g, '$1') });
    rest = rest.slice(whole.length).trim();
  }
  return all;
}

const LONGEST_PATTERN = 1000;

function matches({ labels, name, severity }: Alert, { label, operator, value }: Matcher): boolean {
  const known: Record<string, string> = { ...labels, alertname: name, severity };
  const actual = Object.hasOwn(known, label) ? known[label]! : '';
  if (operator === '=') return actual === value;
  if (operator === '!=') return actual !== value;
  const found = value.length <= LONGEST_PATTERN && wholeMatch(value, actual);
  return operator === '=~' ? found : !found;
}

function wholeMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

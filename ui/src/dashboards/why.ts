/** Why a panel has no data, in one sentence: never measured, measured until some time, or filtered away. */
import { fetchInstant, fetchLabelValues } from '../api/prometheus';
import { selectorsIn, selectorText, type Matcher, type Selector } from './promql';

/** Names of metrics in an expression, in the order they stand. */
export const metricsIn = (expr: string): string[] => [
  ...new Set(selectorsIn(expr).flatMap(({ name }) => name ?? [])),
];

export interface Reason {
  readonly title: string;
  readonly words: string;
  /** Where to look next: the targets, or the query itself. */
  readonly next: 'targets' | 'explore';
}

/** The few questions that find out why; each cheap, and asked only of panels that are seen. */
export interface WhySource {
  /** How many series a query finds at that time; none is 0. */
  readonly value: (expr: string) => Promise<number | null>;
  readonly labelValues: (label: string, match?: string) => Promise<string[]>;
}

const LOOKED_BACK = '1d';
const MOST_SELECTORS = 3;

export async function reasonOf(
  exprs: readonly string[],
  atMs: number,
  signal?: AbortSignal,
): Promise<Reason> {
  return findReason(exprs, {
    value: async (expr) => (await fetchInstant(expr, atMs, signal)).data[0]?.value ?? null,
    labelValues: (label, match) =>
      fetchLabelValues(
        label,
        { startMs: atMs - DAY_MS, endMs: atMs, match: match ? [match] : undefined },
        signal,
      ),
  });
}

const DAY_MS = 86_400_000;

/** The first selector that finds nothing says why. */
export async function findReason(exprs: readonly string[], source: WhySource): Promise<Reason> {
  const selectors = exprs.flatMap(selectorsIn).filter(({ name }) => name !== undefined);
  if (exprs.length === 0) return ASKS_NOTHING;
  for (const selector of selectors.slice(0, MOST_SELECTORS)) {
    const whole = selectorText(selector.name, selector.matchers);
    if ((await source.value(`count(${whole})`)) !== null) continue;
    return (await whyMissing(selector, whole, source)) ?? NOTHING_FITS(selector.name!);
  }
  return selectors.length
    ? {
        title: 'Nothing matches',
        words: `${selectors[0]!.name} is measured, but the query answers with no series.`,
        next: 'explore',
      }
    : { title: 'No data', words: 'The query answers with no series.', next: 'explore' };
}

const ASKS_NOTHING: Reason = {
  title: 'This panel asks nothing',
  words: 'It has no query that Oriel can send.',
  next: 'explore',
};

const NOTHING_FITS = (name: string): Reason => ({
  title: 'Nothing matches',
  words: `${name} is measured, but no series fits these filters at this time.`,
  next: 'explore',
});

async function whyMissing(
  { name = '', matchers }: Selector,
  whole: string,
  source: WhySource,
): Promise<Reason | undefined> {
  const own = selectorText(name, []);
  if ((await source.value(`count(${own})`)) !== null) return emptiedBy(name, matchers, source);
  const seen = await source.value(`max(max_over_time(timestamp(${own})[${LOOKED_BACK}:1m]))`);
  return seen === null ? neverThere(name, source) : ended(name, whole, seen, source);
}

/** No target sends it, nor did within the last day: the nearest name there is. */
async function neverThere(name: string, source: WhySource): Promise<Reason> {
  const near = nearest(name, await source.labelValues('__name__'));
  return {
    title: 'Not measured here',
    words: `No target sends ${name}.${near ? ` The nearest name is ${near}.` : ''}`,
    next: 'targets',
  };
}

async function ended(
  name: string,
  whole: string,
  seenS: number,
  source: WhySource,
): Promise<Reason> {
  const [job] = await source.labelValues('job', whole);
  const [instance] = await source.labelValues('instance', whole);
  const up =
    job && instance
      ? await source.value(`up{job=${JSON.stringify(job)}, instance=${JSON.stringify(instance)}}`)
      : null;
  const target = instance ? `${job ?? 'its target'} on ${instance}` : (job ?? 'its target');
  return {
    title: `No data since ${clock(seenS)}`,
    words:
      up === 0
        ? `${target} does not answer.`
        : `${name} was sent until then; ${target} sends it no more.`,
    next: 'targets',
  };
}

const clock = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Which condition leaves nothing, and the nearest value that would leave something. */
async function emptiedBy(
  name: string,
  matchers: readonly Matcher[],
  source: WhySource,
): Promise<Reason | undefined> {
  for (let i = 0; i < matchers.length; i++) {
    const upTo = selectorText(name, matchers.slice(0, i + 1));
    if ((await source.value(`count(${upTo})`)) !== null) continue;
    const { label, operator, value } = matchers[i]!;
    const there = await source.labelValues(label, selectorText(name, matchers.slice(0, i)));
    const near = operator === '=' ? nearest(value, there) : undefined;
    const known = there.length === 0 ? ` It has no label ${label}.` : '';
    return {
      title: 'Nothing matches',
      words: `No series of ${name} has ${label}${operator}"${value}".${
        near ? ` The nearest value is ${near}.` : known
      }`,
      next: 'explore',
    };
  }
  return undefined;
}

/** The nearest by edits, if it is near at all: at most a third of its letters differ. */
export function nearest(wanted: string, there: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.ceil(wanted.length / 3) + 1;
  for (const one of there) {
    if (one === wanted || Math.abs(one.length - wanted.length) >= least) continue;
    const distance = edits(wanted, one, least);
    if (distance < least) [best, least] = [one, distance];
  }
  return best;
}

/** How many letters change, come or go between two words; `most` where it is at least that. */
function edits(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    if (Math.min(...next) >= most) return most;
    row = next;
  }
  return row[b.length]!;
}

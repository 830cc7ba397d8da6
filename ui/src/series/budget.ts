/** How jobs stand to their budgets, and the page's sentence. Pure functions over the server's answer. */
import type { Cardinality, JobSeries } from '../api/cardinality';
import { texts } from '../app/texts';
import { count, visible } from '../format';
import type { State } from '../parts';

const words = texts.series;

export function stateOf({ series, warnAt, budget, refused }: JobSeries): 'ok' | 'warn' | 'crit' {
  if (series >= budget || refused > 0) return 'crit';
  return series >= warnAt ? 'warn' : 'ok';
}

const SEVERITY = { crit: 2, warn: 1, ok: 0 } as const;

/** The nearest to its budget first. */
export function byNeed(jobs: readonly JobSeries[]): JobSeries[] {
  return [...jobs].sort(
    (a, b) =>
      SEVERITY[stateOf(b)] - SEVERITY[stateOf(a)] || b.series / b.budget - a.series / a.budget,
  );
}

export interface Told {
  state: State;
  title: string;
  behind: string;
}

/** What the page has to say first: the job that is nearest to its end, or how much there is. */
export function headline({ series, labelPairs, metrics, jobs, churn, engine }: Cardinality): Told {
  const [worst] = byNeed(jobs ?? []);
  const most = metrics[0];
  const calm = [
    engine && words.there(engine),
    words.pairsThere(count(labelPairs)),
    most && words.mostIn(visible(most.name), count(most.count)),
    churn && words.churn(count(churn.created), count(churn.removed)),
  ];
  const behind = calm.filter(Boolean).join(' ');
  if (series === 0) return { state: 'info', title: words.none, behind: words.noneWhy };
  if (engine) return { state: 'ok', title: words.someThere(count(series)), behind };
  if (!worst) return { state: 'ok', title: words.some(count(series)), behind };
  const state = stateOf(worst);
  if (state === 'ok') return { state, title: words.allWithin(count(series)), behind };
  const job = visible(worst.job);
  const title =
    state === 'crit'
      ? words.usedUp(job, count(worst.budget))
      : words.nearly(job, count(worst.series), count(worst.warnAt));
  return { state, title, behind: [growth(worst), words.remedy].filter(Boolean).join(' ') };
}

export function growth({ growing }: JobSeries): string {
  return growing ? words.grows(visible(growing.label), count(growing.newValues)) : '';
}

/** Rows that hold all words of the filter. */
export function matching<T>(
  rows: readonly T[],
  filter: string,
  text: (row: T) => string,
): readonly T[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.length === 0
    ? rows
    : rows.filter((row) => wanted.every((word) => text(row).toLowerCase().includes(word)));
}

/** A question about all series of a row: of a metric, with a label, or with one value of it. */
export function queryOf(kind: 'metrics' | 'labels' | 'pairs' | 'job', name: string): string {
  switch (kind) {
    case 'metrics':
      return `count({__name__=${JSON.stringify(name)}})`;
    case 'labels':
      return `topk(10, count by (${labelName(name)}) ({${labelName(name)}!=""}))`;
    case 'pairs': {
      const at = name.indexOf('=');
      return `topk(10, count by (__name__) ({${labelName(name.slice(0, at))}=${JSON.stringify(name.slice(at + 1))}}))`;
    }
    case 'job':
      return `topk(10, count by (__name__) ({job=${JSON.stringify(name)}}))`;
  }
}

/** A name that PromQL can't read bare is quoted. */
const labelName = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

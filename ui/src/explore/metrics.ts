/** The list of metrics: filtered by words, grouped by what their names begin with. */
import type { MetricFacts } from '../api/prometheus';

export interface Metric {
  name: string;
  type: string;
  help: string;
}

export interface MetricGroup {
  name: string;
  metrics: Metric[];
}

/** At most this many rows are shown at once: who looks for more narrows the search. */
export const MOST_ROWS = 200;
/** A family of the field's own series, which share no beginning. */
const SCRAPING = /^(up$|scrape_|ALERTS)/;
const PARTS_OF_A_HISTOGRAM = /_(bucket|count|sum|created|info)$/;

/** A metric's facts; the parts of a histogram or summary have those of the whole. */
export function factsOf(name: string, metadata: Readonly<Record<string, MetricFacts>>): Metric {
  const of = (other: string) => (Object.hasOwn(metadata, other) ? metadata[other] : undefined);
  const facts = of(name) ?? of(name.replace(PARTS_OF_A_HISTOGRAM, ''));
  const known = facts ?? of(name.replace(/_total$/, ''));
  return { name, type: known?.type ?? '', help: known?.help ?? '' };
}

/** All words must be there, in the name or in the help text; those in the name come first. */
export function findMetrics(metrics: readonly Metric[], search: string): Metric[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...metrics];
  const inName: Metric[] = [];
  const inHelp: Metric[] = [];
  for (const metric of metrics) {
    const name = metric.name.toLowerCase();
    const text = `${name} ${metric.help.toLowerCase()}`;
    if (words.every((word) => name.includes(word))) inName.push(metric);
    else if (words.every((word) => text.includes(word))) inHelp.push(metric);
  }
  return [...inName, ...inHelp];
}

/** Groups by the first word of the name; what stands alone is put under `other`. */
export function groupMetrics(metrics: readonly Metric[], other: string): MetricGroup[] {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const name = groupName(metric.name);
    groups.set(name, [...(groups.get(name) ?? []), metric]);
  }
  const alone = [...groups].filter(([, own]) => own.length === 1).flatMap(([, own]) => own);
  const several = [...groups]
    .filter(([, own]) => own.length > 1)
    .map(([name, own]) => ({ name, metrics: own }));
  const all = alone.length ? [...several, { name: other, metrics: alone }] : several;
  return all.sort(
    (a, b) => rank(a.name, other) - rank(b.name, other) || (a.name < b.name ? -1 : 1),
  );
}

/** A first question about a metric, by its type: counters as rates, histograms as a percentile. */
export function suggestQuery({ name, type }: Metric): string {
  if (/_bucket$/.test(name)) return `histogram_quantile(0.95, sum by (le) (rate(${name}[5m])))`;
  if (type === 'histogram' && !/_(count|sum)$/.test(name)) {
    return `histogram_quantile(0.95, sum by (le) (rate(${name}_bucket[5m])))`;
  }
  const counts = type === 'counter' || /_(total|count|sum)$/.test(name);
  return counts ? `rate(${name}[5m])` : name;
}

function groupName(metric: string): string {
  if (SCRAPING.test(metric)) return 'scrape';
  return /^[^_:]+/.exec(metric)?.[0] ?? metric;
}

function rank(name: string, other: string): number {
  if (name === 'node') return 0;
  return name === other ? 2 : 1;
}

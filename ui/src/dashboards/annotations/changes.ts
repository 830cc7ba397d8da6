/**
 * What changed, read from series that collectors tell: one question a kind for the whole page. A start is the
 * value of a series; a change is a label that is another one than a step before. Pure.
 */
import type { RangeSeries } from '../../api/prometheus';
import { texts } from '../../app/texts';
import { labelOf, type Labels } from '../../frames/legend';
import type { Mark } from '../../panels/panel';

const words = texts.annotations;

export const COLOURS: Readonly<Record<Mark['kind'], string>> = {
  change: 'var(--info)',
  alert: 'var(--crit)',
  collection: 'var(--t3)',
  board: 'var(--c9)',
};

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One kind of change: its question, and the marks in the answer. */
export interface ChangeKind {
  readonly id: string;
  readonly expr: (span: Span) => string;
  readonly read: (series: readonly RangeSeries[], span: Span, stepMs: number) => Mark[];
}

const seconds = ({ fromMs, toMs }: Span) => Math.max(60, Math.ceil((toMs - fromMs) / 1000));

/** Only what has more than one set of those labels within the span: else nothing changed, and nothing is sent. */
const changed = (metric: string, who: string, what: string) => (span: Span) => {
  const seen = `last_over_time(${metric}[${seconds(span)}s] @ end())`;
  return (
    `group by (${who}, ${what}) (${metric}) and on (${who}) ` +
    `(count by (${who}) (group by (${who}, ${what}) (${seen})) > 1)`
  );
};

const STARTS = [
  'container_start_time_seconds',
  'process_start_time_seconds',
  'node_boot_time_seconds',
  'n8n_process_start_time_seconds',
  'oriel_qdrant_start_timestamp_seconds',
];
const RELOADS = [
  'prometheus_config_last_reload_success_timestamp_seconds',
  'alertmanager_config_last_reload_success_timestamp_seconds',
];
const momentsSince = (names: readonly string[]) => (span: Span) =>
  `max by (__name__, name, job, instance) ({__name__=~"${names.join('|')}"}) > ${Math.floor(span.fromMs / 1000)}`;

/** Every kind of change that is drawn on every chart, one row each. */
export const CHANGES: readonly ChangeKind[] = [
  {
    id: 'restart',
    expr: momentsSince(STARTS),
    read: (series, span) => momentsOf(series, span, words.restarted, 'restart'),
  },
  {
    id: 'reload',
    expr: momentsSince(RELOADS),
    read: (series, span) => momentsOf(series, span, words.reloaded, 'reload'),
  },
  {
    id: 'image',
    expr: changed('oriel_container_info', 'container', 'image, image_version'),
    read: labelChanges('container', ['image', 'image_version'], words.image, 'image'),
  },
  {
    id: 'model',
    expr: changed('oriel_model_info', 'model', 'root, version, quantization'),
    read: labelChanges('model', ['root', 'version', 'quantization'], words.model, 'model'),
  },
  {
    id: 'gateway',
    expr: changed('oriel_litellm_deployment_info', 'model', 'upstream, endpoint'),
    read: labelChanges('model', ['upstream', 'endpoint'], words.moved, 'gateway'),
  },
  {
    id: 'version',
    expr: changed('oriel_litellm_info', 'instance', 'version'),
    read: labelChanges('instance', ['version'], words.version, 'version'),
  },
  {
    id: 'alert',
    expr: () => 'group by (alertname, severity) (ALERTS{alertstate="firing"})',
    read: (series, span, stepMs) =>
      series.flatMap(({ labels, times }) =>
        spansOf(times, stepMs, span).map((lasted) => ({
          ...lasted,
          title: labelOf(labels, 'alertname') ?? 'alert',
          text: labelOf(labels, 'severity') ?? '',
          tags: ['alert'],
          colour: COLOURS.alert,
          kind: 'alert' as const,
        })),
      ),
  },
  {
    id: 'collection',
    expr: () => 'group by (job, instance) (up == 0)',
    read: (series, span, stepMs) =>
      series.flatMap(({ labels, times }) =>
        spansOf(times, stepMs, span).map((lasted) => ({
          ...lasted,
          title: words.silent(subjectOf(labels)),
          text: '',
          tags: ['collection'],
          colour: COLOURS.collection,
          kind: 'collection' as const,
        })),
      ),
  },
];

/** Who it is about: a container by its name, else a job's instance. */
function subjectOf(labels: Labels): string {
  const name = labelOf(labels, 'name');
  if (name) return name;
  const [job, instance] = [labelOf(labels, 'job'), labelOf(labels, 'instance')];
  if (job && instance && job !== instance) return `${job} ${words.on} ${instance}`;
  return job ?? instance ?? '?';
}

/** A series whose value is a moment, in seconds: each moment within the span is a mark. */
function momentsOf(
  series: readonly RangeSeries[],
  { fromMs, toMs }: Span,
  say: (subject: string) => string,
  tag: string,
): Mark[] {
  const seen = new Map<string, Mark>();
  for (const { labels, values } of series) {
    const boot = labelOf(labels, '__name__') === 'node_boot_time_seconds';
    const subject = boot ? (labelOf(labels, 'instance') ?? '?') : subjectOf(labels);
    for (const value of values) {
      const at = Math.round(value * 1000);
      if (!(at >= fromMs && at <= toMs)) continue;
      // a clock that is told anew each round wanders by some milliseconds
      seen.set(`${subject} ${Math.round(at / 10_000)}`, {
        fromMs: at,
        title: boot ? words.booted(subject) : say(subject),
        text: '',
        tags: [tag],
        colour: COLOURS.change,
        kind: 'change',
      });
    }
  }
  return [...seen.values()];
}

/** The labels that are there from some step on and were others before: who, from what, to what. */
function labelChanges(
  who: string,
  what: readonly string[],
  say: (subject: string) => string,
  tag: string,
) {
  return (series: readonly RangeSeries[], span: Span, stepMs: number): Mark[] => {
    const bySubject = new Map<string, RangeSeries[]>();
    for (const one of series) {
      const subject = labelOf(one.labels, who) ?? '';
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), one]);
    }
    return [...bySubject].flatMap(([subject, all]) => {
      const first = Math.min(...all.map(({ times }) => times[0] ?? Infinity));
      return all.flatMap((one): Mark[] => {
        const at = one.times[0];
        if (at === undefined || at <= first || at < span.fromMs) return [];
        const before = lastBefore(all, one, at, stepMs);
        return [
          {
            fromMs: at,
            title: say(subject),
            text: wordsOfChange(before?.labels ?? {}, one.labels, what),
            tags: [tag],
            colour: COLOURS.change,
            kind: 'change',
          },
        ];
      });
    });
  };
}

/** The one that ended last before that moment. */
const lastBefore = (all: readonly RangeSeries[], own: RangeSeries, at: number, stepMs: number) =>
  all
    .filter((other) => other !== own && (other.times[0] ?? Infinity) < at)
    .sort((a, b) => (b.times.at(-1) ?? 0) - (a.times.at(-1) ?? 0))
    .find(({ times }) => (times.at(-1) ?? 0) <= at + stepMs);

/** "version 0.9 to 0.10": what differs alone. */
function wordsOfChange(before: Labels, after: Labels, what: readonly string[]): string {
  return what
    .map((name) => [name, labelOf(before, name), labelOf(after, name)] as const)
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => words.fromTo(name.replace('_', ' '), was ?? '', is ?? ''))
    .join('\n');
}

/** When a series was there without a break; what was there from the span's start on began before it. */
function spansOf(times: readonly number[], stepMs: number, { fromMs }: Span) {
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const at of times) {
    const last = spans.at(-1);
    if (last && at - last.toMs <= 1.5 * stepMs) last.toMs = at;
    else spans.push({ fromMs: at, toMs: at });
  }
  return spans.filter((lasted) => lasted.fromMs - fromMs > 1.5 * stepMs);
}

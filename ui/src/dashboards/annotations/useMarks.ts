import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { fetchRange, type RangeAsk } from '../../api/prometheus';
import { readStored, store } from '../../app/stored';
import { texts } from '../../app/texts';
import type { Mark } from '../../panels/panel';
import { alignToStep, parseDuration, stepFor, useTimeRange } from '../../query';
import { fillQuery, fillText, timeValues, type Values } from '../interpolate';
import type { AnnotationQuery, Dashboard } from '../model';
import { isOnPanel, marksOf, notAsked } from './boardMarks';
import { CHANGES } from './changes';

const POINTS = 240;
const KEPT = 'changes';
const words = texts.annotations;

/** A switch of the page: a kind of marks that can be shown or not. */
export interface MarkSwitch {
  readonly name: string;
  readonly title: string;
  readonly on: boolean;
  readonly turn: () => void;
}

export interface Marks {
  /** Of one panel, oldest first. */
  readonly on: (panelId: number) => readonly Mark[];
  readonly switches: readonly MarkSwitch[];
  /** What could not be asked, in words. */
  readonly problems: readonly string[];
}

interface Asked {
  readonly key: string;
  readonly name: string;
  readonly ask: RangeAsk;
  readonly query?: AnnotationQuery;
  readonly read: (series: Awaited<ReturnType<typeof fetchRange>>['data']) => Mark[];
}

const never: readonly Mark[] = [];

/** What happened, for all charts of a board: one question a kind of change, one an annotation of the board. */
export function useMarks(board: Dashboard | undefined, values: Values | null): Marks {
  const range = useTimeRange();
  const [changes, setChanges] = useState(() => readStored(KEPT, true));
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const own = (board?.annotations ?? []).filter(
    ({ builtIn, expr, name }) => !builtIn && (expr || name),
  );
  const isOn = ({ name, enabled }: AnnotationQuery) => enabled !== turned.has(name);
  const { fromMs, toMs } = range;
  const stepMs = stepFor(toMs - fromMs, POINTS);
  const asked: Asked[] = [
    ...(changes ? changesAsked({ fromMs, toMs }, stepMs) : []),
    ...(values
      ? own
          .filter((query) => isOn(query) && notAsked(query) === null && query.expr)
          .map((query) => askedBy(query, values, { fromMs, toMs }, stepMs))
      : []),
  ];
  const { all, failed } = useQueries({
    queries: asked.map(({ key, ask }) => ({
      queryKey: ['marks', key, ask.expr, ask.startMs, ask.endMs],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRange(ask, signal),
      staleTime: Infinity,
      gcTime: 60_000,
      retry: false,
    })),
    combine: (answers) => ({
      all: answers.map(({ data }, i) => ({ asked: asked[i]!, data: data?.data ?? [] })),
      failed: answers.flatMap(({ error }, i) => (error && asked[i]!.query ? [asked[i]!.name] : [])),
    }),
  });
  const key = JSON.stringify(
    all.map(({ asked: one, data }) => [one.key, one.ask.endMs, data.length]),
  );
  const marks = useMemo(
    () =>
      all
        .flatMap(({ asked: one, data }) =>
          one.read(data).map((mark) => ({ mark, query: one.query })),
        )
        .sort((a, b) => a.mark.fromMs - b.mark.fromMs),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says what is in them
    [key],
  );
  const on = useMemo(() => {
    const everywhere = marks.map(({ mark }) => mark);
    const picky = marks.some(({ query }) => query?.panels);
    return (id: number) => {
      if (marks.length === 0) return never;
      if (!picky) return everywhere;
      return marks.filter(({ query }) => !query || isOnPanel(query, id)).map(({ mark }) => mark);
    };
  }, [marks]);
  const foreign = own.flatMap((query) => notAsked(query) ?? []);
  return {
    on,
    switches: [
      {
        name: words.changes,
        title: words.changesWhy,
        on: changes,
        turn: () => {
          store(KEPT, !changes);
          setChanges(!changes);
        },
      },
      ...own
        .filter((query) => !query.hidden && notAsked(query) === null)
        .map((query) => ({
          name: query.name,
          title: query.expr,
          on: isOn(query),
          turn: () => setTurned((before) => toggled(before, query.name)),
        })),
    ],
    problems: [
      ...failed.map(words.failed),
      ...(foreign.length ? [words.notAsked(foreign.join(', '))] : []),
    ],
  };
}

function toggled(before: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** The window is moved to whole steps, so that a refresh within one asks nothing new. */
function changesAsked(range: { fromMs: number; toMs: number }, stepMs: number): Asked[] {
  const { startMs, endMs } = alignToStep(range.fromMs, range.toMs, stepMs);
  const span = { fromMs: startMs, toMs: endMs + stepMs };
  return CHANGES.map(({ id, expr, read }) => ({
    key: id,
    name: id,
    ask: { expr: expr(span), startMs, endMs, stepMs },
    read: (series) => read(series, span, stepMs),
  }));
}

function askedBy(
  query: AnnotationQuery,
  values: Values,
  range: { fromMs: number; toMs: number },
  usualMs: number,
): Asked {
  const least = parseDuration(fillText(query.step ?? '', values)) ?? 0;
  const stepMs = stepFor(range.toMs - range.fromMs, POINTS, Math.max(least, usualMs));
  const expr = fillQuery(query.expr, { ...values, ...timeValues(range, stepMs) });
  return {
    key: `board ${query.name}`,
    name: query.name,
    query,
    ask: { expr, ...alignToStep(range.fromMs, range.toMs, stepMs) },
    read: (series) => marksOf(query, series, stepMs),
  };
}

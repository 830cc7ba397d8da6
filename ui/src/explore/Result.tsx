import { lazy, Suspense, useEffect, useState } from 'react';
import { address } from '../api/client';
import { permalink } from '../app/permalink';
import { texts } from '../app/texts';
import { count, duration } from '../format';
import { Button, copyText, Loading, Nothing, Panel, Rich, Segments, usePhone } from '../parts';
import { setTimeRange, type TimeRange } from '../query';
import type { View } from './asks';
import { download, toCsv } from './csv';
import type { Place } from './explained';
import css from './explore.module.css';
import { Notes, type Noted } from './Notes';
import { ResultTable } from './ResultTable';
import type { Answered } from './useAnswers';

const Graph = lazy(() => import('./Graph'));
const words = texts.explore;
const EMPTY_HEIGHT = 300;

interface ResultProps {
  answers: readonly Answered[];
  range: TimeRange;
  stepMs: number;
  view: View;
  /** What the server says about the answers. */
  noted: readonly Noted[];
  onPoint: (index: number, place: Place | null) => void;
  onChoose: (index: number, place: Place) => void;
  /** Asks something else in a query's place. */
  onAsk: (index: number, expr: string) => void;
  onView: (view: View) => void;
  onCancel: () => void;
}

/** What came back: lines or a table, what it took, and ways to take it along. */
export function Result(props: ResultProps) {
  const { answers, range, stepMs, view, noted, onPoint, onChoose, onAsk, onView, onCancel } = props;
  const phone = usePhone(); // the query needs the room
  const shown = answers.filter(({ data }) => data);
  const busy = answers.some((answer) => answer.busy);
  const series = shown.reduce((sum, { data }) => sum + data!.data.length, 0);
  const warnings = shown.flatMap(({ data }) => data!.warnings).join('\n');
  const notes = <Notes all={noted} onPoint={onPoint} onChoose={onChoose} />;
  const foot = <Foot answers={shown} range={range} stepMs={stepMs} />;
  return (
    <Panel
      title={shown.length ? shown.map(({ ask }) => ask.expr).join('; ') : words.graph}
      unit={shown.length > 0 && view === 'graph' && !phone && words.step(duration(stepMs))}
      busy={busy}
      warning={warnings || undefined}
      right={
        <>
          {busy && <StillAsking onCancel={onCancel} />}
          <Segments<View>
            label={words.view}
            value={view}
            options={[
              ['graph', words.graph],
              ['table', words.table],
            ]}
            onChange={onView}
          />
        </>
      }
      flush
    >
      {series === 0 ? (
        <>
          <Blank answers={answers} busy={busy} />
          {notes}
        </>
      ) : (
        <>
          {view === 'graph' ? (
            <Suspense fallback={<Loading height={EMPTY_HEIGHT} />}>
              <Graph
                answers={shown}
                range={range}
                stepMs={stepMs}
                notes={notes}
                onAsk={(ask, expr) =>
                  onAsk(
                    answers.findIndex((one) => one.ask === ask),
                    expr,
                  )
                }
                onTable={() => onView('table')}
              />
              {foot}
            </Suspense>
          ) : (
            <>
              <ResultTable answers={shown} atMs={range.toMs} />
              {notes}
              {foot}
            </>
          )}
        </>
      )}
    </Panel>
  );
}

/** Nothing asked, nothing there, or not yet: each says which. */
function Blank({ answers, busy }: { answers: readonly Answered[]; busy: boolean }) {
  const asked = answers.some(({ ask }) => ask.expr.trim() !== '' && !ask.hidden);
  const failed = answers.some(({ error }) => error);
  const phone = usePhone();
  if (!asked) {
    return (
      <Nothing title={words.empty} height={EMPTY_HEIGHT}>
        {phone ? words.emptyWhyPhone : words.emptyWhy}
      </Nothing>
    );
  }
  if (busy) return <Loading height={EMPTY_HEIGHT} />;
  if (failed) {
    return (
      <Nothing state="crit" title={words.queryFailed} height={EMPTY_HEIGHT}>
        {words.queryFailedWhy}
      </Nothing>
    );
  }
  return (
    <Nothing
      hatch
      title={words.noData}
      height={EMPTY_HEIGHT}
      action={
        <Button look="ghost" small onClick={() => setTimeRange('now-24h', 'now')}>
          {words.noDataEarlier}
        </Button>
      }
    >
      {words.noDataWhy}
    </Nothing>
  );
}

/** From three seconds on it says how long, and offers to let go. */
function StillAsking({ onCancel }: { onCancel: () => void }) {
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000);
    return () => clearInterval(timer);
  }, []);

  if (seconds < 3) return null;
  return (
    <span className={css.still} role="status">
      {words.stillAsking(duration(seconds * 1000))}
      <Button look="ghost" small onClick={onCancel}>
        {words.cancel}
      </Button>
    </span>
  );
}

function Foot(props: { answers: readonly Answered[]; range: TimeRange; stepMs: number }) {
  const { answers, range, stepMs } = props;
  const all = answers.flatMap(({ data }) => data!.data);
  const points = all.reduce((sum, { times }) => sum + times.length, 0);
  const took = Math.max(...answers.map(({ data }) => data!.tookMs));
  const curl = answers.map(({ ask }) => curlOf(ask.expr, range, stepMs)).join('\n');
  return (
    <footer className={css.foot}>
      <span>
        <Rich text={words.foot(all.length, count(points), duration(Math.round(took)))} />
      </span>
      <span className={css.take}>
        <button type="button" onClick={() => download('oriel.csv', toCsv(all.map(nameOf), all))}>
          {words.csv}
        </button>
        <Copy words={words.copyCurl} text={() => curl} />
        <Copy words={words.copyLink} text={permalink} />
      </span>
    </footer>
  );
}

function Copy({ words: label, text }: { words: string; text: () => string }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button type="button" onClick={() => void copyText(text()).then(setCopied)}>
      {copied ? words.copied : label}
    </button>
  );
}

function curlOf(expr: string, { fromMs, toMs }: TimeRange, stepMs: number): string {
  const url = address('api/v1/query_range');
  const form = `-d start=${fromMs / 1000} -d end=${toMs / 1000} -d step=${stepMs / 1000}`;
  return `curl -sS '${url}' ${form} --data-urlencode 'query=${expr.replaceAll("'", `'\\''`)}'`;
}

function nameOf({
  labels: { __name__: name = '', ...rest },
}: {
  labels: Readonly<Record<string, string>>;
}) {
  const inner = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}${inner.length ? `{${inner.join(', ')}}` : ''}`;
}

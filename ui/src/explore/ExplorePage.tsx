import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import { Button, Panel, Spoken, usePhone } from '../parts';
import { useSize } from '../panels/chart/size';
import { letterOf, MOST_ASKS, readAsks, writeAsks, type Ask, type View } from './asks';
import type { Place } from './explained';
import css from './explore.module.css';
import { MetricList } from './MetricList';
import { notesOf } from './notes';
import { forgetPast, readPast, remember, type Past } from './past';
import { QueryRow } from './QueryRow';
import { Result } from './Result';
import { useAnswers, type Answered } from './useAnswers';

const words = texts.explore;

/** Any question to the metrics: the list of what there is, queries in PromQL, a graph and a table. */
export default function ExplorePage() {
  usePage({ crumbs: [{ words: texts.shell.explore, to: '/explore' }, { words: words.metrics }] });
  const page = useAsked();
  const { asks, drafts, view } = page;
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const { answers, range, stepMs, cancel } = useAnswers(asks, width);
  const [past, setPast] = usePast(answers);
  const [focused, setFocused] = useState(0);
  const [pointed, setPointed] = useState<{ index: number; place: Place | null }>();
  const [chosen, setChosen] = useState<{ index: number; place: Place }>();
  const [listOpen, setListOpen] = useState(false);
  const phone = usePhone();
  const target = Math.min(focused, asks.length - 1);

  const pick = (expr: string) => {
    page.run(target, expr);
    setListOpen(false);
  };

  return (
    <div className={css.page}>
      <Spoken as="h1">{words.title}</Spoken>
      {phone && (
        <Button icon="search" onClick={() => setListOpen(!listOpen)} aria-expanded={listOpen}>
          {words.find}
        </Button>
      )}
      {(!phone || listOpen) && (
        <MetricList
          current={asks[target]?.expr ?? ''}
          past={past}
          onPick={pick}
          onForget={() => setPast(forgetPast())}
        />
      )}
      <div className={css.work} ref={box}>
        <Panel label={words.title} flush>
          {asks.map((ask, i) => (
            <QueryRow
              key={ask.letter}
              ask={ask}
              draft={drafts[i] ?? ask.expr}
              error={answers[i]?.error}
              pointed={pointed?.index === i ? pointed.place : null}
              chosen={chosen?.index === i ? chosen.place : undefined}
              onChoose={(place) => setChosen({ index: i, place: { ...place } })}
              lone={asks.length === 1}
              onDraft={(text) => page.draft(i, text)}
              onRun={() => page.run(i)}
              onFocus={() => setFocused(i)}
              onHide={() => page.change(i, { hidden: !ask.hidden })}
              onRemove={() => page.remove(i)}
            />
          ))}
          {asks.length < MOST_ASKS && (
            <div className={css.add}>
              <Button look="ghost" small icon="plus" onClick={page.add}>
                {words.add}
              </Button>
            </div>
          )}
        </Panel>
        <Result
          answers={answers}
          range={range}
          stepMs={stepMs}
          view={view}
          noted={answers.map(({ ask, data, old }, index) => ({
            index,
            letter: ask.letter,
            expr: ask.expr,
            notes: data && !old ? notesOf(data, ask.expr) : [],
          }))}
          onPoint={(index, place) => setPointed({ index, place })}
          onChoose={(index, place) => setChosen({ index, place: { ...place } })}
          onAsk={page.run}
          onView={page.setView}
          onCancel={cancel}
        />
      </div>
    </div>
  );
}

interface Written {
  /** The queries of the address that these were written over. */
  over: string;
  /** The queries that this page has put there itself, and that may take a moment to arrive. */
  coming?: string;
  /** What stands in each editor, where that is not what is asked. */
  drafts: readonly (string | undefined)[];
}

/** What is asked stands in the address; what is only written, here. */
function useAsked() {
  const [search, setSearch] = useSearchParams();
  const { asks, view } = readAsks(search);
  const [{ over, coming, drafts }, setWritten] = useState<Written>({
    over: keyOf(asks),
    drafts: [],
  });

  const key = keyOf(asks);
  // an address from elsewhere (a link, the way back) says itself what stands in the editors
  if (key !== over) setWritten({ over: key, drafts: key === coming ? drafts : [] });

  const setDrafts = (next: (now: Written['drafts']) => Written['drafts']) =>
    setWritten((now) => ({ ...now, drafts: next(now.drafts) }));
  const write = (next: Ask[], nextView: View = view) => {
    setWritten((now) => ({ ...now, coming: keyOf(next) }));
    void setSearch((now) => writeAsks(now, { asks: next, view: nextView }));
  };
  const replaced = (index: number, part: Partial<Ask>) =>
    asks.map((ask, i) => (i === index ? { ...ask, ...part } : ask));

  return {
    asks,
    view,
    drafts,
    draft: (index: number, text: string) =>
      setDrafts((now) => asks.map((_, i) => (i === index ? text : now[i]))),
    /** Runs a text, or what stands in each editor. */
    run: (index: number, expr?: string) => {
      const next = asks.map((ask, i) => ({ ...ask, expr: (drafts[i] ?? ask.expr).trim() }));
      if (expr !== undefined) next[index] = { ...next[index]!, expr };
      setDrafts(() => next.map((ask) => ask.expr)); // the address follows later
      write(next);
    },
    change: (index: number, part: Partial<Ask>) => write(replaced(index, part)),
    remove: (index: number) => {
      setDrafts((now) => now.filter((_, i) => i !== index));
      write(asks.filter((_, i) => i !== index));
    },
    add: () => write([...asks, { letter: letterOf(asks.length), expr: '', hidden: false }]),
    setView: (next: View) => write(asks, next),
  };
}

function keyOf(asks: readonly Ask[]): string {
  return JSON.stringify(asks.map(({ expr }) => expr));
}

/** Remembers each question once its answer is there. */
function usePast(answers: readonly Answered[]) {
  const [past, setPast] = useState<Past[]>(readPast);
  const seen = useRef(new Set<string>());

  useEffect(() => {
    for (const { ask, data, old } of answers) {
      if (!data || old || seen.current.has(ask.expr)) continue;
      seen.current.add(ask.expr);
      const { atMs, tookMs } = data;
      setPast(remember({ expr: ask.expr, atMs, tookMs, series: data.data.length }));
    }
  }, [answers]);

  return [past, setPast] as const;
}

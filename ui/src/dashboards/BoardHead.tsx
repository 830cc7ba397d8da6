import { lazy, Suspense, useMemo, useState } from 'react';
import { Sentence } from '../parts';
import { MarkBar } from './annotations/MarkBar';
import type { Marks } from './annotations/useMarks';
import css from './board.module.css';
import { BoardMenu } from './BoardMenu';
import { PrintHead } from './PrintHead';
import { DashboardLinks } from './DashboardLinks';
import type { Dashboard } from './model';
import { isWatched, verdictOf, type Reading } from './sentence';
import type { BoardVariables } from './useVariables';
import { VariableBar } from './VariableBar';

const BoardJson = lazy(() => import('./BoardJson'));

interface HeadProps {
  readonly board: Dashboard;
  readonly title: string;
  readonly readings: ReadonlyMap<number, readonly Reading[]>;
  readonly variables: BoardVariables;
  readonly marks: Marks;
  readonly onArrange: () => void;
}

/** The sentence, where panels judge their values; else the title. Variables and the board's menu at the right. */
export function BoardHead(props: HeadProps) {
  const { board, title, readings, variables, marks, onArrange } = props;
  const [json, setJson] = useState(false);
  const watched = useMemo(() => board.panels.filter(isWatched), [board]);
  const whole = watched.length > 0 && watched.every(({ id }) => readings.has(id));
  const verdict = whole
    ? verdictOf(
        watched.flatMap(({ id }) => readings.get(id) ?? []),
        title,
        subjectOf(board),
      )
    : null;
  const controls = (
    <div className={css.controls} data-controls>
      <VariableBar
        variables={board.variables}
        resolved={variables.resolved}
        choose={variables.choose}
      />
      <MarkBar marks={marks} />
      <DashboardLinks links={board.links} values={variables.values ?? {}} uid={board.uid} />
      <BoardMenu title={title} onJson={() => setJson(true)} onArrange={onArrange} />
      {json && (
        <Suspense fallback={null}>
          <BoardJson board={board} title={title} onClose={() => setJson(false)} />
        </Suspense>
      )}
    </div>
  );
  if (watched.length === 0) {
    return (
      <>
        <header className={css.plainHead}>
          <h1>{title}</h1>
          {controls}
        </header>
        <PrintHead variables={variables} />
      </>
    );
  }
  return (
    <>
      <Sentence
        state={verdict?.state ?? 'missing'}
        title={verdict?.title ?? title}
        actions={controls}
        changes
      >
        {verdict?.words}
      </Sentence>
      <PrintHead variables={variables} />
    </>
  );
}

/** A board that is about one machine says so by its tag; any other goes by its title. */
const subjectOf = (board: Dashboard) =>
  board.tags.some((tag) => /^(server|host)$/i.test(tag)) ? 'This machine' : undefined;

import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ApiError } from '../api/client';
import { texts } from '../app/texts';
import { Loading, Nothing } from '../parts';
import { useEngine } from '../query';
import { wantedBy, type PanelData } from './ask';
import css from './board.module.css';
import { exploreLink } from './links';
import type { Panel } from './model';
import { reasonOf } from './why';

const SMALL_PX = 90;

/** The grid with a hatch, and why: measured nowhere, or measured but filtered away. */
export function NoData({
  panel,
  data,
  atMs,
  size,
}: {
  panel: Panel;
  data: PanelData;
  atMs: number;
  size: { height: number };
}) {
  const noValue = panel.fieldConfig.defaults?.noValue;
  const exprs = data.questions.map(({ expr }) => expr);
  const { data: reason, isPending } = useQuery({
    queryKey: ['why', exprs, Math.floor(atMs / 60_000)],
    queryFn: ({ signal }) => reasonOf(exprs, atMs, signal),
    staleTime: Infinity,
    retry: false,
  });
  // The board's own words explain a metric that is not there at all; a filter that fits nothing is another cause.
  const title = (reason?.next === 'targets' && noValue) || reason?.title || 'No data';
  if (isPending) return <Loading height={size.height} />; // words that change would move
  if (size.height < SMALL_PX) {
    return (
      <div className={css.nothing} role="status" title={`${title}. ${reason?.words ?? ''}`}>
        <span>{title === 'Not measured here' ? 'not measured' : title}</span>
      </div>
    );
  }
  return (
    <Nothing
      title={title}
      hatch
      height={size.height}
      action={
        reason &&
        (reason.next === 'targets' ? (
          <Link to="/targets">Open the targets</Link>
        ) : (
          <Link to={exploreLink(exprs[0] ?? '')}>Open in Explore</Link>
        ))
      }
    >
      {reason?.words}
    </Nothing>
  );
}

/** The panel is kept elsewhere, or wants a source that Oriel does not have: said plainly, no fault of anybody. */
export function NotHere({ panel, size }: { panel: Panel; size: { height: number } }) {
  const { title, words } = notHere(panel);
  if (size.height < SMALL_PX) {
    return (
      <div className={css.nothing} role="status" title={`${title}. ${words}`}>
        <span>{title}</span>
      </div>
    );
  }
  return (
    <Nothing title={title} state="missing" height={size.height}>
      {words}
    </Nothing>
  );
}

function notHere(panel: Panel): { title: string; words: string } {
  const said = texts.dashboards.elsewhere;
  if (panel.libraryPanel?.missing)
    return { title: said.library(panel.libraryPanel.name), words: said.libraryWhy };
  const wanted = wantedBy(panel);
  const names = wanted.map(({ name }) => name).join(' and ');
  const [first] = wanted;
  if (first?.kind === 'loki') return { title: said.logs, words: said.asks(names) };
  if (first?.kind === 'tempo') return { title: said.traces, words: said.asks(names) };
  return { title: said.source(names), words: said.sourceWhy };
}

/** The cause in words, what to do, and what the server said on unfold. */
export function NoAnswer({
  error,
  retry,
  small,
}: {
  error: Error;
  retry: () => void;
  small: boolean;
}) {
  const engine = useEngine();
  const isEngine = isUnavailable(error) && engine !== undefined && !engine.answers;
  const { title, words } = isEngine ? ENGINE : wordsOf(error);
  const again = (
    <button type="button" className={css.link} onClick={retry}>
      Try again
    </button>
  );
  if (small) {
    return (
      <div className={css.nothing} role="status" title={`${title}. ${error.message}`}>
        {isEngine ? texts.engine.noAnswerShort : title} {again}
      </div>
    );
  }
  return (
    <Nothing
      title={title}
      state={isEngine ? 'missing' : 'crit'}
      action={again}
      details={error.message}
    >
      {words}
    </Nothing>
  );
}

/** The banner above the page says since when and what to do; a panel only that it is the same. */
const ENGINE = { title: texts.engine.noAnswer, words: texts.engine.askedAgain };

const isUnavailable = (error: Error) => error instanceof ApiError && error.kind === 'unavailable';

function wordsOf(error: Error): { title: string; words: string } {
  const kind = error instanceof ApiError ? error.kind : '';
  switch (kind) {
    case 'bad_data':
      return {
        title: 'The query cannot be read',
        words: 'It stands in the panel’s JSON; the menu shows it.',
      };
    case 'timeout':
      return {
        title: 'The query took too long',
        words: 'A shorter time range or fewer series may help.',
      };
    case 'execution':
      return { title: 'The query could not be answered', words: 'The server says why, below.' };
    case 'network':
      return {
        title: 'Oriel does not answer',
        words: 'Other panels ask again at the next refresh.',
      };
    default:
      return { title: 'No answer', words: error.message };
  }
}

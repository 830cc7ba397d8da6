import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { ApiError } from '../api/client';
import { useKeys } from '../app/keys';
import { usePage } from '../app/page';
import { rememberBoard } from '../app/recentBoards';
import { texts } from '../app/texts';
import { visible } from '../format';
import { ButtonLink, Loading, Nothing } from '../parts';
import { useDashboards, suggestTime, useTimeRange } from '../query';
import { tellAsGrafana } from '../frames/grafanaUnits';
import { takeTeller } from '../frames/units';
import { BoardContext } from './boardContext';
import { BoardGrid } from './BoardGrid';
import { BoardHead } from './BoardHead';
import { SurroundingsContext, zoneOf } from './annotations/marksContext';
import { useMarks } from './annotations/useMarks';
import { fillText } from './interpolate';
import { readDashboard, type Dashboard, type Panel } from './model';
import { withInspect, withView, type InspectTab } from './panelAddress';
import type { Reading } from './sentence';
import { useBoardJson } from './tried';
import { TriedNote } from './TriedNote';
import { useVariables } from './useVariables';

const Arrange = lazy(() => import('./arrange'));
const words = texts.dashboards;

takeTeller(tellAsGrafana); // a board reads as it does in Grafana

/** A dashboard: reads its JSON, finds its variables, draws its panels. */
export default function BoardPage() {
  const { uid = '' } = useParams();
  const { data, error } = useBoardJson(uid);
  const read = useMemo(() => tryRead(data), [data]);
  if (error) return <NotHad uid={uid} error={error} />;
  if (data === undefined) return <Loading height={240} />;
  if ('problem' in read)
    return (
      <Nothing
        title={words.notShown}
        state="crit"
        details={read.problem}
        height={240}
        action={<ButtonLink to="/dashboards">{words.showAll}</ButtonLink>}
      />
    );
  return (
    <>
      <TriedNote uid={uid} />
      <Board key={uid} uid={uid} board={read.board} />
    </>
  );
}

/** No dashboard of that name, or no answer; the way out is the list. */
function NotHad({ uid, error }: { uid: string; error: Error }) {
  const gone = error instanceof ApiError && error.status === 404;
  usePage({ crumbs: [{ words: words.crumb, to: '/dashboards' }, { words: visible(uid) }] });
  return (
    <Nothing
      title={
        <h1 style={{ font: 'inherit' }}>{gone ? words.notThere(visible(uid)) : words.notHad}</h1>
      }
      state="missing"
      details={gone ? undefined : error.message}
      height={240}
      action={<ButtonLink to="/dashboards">{words.showAll}</ButtonLink>}
    >
      {gone && words.notThereWhy}
    </Nothing>
  );
}

function tryRead(json: unknown): { board: Dashboard } | { problem: string } {
  try {
    return { board: readDashboard(json ?? {}) };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function Board({ uid, board }: { uid: string; board: Dashboard }) {
  useEffect(() => rememberBoard(uid), [uid]);
  useEffect(() => board.time && suggestTime(board.time.from, board.time.to), [board]);
  const range = useTimeRange();
  const variables = useVariables(board, range);
  const { filters } = variables;
  const onBoard = useMemo(() => ({ panels: board.panels, filters }), [board, filters]);
  const [search, setSearch] = useSearchParams();
  const { data: all } = useDashboards();
  const folder = all?.find((entry) => entry.uid === uid)?.folder;
  const title = fillText(board.title, variables.values ?? {});
  usePage({
    crumbs: [
      { words: 'Dashboards', to: '/dashboards' },
      ...(folder ? [{ words: folder }] : []),
      { words: title },
    ],
  });

  const marks = useMarks(board, variables.values);
  const surroundings = useMemo(
    () => ({ marks: marks.on, timeZone: zoneOf(board.timezone) }),
    [marks.on, board.timezone],
  );
  const [arranging, setArranging] = useState(false);
  const [readings, onReadings] = useReadings();
  const hovered = useRef<Panel | null>(null);
  const onHover = useCallback((panel: Panel | null) => void (hovered.current = panel), []);
  const alone = search.get('viewPanel');
  const inspect = (tab: InspectTab) => {
    const panel = hovered.current;
    if (panel) setSearch((before) => withInspect(before, panel, tab));
  };
  useKeys({
    v: () => setSearch((before) => withView(before, alone ? null : (hovered.current?.id ?? null))),
    i: () => inspect('data'),
    w: () => inspect('words'),
    e: () => inspect('json'),
    ...(alone ? { Escape: () => setSearch((before) => withView(before, null)) } : {}),
  });

  return (
    <>
      <BoardHead
        board={board}
        title={title}
        readings={readings}
        variables={variables}
        marks={marks}
        onArrange={() => setArranging(true)}
      />
      {variables.error && (
        <Nothing
          title="The variables of this board cannot be found out"
          state="warn"
          details={variables.error.message}
        />
      )}
      <SurroundingsContext value={surroundings}>
        <BoardContext value={onBoard}>
          {arranging ? (
            <Suspense fallback={null}>
              <Arrange board={board} values={variables.values} onDone={() => setArranging(false)} />
            </Suspense>
          ) : (
            <BoardGrid
              board={board}
              values={variables.values}
              alone={alone}
              shared={{ onReadings, onHover }}
            />
          )}
        </BoardContext>
      </SurroundingsContext>
    </>
  );
}

/** What the panels said last, by panel. */
function useReadings() {
  const [byPanel, setByPanel] = useState<ReadonlyMap<number, readonly Reading[]>>(new Map());
  const onReadings = useCallback(
    (id: number, readings: readonly Reading[]) =>
      setByPanel((before) => new Map(before).set(id, readings)),
    [],
  );
  return [byPanel, onReadings] as const;
}

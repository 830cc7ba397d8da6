import { useCallback, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { ApiError } from '../api/client';
import { useKeys } from '../app/keys';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import { visible } from '../format';
import { Button, ButtonLink, CopyButton, Dialog, Icon, Loading, Nothing, Sentence } from '../parts';
import { useDashboard, useDashboards, useTimeRange } from '../query';
import { tellAsGrafana } from '../frames/grafanaUnits';
import { takeTeller } from '../frames/units';
import css from './board.module.css';
import { fillText, type Values } from './interpolate';
import { layout, type Box } from './layout';
import { readDashboard, type Dashboard, type Panel } from './model';
import { PanelBox } from './PanelBox';
import { isWatched, verdictOf, type Reading } from './sentence';
import { useVariables } from './useVariables';
import { VariableBar } from './VariableBar';

const words = texts.dashboards;

takeTeller(tellAsGrafana); // a board reads as it does in Grafana

/** A dashboard: reads its JSON, finds its variables, draws its panels. */
export default function BoardPage() {
  const { uid = '' } = useParams();
  const { data, error } = useDashboard(uid);
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
  return <Board key={uid} uid={uid} board={read.board} />;
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
  const range = useTimeRange();
  const variables = useVariables(board, range);
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

  const [readings, onReadings] = useReadings();
  const hovered = useRef<Panel | null>(null);
  const onHover = useCallback((panel: Panel | null) => void (hovered.current = panel), []);
  const alone = search.get('viewPanel');
  const view = (id: number | null) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (id === null || String(id) === alone) next.delete('viewPanel');
      else next.set('viewPanel', String(id));
      return next;
    });
  useKeys({
    v: () => view(alone ? null : (hovered.current?.id ?? null)),
    i: () =>
      document.querySelector<HTMLElement>(`[data-describe="${hovered.current?.id}"]`)?.click(),
    ...(alone ? { Escape: () => view(null) } : {}),
  });

  return (
    <>
      <Head board={board} title={title} readings={readings} variables={variables} />
      {variables.error && (
        <Nothing
          title="The variables of this board cannot be found out"
          state="warn"
          details={variables.error.message}
        />
      )}
      <Grid
        board={board}
        values={variables.values}
        alone={alone}
        shared={{ onReadings, onHover }}
      />
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

interface HeadProps {
  readonly board: Dashboard;
  readonly title: string;
  readonly readings: ReadonlyMap<number, readonly Reading[]>;
  readonly variables: ReturnType<typeof useVariables>;
}

/** The sentence, where panels judge their values; else the title. Variables and the JSON at the right. */
function Head({ board, title, readings, variables }: HeadProps) {
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
    <div className={css.controls}>
      <VariableBar
        variables={board.variables}
        resolved={variables.resolved}
        choose={variables.choose}
      />
      <Button icon="copy" onClick={() => setJson(true)}>
        JSON
      </Button>
      {json && <JsonDialog board={board} title={title} onClose={() => setJson(false)} />}
    </div>
  );
  if (watched.length === 0) {
    return (
      <header className={css.plainHead}>
        <h1>{title}</h1>
        {controls}
      </header>
    );
  }
  return (
    <Sentence
      state={verdict?.state ?? 'missing'}
      title={verdict?.title ?? title}
      actions={controls}
      changes
    >
      {verdict?.words}
    </Sentence>
  );
}

/** A board that is about one machine says so by its tag; any other goes by its title. */
const subjectOf = (board: Dashboard) =>
  board.tags.some((tag) => /^(server|host)$/i.test(tag)) ? 'This machine' : undefined;

function JsonDialog({
  board,
  title,
  onClose,
}: {
  board: Dashboard;
  title: string;
  onClose: () => void;
}) {
  const text = useMemo(() => JSON.stringify(board.raw, null, 2), [board]);
  return (
    <Dialog label={`JSON of ${title}`} onClose={onClose} wide>
      <header className={css.dialogHead}>
        <h2>{title}</h2>
        <span className={css.quiet}>Grafana’s JSON, {board.panels.length} panels</span>
        <span className={css.grow} />
        <CopyButton text={text} label="Copy the JSON" />
        <Button small look="ghost" icon="close" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className={css.dialogBody} tabIndex={0}>
        <pre className={css.code}>{text}</pre>
      </div>
    </Dialog>
  );
}

interface SharedByPanels {
  readonly onReadings: (id: number, readings: readonly Reading[]) => void;
  readonly onHover: (panel: Panel | null) => void;
}

const none: Values = {};

function Grid({
  board,
  values,
  alone,
  shared,
}: {
  board: Dashboard;
  values: Values | null;
  alone: string | null;
  shared: SharedByPanels;
}) {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const boxes = useMemo(
    () => layout(board.panels, values ?? none, (row) => row.collapsed !== turned.has(row.id)),
    [board, values, turned],
  );
  const turn = (id: number) =>
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const panel = alone ? findPanel(board.panels, Number(alone)) : undefined;
  if (panel) {
    return (
      <div className={css.alone}>
        <PanelBox panel={panel} values={values} onHover={shared.onHover} />
      </div>
    );
  }
  return (
    <div className={css.grid}>
      {boxes.map((box) => (
        <BoxView key={box.key} box={box} values={values} turn={turn} shared={shared} />
      ))}
    </div>
  );
}

const findPanel = (panels: readonly Panel[], id: number): Panel | undefined =>
  panels.flatMap((panel) => [panel, ...panel.panels]).find((panel) => panel.id === id);

function BoxView({
  box,
  values,
  turn,
  shared,
}: {
  box: Box;
  values: Values | null;
  turn: (id: number) => void;
  shared: SharedByPanels;
}) {
  const { x, y, w, h } = box.pos;
  const place = { '--x': x + 1, '--y': y + 1, '--w': w, '--h': h } as CSSProperties;
  switch (box.kind) {
    case 'row':
      return (
        <h2 className={css.row} style={place}>
          <button type="button" aria-expanded={box.open} onClick={() => turn(box.panel.id)}>
            <Icon name={box.open ? 'down' : 'chevron'} size={14} />
            {fillText(box.panel.title, values ?? none)}
            {!box.open && <small>{box.count === 1 ? '1 panel' : `${box.count} panels`}</small>}
          </button>
        </h2>
      );
    case 'strip':
      return (
        <div
          className={css.strip}
          style={
            {
              ...place,
              '--cells': box.panels.map(({ gridPos }) => `${gridPos.w}fr`).join(' '),
            } as CSSProperties
          }
        >
          {box.panels.map((panel) => (
            <PanelBox key={panel.id} panel={panel} values={values} inStrip {...shared} />
          ))}
        </div>
      );
    case 'panel':
      return (
        <div className={css.place} style={place}>
          <PanelBox panel={box.panel} values={values} {...shared} />
        </div>
      );
  }
}

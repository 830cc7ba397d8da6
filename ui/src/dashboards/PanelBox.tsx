import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Loading, Panel as Frame, StateGlyph } from '../parts';
import { kindOf, UNKNOWN } from '../panels';
import { useSize } from '../panels/chart/size';
import { useTimeRange, zoomTo } from '../query';
import { isEmpty, wantedBy, type PanelData } from './ask';
import { useSurroundings } from './annotations/marksContext';
import { useExemplars } from './annotations/useExemplars';
import css from './board.module.css';
import { fillText, scopedOf, type Values } from './interpolate';
import { dataLinks, filledLink } from './dataLinks';
import type { Panel } from './model';
import { NoAnswer, NoData, NotHere } from './PanelNothing';
import { PanelCrash } from './PanelCrash';
import { PanelMenu } from './PanelMenu';
import { usePrinting } from './print';
import { isWatched, readingsOf, type Reading } from './sentence';
import { usePanelData, useNear, useSlow, type PanelAnswer } from './usePanelData';
import { spanWords } from './when';

export interface PanelBoxProps {
  readonly panel: Panel;
  /** Null until the variables are known. */
  readonly values: Values | null;
  /** Tells the page what the panel's values say. */
  readonly onReadings?: (id: number, readings: readonly Reading[]) => void;
  /** Within a strip of stats: no frame of its own. */
  readonly inStrip?: boolean;
  readonly onHover?: (panel: Panel | null) => void;
}

/** One panel: asks for its data, shows which state they are in, and keeps its size in all of them. */
export function PanelBox({ panel, values, onReadings, inStrip, onHover }: PanelBoxProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(body);
  const range = useTimeRange();
  const kind = kindOf(panel.type);
  const near = useNear(element);
  const printing = usePrinting();
  const [crashed, setCrashed] = useState(false);
  // What the page's sentence speaks of is asked wherever it stands.
  const answer = usePanelData(
    panel,
    kind,
    values,
    range,
    size.width,
    near || printing || isWatched(panel),
  );
  const title = fillText(panel.title, { ...values, ...scopedOf(panel, values ?? {}) });
  const { data } = answer;

  useEffect(() => {
    if (data && isWatched(panel)) onReadings?.(panel.id, readingsOf(panel, title, data));
  }, [data, panel, title, onReadings]);

  const { asks } = answer;
  useEffect(() => {
    if (element) Object.assign(element, { asks }); // for who looks from outside: tests
  }, [element, asks]);

  const links = panel.links.flatMap(
    (link) => filledLink(link, { ...values, ...scopedOf(panel, values ?? {}) }, range) ?? [],
  );
  const shared = { panel, values, answer, size, body, title, onCrash: setCrashed };
  const hover = {
    onPointerEnter: () => onHover?.(panel),
    onPointerLeave: () => onHover?.(null),
    onFocus: () => onHover?.(panel),
  };
  return (
    <div
      ref={setElement}
      className={`${css.box} ${inStrip ? css.inStrip : css.framed}`}
      data-panel={panel.id}
      data-kind={kind === UNKNOWN ? 'unknown' : panel.type}
      data-state={crashed ? 'error' : stateOf(panel, kind.still === true, answer)}
      {...hover}
    >
      {inStrip ? <StripCell {...shared} /> : <Framed {...shared} flush={kind.flush === true} />}
      <PanelMenu panel={panel} title={title} data={data} links={links} />
    </div>
  );
}

/** Which of its states a panel is in, in one word: for tests and for style sheets. */
function stateOf(panel: Panel, still: boolean, { data, error }: PanelAnswer) {
  if (still) return 'data';
  if (isNotHere(panel)) return 'empty';
  if (error && !data) return 'error';
  if (!data) return 'loading';
  return isEmpty(data, panel) ? 'empty' : 'data';
}

/** A panel that is kept elsewhere, or asks a source that Oriel does not have. */
const isNotHere = (panel: Panel): boolean =>
  panel.libraryPanel?.missing === true || wantedBy(panel).length > 0;

interface Shared {
  readonly panel: Panel;
  readonly values: Values | null;
  readonly answer: PanelAnswer;
  readonly size: { readonly width: number; readonly height: number };
  readonly body: React.RefObject<HTMLDivElement | null>;
  readonly title: string;
  readonly onCrash: (crashed: boolean) => void;
}

function Framed({ flush, ...shared }: Shared & { flush: boolean }) {
  const { panel, answer, body, title, values } = shared;
  const [head, setHead] = useState<HTMLElement | null>(null);
  const subtitle = panel.oriel.subtitle && fillText(panel.oriel.subtitle, values ?? {});
  const { data, error } = answer;
  const warning =
    data && error ? `The last refresh failed: ${error.message}` : data?.warnings.join('\n');
  return (
    <Frame
      title={title || undefined}
      unit={subtitle ? <span className={css.subtitle}>{subtitle}</span> : undefined}
      label={title || panel.type}
      busy={answer.fetching && data !== undefined}
      warning={warning || undefined}
      flush
      className={css.frame}
      right={
        <>
          <OwnSpan panel={panel} values={values} />
          <Age answer={answer} />
          <span ref={setHead} className={css.head} />
        </>
      }
    >
      <div ref={body} className={flush ? css.flush : css.body}>
        <Body {...shared} head={head} />
      </div>
    </Frame>
  );
}

/** A range of the panel's own, in words. */
function OwnSpan({ panel, values }: { panel: Panel; values: Values | null }) {
  const range = useTimeRange();
  if (!panel.timeFrom && !panel.timeShift) return null;
  const said = spanWords(panel, { ...values, ...scopedOf(panel, values ?? {}) }, range);
  return said ? <span className={css.age}>{said}</span> : null;
}

/** A stat within a strip: its title is a label, its frame the strip's. */
function StripCell(shared: Shared) {
  const { answer, body, title } = shared;
  return (
    <div role="group" className={css.cell} aria-label={title} aria-busy={answer.fetching}>
      <div className={css.label}>
        {title}
        <Age answer={answer} narrow />
      </div>
      <div ref={body} className={css.cellBody}>
        <Body {...shared} head={null} />
      </div>
    </div>
  );
}

function Body({ head, ...shared }: Shared & { head: HTMLElement | null }) {
  const { panel, values, answer, size, title, onCrash } = shared;
  const { data, error } = answer;
  const page = useTimeRange();
  const { fromMs, toMs } = data?.span ?? page;
  const { marks, timeZone } = useSurroundings();
  const exemplars = useExemplars(data?.questions, { fromMs, toMs });
  const kind = kindOf(panel.type);
  const say = useCallback(
    (text: string) => fillText(text, { ...values, ...scopedOf(panel, values ?? {}) }),
    [values, panel],
  );
  if (size.width === 0) return null;
  const View = kind.view;
  const view = (shown: PanelData | undefined) => (
    <PanelCrash data={shown} height={size.height} onCrash={onCrash}>
      <Suspense fallback={null}>
        <View
          title={title}
          options={{ ...panel.options, type: panel.type }}
          oriel={{ ...panel.oriel, context: panel.oriel.context && say(panel.oriel.context) }}
          frames={shown?.frames ?? []}
          range={{ fromMs, toMs }}
          stepMs={shown?.stepMs ?? 15_000}
          annotations={marks(panel.id)}
          exemplars={exemplars}
          timeZone={timeZone}
          width={size.width}
          height={size.height}
          head={head}
          say={say}
          links={
            shown && dataLinks(shown.frames, { ...values, ...scopedOf(panel, values ?? {}) }, page)
          }
          onZoom={zoomTo}
        />
      </Suspense>
    </PanelCrash>
  );
  if (isNotHere(panel)) return <NotHere panel={panel} size={size} />;
  if (kind.still) return view(undefined);
  if (error && !data)
    return <NoAnswer error={error} retry={answer.retry} small={size.height < 90} />;
  if (!data) return <Loading height={size.height} />;
  if (isEmpty(data, panel) && !kind.speaks)
    return <NoData panel={panel} data={data} atMs={toMs} size={size} />;
  return view(isEmpty(data, panel) ? { ...data, frames: [] } : data);
}

const STALE_INTERVALS = 2.5;
const MINUTE_MS = 60_000;

/** What is to say about the data's age: "still asking, 3.2 s", "2 min old". A narrow cell has room for the time alone. */
function Age({ answer, narrow }: { answer: PanelAnswer; narrow?: boolean }) {
  const { toMs, relative } = useTimeRange();
  const slow = useSlow(answer.fetching);
  if (slow !== null && narrow) {
    return (
      <span className={css.age} title="still asking">
        {(slow / 1000).toFixed(1)} s
      </span>
    );
  }
  if (slow !== null) {
    return (
      <span className={css.age}>
        still asking, {(slow / 1000).toFixed(1)} s
        <button type="button" className={css.link} onClick={answer.cancel}>
          Cancel
        </button>
      </span>
    );
  }
  const { data } = answer;
  const old = data?.lastMs && relative ? toMs - data.lastMs : 0;
  if (!data || old < (STALE_INTERVALS + 1) * Math.max(data.stepMs, 15_000)) return null;
  return (
    <span className={`${css.age} ${css.old}`}>
      <StateGlyph state="warn" label="" />
      {old < MINUTE_MS ? `${Math.round(old / 1000)} s` : `${Math.round(old / MINUTE_MS)} min`} old
    </span>
  );
}

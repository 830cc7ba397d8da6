import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { texts } from '../../app/texts';
import { duration } from '../../format';
import { timeInFull, timeLabel, timeTicks } from '../../frames/ticks';
import { setCrosshair, subscribeCrosshair } from '../../query';
import type { PanelViewProps } from '../panel';
import { Pager, pageOf } from './Pager';
import { StripRow, type StripLook } from './StripRow';
import { cellAt, legendOf, lengthsOf, type Row, type StateKey } from './states';
import css from './strips.module.css';
import { Tip } from '../tip/Tip';

const words = texts.kinds;

const AXIS_PX = 20;
const LEGEND_PX = 24;
const LOWEST_ROW = 18;
const TALLEST_ROW = 44; // of many; one or two are higher
const PER_PAGE = 20;
const NAME_CHAR_PX = 7;
const MOST_KEYS = 24;
const DRAG_PX = 5;

export interface StripsProps {
  readonly rows: readonly Row[];
  readonly panel: PanelViewProps;
  readonly look: StripLook;
}

/** A cell that the pointer or the keys stand on. */
interface Spot {
  readonly row: number;
  readonly timeMs: number;
  readonly x: number;
  readonly y: number;
}

/** Names at the left, a strip a row, times below, what the colours mean at the foot. */
export function Strips({ rows: all, panel, look }: StripsProps) {
  const { title, options, range, stepMs, width, height, onZoom } = panel;
  const id = useId();
  const hair = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(0);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const perPage = Math.max(1, Number(options['perPage']) || PER_PAGE);
  const { rows, pages, at } = pageOf(all, page, perPage);
  const keys = useMemo(
    () => (wantsLegend(options) ? legendOf(all, MOST_KEYS) : []),
    [all, options],
  );
  const hasLegend = keys.length > 0 && height >= 80;

  const legendPx = hasLegend ? LEGEND_PX * linesOf(keys, width) : 0;
  const nameWidth = widthOfNames(rows, width);
  const plotWidth = Math.max(20, width - nameWidth);
  const room = height - AXIS_PX - legendPx - (pages > 1 ? LEGEND_PX : 0);
  const rowPx = Math.max(
    LOWEST_ROW,
    Math.min(TALLEST_ROW + 36 / Math.max(rows.length, 1), room / Math.max(rows.length, 1)),
  );
  const { fromMs, toMs } = range;
  const span = toMs - fromMs || 1;

  useEffect(
    () =>
      subscribeCrosshair(({ timeMs }) => {
        if (!hair.current) return;
        const share = timeMs === null ? -1 : (timeMs - fromMs) / span;
        hair.current.style.left = `${share * 100}%`;
        hair.current.style.opacity = share >= 0 && share <= 1 ? '1' : '0';
      }),
    [fromMs, span],
  );

  const timeOfPointer = (event: PointerEvent) => {
    const box = plot.current!.getBoundingClientRect();
    return fromMs + Math.max(0, Math.min(1, (event.clientX - box.left) / plotWidth)) * span;
  };
  const onMove = (event: PointerEvent) => {
    const timeMs = timeOfPointer(event);
    const row = Math.floor((event.clientY - plot.current!.getBoundingClientRect().top) / rowPx);
    setCrosshair(timeMs, id);
    setSpot(rows[row] ? { row, timeMs, x: event.clientX, y: event.clientY } : null);
    if (drag) setDrag({ ...drag, to: timeMs });
  };
  const onUp = () => {
    const [from, to] = drag ? [drag.from, drag.to].sort((a, b) => a - b) : [0, 0];
    if (((to! - from!) / span) * plotWidth > DRAG_PX) onZoom(from!, to!);
    setDrag(null);
  };
  const leave = () => {
    setCrosshair(null, id);
    setSpot(null);
    setDrag(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave();
    const next = moved(event.key, spot, rows, { fromMs, toMs, stepMs });
    if (!next) return;
    event.preventDefault();
    const box = plot.current!.getBoundingClientRect();
    setCrosshair(next.timeMs, id);
    setSpot({
      ...next,
      x: box.left + ((next.timeMs - fromMs) / span) * plotWidth,
      y: box.top + (next.row + 0.5) * rowPx,
    });
  };

  return (
    <div className={css.strips} style={{ height }}>
      <div className={css.scroll}>
        <ul className={css.names} style={{ width: nameWidth }} aria-hidden="true">
          {rows.map(({ name }, i) => (
            <li
              key={`${i} ${name}`}
              style={{ height: rowPx, lineHeight: `${rowPx}px` }}
              title={name}
            >
              {name}
            </li>
          ))}
        </ul>
        <div
          ref={plot}
          className={css.plot}
          style={{ width: plotWidth, height: rowPx * rows.length + AXIS_PX }}
          role="img"
          aria-label={summaryOf(title, all)}
          tabIndex={0}
          onKeyDown={onKey}
          onBlur={leave}
          onPointerDown={(event) => {
            const time = timeOfPointer(event);
            setDrag({ from: time, to: time });
          }}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerLeave={leave}
        >
          {rows.map((row, i) => (
            <StripRow
              key={`${i} ${row.name}`}
              row={row}
              range={range}
              width={plotWidth}
              height={rowPx}
              look={look}
            />
          ))}
          <Axis range={range} width={plotWidth} />
          <i ref={hair} className={css.hair} style={{ height: rowPx * rows.length }} />
          {drag && (
            <i
              className={css.select}
              style={{
                left: `${((Math.min(drag.from, drag.to) - fromMs) / span) * 100}%`,
                width: `${(Math.abs(drag.to - drag.from) / span) * 100}%`,
              }}
            />
          )}
        </div>
      </div>
      {pages > 1 && <Pager page={at} pages={pages} total={all.length} onPage={setPage} />}
      {hasLegend && (
        <ul
          className={css.legend}
          style={{ height: legendPx }}
          aria-label={words.states}
          tabIndex={0}
        >
          {keys.map(({ state, colour }) => (
            <li key={`${colour} ${state}`} title={state}>
              <i style={{ background: colour }} />
              {state}
            </li>
          ))}
        </ul>
      )}
      {spot && !drag && rows[spot.row] && <CellTip spot={spot} row={rows[spot.row]!} />}
    </div>
  );
}

function wantsLegend(options: PanelViewProps['options']): boolean {
  const legend = (options['legend'] ?? {}) as { showLegend?: boolean; displayMode?: string };
  return legend.showLegend !== false && legend.displayMode !== 'hidden';
}

/** One line, or two where the states need them; more scroll. */
const linesOf = (keys: readonly StateKey[], width: number): number =>
  keys.reduce((sum, { state }) => sum + state.length * 6.6 + 28, 0) > width ? 2 : 1;

const widthOfNames = (rows: readonly Row[], width: number): number => {
  const longest = rows.reduce((most, { name }) => Math.max(most, name.length), 0);
  return Math.min(Math.round(width * 0.34), Math.ceil(longest * NAME_CHAR_PX) + 14);
};

/** Left and right go from state to state, up and down from row to row. */
function moved(
  key: string,
  spot: { row: number; timeMs: number } | null,
  rows: readonly Row[],
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
): { row: number; timeMs: number } | null {
  if (rows.length === 0) return null;
  const row = Math.min(spot?.row ?? 0, rows.length - 1);
  const timeMs = spot?.timeMs ?? toMs - 1;
  const down = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (down && !spot) return { row, timeMs };
  if (down) return { row: Math.max(0, Math.min(rows.length - 1, row + down)), timeMs };
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  if (!spot) return { row, timeMs };
  const { cells } = rows[row]!;
  const next =
    key === 'ArrowRight'
      ? cells.find((cell) => cell.fromMs > timeMs)?.fromMs
      : cells.findLast((cell) => cell.toMs <= timeMs)?.fromMs;
  const aside = timeMs + (key === 'ArrowRight' ? stepMs : -stepMs);
  return { row, timeMs: next ?? Math.max(fromMs, Math.min(toMs - 1, aside)) };
}

function CellTip({ spot, row }: { spot: Spot; row: Row }) {
  const cell = cellAt(row, spot.timeMs);
  return (
    <Tip
      x={spot.x}
      y={spot.y}
      title={timeInFull(spot.timeMs)}
      rows={[
        {
          name: row.name,
          value: cell?.text || (cell ? cell.state : words.noData),
          colour: cell?.colour,
        },
      ]}
      foot={
        cell &&
        `${timeInFull(cell.fromMs)}, ${duration(Math.round((cell.toMs - cell.fromMs) / 1000) * 1000)}`
      }
    />
  );
}

function Axis({
  range: { fromMs, toMs },
  width,
}: {
  range: PanelViewProps['range'];
  width: number;
}) {
  const ticks = timeTicks(fromMs / 1000, toMs / 1000, width);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 60;
  return (
    <div className={css.axis} aria-hidden="true">
      {ticks.map((tick) => {
        const x = ((tick * 1000 - fromMs) / (toMs - fromMs)) * width;
        return x < 14 || x > width - 14 ? null : (
          <span key={tick} style={{ left: x }}>
            {timeLabel(tick, step)}
          </span>
        );
      })}
    </div>
  );
}

/** "Node status: 3 rows; now node-1 UP, node-2 DOWN; node-2 was UP for 48 min". */
function summaryOf(title: string, rows: readonly Row[]): string {
  const now = rows.slice(0, 5).map((row) => {
    const last = row.cells[row.cells.length - 1];
    const longest = lengthsOf(row)[0];
    const most =
      longest && longest.state !== last?.state
        ? `, ${words.mostly(longest.state, duration(longest.ms))}`
        : '';
    return `${row.name} ${last?.text || last?.state || words.noData}${most}`;
  });
  return `${title}: ${words.rows(rows.length)}; ${words.last} ${now.join('; ')}`;
}

import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { createPortal } from 'react-dom';
import { displayText } from '../../frames/display';
import { countHeat, toHeat, type Heat } from '../../frames/heat';
import { rankOf } from '../../frames/reduce';
import { timeInFull, type Zone } from '../../frames/ticks';
import { setCrosshair, subscribeCrosshair } from '../../query';
import chartCss from '../chart/chart.module.css';
import { axisOfValues } from '../chart/axes';
import { Overlay } from '../chart/Overlay';
import { canDraw, useThemeVersion } from '../chart/theme';
import type { PanelViewProps } from '../panel';
import { draw, lookOf, placeOf, xOf, type Drawing } from './draw';
import { heatOptionsOf, type HeatOptions } from './heatOptions';
import css from './heatmap.module.css';

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

/** Things or buckets as rows, time as columns, colour for how much. The value now stands at the right end. */
export default function HeatMap({
  title,
  options: told,
  frames,
  annotations = none,
  timeZone: zone = 'browser',
  range,
  stepMs,
  width,
  height,
  head,
  onZoom,
}: PanelViewProps) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const hair = useRef<HTMLElement>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const theme = useThemeVersion();
  const options = useMemo(() => heatOptionsOf(told), [told]);
  const heat = useMemo(() => heatOf(frames, stepMs, options), [frames, stepMs, options]);
  const { fromMs, toMs } = range;
  const drawing = useMemo((): Drawing => {
    void theme; // other colours, another drawing
    const values = heat.buckets ? [] : nowOf(heat);
    return {
      heat,
      values,
      place: placeOf(heat, values, width, height),
      look: lookOf(heat, options),
      fromMs,
      toMs,
      gap: options.gap,
      zone,
    };
  }, [heat, options, width, height, fromMs, toMs, theme, zone]);

  useLayoutEffect(() => {
    if (canvas.current && canDraw() && width > 0) draw(canvas.current, width, height, drawing);
  }, [drawing, width, height]);

  useEffect(
    () =>
      subscribeCrosshair(({ timeMs }) => {
        if (!hair.current) return;
        const x = timeMs === null ? -1 : xOf(drawing, timeMs);
        const inside = x >= drawing.place.left && x <= drawing.place.left + drawing.place.width;
        hair.current.style.transform = `translateX(${Math.round(x)}px)`;
        hair.current.style.opacity = inside ? '1' : '0';
      }),
    [drawing],
  );

  const timeAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - drawing.place.left) / drawing.place.width;
    return fromMs + Math.max(0, Math.min(1, share)) * (toMs - fromMs);
  };
  const onMove = (event: PointerEvent) => {
    const time = timeAt(event);
    setCrosshair(time, id);
    setCell(cellAt(drawing, event));
    if (drag) setDrag({ ...drag, to: time });
  };
  const onUp = () => {
    if (drag && Math.abs(xOf(drawing, drag.from) - xOf(drawing, drag.to)) > 5)
      onZoom(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    setDrag(null);
  };
  const onLeave = () => {
    setCrosshair(null, id);
    setCell(null);
    setDrag(null);
  };

  const { place } = drawing;
  return (
    <div className={css.heat} style={{ height }}>
      <div
        role="img"
        aria-label={summaryOf(title, heat)}
        tabIndex={0}
        onKeyDown={(event) => moveByKey(event, cell, drawing, canvas.current, setCell)}
        onBlur={() => setCell(null)}
        onPointerDown={(event) => setDrag({ from: timeAt(event), to: timeAt(event) })}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerLeave={onLeave}
      >
        <canvas ref={canvas} style={{ width, height }} />
        <i ref={hair} className={css.hair} style={{ height: place.height, top: place.top }} />
        {drag && <i className={css.select} style={selectStyle(drawing, drag)} />}
      </div>
      {annotations.length > 0 && (
        <Overlay
          box={place}
          {...{ fromMs, toMs, zone }}
          marks={annotations}
          holes={none}
          exemplars={none}
          axes={noAxes}
          lines={none}
        />
      )}
      {cell && !drag && options.tooltip && <CellTip cell={cell} heat={heat} zone={zone} />}
      {head && options.legend && createPortal(<Ramp drawing={drawing} />, head)}
    </div>
  );
}

const none: readonly never[] = [];
const noAxes = [axisOfValues([], {})];

/** Cells as they come, or counted; buckets by their bounds in the unit of the axis. */
function heatOf(frames: PanelViewProps['frames'], stepMs: number, options: HeatOptions): Heat {
  const { counting, y, reverse } = options;
  const heat = counting ? countHeat(frames, stepMs, counting) : toHeat(frames, stepMs);
  if (!heat.buckets) return heat; // a list reads 0 downwards, turned or not
  const inside = heat.rows.filter(({ name }) => {
    const bound = name === '+Inf' ? Infinity : Number(name);
    return bound > (y.min ?? -Infinity) && bound <= (y.max ?? Infinity);
  });
  const rows = inside.map((row) => ({ ...row, name: boundText(row.name, y) }));
  return { ...heat, rows: reverse ? rows.reverse() : rows };
}

/** "0.005" in seconds is "5 ms"; what is no number stays as it is. */
function boundText(bound: string, config: HeatOptions['y']): string {
  const value = Number(bound);
  if (!Number.isFinite(value)) return bound === '+Inf' ? '∞' : bound;
  const decimals = config.decimals ?? undefined;
  return displayText(value, config.unit ? { unit: config.unit, decimals } : { unit: 'short' });
}

const nowOf = (heat: Heat) =>
  heat.rows.map(({ values, field }) =>
    displayText(values[values.length - 1] ?? null, { ...field.config, noValue: '–' }),
  );

function cellAt({ heat, place, fromMs, toMs }: Drawing, event: PointerEvent): Cell | null {
  const box = event.currentTarget.getBoundingClientRect();
  const time = fromMs + ((event.clientX - box.left - place.left) / place.width) * (toMs - fromMs);
  const row = Math.floor((event.clientY - box.top - place.top) / place.rowHeight);
  const column = heat.times.findIndex((at) => time > at - heat.stepMs && time <= at);
  if (row < 0 || row >= heat.rows.length || column < 0) return null;
  return { row, column, x: event.clientX, y: event.clientY };
}

function moveByKey(
  event: KeyboardEvent,
  cell: Cell | null,
  drawing: Drawing,
  canvas: HTMLCanvasElement | null,
  setCell: (cell: Cell | null) => void,
): void {
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
    event.key
  ];
  const { heat, place } = drawing;
  if (event.key === 'Escape') setCell(null);
  if (!by || heat.rows.length === 0) return;
  event.preventDefault();
  const clamp = (value: number, end: number) => Math.max(0, Math.min(end - 1, value));
  const row = clamp((cell?.row ?? 0) + by[0]!, heat.rows.length);
  const column = clamp((cell?.column ?? heat.times.length) + by[1]!, heat.times.length);
  const box = canvas?.getBoundingClientRect();
  const x = (box?.left ?? 0) + xOf(drawing, heat.times[column]!);
  setCell({ row, column, x, y: (box?.top ?? 0) + place.top + (row + 0.5) * place.rowHeight });
}

function selectStyle(drawing: Drawing, { from, to }: { from: number; to: number }) {
  const [left, right] = [xOf(drawing, Math.min(from, to)), xOf(drawing, Math.max(from, to))];
  return { left, width: right - left, top: drawing.place.top, height: drawing.place.height };
}

function CellTip({ cell, heat, zone }: { cell: Cell; heat: Heat; zone: Zone }) {
  const row = heat.rows[cell.row];
  if (!row) return null;
  const value = row.values[cell.column] ?? null;
  const right = cell.x + 210 < window.innerWidth;
  const style = {
    transform: `translate(${right ? cell.x + 14 : cell.x - 14}px, ${cell.y - 20}px) ${right ? '' : 'translateX(-100%)'}`,
  };
  return createPortal(
    <div className={chartCss['tip']} style={style} aria-live="polite">
      <div className={chartCss['tipHead']}>{timeInFull(heat.times[cell.column] ?? 0, zone)}</div>
      <ul>
        <li>
          <span>{heat.buckets ? `up to ${row.name}` : row.name}</span>
          <b>{displayText(value, row.field.config)}</b>
        </li>
      </ul>
    </div>,
    document.body,
  );
}

/** What the colours mean, beside the title. */
function Ramp({ drawing: { look, heat } }: { drawing: Drawing }) {
  const config = heat.rows[0]?.field.config;
  const words = heat.buckets
    ? ['few', 'many']
    : [displayText(look.low, config), displayText(look.high, config)];
  return (
    <span className={css.key}>
      {words[0]}
      <i
        aria-hidden="true"
        style={{ background: `linear-gradient(90deg in oklab, ${look.run.join(', ')})` }}
      />
      {words[1]}
    </span>
  );
}

/** "CPU by core: 16 rows, highest now core 3 with 41 %". */
function summaryOf(title: string, heat: Heat): string {
  const last = heat.rows.map(({ values }) => values[values.length - 1] ?? null);
  const most = last.reduce<number>(
    (best, value, i) => (rankOf(value) > rankOf(last[best]) ? i : best),
    0,
  );
  const row = heat.rows[most];
  if (!row) return `${title}: no data`;
  return `${title}: ${heat.rows.length} rows, highest now ${row.name} with ${displayText(last[most], row.field.config)}`;
}

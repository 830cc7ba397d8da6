import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { FieldConfig } from '../../frames/frame';
import { scaleOf } from '../../frames/ticks';
import { getCrosshair, pinCrosshair, setCrosshair, subscribeCrosshair } from '../../query';
import css from './chart.module.css';
import { plotOptions, type PlotNow, type PlotSpec, type ThresholdLine } from './plot';
import type { Line } from './series';
import { canDraw, useThemeVersion } from './theme';
import { spokenRow, Tooltip, type Spot } from './Tooltip';

export interface TimeChartProps {
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  readonly height: number;
  /** Unit and fixed ends of the axis. */
  readonly axis: FieldConfig;
  readonly thresholds: readonly ThresholdLine[];
  readonly showAxis?: boolean;
  /** Name of the series the legend points at: it stands out. */
  readonly lifted: string | null;
  /** One line that says what the picture shows. */
  readonly summary: string;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

/** Lines over time on uPlot: shared cross-hair, tooltip, zoom by drag, the same by keys. */
export function TimeChart(props: TimeChartProps) {
  const { times, lines, hidden, fromMs, toMs, width, height, lifted, summary } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useThemeVersion();
  const [spot, setSpot] = useState<Spot | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  const scale = useMemo(() => extentOf(props), [props]);
  const now = useRef<PlotNow>({ scale, fromMs, toMs });
  const shape = JSON.stringify([
    theme,
    lines.map(({ fullName, colour, style, fill, stacked }) => [
      fullName,
      colour,
      style,
      fill,
      stacked,
    ]),
    [...hidden],
    props.thresholds,
    props.axis.unit,
    props.showAxis,
    lines[0]?.all.length !== undefined && lines[0].all.length < 20,
  ]);

  useLayoutEffect(() => {
    if (!box.current || !canDraw()) return;
    now.current = {
      scale: extentOf(latest.current),
      fromMs: latest.current.fromMs,
      toMs: latest.current.toMs,
    };
    const made = new uPlot(
      plotOptions(specOf(latest.current), now.current, latest.current),
      dataOf(latest.current),
      box.current,
    );
    wire(made, id, latest, setSpot);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [shape, id]);

  useLayoutEffect(() => {
    const u = plot.current;
    if (!u) return;
    Object.assign(now.current, { scale, fromMs, toMs });
    if (u.width !== width || u.height !== height) u.setSize({ width, height });
    u.setData(dataOf(latest.current), false);
    u.batch(() => {
      u.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
      u.setScale('y', { min: scale.min, max: scale.max });
    });
    u.redraw(true, true);
  }, [times, lines, scale, fromMs, toMs, width, height, shape]);

  useEffect(() => {
    const u = plot.current;
    if (!u) return;
    const at = lines.findIndex((line) => line.fullName === lifted);
    u.setSeries(at < 0 ? null : at + 1, { focus: true }, false);
  }, [lifted, lines]);

  useEffect(
    () =>
      subscribeCrosshair(({ timeMs, source }) => {
        const u = plot.current;
        if (!u || source === id) return;
        const inside =
          timeMs !== null &&
          timeMs / 1000 >= (u.scales['x']!.min ?? 0) &&
          timeMs / 1000 <= (u.scales['x']!.max ?? 0);
        u.setCursor(
          { left: inside ? u.valToPos(timeMs / 1000, 'x') : -10, top: inside ? 0 : -10 },
          false,
        );
        if (!inside || source !== id) setSpot(null);
      }),
    [id],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape' && spot) {
      pinCrosshair(null, id);
      setSpot(null);
    } else if (step !== undefined && times.length > 0) {
      event.preventDefault();
      const from = spot?.index ?? (step > 0 ? -1 : times.length);
      const index = Math.max(
        0,
        Math.min(times.length - 1, from + step * (event.shiftKey ? 10 : 1)),
      );
      showAt(plot.current, index, times, setSpot);
      setCrosshair((times[index] ?? 0) * 1000, id);
    }
  };

  return (
    <div
      ref={box}
      className={css.chart}
      style={{ height }}
      role="img"
      aria-label={summary}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => getCrosshair().pinned || setSpot(null)}
    >
      {spot && (
        <Tooltip
          spot={spot}
          times={times}
          lines={lines}
          hidden={hidden}
          onClose={() => release(id, setSpot)}
        />
      )}
      <span className={css.spoken} aria-live="polite">
        {spot?.byKey ? spokenRow(spot.index, times, lines, hidden) : ''}
      </span>
    </div>
  );
}

function release(id: string, setSpot: (spot: Spot | null) => void): void {
  pinCrosshair(null, id);
  setSpot(null);
}

function specOf({ lines, hidden, thresholds, axis, showAxis, times }: TimeChartProps): PlotSpec {
  return { lines, hidden, thresholds, axis, points: times.length, showAxis: showAxis !== false };
}

function dataOf({ times, lines }: TimeChartProps): uPlot.AlignedData {
  return [times, ...lines.map(({ drawn }) => drawn)] as unknown as uPlot.AlignedData;
}

/** The axis covers what is drawn, and a threshold that lies near enough to matter. */
const NEAR = 4;
const HEADROOM = 1.12; // so that the words on the line have room above it

function extentOf({ lines, hidden, axis, thresholds }: TimeChartProps) {
  let low: number | null = null;
  let high: number | null = null;
  for (const line of lines) {
    if (hidden.has(line.fullName)) continue;
    for (const value of line.drawn) {
      if (value === null || value === undefined) continue;
      if (low === null || value < low) low = value;
      if (high === null || value > high) high = value;
    }
  }
  for (const { value } of thresholds)
    if (high !== null && value > high && value <= NEAR * high) high = value * HEADROOM;
  return scaleOf(low, high, axis.unit, { min: axis.min, max: axis.max });
}

function showAt(
  u: uPlot | null,
  index: number,
  times: readonly number[],
  setSpot: (spot: Spot) => void,
): void {
  if (!u)
    return setSpot({ index, x: 0, top: 0, bottom: 0, pinned: false, byKey: true, focused: null });
  const left = u.valToPos(times[index] ?? 0, 'x');
  u.setCursor({ left, top: u.bbox.height / uPlot.pxRatio / 2 }, false);
  setSpot({ ...placeOf(u, left), index, pinned: false, byKey: true, focused: null });
}

function placeOf(u: uPlot, left: number) {
  const over = u.over.getBoundingClientRect();
  return { x: over.left + left, top: over.top, bottom: over.bottom };
}

/** Pointer to cross-hair and tooltip; drag to zoom; click to pin. */
function wire(
  u: uPlot,
  id: string,
  latest: { readonly current: TimeChartProps },
  setSpot: (spot: Spot | null | ((now: Spot | null) => Spot | null)) => void,
): void {
  let focused: number | null = null;
  const hooks = u.hooks as Record<string, ((...args: never[]) => void)[]>;
  const on = (name: string, run: (...args: never[]) => void) => (hooks[name] ??= []).push(run);

  on('setSeries', (_: uPlot, index: number | null) => (focused = index));
  on('setCursor', () => {
    if (getCrosshair().pinned) return;
    const { left = -1, idx } = u.cursor;
    if (left < 0 || idx === null || idx === undefined) {
      if (getCrosshair().source === id) setCrosshair(null, id);
      return setSpot(null);
    }
    setCrosshair(u.posToVal(left, 'x') * 1000, id);
    setSpot({
      ...placeOf(u, left),
      index: idx,
      pinned: false,
      byKey: false,
      focused: focused === null ? null : focused - 1,
    });
  });
  on('setSelect', () => {
    const { left, width } = u.select;
    if (width < 4) return;
    const ends = [left, left + width].map((x) => Math.round(u.posToVal(x, 'x') * 1000));
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    latest.current.onZoom(ends[0]!, ends[1]!);
  });

  let downAt = 0;
  u.over.addEventListener('mousedown', (event) => (downAt = event.clientX));
  u.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - downAt) > 3) return; // that was a drag
    const { left = -1, idx } = u.cursor;
    if (getCrosshair().pinned) {
      pinCrosshair(null, id);
      setSpot(null);
    } else if (left >= 0 && idx !== null && idx !== undefined) {
      pinCrosshair(u.posToVal(left, 'x') * 1000, id);
      setSpot((now) => now && { ...now, pinned: true });
    }
  });
}

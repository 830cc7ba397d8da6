import {
  lazy,
  Suspense,
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
import type { Zone } from '../../frames/ticks';
import type { Hole } from '../../frames/toUplot';
import { getCrosshair, pinCrosshair, setCrosshair, subscribeCrosshair } from '../../query';
import type { Exemplar, Mark } from '../panel';
import { axesOf } from './axes';
import css from './chart.module.css';
import type { ThresholdLine } from './limits';
import type { PlotBox } from './Overlay';
import { plotOptions, TOP, type PlotNow, type PlotSpec } from './plot';
import type { Line } from './series';
import { canDraw, useThemeVersion } from './theme';
import { ALL_LINES, spokenRow, Tooltip, type Spot, type TipOptions } from './Tooltip';
import { placeOf, wire } from './wire';

/** Comes when there is something to lay over the lines: most charts have nothing. */
const Overlay = lazy(() => import('./Overlay').then((room) => ({ default: room.Overlay })));

export interface TimeChartProps {
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  readonly height: number;
  /** Unit and fixed ends of the axis where there are no lines. */
  readonly axis: FieldConfig;
  readonly thresholds: readonly ThresholdLine[];
  readonly showAxis?: boolean;
  /** Name of the series the legend points at: it stands out. */
  readonly lifted: string | null;
  /** One line that says what the picture shows. */
  readonly summary: string;
  readonly marks?: readonly Mark[];
  readonly exemplars?: readonly Exemplar[];
  readonly holes?: readonly Hole[];
  readonly tip?: TipOptions;
  readonly zone?: Zone;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

const nothing: readonly never[] = [];

/** Lines over time on uPlot: shared cross-hair, tooltip, zoom by drag, the same by keys. */
export function TimeChart(props: TimeChartProps) {
  const { times, lines, hidden, fromMs, toMs, width, height, lifted, summary, thresholds } = props;
  const { marks = nothing, exemplars = nothing, holes = nothing, zone = 'browser' } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useThemeVersion();
  const [spot, setSpot] = useState<Spot | null>(null);
  const [inner, setInner] = useState<PlotBox | null>(null);
  const axes = useMemo(
    () => axesOf(lines, hidden, thresholds, props.axis),
    [lines, hidden, thresholds, props.axis],
  );
  const latest = useRef({ ...props, axes });
  useLayoutEffect(() => {
    latest.current = { ...props, axes };
  });
  const now = useRef<PlotNow>({ axes, fromMs, toMs });
  const shape = shapeOf(props, theme, axes);

  useLayoutEffect(() => {
    if (!box.current || !canDraw()) return;
    const { axes, fromMs, toMs } = latest.current;
    now.current = { axes, fromMs, toMs };
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
    Object.assign(now.current, { axes, fromMs, toMs });
    if (u.width !== width || u.height !== height) u.setSize({ width, height });
    u.setData(dataOf(latest.current), false);
    u.batch(() => {
      u.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
      for (const { scale, min, max } of axes) u.setScale(scale, { min, max });
    });
    u.redraw(true, true);
    setInner((before) => keepEqual(before, innerOf(u)));
  }, [times, lines, axes, fromMs, toMs, width, height, shape]);

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

  const release = () => {
    pinCrosshair(null, id);
    setSpot(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape' && spot) release();
    else if (step !== undefined && times.length > 0) {
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
    <div className={css.chart} style={{ height }}>
      <div
        ref={box}
        className={css.canvas}
        role="img"
        aria-label={summary}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => getCrosshair().pinned || setSpot(null)}
      />
      {marks.length + exemplars.length + holes.length > 0 && (
        <Suspense fallback={null}>
          <Overlay
            box={inner ?? { left: 0, top: TOP, width, height: Math.max(0, height - TOP) }}
            {...{ fromMs, toMs, marks, exemplars, holes, axes, lines, zone }}
          />
        </Suspense>
      )}
      {spot && (props.tip?.mode !== 'none' || spot.byKey) && (
        <Tooltip
          spot={spot}
          times={times}
          lines={lines}
          hidden={hidden}
          tip={props.tip ?? ALL_LINES}
          zone={zone}
          onClose={release}
        />
      )}
      <span className={css.spoken} aria-live="polite">
        {spot?.byKey ? spokenRow(spot.index, times, lines, hidden, zone) : ''}
      </span>
    </div>
  );
}

/** What a plot is made anew for; all else is handed to the one that stands. */
function shapeOf(
  { lines, hidden, thresholds, showAxis, times, zone }: TimeChartProps,
  theme: number,
  axes: PlotNow['axes'],
): string {
  return JSON.stringify([
    theme,
    lines.map((line) => [
      line.fullName,
      line.paint,
      [line.style, line.join, line.width, line.fill, line.gradient, line.points, line.pointSize],
      [
        line.dash,
        line.dots,
        line.barAlign,
        line.barShare,
        line.fillBelowTo,
        line.stacked,
        line.group,
      ],
    ]),
    [...hidden],
    thresholds,
    axes.map(({ key, colour }) => [key, colour]),
    showAxis,
    zone,
    times.length < 20,
  ]);
}

function specOf({ lines, hidden, thresholds, showAxis, times, zone }: TimeChartProps): PlotSpec {
  return {
    lines,
    hidden,
    thresholds,
    points: times.length,
    showAxis: showAxis !== false,
    zone: zone ?? 'browser',
  };
}

function dataOf({ times, lines }: TimeChartProps): uPlot.AlignedData {
  return [times, ...lines.map(({ drawn }) => drawn)] as unknown as uPlot.AlignedData;
}

function innerOf({ bbox }: uPlot): PlotBox {
  const px = uPlot.pxRatio;
  return {
    left: bbox.left / px,
    top: bbox.top / px,
    width: bbox.width / px,
    height: bbox.height / px,
  };
}

const keepEqual = (before: PlotBox | null, next: PlotBox): PlotBox =>
  before &&
  before.left === next.left &&
  before.top === next.top &&
  before.width === next.width &&
  before.height === next.height
    ? before
    : next;

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

/** The settings of one uPlot: what is drawn, in tokens. Knows no React. */
import uPlot from 'uplot';
import { displayText } from '../../frames/display';
import type { FieldConfig } from '../../frames/frame';
import { timeLabel, timeTicks, type Zone } from '../../frames/ticks';
import { getCrosshair } from '../../query';
import { axisKeyOf, type Axis } from './axes';
import { inkOf, opacityOf } from './ink';
import { drawBands, drawLimits, type ThresholdLine } from './limits';
import type { Line } from './series';
import { axisFont, faded, resolve, textWidth } from './theme';

export interface PlotSpec {
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly thresholds: readonly ThresholdLine[];
  readonly points: number;
  readonly showAxis: boolean;
  readonly zone: Zone;
}

/** Read at each draw, so that new data need no new plot. */
export interface PlotNow {
  axes: readonly Axis[];
  fromMs: number;
  toMs: number;
}

const LABEL_GAP = 7;
export const TOP = 12; // room for the flags of what happened
const RIGHT = 6;
const BOTTOM = 19;
const LABEL_PX = 14;

/** How the axis writes a value: as the field does, but with no more decimals than its steps need. */
export function axisText(value: number, config: FieldConfig, step: number): string {
  const decimals = decimalsFor(config, step);
  const told = displayText(value, { unit: config.unit, tell: config.tell, decimals });
  if (decimals === undefined) return told.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '');
  return value === 0 ? told.replace(/^(0)\.0+/, '$1') : told;
}

/** As many as it takes to write the step exactly; scaled units (bytes, seconds) know themselves. */
function decimalsFor({ unit }: FieldConfig, step: number): number | undefined {
  if (step === 0) return undefined;
  if (unit && !/^(none|short|percent|percentunit|celsius|suffix.*)$/.test(unit)) return undefined;
  const shown = unit === 'percentunit' ? step * 100 : step;
  if (shown >= 1000) return undefined;
  return [0, 1, 2, 3, 4, 5, 6].find((decimals) => isWhole(shown * 10 ** decimals)) ?? 6;
}

const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;

/** Room for the widest label, so that the axis does not move with the data. */
export function axisWidth({ ticks, config, step }: Axis): number {
  const widest = Math.max(0, ...ticks.map((tick) => textWidth(axisText(tick, config, step))));
  return Math.ceil(Math.max(widest, 16)) + LABEL_GAP + 2;
}

export function plotOptions(
  spec: PlotSpec,
  now: PlotNow,
  size: { width: number; height: number },
): uPlot.Options {
  const rightmost = now.axes.some(({ side, show }) => side === 'right' && show && spec.showAxis);
  return {
    ...size,
    padding: [TOP, rightmost ? 0 : RIGHT, 0, 0],
    legend: { show: false },
    focus: { alpha: 0.3 },
    cursor: {
      y: false,
      move: (u, left, top) => pinnedAt(u) ?? [left, top],
      drag: { x: true, y: false, setScale: false, dist: 4 },
      focus: { prox: spec.lines.length > 4 ? 14 : -1 },
      points: {
        show: (_, i) => pointOf(spec, i),
      },
    },
    scales: {
      x: { time: true, auto: false, range: () => [now.fromMs / 1000, now.toMs / 1000] },
      ...Object.fromEntries(
        now.axes.map((axis, i) => [axis.scale, scaleFor(axis, () => now.axes[i] ?? axis)]),
      ),
    },
    axes: [
      timeAxis(spec, now),
      ...now.axes.map((axis, i) => valueAxis(axis, () => now.axes[i] ?? axis, spec)),
    ],
    series: [{}, ...spec.lines.map((line) => seriesOf(line, spec, now.axes))],
    bands: bandsOf(spec),
    hooks: {
      drawAxes: [(u) => drawBands(u, spec.thresholds, now.axes)],
      draw: [(u) => drawLimits(u, spec.thresholds, now.axes)],
    },
  };
}

function scaleFor({ spread }: Axis, current: () => Axis): uPlot.Scale {
  return {
    auto: false,
    range: () => [current().min, current().max],
    distr: spread.kind === 'log' ? 3 : spread.kind === 'symlog' ? 4 : 1,
    log: spread.base,
    ...(spread.kind === 'symlog' ? { asinh: spread.threshold } : {}),
  };
}

function timeAxis({ showAxis, zone }: PlotSpec, now: PlotNow): uPlot.Axis {
  return {
    show: showAxis,
    size: BOTTOM,
    gap: 5,
    font: axisFont(),
    stroke: resolve('var(--t3)'),
    grid: { show: false },
    ticks: { show: false },
    splits: (u) => innerTicks(u, now, zone),
    values: (_, ticks) => {
      const step = (ticks[1] ?? Infinity) - (ticks[0] ?? 0);
      return ticks.map((tick) =>
        timeLabel(tick, Number.isFinite(step) ? step : (now.toMs - now.fromMs) / 1000, zone),
      );
    },
  };
}

function valueAxis(axis: Axis, current: () => Axis, { showAxis }: PlotSpec): uPlot.Axis {
  const ink = resolve(axis.colour ?? 'var(--t3)');
  return {
    scale: axis.scale,
    side: axis.side === 'right' ? 1 : 3,
    show: showAxis && axis.show,
    size: () => axisWidth(current()),
    gap: LABEL_GAP,
    font: axisFont(),
    stroke: ink,
    ...(axis.label
      ? { label: axis.label, labelSize: LABEL_PX, labelFont: axisFont(), labelGap: 0 }
      : {}),
    grid: { show: axis.grid, stroke: resolve('var(--grid)'), width: 1 },
    ticks: { show: false },
    splits: () => [...current().ticks],
    filter: (_, splits) => splits, // uPlot would thin out the labels of a logarithmic axis once more
    values: (_, ticks) => ticks.map((tick) => axisText(tick, axis.config, current().step)),
  };
}

/** While a cross-hair is pinned, on whichever chart, none follows the pointer. */
function pinnedAt(u: uPlot): [number, number] | null {
  const { pinned, timeMs } = getCrosshair();
  return pinned && timeMs !== null ? [u.valToPos(timeMs / 1000, 'x'), 0] : null;
}

/** Labels that would stick out at either end are left away. */
function innerTicks(u: uPlot, now: PlotNow, zone: Zone): number[] {
  const width = u.bbox.width / uPlot.pxRatio;
  return timeTicks(now.fromMs / 1000, now.toMs / 1000, width, 64, zone).filter((tick) => {
    const x = u.valToPos(tick, 'x');
    return x > 6 && x < width - 14;
  });
}

/** The scale a line is measured by. */
export function scaleOfLine(line: Line, axes: readonly Axis[]): string {
  const key = axisKeyOf(line);
  return (axes.find((axis) => axis.key === key) ?? axes.at(-1))?.scale ?? 'y';
}

const FEW_POINTS = 20;

/** What uPlot is told about one line. */
export function seriesOf(line: Line, spec: PlotSpec, axes: readonly Axis[]): uPlot.Series {
  const scale = scaleOfLine(line, axes);
  const ink = inkOf(line, spec.lines.length, scale);
  const colour = resolve(line.colour);
  return {
    label: line.fullName,
    scale,
    show: !spec.hidden.has(line.fullName),
    ...ink,
    dash: line.dash ? [...line.dash] : undefined,
    cap: line.dots ? 'round' : undefined,
    paths: pathsOf(line),
    points: {
      show: showsPoints(line, spec.points),
      filter: line.style === 'line' ? lonely : undefined,
      size: line.pointSize,
      stroke: colour,
      fill: colour,
    },
    spanGaps: false,
  };
}

function showsPoints({ style, points }: Line, count: number): boolean {
  if (style !== 'line') return style === 'points';
  return points === 'always' || (points === 'auto' && count < FEW_POINTS);
}

/** A value between two holes makes no line: it is shown as a point, whatever the board says. */
const lonely: uPlot.Series.Points.Filter = (u, index, show) => {
  if (show) return null;
  const alone = lonelyRows(u.data[index] ?? []);
  return alone.length ? alone : null;
};

/** Rows whose value stands between two holes; `undefined` is no hole. */
export function lonelyRows(values: ArrayLike<number | null | undefined>): number[] {
  const alone: number[] = [];
  let broken = true;
  let candidate = -1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === undefined) continue;
    if (value === null) {
      if (candidate >= 0) alone.push(candidate);
      candidate = -1;
      broken = true;
    } else {
      candidate = broken ? row : -1;
      broken = false;
    }
  }
  return candidate >= 0 ? [...alone, candidate] : alone;
}

const MOST_BAR_PX = 40;

function pathsOf(line: Line): uPlot.Series.PathBuilder | undefined {
  const { linear, spline, stepped, bars } = uPlot.paths;
  if (line.style === 'points') return () => null;
  if (line.style === 'bars')
    return bars!({ size: [line.barShare, MOST_BAR_PX], gap: 1, align: line.barAlign });
  switch (line.join) {
    case 'smooth':
      return spline!();
    case 'stepBefore':
      return stepped!({ align: -1 });
    case 'stepAfter':
      return stepped!({ align: 1 });
    case 'linear':
      return linear!();
  }
}

/** Between a stacked line and the next one below it that is shown, and between a line and the one it names. */
export function bandsOf({ lines, hidden }: Pick<PlotSpec, 'lines' | 'hidden'>): uPlot.Band[] {
  const below = new Map<string, number>();
  return lines.flatMap((line, i): uPlot.Band[] => {
    if (hidden.has(line.fullName)) return [];
    if (line.stacked === 'none') return betweenOf(line, i, lines, hidden);
    if (line.style === 'points') return [];
    const lower = below.get(line.group);
    below.set(line.group, i + 1);
    const dir = line.group.endsWith('-') ? 1 : -1;
    return lower === undefined ? [] : [{ series: [i + 1, lower], dir }];
  });
}

function betweenOf(
  line: Line,
  index: number,
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
): uPlot.Band[] {
  const other = lines.findIndex(({ fullName }) => fullName === line.fillBelowTo);
  if (other < 0 || other === index || hidden.has(lines[other]!.fullName)) return [];
  const share = opacityOf(line, 1) || 0.2;
  return [{ series: [index + 1, other + 1], fill: () => faded(resolve(line.colour), share) }];
}

function pointOf(spec: PlotSpec, index: number): HTMLElement {
  const dot = document.createElement('div');
  const line = spec.lines[index - 1];
  dot.className = 'u-cursor-pt';
  dot.style.cssText = `width:7px;height:7px;margin:-3.5px 0 0 -3.5px;border-radius:50%;background:${line?.colour ?? ''};border:1.5px solid var(--surface)`;
  return dot;
}

/** The settings of one uPlot: what is drawn, in tokens. Knows no React. */
import uPlot from 'uplot';
import type { Tone } from '../../frames/colours';
import { toneColour } from '../../frames/colours';
import { displayText } from '../../frames/display';
import type { FieldConfig } from '../../frames/frame';
import { ticksOf, timeLabel, timeTicks, type Scale } from '../../frames/ticks';
import { getCrosshair } from '../../query';
import type { Line } from './series';
import { AXIS_PX, axisFont, faded, resolve, textWidth } from './theme';

export interface ThresholdLine {
  readonly value: number;
  readonly tone: Tone;
  readonly label: string;
  /** Tints the time above it. */
  readonly area: boolean;
}

export interface PlotSpec {
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly thresholds: readonly ThresholdLine[];
  readonly axis: FieldConfig;
  readonly points: number;
  readonly showAxis: boolean;
}

/** Read at each draw, so that new data need no new plot. */
export interface PlotNow {
  scale: Scale;
  fromMs: number;
  toMs: number;
}

const LABEL_GAP = 7;
const TOP = 8;
const RIGHT = 6;
const BOTTOM = 19;

/** How the axis writes a value: as the field does, but with no more decimals than its steps need. */
export function axisText(value: number, config: FieldConfig, step: number): string {
  const told = displayText(value, {
    unit: config.unit,
    tell: config.tell,
    decimals: decimalsFor(config, step),
  });
  return value === 0 ? told.replace(/^(0)\.0+/, '$1') : told;
}

/** As many as it takes to write the step exactly; scaled units (bytes, seconds) know themselves. */
function decimalsFor({ unit }: FieldConfig, step: number): number | undefined {
  if (unit && !/^(none|short|percent|percentunit|celsius|suffix.*)$/.test(unit)) return undefined;
  const shown = unit === 'percentunit' ? step * 100 : step;
  if (shown >= 1000) return undefined;
  return [0, 1, 2, 3].find((decimals) => isWhole(shown * 10 ** decimals)) ?? 3;
}

const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;

/** Room for the widest label, so that the axis does not move with the data. */
export function axisWidth(now: PlotNow, config: FieldConfig): number {
  const widest = Math.max(
    ...ticksOf(now.scale).map((tick) => textWidth(axisText(tick, config, now.scale.step))),
  );
  return Math.ceil(Math.max(widest, 16)) + LABEL_GAP + 2;
}

export function plotOptions(
  spec: PlotSpec,
  now: PlotNow,
  size: { width: number; height: number },
): uPlot.Options {
  const text = resolve('var(--t3)');
  return {
    ...size,
    padding: [TOP, RIGHT, 0, 0],
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
      y: { auto: false, range: () => [now.scale.min, now.scale.max] },
    },
    axes: [
      {
        show: spec.showAxis,
        size: BOTTOM,
        gap: 5,
        font: axisFont(),
        stroke: text,
        grid: { show: false },
        ticks: { show: false },
        splits: (u) => innerTicks(u, now),
        values: (_, ticks) => {
          const step = (ticks[1] ?? Infinity) - (ticks[0] ?? 0);
          return ticks.map((tick) =>
            timeLabel(tick, Number.isFinite(step) ? step : (now.toMs - now.fromMs) / 1000),
          );
        },
      },
      {
        show: spec.showAxis,
        size: () => axisWidth(now, spec.axis),
        gap: LABEL_GAP,
        font: axisFont(),
        stroke: text,
        grid: { stroke: resolve('var(--grid)'), width: 1 },
        ticks: { show: false },
        splits: () => ticksOf(now.scale),
        values: (_, ticks) => ticks.map((tick) => axisText(tick, spec.axis, now.scale.step)),
      },
    ],
    series: [{}, ...spec.lines.map((line) => seriesOf(line, spec))],
    bands: bandsOf(spec),
    hooks: { drawAxes: [(u) => drawAreas(u, spec)], draw: [(u) => drawThresholds(u, spec)] },
  };
}

/** While a cross-hair is pinned, on whichever chart, none follows the pointer. */
function pinnedAt(u: uPlot): [number, number] | null {
  const { pinned, timeMs } = getCrosshair();
  return pinned && timeMs !== null ? [u.valToPos(timeMs / 1000, 'x'), 0] : null;
}

/** Labels that would stick out at either end are left away. */
function innerTicks(u: uPlot, now: PlotNow): number[] {
  const width = u.bbox.width / uPlot.pxRatio;
  return timeTicks(now.fromMs / 1000, now.toMs / 1000, width).filter((tick) => {
    const x = u.valToPos(tick, 'x');
    return x > 6 && x < width - 14;
  });
}

function seriesOf(line: Line, spec: PlotSpec): uPlot.Series {
  const colour = resolve(line.colour);
  const many = spec.lines.length > 4 && line.stacked === 'none';
  const bars = line.style === 'bars';
  return {
    label: line.fullName,
    show: !spec.hidden.has(line.fullName),
    stroke: line.style === 'points' ? 'transparent' : colour,
    width: bars ? 0 : many ? 1.2 : 1.5,
    fill: many && !bars ? undefined : (u, i) => fillOf(u, i, line, colour),
    dash: line.dash ? [...line.dash] : undefined,
    paths: bars ? uPlot.paths.bars!({ size: [0.8, 40], gap: 1 }) : undefined,
    points: {
      show: line.style === 'points' || (!bars && spec.points < 20),
      size: 4,
      stroke: colour,
      fill: colour,
    },
    spanGaps: false,
  };
}

/** From the highest value down to the floor: 20 % falling to 2 %. What is stacked keeps one even tint. */
function fillOf(u: uPlot, index: number, line: Line, colour: string): CanvasGradient | string {
  if (line.style === 'bars') return faded(colour, 0.85);
  if (line.fill === 0) return 'transparent';
  if (line.stacked !== 'none') return faded(colour, Math.min(0.42, Math.max(0.16, line.fill)));
  const values = (u.data[index] ?? []) as (number | null | undefined)[];
  const high = values.reduce<number>(
    (most, value) => Math.max(most, value ?? -Infinity),
    -Infinity,
  );
  const top = u.valToPos(Number.isFinite(high) ? high : 0, 'y', true);
  const floor = u.valToPos(Math.max(0, u.scales['y']!.min ?? 0), 'y', true);
  if (!Number.isFinite(top) || !Number.isFinite(floor)) return faded(colour, 0.1);
  const gradient = u.ctx.createLinearGradient(
    0,
    Math.min(top, floor),
    0,
    Math.max(top, floor, top + 1),
  );
  gradient.addColorStop(0, faded(colour, Math.min(0.3, line.fill)));
  gradient.addColorStop(1, faded(colour, 0.02));
  return gradient;
}

/** Between a stacked line and the next one below it that is shown. */
function bandsOf({ lines, hidden }: PlotSpec): uPlot.Band[] {
  const below = new Map<string, number>();
  return lines.flatMap((line, i): uPlot.Band[] => {
    if (line.stacked === 'none' || line.style !== 'line' || hidden.has(line.fullName)) return [];
    const lower = below.get(line.group);
    below.set(line.group, i + 1);
    return lower === undefined ? [] : [{ series: [i + 1, lower] }];
  });
}

function pointOf(spec: PlotSpec, index: number): HTMLElement {
  const dot = document.createElement('div');
  const line = spec.lines[index - 1];
  dot.className = 'u-cursor-pt';
  dot.style.cssText = `width:7px;height:7px;margin:-3.5px 0 0 -3.5px;border-radius:50%;background:${line?.colour ?? ''};border:1.5px solid var(--surface)`;
  return dot;
}

function drawAreas(u: uPlot, spec: PlotSpec): void {
  const { ctx } = u;
  const { left, top, width } = u.bbox;
  for (const { value, tone, area } of spec.thresholds) {
    const y = u.valToPos(value, 'y', true);
    if (!area || y <= top) continue;
    ctx.fillStyle = faded(resolve(toneColour(tone)), 0.06);
    ctx.fillRect(left, top, width, y - top);
  }
}

function drawThresholds(u: uPlot, spec: PlotSpec): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  const px = uPlot.pxRatio;
  ctx.save();
  for (const { value, tone, label } of spec.thresholds) {
    const y = Math.round(u.valToPos(value, 'y', true)) + 0.5 * (px % 2);
    if (y < top - 1 || y > top + height + 1) continue;
    ctx.strokeStyle = resolve(
      tone === 'crit' ? 'var(--crit)' : tone === 'warn' ? 'var(--warn-fill)' : 'var(--t3)',
    );
    ctx.lineWidth = px;
    ctx.setLineDash([4 * px, 3 * px]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.setLineDash([]);
    drawLabel(ctx, label, left + 6 * px, Math.max(y - 5 * px, top + 10 * px), px, tone);
  }
  ctx.restore();
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  px: number,
  tone: Tone,
): void {
  ctx.font = axisFont().replace(`${AXIS_PX}px`, `${AXIS_PX * px}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * px;
  ctx.strokeStyle = resolve('var(--surface)');
  ctx.strokeText(label, x, y);
  ctx.fillStyle = resolve(
    tone === 'crit' ? 'var(--crit)' : tone === 'warn' ? 'var(--warn)' : 'var(--t2)',
  );
  ctx.fillText(label, x, y);
}

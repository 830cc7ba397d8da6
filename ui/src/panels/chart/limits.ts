/** Thresholds on a chart: dashed or solid lines with their words, or tinted bands. */
import uPlot from 'uplot';
import { toneColour, type Tone } from '../../frames/colours';
import { displayText, thresholdLines } from '../../frames/display';
import { axisKey, type Axis } from './axes';
import type { Line } from './series';
import { AXIS_PX, axisFont, faded, resolve } from './theme';

export interface ThresholdLine {
  readonly value: number;
  readonly tone: Tone;
  readonly label: string;
  /** Tints the values from this one up to the next threshold. */
  readonly area: boolean;
  /** False where the board wants the band alone. */
  readonly line: boolean;
  readonly dashed: boolean;
  /** The key of the axis it stands on; the first where nothing is said. */
  readonly axis?: string;
}

/** Those of the first line on each axis, as its `thresholdsStyle` asks. `words` stand before the value. */
export function limitsOf(lines: readonly Line[], words = 'limit'): ThresholdLine[] {
  const seen = new Set<string>();
  return lines.flatMap(({ config }) => {
    const axis = axisKey(config);
    const mode = modeOf(config.custom);
    if (seen.has(axis) || mode === 'off' || mode === 'series') return [];
    seen.add(axis);
    return thresholdLines(config).map(({ value, tone }): ThresholdLine => ({
      value,
      tone,
      axis,
      label: `${words} ${displayText(value, { unit: config.unit, tell: config.tell, decimals: config.decimals })}`,
      area: mode.includes('area'),
      line: mode !== 'area',
      dashed: mode.startsWith('dashed'),
    }));
  });
}

const modeOf = (custom: Readonly<Record<string, unknown>> | undefined): string =>
  (custom?.['thresholdsStyle'] as { mode?: string } | undefined)?.mode ?? 'off';

/** Healthy bands stay without a tint: colour is for what is wrong. */
const isJudging = (tone: Tone) => tone === 'warn' || tone === 'crit' || tone === 'maint';

export function drawBands(u: uPlot, limits: readonly ThresholdLine[], axes: readonly Axis[]): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  const floor = top + height;
  for (const axis of axes) {
    const own = limits
      .filter((limit) => limit.area && axisFor(limit, axes) === axis)
      .sort((a, b) => a.value - b.value);
    own.forEach(({ value, tone }, i) => {
      if (!isJudging(tone)) return;
      const next = own[i + 1];
      const low = Math.min(floor, u.valToPos(value, axis.scale, true));
      const high = next ? Math.max(top, u.valToPos(next.value, axis.scale, true)) : top;
      if (!(low > high)) return;
      ctx.fillStyle = faded(resolve(toneColour(tone)), 0.08);
      ctx.fillRect(left, high, width, low - high);
    });
  }
}

const axisFor = ({ axis: key }: ThresholdLine, axes: readonly Axis[]): Axis | undefined =>
  axes.find((axis) => axis.key === key) ?? axes[0];

export function drawLimits(
  u: uPlot,
  limits: readonly ThresholdLine[],
  axes: readonly Axis[],
): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  const px = uPlot.pxRatio;
  ctx.save();
  for (const limit of limits) {
    const { value, tone, label, line, dashed } = limit;
    const axis = axisFor(limit, axes);
    if (!line || !axis) continue;
    const y = Math.round(u.valToPos(value, axis.scale, true)) + 0.5 * (px % 2);
    if (!(y >= top - 1 && y <= top + height + 1)) continue;
    ctx.strokeStyle = resolve(
      tone === 'crit' ? 'var(--crit)' : tone === 'warn' ? 'var(--warn-fill)' : 'var(--t3)',
    );
    ctx.lineWidth = px;
    ctx.setLineDash(dashed ? [4 * px, 3 * px] : []);
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

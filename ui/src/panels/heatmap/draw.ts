/** Puts a heat map on a canvas: cells, row names, the value now, the times below. Knows no React. */
import { stepOf, thresholdLines } from '../../frames/display';
import { toneOf } from '../../frames/colours';
import type { FieldConfig } from '../../frames/frame';
import type { Heat } from '../../frames/heat';
import type { HeatOptions } from './heatOptions';
import { timeLabel, timeTicks, type Zone } from '../../frames/ticks';
import { axisFont, faded, resolve, textWidth } from '../chart/theme';

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
}

const AXIS = 19;
const GAP = 7;
const LABEL_PX = 14;
const VALUE_PX = 10.5;
const TALLEST_ROW = 128; // two cores fill their panel; one is a band at its top

/**
 * Where the cells lie, with room for the widest name at the left and the widest value at the right. Few
 * rows are high ones.
 */
export function placeOf(
  heat: Heat,
  values: readonly string[],
  width: number,
  height: number,
): Place {
  const names = Math.min(width * 0.3, Math.max(0, ...heat.rows.map(({ name }) => textWidth(name))));
  const now = Math.max(0, ...values.map(textWidth)) * 1.06;
  const left = Math.ceil(names) + (names ? GAP + 1 : 0);
  const inner = Math.max(10, width - left - (now ? Math.ceil(now) + GAP : 4));
  const tall = Math.max(10, height - AXIS - 2);
  const rowHeight = Math.min(TALLEST_ROW, tall / Math.max(heat.rows.length, 1));
  const used = rowHeight * heat.rows.length;
  return { left, top: 2, width: inner, height: used, rowHeight };
}

/** Every nth row has its name where rows are lower than a line of text. */
export const labelEvery = (rowHeight: number): number =>
  Math.max(1, Math.ceil(LABEL_PX / rowHeight));

export interface HeatLook {
  readonly low: number;
  readonly high: number;
  /** The colour of a value in today's theme; null where nothing is drawn. */
  readonly colour: (value: number) => string | null;
  /** From few to many, for the key beside the title. */
  readonly run: readonly string[];
}

const SHADES = 48;

/** Colours rise s0 to s6. With a limit, s1 to s4 lie below it, and amber and red above: one look finds it. */
export function lookOf(heat: Heat, options?: HeatOptions): HeatLook {
  const config = heat.rows[0]?.field.config ?? {};
  const [least, most] = spanOf(heat, config);
  const [low, high] = [options?.low ?? least, options?.high ?? most];
  if (options?.run) return byRun(heat, options, options.run, low, high);
  const knee = thresholdLines(config).filter(({ tone }) => tone === 'warn' || tone === 'crit');
  const run = knee.length && !heat.buckets ? SEQUENCE.slice(1, 5) : SEQUENCE;
  const shades = ramp(run);
  const end = knee.length && !heat.buckets ? Math.min(...knee.map(({ value }) => value)) : high;
  const colour = (value: number) => {
    if (isHidden(heat, value, options)) return null;
    if (knee.length && !heat.buckets) {
      const tone = toneOf(stepOf(value, config)?.color);
      if (tone === 'warn' || tone === 'crit')
        return resolve(tone === 'warn' ? 'var(--warn-fill)' : 'var(--crit)');
    }
    const share = Math.max(0, Math.min(1, (value - low) / (end - low || 1)));
    return shades[Math.round(shadeOf(share, heat.buckets, options?.exponent) * (SHADES - 1))]!;
  };
  return { low, high, colour, run: SEQUENCE };
}

const SEQUENCE = [0, 1, 2, 3, 4, 5, 6].map((i) => `var(--s${i})`);

/** The board's own scheme. */
function byRun(
  heat: Heat,
  options: HeatOptions,
  run: readonly string[],
  low: number,
  high: number,
): HeatLook {
  const shades = ramp(run);
  const last = options.steps - 1;
  const colour = (value: number) => {
    if (isHidden(heat, value, options)) return null;
    const share = Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
    const bent = share ** (options.exponent ?? (heat.buckets ? 0.5 : 1));
    return shades[Math.round((Math.round(bent * last) / last) * (SHADES - 1))]!;
  };
  return { low, high, colour, run };
}

/** An empty bucket is no cell, nor is what the board hides. */
const isHidden = ({ buckets }: Heat, value: number, options?: HeatOptions) =>
  (buckets && value === 0) ||
  (buckets && options?.hideUpTo !== undefined && value <= options.hideUpTo) ||
  (options?.hideFrom !== undefined && value >= options.hideFrom);

/** Counts in buckets differ by magnitudes: their root is shown, so that the few are seen beside the many. */
const shadeOf = (share: number, buckets: boolean, exponent = buckets ? 0.5 : 1) =>
  buckets ? 0.14 + 0.86 * share ** exponent : 0.06 + 0.94 * share ** exponent;

function spanOf(heat: Heat, config: FieldConfig): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of heat.rows) {
    for (const value of values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const top =
    config.max ?? (config.unit === 'percent' ? 100 : config.unit === 'percentunit' ? 1 : high);
  return [config.min ?? Math.min(0, low), Number.isFinite(top) ? top : 1];
}

function ramp(names: readonly string[]): string[] {
  const stops = names.map(resolve);
  return Array.from({ length: SHADES }, (_, i) => {
    const at = (i / (SHADES - 1)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    return `color-mix(in oklab, ${stops[k + 1]} ${Math.round((at - k) * 100)}%, ${stops[k]})`;
  });
}

export interface Drawing {
  readonly heat: Heat;
  readonly values: readonly string[];
  readonly place: Place;
  readonly look: HeatLook;
  readonly fromMs: number;
  readonly toMs: number;
  /** Between cells, in pixels; undefined for the house's. */
  readonly gap?: number;
  readonly zone?: Zone;
}

export function draw(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  drawing: Drawing,
): void {
  const px = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * px);
  canvas.height = Math.round(height * px);
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  ctx.scale(px, px);
  drawCells(ctx, drawing);
  ctx.font = axisFont();
  ctx.textBaseline = 'middle';
  drawNames(ctx, drawing);
  drawTimes(ctx, drawing);
}

export const xOf = ({ place, fromMs, toMs }: Drawing, timeMs: number): number =>
  place.left + ((timeMs - fromMs) / (toMs - fromMs)) * place.width;

function drawCells(ctx: CanvasRenderingContext2D, drawing: Drawing): void {
  const { heat, place, look } = drawing;
  const house = place.rowHeight > 8 ? 2 : place.rowHeight > 4 ? 1 : 0;
  const gap = Math.min(drawing.gap ?? house, Math.floor(place.rowHeight / 3));
  const hatch = hatchOf(ctx);
  ctx.save();
  ctx.beginPath();
  ctx.rect(place.left, place.top, place.width, place.height);
  ctx.clip();
  heat.rows.forEach(({ values }, row) => {
    const y = Math.round(place.top + row * place.rowHeight);
    const tall = Math.max(1, Math.round(place.top + (row + 1) * place.rowHeight) - y - gap);
    values.forEach((value, column) => {
      const at = heat.times[column]!;
      const x = Math.floor(xOf(drawing, at - heat.stepMs)); // a point tells of the step that ends at it
      const wide = Math.ceil(xOf(drawing, at)) - x;
      const colour =
        value === null || Number.isNaN(value) ? (heat.buckets ? null : hatch) : look.colour(value);
      if (colour === null) return;
      ctx.fillStyle = colour;
      ctx.fillRect(x, y, wide, tall);
    });
  });
  ctx.restore();
}

function hatchOf(ctx: CanvasRenderingContext2D): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const pen = tile.getContext('2d');
  if (!pen) return 'transparent';
  pen.strokeStyle = faded(resolve('var(--t3)'), 0.35);
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, 'repeat') ?? 'transparent';
}

function drawNames(ctx: CanvasRenderingContext2D, { heat, values, place }: Drawing): void {
  const every = labelEvery(place.rowHeight);
  const quiet = resolve('var(--t3)');
  const loud = resolve('var(--t1)');
  const strong = strongRows(heat);
  heat.rows.forEach(({ name }, row) => {
    const y = place.top + (row + 0.5) * place.rowHeight - 0.5;
    ctx.fillStyle = quiet;
    ctx.textAlign = 'right';
    if (row % every === 0) ctx.fillText(name, place.left - GAP, y, Math.max(10, place.left - GAP));
    if (values[row] === undefined || place.rowHeight < VALUE_PX) return;
    const isStrong = strong.has(row);
    ctx.fillStyle = isStrong ? loud : quiet;
    ctx.font = isStrong ? `600 ${axisFont()}` : axisFont();
    ctx.textAlign = 'left';
    ctx.fillText(values[row], place.left + place.width + GAP, y);
    ctx.font = axisFont();
  });
}

/** Rows whose last value is well above the others' stand out. */
function strongRows(heat: Heat): Set<number> {
  const last = heat.rows.map(({ values }) => values.findLast((value) => value !== null) || 0);
  const mean = last.reduce((a, b) => a + b, 0) / Math.max(last.length, 1);
  return new Set(last.flatMap((value, row) => (value > 1.5 * mean ? [row] : [])));
}

function drawTimes(ctx: CanvasRenderingContext2D, drawing: Drawing): void {
  const { place, fromMs, toMs, zone } = drawing;
  const ticks = timeTicks(fromMs / 1000, toMs / 1000, place.width, 64, zone);
  const step = (ticks[1] ?? Infinity) - (ticks[0] ?? 0);
  ctx.fillStyle = resolve('var(--t3)');
  ctx.textAlign = 'center';
  for (const tick of ticks) {
    const x = xOf(drawing, tick * 1000);
    if (x < place.left + 6 || x > place.left + place.width - 12) continue;
    ctx.fillText(
      timeLabel(tick, Number.isFinite(step) ? step : (toMs - fromMs) / 1000, zone),
      x,
      place.top + place.height + 10,
    );
  }
}

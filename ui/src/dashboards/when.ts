/** Over which time a panel asks, and in which steps: the page's range, its own, or one in the past. */
import { durationText, parseDuration, resolveMoment, stepFor } from '../query';
import { fillText, type Values } from './interpolate';
import type { Panel, Target } from './model';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** False where both ends stand still: then no panel has a range of its own. */
  readonly relative?: boolean;
}

/** The panel's own range, where it has one. */
export function spanOf(panel: Panel, values: Values, range: Span): Span {
  const from = fillText(panel.timeFrom ?? '', values).trim();
  const shift = parseDuration(shiftText(panel, values)) ?? 0;
  const own = from && range.relative !== false ? momentFrom(from, range.toMs) : undefined;
  return {
    ...range,
    fromMs: (own ?? range.fromMs) - shift,
    toMs: range.toMs - shift,
  };
}

const shiftText = (panel: Panel, values: Values): string =>
  fillText(panel.timeShift ?? '', values)
    .trim()
    .replace(/^-/, '');

/** "24h", "now-24h", "now/d". */
function momentFrom(text: string, nowMs: number): number | undefined {
  const moment = /^now/.test(text)
    ? resolveMoment(text, nowMs)
    : resolveMoment(`now-${text}`, nowMs);
  return moment !== undefined && moment < nowMs ? moment : undefined;
}

/** What to say of it in the panel's head: "last 24h, 1d ago". */
export function spanWords(panel: Panel, values: Values, range: Span): string {
  if (panel.hideTimeOverride) return '';
  const span = spanOf(panel, values, range);
  const own = panel.timeFrom !== undefined && span.toMs - span.fromMs !== range.toMs - range.fromMs;
  const shift = shiftText(panel, values);
  return [
    own && `last ${durationText(Math.round((span.toMs - span.fromMs) / 1000) * 1000)}`,
    span.toMs !== range.toMs && `${shift} ago`,
  ]
    .filter(Boolean)
    .join(', ');
}

const SCRAPE_MS = 15_000;
const SECOND_MS = 1_000;
const SPARK_POINTS = 120;
const HEAT_CELL_PX = 6;
const STATUS_CELL_PX = 12;
/** `stepFor` takes no fewer. */
const LEAST_POINTS = 50;

/** The panel's step: a point for each pixel at most, or as few as the board wants, never below its least. */
export function stepOf(panel: Panel, values: Values, span: Span, width: number): number {
  const room =
    { stat: SPARK_POINTS, heatmap: width / HEAT_CELL_PX, 'status-history': width / STATUS_CELL_PX }[
      panel.type
    ] ?? width;
  const points = Math.max(1, Math.min(room, panel.maxDataPoints ?? room));
  const lengthMs = span.toMs - span.fromMs;
  const factor = Math.max(1, ...panel.targets.map(({ intervalFactor }) => intervalFactor));
  const least = leastStep(panel, values);
  return points < LEAST_POINTS
    ? stepFor((lengthMs * LEAST_POINTS) / points, LEAST_POINTS, least)
    : stepFor(lengthMs, points / factor, least);
}

function leastStep(panel: Panel, values: Values): number {
  const wanted = [panel.minStep, ...panel.targets.map(({ minStep }) => minStep)];
  const known = wanted.flatMap(
    (text) => parseDuration(fillText(text ?? '', values).replace(/^>/, '')) ?? [],
  );
  return known.length ? Math.max(SECOND_MS, ...known) : SCRAPE_MS;
}

/** Over the steps of the range, at its end, or both. */
export interface Asking {
  readonly steps: boolean;
  readonly now: boolean;
}

/** Transformations that work on series with their times, not on the rows of a table. */
const OF_SERIES = new Set(
  `timeSeriesTable reduce labelsToFields joinByField seriesToColumns seriesToRows merge concatenate
  prepareTimeSeries joinByLabels groupToNestedTables`.split(/\s+/),
);

export const worksOnSeries = (panel: Panel): boolean =>
  panel.transformations.some(({ id, disabled }) => !disabled && OF_SERIES.has(id));

/**
 * When a target is asked. As its flags say; but the number of a stat is of now, its line of the range,
 * and a table of series without more shows what is now.
 */
export function whenAsked(panel: Panel, present: boolean, target: Target, aside: boolean): Asking {
  const { instant, range, format } = target;
  if (instant && !range) return { steps: false, now: true };
  if (format === 'table') return { steps: !instant, now: instant };
  if (panel.type === 'table')
    return worksOnSeries(panel) ? { steps: true, now: false } : { steps: false, now: true };
  if (!present) return { steps: true, now: false };
  const reduce = (panel.options['reduceOptions'] ?? {}) as { calcs?: string[]; values?: boolean };
  if (reduce.values === true || panel.transformations.length) return { steps: true, now: false };
  const last = (reduce.calcs?.[0] ?? 'lastNotNull').startsWith('last');
  const spark = panel.type === 'stat' && panel.options['graphMode'] !== 'none' && !aside;
  return { steps: spark || !last, now: last };
}

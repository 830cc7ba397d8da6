/** What a panel asks, and what comes of the answers. Pure, but for the fetches it is handed. */
import type { Answer, InstantSample, RangeAsk, RangeSeries } from '../api/prometheus';
import type { Frame } from '../frames/frame';
import { numbersOf, rowsOf, timeOf } from '../frames/frame';
import { instantFrames, seriesFrames, tableFrame } from '../frames/fromPrometheus';
import { applyConfig } from '../frames/overrides';
import { transform } from '../frames/transform';
import type { PanelKind } from '../panels';
import { queriesIn } from '../panels/values';
import { alignToStep, parseDuration, stepFor } from '../query';
import { fillQuery, fillText, single, timeValues, type Values } from './interpolate';
import type { Panel, Target } from './model';

/** One target, ready to be sent. */
export interface Question {
  readonly target: Target;
  readonly expr: string;
  readonly legend?: string;
  readonly range?: RangeAsk;
  readonly atMs?: number;
}
export interface Plan {
  readonly questions: readonly Question[];
  readonly stepMs: number;
}

const SPARK_POINTS = 120;
const HEAT_CELL_PX = 6;
const STATUS_CELL_PX = 12;
const SCRAPE_MS = 15_000;

/** Which questions a panel of this width asks for this range. */
export function planOf(
  panel: Panel,
  kind: PanelKind,
  values: Values,
  range: { fromMs: number; toMs: number },
  width: number,
): Plan {
  const least = leastStep(panel, values);
  const points =
    { stat: SPARK_POINTS, heatmap: width / HEAT_CELL_PX, 'status-history': width / STATUS_CELL_PX }[
      panel.type
    ] ?? width;
  const stepMs = stepFor(range.toMs - range.fromMs, points, least);
  const all = { ...values, ...timeValues(range, stepMs), ...scopedOf(panel) };
  const asked = panel.targets.filter(({ kind, hidden }) => kind === 'prometheus' && !hidden);
  const questions = asked.map((target): Question => {
    const expr = fillQuery(target.expr, all);
    const legend = target.legend && fillText(target.legend, all);
    const { steps, now } = whenAsked(panel, kind, target);
    return {
      target,
      expr,
      legend,
      range: steps ? { expr, ...alignToStep(range.fromMs, range.toMs, stepMs) } : undefined,
      atMs: now ? range.toMs : undefined,
    };
  });
  return { questions, stepMs };
}

export const scopedOf = (panel: Panel): Values =>
  Object.fromEntries(
    Object.entries(panel.scoped ?? {}).map(([name, value]) => [name, single(value)]),
  );

function leastStep(panel: Panel, values: Values): number {
  const texts = [panel.minStep, ...panel.targets.map(({ minStep }) => minStep)];
  const known = texts.flatMap(
    (text) => parseDuration(fillText(text ?? '', values).replace(/^>/, '')) ?? [],
  );
  return Math.max(SCRAPE_MS, ...known);
}

/** Over the steps of the range, at its end, or both: a stat's number is of now, its spark line of the range. */
function whenAsked(
  panel: Panel,
  kind: PanelKind,
  target: Target,
): { steps: boolean; now: boolean } {
  const calcs = (panel.options['reduceOptions'] as { calcs?: string[] } | undefined)?.calcs;
  const last = (calcs?.[0] ?? 'lastNotNull').startsWith('last');
  if ((target.instant && !target.range) || target.format === 'table' || panel.type === 'table')
    return { steps: false, now: true };
  if (!kind.present) return { steps: true, now: false };
  const aside = queriesIn(panel.oriel.context ?? '').has(target.refId);
  const spark = panel.type === 'stat' && panel.options['graphMode'] !== 'none' && !aside;
  return { steps: spark || !last, now: last };
}

export interface Sources {
  readonly range: (ask: RangeAsk) => Promise<Answer<RangeSeries[]>>;
  readonly instant: (expr: string, atMs: number) => Promise<Answer<InstantSample[]>>;
}

export interface PanelData {
  readonly frames: readonly Frame[];
  readonly warnings: readonly string[];
  readonly questions: readonly Question[];
  readonly stepMs: number;
  /** Time of the newest point; null where there is none. */
  readonly lastMs: number | null;
}

/** Asks all questions of a plan and makes frames of the answers. */
export async function fetchPanel(panel: Panel, plan: Plan, sources: Sources): Promise<PanelData> {
  const answered = await Promise.all(
    plan.questions.map((question) => fetchQuestion(question, panel, sources)),
  );
  const { frames, unknown, refused } = await transform(
    answered.flatMap((one) => one.frames),
    panel.transformations,
  );
  const warnings = answered.flatMap((one) => one.warnings);
  warnings.push(...refused);
  if (unknown.length)
    warnings.push(`Not applied, since this build does not know it: ${unknown.join(', ')}`);
  return {
    frames: applyConfig(frames, panel.fieldConfig),
    warnings: [...new Set(warnings)],
    questions: plan.questions,
    stepMs: plan.stepMs,
    lastMs: newest(frames),
  };
}

async function fetchQuestion(
  { target, expr, legend, range, atMs }: Question,
  panel: Panel,
  sources: Sources,
): Promise<{ frames: Frame[]; warnings: string[] }> {
  const asked = { refId: target.refId, expr, legend };
  const [steps, now] = await Promise.all([
    range && sources.range(range),
    atMs === undefined ? undefined : sources.instant(expr, atMs),
  ]);
  const warnings = [...(steps?.warnings ?? []), ...(now?.warnings ?? [])];
  if (target.format === 'table' || (panel.type === 'table' && now)) {
    return { frames: now ? [tableFrame(now.data, asked)] : [], warnings };
  }
  const series = steps ? seriesFrames(steps.data, asked) : [];
  return { frames: now ? withNow(series, instantFrames(now.data, asked)) : series, warnings };
}

/** Puts the value of now behind each series; one that has none now ends with a hole, for it is gone. */
export function withNow(series: readonly Frame[], now: readonly Frame[]): Frame[] {
  if (series.length === 0) return [...now];
  const key = (frame: Frame) =>
    JSON.stringify(Object.entries(numbersOf(frame)[0]?.labels ?? {}).sort());
  const rest = new Map(now.map((frame) => [key(frame), frame]));
  const joined = series.map((frame) => {
    const last = rest.get(key(frame));
    rest.delete(key(frame));
    return last ? append(frame, last) : frame;
  });
  return [...joined, ...rest.values()];
}

function append(frame: Frame, last: Frame): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field, i) => ({
      ...field,
      values: [...field.values, ...(last.fields[i]?.values ?? [])],
    })) as Frame['fields'],
  };
}

function newest(frames: readonly Frame[]): number | null {
  return frames.reduce<number | null>((most, frame) => {
    const last = timeOf(frame)?.values.findLast((time) => time !== null) ?? null;
    return last !== null && (most === null || last > most) ? last : most;
  }, null);
}

/** True where no query of the panel's own has an answer; what only feeds the context line is not its own. */
export function isEmpty({ frames }: PanelData, { oriel }: Panel): boolean {
  const aside = queriesIn(oriel.context ?? '');
  return frames.every((frame) => aside.has(frame.refId) || rowsOf(frame) === 0);
}

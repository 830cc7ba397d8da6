/** What a panel asks, and what comes of the answers. Pure, but for the fetches it is handed. */
import type { Answer, InstantSample, RangeAsk, RangeSeries } from '../api/prometheus';
import { evaluate } from '../frames/expressions';
import type { Frame } from '../frames/frame';
import { rowsOf, timeOf } from '../frames/frame';
import { applyConfig, unknownMatchers } from '../frames/overrides';
import { transform } from '../frames/transform';
import type { PanelKind } from '../panels';
import { queriesIn } from '../panels/values';
import { alignToStep } from '../query';
import { framesOf } from './answer';

import { matchersOf } from './filters';
import { fillQuery, fillText, scopedOf, timeValues, type Values } from './interpolate';
import type { Filter, Panel, Target } from './model';
import { withMatchers } from './promql';
import { spanOf, stepOf, whenAsked, type Span } from './when';

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
  /** The panel's own range, where it has one; else the page's. */
  readonly span: Span;
  /** Targets with their variables filled in, of all kinds. */
  readonly targets: readonly Target[];
}

/** Which questions a panel of this width asks for this range. */
export function planOf(
  panel: Panel,
  kind: PanelKind,
  values: Values,
  range: Span,
  width: number,
  filters: readonly Filter[] = [],
): Plan {
  const own = { ...values, ...scopedOf(panel, values) };
  const span = spanOf(panel, own, range);
  const stepMs = stepOf(panel, own, span, width);
  const all = { ...own, ...timeValues(span, stepMs) };
  const asked = panel.targets.filter(({ kind }) => kind === 'prometheus');
  const aside = queriesIn(panel.oriel.context ?? '');
  const matchers = matchersOf(filters);
  const questions = asked.map((target): Question => {
    const expr = withMatchers(fillQuery(target.expr, all), matchers);
    const legend = target.legend && fillText(target.legend, all);
    const { steps, now } = whenAsked(panel, kind.present === true, target, aside.has(target.refId));
    return {
      target,
      expr,
      legend,
      range: steps ? { expr, ...alignToStep(span.fromMs, span.toMs, stepMs) } : undefined,
      atMs: now ? span.toMs : undefined,
    };
  });
  const targets = panel.targets.map((target) => withValues(target, all));
  return { questions, stepMs, span, targets };
}

function withValues(target: Target, values: Values): Target {
  if (!target.expression) return target;
  const { expression } = target;
  // `$A` is a query, not a variable, unless the board has one of that name.
  return {
    ...target,
    expression: {
      ...expression,
      expression: fillText(expression.expression, values),
      window: expression.window && fillText(expression.window, values),
    },
  };
}

export interface Sources {
  readonly range: (ask: RangeAsk) => Promise<Answer<RangeSeries[]>>;
  readonly instant: (expr: string, atMs: number) => Promise<Answer<InstantSample[]>>;
  /** What another panel of the board shows, before it transforms it. */
  readonly panel?: (id: number) => Promise<readonly Frame[]>;
}

export interface PanelData {
  readonly frames: readonly Frame[];
  readonly warnings: readonly string[];
  readonly questions: readonly Question[];
  readonly stepMs: number;
  readonly span: Span;
  /** Time of the newest point; null where there is none. */
  readonly lastMs: number | null;
}

/** What one target came to. */
interface Answered {
  readonly target: Target;
  readonly frames: readonly Frame[];
  readonly warnings: readonly string[];
}

/** Asks all questions of a plan and makes frames of the answers. */
export async function fetchPanel(panel: Panel, plan: Plan, sources: Sources): Promise<PanelData> {
  const { frames: asked, warnings: said } = await fetchFrames(panel, plan, sources);
  const { frames, unknown, refused } = await transform(asked, panel.transformations);
  const warnings = [...said, ...notesOf(panel), ...refused, ...unknownMatchers(panel.fieldConfig)];
  if (unknown.length)
    warnings.push(`Not applied, since this build does not know it: ${unknown.join(', ')}`);
  return {
    frames: applyConfig(frames, panel.fieldConfig),
    warnings: [...new Set(warnings)],
    questions: plan.questions,
    stepMs: plan.stepMs,
    span: plan.span,
    lastMs: newest(frames),
  };
}

const notesOf = ({ notes }: Panel): string[] =>
  notes.length ? [`Left out of this old panel: ${notes.join('; ')}`] : [];

/** The answers of all targets that are shown, in their order, before any transformation. */
export async function fetchFrames(
  panel: Panel,
  plan: Plan,
  sources: Sources,
): Promise<{ frames: Frame[]; warnings: string[] }> {
  const settled = await Promise.allSettled([
    ...plan.questions.map((question) => fetchQuestion(question, panel, plan, sources)),
    ...plan.targets.flatMap((target) => fetchOther(target, sources)),
  ]);
  const answered = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  const ended = failed.find(({ name }) => name === 'AbortError');
  if (ended ?? (failed.length && answered.length === 0)) throw ended ?? failed[0]!;
  const byRefId = new Map(answered.map(({ target, frames }) => [target.refId, frames]));
  const computed = evaluate(plan.targets, byRefId);
  const shown = plan.targets.filter(({ hidden }) => !hidden);
  return {
    frames: shown.flatMap(({ refId }): readonly Frame[] => {
      return computed.frames.get(refId) ?? byRefId.get(refId) ?? [];
    }),
    warnings: [
      ...failed.map(({ message }) => `Not answered: ${message}`),
      ...answered.flatMap(({ warnings }) => warnings),
      ...computed.problems,
      ...missingSources(plan.targets),
    ],
  };
}

async function fetchQuestion(
  question: Question,
  panel: Panel,
  plan: Plan,
  sources: Sources,
): Promise<Answered> {
  const { range, atMs, expr, target } = question;
  const [steps, now] = await Promise.all([
    range && sources.range(range),
    atMs === undefined ? undefined : sources.instant(expr, atMs),
  ]);
  return {
    target,
    frames: framesOf(panel, question, plan, steps?.data, now?.data),
    warnings: [...(steps?.warnings ?? []), ...(now?.warnings ?? [])],
  };
}

/** What another panel shows, under this target's letter. */
function fetchOther(target: Target, sources: Sources): Promise<Answered>[] {
  if (target.kind !== 'panel' || target.panelId === undefined || !sources.panel) return [];
  const { refId } = target;
  return [
    sources.panel(target.panelId).then((frames) => ({
      target,
      frames: frames.map((frame) => ({ ...frame, refId })),
      warnings: [],
    })),
  ];
}

/** Sources that a panel asks besides those Oriel has. */
const missingSources = (targets: readonly Target[]): string[] => {
  const names = [...new Set(targets.filter(isElsewhere).map(({ source }) => source.name))];
  return names.length && names.length < targets.length
    ? [`Also asks ${names.join(' and ')}, which Oriel does not have`]
    : [];
};

const isElsewhere = ({ kind, hidden }: Target): boolean =>
  !hidden && (kind === 'loki' || kind === 'tempo' || kind === 'other');

/** The sources a panel cannot do without; empty where Oriel can answer anything of it. */
export function wantedBy({ targets }: Panel): readonly Target['source'][] {
  const shown = targets.filter(({ hidden }) => !hidden);
  if (shown.length === 0 || !shown.every(isElsewhere)) return [];
  return [...new Map(shown.map(({ source }) => [source.name, source])).values()];
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

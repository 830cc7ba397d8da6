/** What a panel asks: its targets, each with who answers it. */
import type { Expression } from '../../frames/expressions';
import type { Source, Target } from '../model';
import { isObject, list, number, object, text, whole, type Json } from './json';
import { PROMETHEUS, type Sources } from './sources';

/** The targets that ask something. Hidden ones stay where an expression may need them. */
export function readTargets(panel: Json, sources: Sources): Target[] {
  const all = list(panel['targets']).map((raw, index) => readTarget(raw, index, panel, sources));
  const feeds = all.some(({ kind, hidden }) => kind === 'expression' && !hidden);
  return withOwnRefIds(all.filter((one) => asksSomething(one) && (!one.hidden || feeds)));
}

const asksSomething = ({ kind, expr, expression, panelId }: Target): boolean =>
  kind === 'prometheus' || kind === 'loki'
    ? expr.trim() !== ''
    : kind === 'expression'
      ? expression !== undefined
      : kind !== 'panel' || panelId !== undefined;

/** Two targets may share a letter: the later one gets a free one, so that neither answer is lost. */
function withOwnRefIds(targets: readonly Target[]): Target[] {
  const taken = new Set<string>();
  const all = new Set(targets.map(({ refId }) => refId));
  return targets.map((target) => {
    let { refId } = target;
    for (let i = 0; taken.has(refId); i++) {
      const next = letters(i);
      if (!all.has(next)) refId = next;
    }
    taken.add(refId);
    return refId === target.refId ? target : { ...target, refId };
  });
}

/** A, B... Z, A1, B1... */
const letters = (index: number): string =>
  String.fromCharCode(65 + (index % 26)) + (index < 26 ? '' : String(Math.floor(index / 26)));

/** The source of a panel as a whole; of a mixed one, that of its first target. */
export function sourceOf(panel: Json, sources: Sources): Source {
  const reference = panel['datasource'];
  const own = sources.isMixed(reference) ? undefined : sources.of(reference);
  const first = list(panel['targets']).find((target) => sources.of(target['datasource']));
  return own ?? (first ? sources.of(first['datasource']) : undefined) ?? PROMETHEUS;
}

/** A panel's source holds for all its targets, but for expressions and where the panel is mixed. */
function targetSource(raw: Json, panel: Json, sources: Sources): Source {
  const own = sources.of(raw['datasource']);
  const shared = sources.isMixed(panel['datasource']) ? undefined : sources.of(panel['datasource']);
  return own?.kind === 'expression' ? own : (shared ?? own ?? PROMETHEUS);
}

function readTarget(raw: Json, index: number, panel: Json, sources: Sources): Target {
  const source = targetSource(raw, panel, sources);
  const format = raw['format'];
  const instant = raw['instant'] === true;
  return {
    kind: source.kind,
    source,
    refId: text(raw['refId']) || letters(index),
    expr: text(raw['expr']) || (isObject(raw['query']) ? '' : text(raw['query'] ?? raw['rawSql'])),
    legend: text(raw['legendFormat']) || undefined,
    format:
      format === 'table' || format === 'heatmap' || format === 'logs' ? format : 'time_series',
    instant,
    range: !instant || raw['range'] === true,
    exemplar: raw['exemplar'] === true,
    hidden: raw['hide'] === true,
    minStep: text(raw['interval']) || undefined,
    intervalFactor: whole(raw['intervalFactor'], 1, 1, 100),
    expression: source.kind === 'expression' ? readExpression(raw) : undefined,
    panelId: source.kind === 'panel' ? number(raw['panelId']) : undefined,
    timeShift: text(raw['timeShift']) || undefined,
  };
}

function readExpression(raw: Json): Expression | undefined {
  const type = text(raw['type']);
  if (type === '') return undefined;
  const settings = object(raw['settings']);
  return {
    type,
    expression: text(raw['expression']),
    reducer: text(raw['reducer']) || undefined,
    settings: {
      mode: text(settings['mode']) || undefined,
      replaceWithValue: number(settings['replaceWithValue']),
    },
    window: text(raw['window']) || undefined,
    downsampler: text(raw['downsampler']) || undefined,
    upsampler: text(raw['upsampler']) || undefined,
    conditions: Array.isArray(raw['conditions']) ? (raw['conditions'] as unknown[]) : undefined,
  };
}

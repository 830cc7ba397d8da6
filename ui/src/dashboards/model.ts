/**
 * Dashboard JSON as the page uses it. In: whatever lies in the file, Grafana's schema versions 16 to 41.
 * Out: one shape, with defaults filled in and old panel kinds told in their new names.
 */
import type { FieldConfigSource } from '../frames/overrides';
import type { Transformation } from '../frames/transform';
import type { OrielOptions } from '../panels/panel';
import { modernPanel, panelsOfRows } from './old';

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legend?: string;
  readonly format: 'time_series' | 'table' | 'heatmap';
  readonly instant: boolean;
  /** Least step, as text ("1m", "$interval"). */
  readonly minStep?: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: GridPos;
  readonly targets: readonly Target[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly oriel: OrielOptions;
  readonly fieldConfig: FieldConfigSource;
  readonly transformations: readonly Transformation[];
  readonly minStep?: string;
  readonly repeat?: string;
  readonly repeatDirection: 'h' | 'v';
  readonly maxPerRow: number;
  /** Values that hold for this copy of a repeated panel only. */
  readonly scoped?: Readonly<Record<string, string>>;
  /** Of a row: whether it starts folded, and what it hides then. */
  readonly collapsed: boolean;
  readonly panels: readonly Panel[];
  /** As it stands in the file, for "panel as JSON". */
  readonly raw: unknown;
}

export interface Option {
  readonly text: string;
  readonly value: string;
}
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  /** The query of a query variable, the list of a custom one, the text of a text box or a constant. */
  readonly query: string;
  readonly regex: string;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  readonly hidden: boolean;
  readonly sort: number;
  readonly options: readonly Option[];
  readonly current: readonly string[];
  readonly auto: boolean;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly raw: unknown;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** Reads a board. Throws with a sentence where the file is none. */
export function readDashboard(json: unknown): Dashboard {
  const outer = object(json);
  const board = isObject(outer['dashboard']) ? outer['dashboard'] : outer;
  if (!Array.isArray(board['panels']) && !Array.isArray(board['rows'])) {
    throw new Error('this is no dashboard: it has neither "panels" nor "rows"');
  }
  const raw = Array.isArray(board['panels'])
    ? list(board['panels'])
    : panelsOfRows(list(board['rows']));
  const time = object(board['time']);
  return {
    uid: text(board['uid']),
    title: text(board['title']) || 'Dashboard',
    description: text(board['description']),
    tags: Array.isArray(board['tags']) ? board['tags'].map(text) : [],
    variables: list(object(board['templating'])['list']).map(readVariable),
    panels: raw.map(readPanel),
    time: time['from'] ? { from: text(time['from']), to: text(time['to']) || 'now' } : undefined,
    raw: json,
  };
}

function readPanel(raw: Json, index: number): Panel {
  const panel = modernPanel(raw);
  const options = object(panel['options']);
  const pos = object(panel['gridPos']);
  return {
    id: number(panel['id'], 10_000 + index),
    type: text(panel['type']),
    title: text(panel['title']),
    description: text(panel['description']),
    gridPos: readGridPos(pos),
    targets: list(panel['targets'])
      .filter((target) => !target['hide'])
      .map(readTarget)
      .filter(({ expr }) => expr !== ''),
    options,
    oriel: object(options['oriel']),
    fieldConfig: judging(object(panel['fieldConfig']), options),
    transformations: list(panel['transformations']) as unknown as Transformation[],
    minStep: text(panel['interval']) || undefined,
    repeat: text(panel['repeat']) || undefined,
    repeatDirection: panel['repeatDirection'] === 'v' ? 'v' : 'h',
    maxPerRow: number(panel['maxPerRow'], 4),
    collapsed: panel['collapsed'] === true,
    panels: list(panel['panels']).map(readPanel),
    raw,
  };
}

/**
 * Leaves out thresholds that judge nothing: where the board says "no colour by value", and Grafana's
 * untouched default (red from 80) on anything but percent.
 */
function judging(source: FieldConfigSource, options: Json): FieldConfigSource {
  const { defaults } = source;
  const steps = defaults?.thresholds?.steps ?? [];
  const untouched =
    steps.length === 2 && steps[1]?.value === 80 && !defaults?.unit?.startsWith('percent');
  if (options['colorMode'] !== 'none' && !untouched) return source;
  return { ...source, defaults: { ...defaults, thresholds: undefined } };
}

/** Kept inside 24 columns, so that a broken file cannot push the page sideways. */
function readGridPos(pos: Json): GridPos {
  const w = Math.min(24, Math.max(1, number(pos['w'], 12)));
  return {
    x: Math.min(24 - w, Math.max(0, number(pos['x'], 0))),
    y: Math.max(0, number(pos['y'], 0)),
    w,
    h: Math.max(1, number(pos['h'], 8)),
  };
}

function readTarget(target: Json, index: number): Target {
  const format = target['format'];
  return {
    refId: text(target['refId']) || String.fromCharCode(65 + index),
    expr: text(target['expr']),
    legend: text(target['legendFormat']) || undefined,
    format: format === 'table' || format === 'heatmap' ? format : 'time_series',
    instant: target['instant'] === true && target['range'] !== true,
    minStep: text(target['interval']) || undefined,
  };
}

function readVariable(raw: Json): Variable {
  const query = isObject(raw['query']) ? text(raw['query']['query']) : text(raw['query']);
  const current = object(raw['current'])['value'];
  return {
    name: text(raw['name']),
    label: text(raw['label']) || text(raw['name']),
    type: text(raw['type']),
    query,
    regex: text(raw['regex']),
    multi: raw['multi'] === true,
    includeAll: raw['includeAll'] === true,
    allValue: text(raw['allValue']) || undefined,
    hidden: raw['hide'] === 2 || raw['type'] === 'constant' || raw['type'] === 'adhoc',
    sort: number(raw['sort'], 0),
    options: list(raw['options']).map((option) => ({
      text: text(option['text']),
      value: text(option['value']),
    })),
    current: Array.isArray(current)
      ? current.map(text)
      : current === undefined || current === null
        ? []
        : [text(current)],
    auto: raw['auto'] === true,
  };
}

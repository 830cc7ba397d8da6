/** One panel, whatever its age. */
import type { FieldConfigSource } from '../../frames/overrides';
import type { Transformation } from '../../frames/transform';
import type { GridPos, Panel } from '../model';
import { readFieldConfig } from './fieldConfig';
import { list, number, object, text, whole, type Json } from './json';
import { readLink } from './links';
import type { Library } from './library';
import { modernPanel } from './old';
import type { Sources } from './sources';
import { readTargets, sourceOf } from './targets';

const COLUMNS = 24;

export function readPanel(raw: Json, sources: Sources, library: Library): Panel {
  const found = library.of(raw);
  const { panel, notes } = modernPanel(found.panel);
  const options = object(panel['options']);
  return {
    id: number(panel['id']) ?? NaN, // gets one when all are known
    type: text(panel['type']),
    title: text(panel['title']),
    description: text(panel['description']),
    gridPos: readGridPos(object(panel['gridPos'])),
    targets: readTargets(panel, sources),
    datasource: sourceOf(panel, sources),
    options,
    oriel: object(options['oriel']),
    fieldConfig: judging(readFieldConfig(panel['fieldConfig']), options),
    transformations: list(panel['transformations']) as unknown as Transformation[],
    minStep: text(panel['interval']) || undefined,
    maxDataPoints: number(panel['maxDataPoints']),
    timeFrom: text(panel['timeFrom']) || undefined,
    timeShift: text(panel['timeShift']) || undefined,
    hideTimeOverride: panel['hideTimeOverride'] === true,
    links: list(panel['links']).flatMap(readLink),
    libraryPanel: found.libraryPanel,
    repeat: text(panel['repeat']) || undefined,
    repeatDirection: panel['repeatDirection'] === 'v' ? 'v' : 'h',
    maxPerRow: whole(panel['maxPerRow'], 4, 1, COLUMNS),
    collapsed: panel['collapsed'] === true,
    panels: list(panel['panels']).map((one) => readPanel(one, sources, library)),
    notes,
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
  const w = whole(pos['w'], 12, 1, COLUMNS);
  return {
    x: whole(pos['x'], 0, 0, COLUMNS - w),
    y: whole(pos['y'], 0, 0, 1_000_000),
    w,
    h: whole(pos['h'], 8, 1, 200),
  };
}

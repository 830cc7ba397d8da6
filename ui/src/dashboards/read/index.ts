/**
 * Reads a board's JSON in every form it is handed around: plain, as the HTTP API wraps it, as a resource
 * (version 1 with the classic body in `spec`, version 2 with elements and a layout), with rows of spans.
 * One broken part costs that part alone.
 */
import type { Dashboard } from '../model';
import { isObject, object, list, text, texts, type Json } from './json';
import { Library } from './library';
import { readAnnotations, readDashboardLink } from './links';
import { readPanel } from './panels';
import { panelsOfRows, placed, withOwnIds } from './places';
import { classicOf, isResource } from './resource';
import { Sources } from './sources';
import { readVariables } from './variables';

/** Throws with a sentence where the file is no dashboard. */
export function readDashboard(json: unknown): Dashboard {
  const board = bodyOf(object(json));
  if (!Array.isArray(board['panels']) && !Array.isArray(board['rows'])) {
    throw new Error('this is no dashboard: it has neither "panels" nor "rows" nor "elements"');
  }
  const sources = new Sources(board);
  const library = new Library(board);
  const rows = list(board['rows']);
  const raw = [...(rows.length ? panelsOfRows(rows) : []), ...list(board['panels'])];
  const panels = placed(raw).map((panel) => readPanel(panel, sources, library));
  const time = object(board['time']);
  return {
    uid: text(board['uid']),
    title: text(board['title']) || 'Dashboard',
    description: text(board['description']),
    tags: texts(board['tags']),
    variables: readVariables(board, sources),
    annotations: readAnnotations(board, sources),
    links: list(board['links']).flatMap(readDashboardLink),
    panels: withOwnIds(panels),
    time: time['from'] ? { from: text(time['from']), to: text(time['to']) || 'now' } : undefined,
    refresh: typeof board['refresh'] === 'string' ? board['refresh'] : '',
    cursorSync:
      (['off', 'crosshair', 'tooltip'] as const)[Number(board['graphTooltip'] ?? 0)] ?? 'off',
    timezone: timezoneOf(text(board['timezone'])),
    raw: json,
  };
}

/** The classic body inside of its envelopes. */
function bodyOf(outer: Json): Json {
  if (isResource(outer)) return classicOf(outer);
  const inner = outer['dashboard'] ?? outer['spec'];
  return isObject(inner) ? bodyOf(inner) : outer;
}

/** Spelled five ways: `browser`, `utc`, `UTC`, `default`, empty; else a name of the zone. */
function timezoneOf(zone: string): string {
  if (zone === '' || zone === 'default' || zone === 'browser') return 'browser';
  return /^utc$/i.test(zone) ? 'utc' : zone;
}

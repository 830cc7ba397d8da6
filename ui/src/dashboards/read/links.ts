/** Links of the board's head and of its panels, and the questions behind its marks. */
import type { AnnotationQuery, DashboardLink, LinkTemplate } from '../model';
import { isObject, list, number, object, text, texts, type Json } from './json';
import { PROMETHEUS, type Sources } from './sources';

/** A link of a panel or of a value; one without an address is none. */
export function readLink(raw: Json): LinkTemplate[] {
  const url = text(raw['url']);
  if (url === '') return [];
  return [{ title: text(raw['title']), url, newTab: raw['targetBlank'] === true }];
}

export function readDashboardLink(raw: Json): DashboardLink[] {
  const kind = raw['type'] === 'dashboards' ? 'dashboards' : 'link';
  const url = text(raw['url']);
  if (kind === 'link' && url === '') return [];
  return [
    {
      kind,
      title: text(raw['title']),
      url,
      newTab: raw['targetBlank'] === true,
      tags: texts(raw['tags']),
      tooltip: text(raw['tooltip']),
      asDropdown: raw['asDropdown'] === true,
      includeVars: raw['includeVars'] === true,
      keepTime: raw['keepTime'] === true,
    },
  ];
}

export function readAnnotation(raw: Json, sources: Sources): AnnotationQuery {
  const target = object(raw['target']);
  const filter = raw['filter'];
  return {
    name: text(raw['name']),
    source: sources.of(raw['datasource']) ?? PROMETHEUS,
    enabled: raw['enable'] !== false,
    hidden: raw['hide'] === true,
    colour: text(raw['iconColor']),
    builtIn: raw['builtIn'] === 1 || raw['builtIn'] === true,
    expr: text(raw['expr']) || text(target['expr']),
    step: text(raw['step']) || text(target['interval']) || undefined,
    titleFormat: text(raw['titleFormat']),
    textFormat: text(raw['textFormat']),
    tagKeys: text(raw['tagKeys'])
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean),
    useValueForTime: raw['useValueForTime'] === true || raw['useValueForTime'] === 'on',
    panels: isObject(filter)
      ? {
          ids: (Array.isArray(filter['ids']) ? filter['ids'] : []).flatMap(
            (id) => number(id) ?? [],
          ),
          exclude: filter['exclude'] === true,
        }
      : undefined,
  };
}

export const readAnnotations = (board: Json, sources: Sources): AnnotationQuery[] =>
  list(object(board['annotations'])['list']).map((one) => readAnnotation(one, sources));

/** Which panel the address opens: `viewPanel=3` alone, `inspect=3&inspectTab=query` opened up, as Grafana's links say. */
import type { Panel } from './model';

export const INSPECT_TABS = ['data', 'query', 'words', 'json'] as const;
export type InspectTab = (typeof INSPECT_TABS)[number];

/** A panel's name in an address: of a repeated panel each copy has its own. */
export const panelKey = ({ id, scoped }: Panel): string =>
  [id, ...Object.values(scoped ?? {})].join(':');

/** The part that is opened of this panel; null where it is not opened. */
export function inspectedOf(search: URLSearchParams, panel: Panel): InspectTab | null {
  if (search.get('inspect') !== panelKey(panel)) return null;
  return INSPECT_TABS.find((tab) => tab === search.get('inspectTab')) ?? 'data';
}

export function withInspect(
  search: URLSearchParams,
  panel: Panel,
  tab: InspectTab | null,
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('inspect');
  next.delete('inspectTab');
  if (tab === null) return next;
  next.set('inspect', panelKey(panel));
  next.set('inspectTab', tab);
  return next;
}

/** The panel alone; the whole board where it is alone already, or where none is named. */
export function withView(search: URLSearchParams, id: number | null): URLSearchParams {
  const next = new URLSearchParams(search);
  const alone = search.get('viewPanel');
  if (id === null || String(id) === alone) next.delete('viewPanel');
  else next.set('viewPanel', String(id));
  return next;
}

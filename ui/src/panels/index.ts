/** Every panel kind, one row each. A new kind is a folder and a row. */
import { lazy } from 'react';
import type { PanelKind } from './panel';

export const PANELS: Readonly<Record<string, PanelKind>> = {
  timeseries: {
    title: 'Time series',
    view: lazy(() => import('./timeseries')),
    renders: ['graph'],
  },
  stat: {
    title: 'Stat',
    view: lazy(() => import('./stat')),
    renders: ['singlestat'],
    present: true,
  },
  gauge: { title: 'Gauge', view: lazy(() => import('./gauge')), present: true },
  bargauge: {
    title: 'Bar gauge',
    view: lazy(() => import('./bargauge')),
    present: true,
    flush: true,
  },
  heatmap: { title: 'Heat map', view: lazy(() => import('./heatmap')) },
  barchart: { title: 'Bar chart', view: lazy(() => import('./barchart')) },
  histogram: { title: 'Histogram', view: lazy(() => import('./histogram')) },
  trend: { title: 'Trend', view: lazy(() => import('./trend')) },
  table: {
    title: 'Table',
    view: lazy(() => import('./table')),
    renders: ['table-old'],
    present: true,
    flush: true,
  },
  text: { title: 'Text', view: lazy(() => import('./text')), still: true },
  'state-timeline': { title: 'State timeline', view: lazy(() => import('./statetimeline')) },
  'status-history': { title: 'Status history', view: lazy(() => import('./statushistory')) },
  piechart: { title: 'Pie chart', view: lazy(() => import('./piechart')), present: true },
  // the stores of these come later: nothing answers them, and the panel says so
  logs: { title: 'Logs', view: lazy(() => import('./logs')), speaks: true, flush: true },
  traces: { title: 'Traces', view: lazy(() => import('./traces')), speaks: true, flush: true },
  nodeGraph: {
    title: 'Node graph',
    view: lazy(() => import('./nodegraph')),
    speaks: true,
    flush: true,
  },
  alertlist: {
    title: 'Alert list',
    view: lazy(() => import('./alertlist')),
    present: true,
    speaks: true,
    flush: true,
  },
  annolist: {
    title: 'What happened',
    view: lazy(() => import('./annolist')),
    still: true,
    flush: true,
  },
  dashlist: {
    title: 'Dashboards',
    view: lazy(() => import('./dashlist')),
    still: true,
    flush: true,
  },
  news: { title: 'News', view: lazy(() => import('./news')), still: true },
  ...placeholders('canvas', 'geomap', 'xychart', 'candlestick', 'flamegraph', 'datagrid'),
  ...placeholders('marcusolsson-treemap-panel'),
};

/** Kinds that are known by name and not drawn: they say what they would be, and show their data as a table. */
function placeholders(...types: string[]): Record<string, PanelKind> {
  const view = lazy(() => import('./placeholder'));
  return Object.fromEntries(
    types.map((type) => [type, { title: type, view, present: true, speaks: true, flush: true }]),
  );
}

/** What stands in for a kind that this build does not know: it names it, and stays calm. */
export const UNKNOWN: PanelKind = {
  title: 'Unknown',
  view: lazy(() => import('./unknown')),
  present: true,
  speaks: true,
  flush: true,
};

export const kindOf = (type: string): PanelKind =>
  (Object.hasOwn(PANELS, type) && PANELS[type]) || UNKNOWN;

export type { PanelKind, PanelViewProps } from './panel';

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
  table: {
    title: 'Table',
    view: lazy(() => import('./table')),
    renders: ['table-old'],
    present: true,
    flush: true,
  },
  text: { title: 'Text', view: lazy(() => import('./text')), still: true },
};

/** What stands in for a kind that this build does not know: it names it, and stays calm. */
export const UNKNOWN: PanelKind = {
  title: 'Unknown',
  view: lazy(() => import('./unknown')),
  still: true,
};

export const kindOf = (type: string): PanelKind => PANELS[type] ?? UNKNOWN;

export type { PanelKind, PanelViewProps } from './panel';

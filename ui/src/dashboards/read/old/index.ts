/** Panels of old boards in the shape of new ones; others as they are. */
import { list, object, text, type Json } from '../json';
import { withFieldOptions } from './fieldOptions';
import { timeseriesOf } from './graph';
import { heatmapOf } from './heatmap';
import { statOf } from './singlestat';
import { tableOf, withCellOptions } from './table';

export interface Modern {
  readonly panel: Json;
  /** What had no place in the new shape, in words. */
  readonly notes: readonly string[];
}

/** Each old kind, and how it is told anew. */
const OLD: Readonly<Record<string, (panel: Json) => Modern>> = {
  graph: timeseriesOf,
  singlestat: statOf,
  'grafana-singlestat-panel': statOf,
  'table-old': tableOf,
  table: (panel) =>
    isOldTable(panel) ? tableOf(panel) : { panel: withCellOptions(panel), notes: [] },
  heatmap: (panel) => (isOldHeatmap(panel) ? heatmapOf(panel) : { panel, notes: [] }),
  'heatmap-new': (panel) => ({ panel: { ...panel, type: 'heatmap' }, notes: [] }),
  'grafana-piechart-panel': pieOf,
  text: textOf,
  alertlist: alertsOf,
  gauge: (panel) => ({ panel: withFieldOptions(panel), notes: [] }),
  stat: (panel) => ({ panel: withFieldOptions(panel), notes: [] }),
  bargauge: (panel) => ({ panel: withFieldOptions(panel), notes: [] }),
};

export function modernPanel(panel: Json): Modern {
  const type = text(panel['type']);
  return Object.hasOwn(OLD, type) ? OLD[type]!(panel) : { panel, notes: [] };
}

const isOldTable = (panel: Json) => Array.isArray(panel['styles']);
/** New ones may still carry the old keys beside their options. */
const isOldHeatmap = (panel: Json) =>
  object(panel['options'])['color'] === undefined &&
  (panel['dataFormat'] !== undefined || panel['yAxis'] !== undefined);

/** Its words stood beside the type, not among the options. */
function textOf(panel: Json): Modern {
  const options = object(panel['options']);
  if (panel['content'] === undefined || options['content'] !== undefined)
    return { panel, notes: [] };
  const { content, mode } = panel;
  return { panel: { ...panel, options: { ...options, content, mode } }, notes: [] };
}

/** It asks nothing in its JSON: what fires is in these two series. */
function alertsOf(panel: Json): Modern {
  if (list(panel['targets']).length > 0) return { panel, notes: [] };
  const targets = ['ALERTS', 'ALERTS_FOR_STATE'].map((expr, i) => ({
    refId: 'AB'[i],
    expr,
    instant: true,
  }));
  return { panel: { ...panel, targets }, notes: [] };
}

function pieOf(panel: Json): Modern {
  const legend = object(panel['legend']);
  const colours = Object.entries(object(panel['aliasColors'])).map(([name, fixedColor]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  }));
  return {
    panel: {
      ...panel,
      type: 'piechart',
      fieldConfig: {
        defaults: { unit: panel['format'], decimals: panel['decimals'] },
        overrides: colours,
      },
      options: {
        pieType: panel['pieType'] === 'donut' ? 'donut' : 'pie',
        reduceOptions: { calcs: [panel['valueName'] ?? 'current'], values: false, fields: '' },
        legend: {
          showLegend: legend['show'] !== false,
          displayMode: 'table',
          placement: /right/i.test(text(panel['legendType'])) ? 'right' : 'bottom',
          values: [legend['values'] ? 'value' : '', legend['percentage'] ? 'percent' : ''].filter(
            Boolean,
          ),
        },
      },
    },
    notes: list(panel['combine']).length ? ['small slices are not combined'] : [],
  };
}

/** `graph` as `timeseries`; with an axis of series as `barchart`, with one of values as `histogram`. */
import { list, number, object, text, texts, without, type Json } from '../json';
import type { Modern } from '.';
import { axisOf, customOf, propertiesOf, thresholdsOf } from './graphLooks';
import { calcOf } from './singlestat';

export function timeseriesOf(panel: Json): Modern {
  const { steps, style } = thresholdsOf(list(panel['thresholds']));
  const left = object(list(panel['yaxes'])[0]);
  const axis = axisOf(left);
  const kind = kindOf(object(panel['xaxis']));
  return {
    notes: notesOf(panel),
    panel: {
      ...panel,
      ...kind,
      transformations: [...list(panel['transformations']), ...(kind.transformations ?? [])],
      fieldConfig: {
        defaults: without({
          ...axis.defaults,
          nullValueMode: panel['nullPointMode'],
          decimals: number(left['decimals']) ?? number(panel['decimals']),
          links: list(object(panel['options'])['dataLinks']),
          color: { mode: 'palette-classic' },
          thresholds: steps.length ? { mode: 'absolute', steps } : undefined,
          custom: without({ ...customOf(panel), ...axis.custom, thresholdsStyle: { mode: style } }),
        }),
        overrides: [...colours(panel), ...overridesOf(panel), ...hiddenOnes(panel)],
      },
      options: {
        legend: legendOf(panel),
        tooltip: tooltipOf(object(panel['tooltip'])),
        ...kind.options,
      },
    },
  };
}

/** What the horizontal axis makes of it. */
function kindOf(xaxis: Json): { type: string; transformations?: Json[]; options?: Json } {
  const [calc = 'total'] = texts(xaxis['values']);
  switch (xaxis['mode']) {
    case 'series':
      return {
        type: 'barchart',
        transformations: [{ id: 'reduce', options: { reducers: [calcOf(calc)] } }],
        options: { xField: 'Field', showValue: 'auto' },
      };
    case 'histogram':
      return { type: 'histogram', options: { bucketCount: number(xaxis['buckets']) ?? 30 } };
    default:
      return { type: 'timeseries' };
  }
}

/** The flags of the legend's columns, in the order they stood, by their reducers. */
const CALCS: readonly (readonly [flag: string, calc: string])[] = [
  ['min', 'min'],
  ['max', 'max'],
  ['avg', 'mean'],
  ['current', 'lastNotNull'],
  ['total', 'sum'],
];

/** The head of each reducer's column, by which a legend is sorted. */
const HEADS: Readonly<Record<string, string>> = {
  min: 'Min',
  max: 'Max',
  avg: 'Mean',
  current: 'Last *',
  total: 'Total',
};

function legendOf(panel: Json): Json {
  const legend = object(panel['legend']);
  const shown = legend['values'] !== false;
  return without({
    showLegend: legend['show'] !== false,
    displayMode: legend['alignAsTable'] === true ? 'table' : 'list',
    placement: legend['rightSide'] === true ? 'right' : 'bottom',
    calcs: shown ? CALCS.filter(([flag]) => legend[flag] === true).map(([, calc]) => calc) : [],
    width: number(legend['sideWidth']),
    sortBy: HEADS[text(legend['sort'])],
    sortDesc: legend['sort'] ? legend['sortDesc'] !== false : undefined,
  });
}

const ORDERS = ['none', 'asc', 'desc'];

const tooltipOf = (tooltip: Json): Json => ({
  mode: tooltip['shared'] === false ? 'single' : 'multi',
  sort: ORDERS[number(tooltip['sort']) ?? 0] ?? 'none',
});

const colours = (panel: Json): Json[] =>
  Object.entries(object(panel['aliasColors'])).map(([name, fixedColor]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  }));

function overridesOf(panel: Json): Json[] {
  const right = axisOf(object(list(panel['yaxes'])[1]));
  return list(panel['seriesOverrides']).flatMap((override) => {
    const alias = text(override['alias']);
    const properties = propertiesOf(override, right);
    if (alias === '' || properties.length === 0) return [];
    const id = /^\/.*\/[a-z]*$/.test(alias) ? 'byRegexp' : 'byName';
    return [{ matcher: { id, options: alias }, properties }];
  });
}

/** Series that are nothing but zero, or nothing at all, had no place in the legend. */
function hiddenOnes(panel: Json): Json[] {
  const legend = object(panel['legend']);
  const out = (reducer: string) => ({
    matcher: { id: 'byValue', options: { reducer, op: 'gte', value: 0 } },
    properties: [{ id: 'custom.hideFrom', value: { legend: true, tooltip: true, viz: false } }],
  });
  return [
    ...(legend['hideZero'] === true ? [out('allIsZero')] : []),
    ...(legend['hideEmpty'] === true ? [out('allIsNull')] : []),
  ];
}

/** What this build leaves out of an old graph. */
function notesOf(panel: Json): string[] {
  const regions = list(panel['timeRegions']).length > 0 ? ['marked times of day'] : [];
  const shift = list(panel['seriesOverrides']).some(
    (one) => 'zindex' in one && one['zindex'] !== 0,
  );
  return [...regions, ...(shift ? ['the order in which lines cover each other'] : [])];
}

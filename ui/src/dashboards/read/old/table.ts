/** `table-old`, and the `styles` of tables: each style is an override by name or by expression. */
import { list, number, object, text, texts, without, type Json } from '../json';
import type { Modern } from '.';
import { calcOf } from './singlestat';
import { mappingsOf, stepsOf } from './valueMaps';

/** What `transform` did, as the transformation that does it now. */
const TRANSFORMS: Readonly<Record<string, string>> = {
  timeseries_to_rows: 'seriesToRows',
  timeseries_to_columns: 'seriesToColumns',
  timeseries_aggregations: 'reduce',
  table: 'merge',
};

export function tableOf(panel: Json): Modern {
  const styles = list(panel['styles']);
  const everything = styles.find((style) => text(style['pattern']) === '/.*/');
  const sort = object(panel['sort']);
  const column = number(sort['col']);
  return {
    notes: [],
    panel: {
      ...panel,
      type: 'table',
      transformations: [...list(panel['transformations']), ...transformationsOf(panel)],
      fieldConfig: {
        defaults: everything ? defaultsOf(everything) : {},
        overrides: styles
          .filter((style) => style !== everything && text(style['pattern']) !== '')
          .map(overrideOf),
      },
      options: without({
        showHeader: panel['showHeader'] !== false,
        sortColumn:
          column === undefined ? undefined : { index: column, desc: sort['desc'] === true },
      }),
    },
  };
}

function transformationsOf(panel: Json): Json[] {
  const id = TRANSFORMS[text(panel['transform'])];
  if (!id) return [];
  if (id !== 'reduce') return [{ id, options: {} }];
  const reducers = list(panel['columns']).map((column) => calcOf(column['value']));
  return [{ id, options: { reducers: reducers.length ? reducers : ['mean'] } }];
}

/** The style of all columns: its words are the defaults of every field. */
function defaultsOf(style: Json): Json {
  const custom: Json = {};
  const defaults: Json = { custom };
  for (const { id, value } of propertiesOf(style)) {
    if (id.startsWith('custom.')) custom[id.slice(7)] = value;
    else if (id !== 'displayName') defaults[id] = value;
  }
  return defaults;
}

function overrideOf(style: Json): Json {
  const pattern = text(style['pattern']);
  const id = /^\/.*\/[a-z]*$/.test(pattern) ? 'byRegexp' : 'byName';
  return { matcher: { id, options: pattern }, properties: propertiesOf(style) };
}

function propertiesOf(style: Json): { id: string; value: unknown }[] {
  const type = text(style['type']);
  const steps = style['colorMode'] ? stepsOf(style['thresholds'], style['colors']) : [];
  const mappings = mappingsOf(style);
  const align = text(style['align']);
  const decimals = number(style['decimals']);
  const all: [id: string, value: unknown][] = [
    ['displayName', text(style['alias']) || undefined],
    ['unit', unitOf(style)],
    [
      'decimals',
      type === 'number' && decimals !== undefined && decimals >= 0 ? decimals : undefined,
    ],
    ['custom.hidden', type === 'hidden' ? true : undefined],
    ['links', style['link'] === true ? [linkOf(style)] : undefined],
    ['thresholds', steps.length ? { mode: 'absolute', steps } : undefined],
    ['custom.cellOptions', steps.length ? cellOf(text(style['colorMode'])) : undefined],
    ['mappings', mappings.length ? mappings : undefined],
    ['custom.align', align && align !== 'auto' ? align : undefined],
  ];
  return all.flatMap(([id, value]) => (value === undefined ? [] : [{ id, value }]));
}

function unitOf(style: Json): string | undefined {
  if (style['type'] === 'date')
    return `time: ${text(style['dateFormat']) || 'YYYY-MM-DD HH:mm:ss'}`;
  return style['type'] === 'number' ? text(style['unit']) || undefined : undefined;
}

const linkOf = (style: Json): Json => ({
  title: text(style['linkTooltip']),
  url: text(style['linkUrl']),
  targetBlank: style['linkTargetBlank'] === true,
});

const cellOf = (mode: string): Json =>
  mode === 'cell' || mode === 'row'
    ? { type: 'color-background', mode: 'gradient', applyToRow: mode === 'row' || undefined }
    : { type: 'color-text' };

/** The kinds of cells before they had options of their own. */
const CELLS: Readonly<Record<string, Json>> = {
  'color-background': { type: 'color-background', mode: 'gradient' },
  'color-background-solid': { type: 'color-background', mode: 'basic' },
  'gradient-gauge': { type: 'gauge', mode: 'gradient' },
  'lcd-gauge': { type: 'gauge', mode: 'lcd' },
  basic: { type: 'gauge', mode: 'basic' },
};

const cellOptions = (mode: unknown): Json => CELLS[text(mode)] ?? { type: text(mode) || 'auto' };

/** `custom.displayMode` of tables before version 9.5 as `custom.cellOptions`. */
export function withCellOptions(panel: Json): Json {
  const config = object(panel['fieldConfig']);
  const defaults = object(config['defaults']);
  const custom = object(defaults['custom']);
  return {
    ...panel,
    fieldConfig: {
      ...config,
      defaults: {
        ...defaults,
        custom:
          custom['displayMode'] !== undefined && custom['cellOptions'] === undefined
            ? { ...custom, cellOptions: cellOptions(custom['displayMode']) }
            : custom,
      },
      overrides: list(config['overrides']).map((override) => ({
        ...override,
        properties: list(override['properties']).map((property) =>
          property['id'] === 'custom.displayMode'
            ? { id: 'custom.cellOptions', value: cellOptions(texts(property['value'])[0]) }
            : property,
        ),
      })),
    },
  };
}

/**
 * The resource form, version 2 (`spec.elements`, `spec.layout`, `spec.variables`...), told in the classic
 * one, so that all else is read once. Tabs become rows of which the first is open.
 */
import { isObject, list, object, text, whole, type Json } from './json';

export const isResource = (outer: Json): boolean => isObject(object(outer['spec'])['elements']);

export function classicOf(outer: Json): Json {
  const spec = object(outer['spec']);
  const time = object(spec['timeSettings']);
  const metadata = object(outer['metadata']);
  return {
    uid: metadata['name'],
    title: spec['title'],
    description: spec['description'],
    tags: spec['tags'],
    links: spec['links'],
    graphTooltip: ['Off', 'Crosshair', 'Tooltip'].indexOf(text(spec['cursorSync'])),
    time: { from: time['from'], to: time['to'] },
    timezone: time['timezone'],
    refresh: time['autoRefresh'],
    templating: { list: list(spec['variables']).map(variableOf) },
    annotations: { list: list(spec['annotations']).map(annotationOf) },
    panels: new Layout(object(spec['elements'])).of(object(spec['layout'])),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  CustomVariable: 'custom',
  ConstantVariable: 'constant',
  IntervalVariable: 'interval',
  DatasourceVariable: 'datasource',
  TextVariable: 'textbox',
  AdhocVariable: 'adhoc',
  SwitchVariable: 'switch',
  GroupByVariable: 'groupby',
};

function variableOf({ kind, spec: raw, ...flat }: Json): Json {
  const spec = isObject(raw) ? raw : flat;
  const type = TYPES[text(kind)] ?? text(spec['type']);
  const query = spec['query'];
  return {
    ...spec,
    type,
    query:
      type === 'datasource' ? spec['pluginId'] : isObject(query) ? object(query['spec']) : query,
    datasource: isObject(query) && !spec['datasource'] ? sourceOf(query) : spec['datasource'],
    options: type === 'switch' ? switchOptions(spec) : spec['options'],
    current: type === 'switch' ? { value: spec['current'] } : spec['current'],
  };
}

const switchOptions = (spec: Json): Json[] =>
  [spec['enabledValue'] ?? 'true', spec['disabledValue'] ?? 'false'].map((value) => ({
    text: value,
    value,
  }));

/** `group` is the plug-in, `datasource.name` its uid; the earlier form has the plug-in as `kind`. */
function sourceOf(query: Json): Json {
  const type = query['kind'] === 'DataQuery' ? query['group'] : query['kind'];
  return { type, uid: object(query['datasource'])['name'] };
}

function annotationOf({ spec: raw }: Json): Json {
  const spec = object(raw);
  const query = object(spec['query']);
  const legacy = object(spec['legacyOptions']);
  const target = object(query['spec']);
  return {
    ...target,
    ...legacy,
    ...spec,
    datasource: spec['datasource'] ?? sourceOf(query),
    target,
  };
}

/** The default sizes of an automatic grid, in cells of 38 pixels. */
const ROW_HEIGHTS: Readonly<Record<string, number>> = { short: 5, standard: 9, tall: 14 };

class Layout {
  /** The first free row of the grid. */
  private y = 0;

  constructor(private readonly elements: Json) {}

  of(layout: Json): Json[] {
    const spec = object(layout['spec']);
    switch (layout['kind']) {
      case 'RowsLayout':
        return list(spec['rows']).flatMap((row) => this.section(object(row['spec']), false));
      case 'TabsLayout':
        return list(spec['tabs']).flatMap((tab, i) => this.section(object(tab['spec']), i > 0));
      case 'AutoGridLayout':
      case 'ResponsiveGridLayout':
        return this.autoGrid(spec);
      default:
        return this.grid(list(spec['items']));
    }
  }

  /** A row or a tab. What lies in it in sections of its own follows it. */
  private section(spec: Json, folded: boolean): Json[] {
    const head: Json = {
      type: 'row',
      title: spec['title'] ?? '',
      repeat: object(spec['repeat'])['value'],
      options: { hideHeader: spec['hideHeader'] === true },
      gridPos: { x: 0, y: this.y++, w: 24, h: 1 },
    };
    const inner = this.of(object(spec['layout']));
    const collapsed = folded || spec['collapse'] === true || spec['collapsed'] === true;
    const nested = inner.some(({ type }) => type === 'row');
    return collapsed && !nested ? [{ ...head, collapsed, panels: inner }] : [head, ...inner];
  }

  private grid(items: readonly Json[]): Json[] {
    const top = this.y;
    return items.flatMap((item) => {
      const spec = object(item['spec']);
      if (item['kind'] === 'GridLayoutRow') return this.gridRow(spec, top);
      return this.placed(spec, top);
    });
  }

  private gridRow(spec: Json, top: number): Json[] {
    const y = top + whole(spec['y'], 0, 0, 1e6);
    this.y = Math.max(this.y, y + 1);
    const head = {
      type: 'row',
      title: spec['title'] ?? '',
      repeat: object(spec['repeat'])['value'],
      gridPos: { x: 0, y, w: 24, h: 1 },
    };
    const inner = list(spec['elements']).flatMap((one) => this.placed(object(one['spec']), y + 1));
    return spec['collapsed'] === true
      ? [{ ...head, collapsed: true, panels: inner }]
      : [head, ...inner];
  }

  private placed(spec: Json, top: number): Json[] {
    const panel = this.element(spec);
    if (!panel) return [];
    const y = top + whole(spec['y'], 0, 0, 1e6);
    const h = whole(spec['height'], 8, 1, 200);
    this.y = Math.max(this.y, y + h);
    const gridPos = { x: spec['x'], y, w: spec['width'], h };
    return [{ ...panel, ...repeatOf(spec), gridPos }];
  }

  /** As many columns as it allows, each panel in the next place. */
  private autoGrid(spec: Json): Json[] {
    const columns = whole(spec['maxColumnCount'], 3, 1, 24);
    const w = Math.floor(24 / columns);
    const h = ROW_HEIGHTS[text(spec['rowHeightMode'])] ?? rowHeight(spec);
    const top = this.y;
    const panels = list(spec['items']).flatMap((item) => {
      const inner = object(item['spec']);
      const panel = this.element(inner);
      return panel ? [{ ...panel, ...repeatOf(inner) }] : [];
    });
    this.y = top + Math.ceil(panels.length / columns) * h;
    return panels.map((panel, i) => ({
      ...panel,
      gridPos: { x: (i % columns) * w, y: top + Math.floor(i / columns) * h, w, h },
    }));
  }

  private element(spec: Json): Json | undefined {
    const name = text(object(spec['element'])['name']);
    const element = object(this.elements[name]);
    const inner = object(element['spec']);
    if (element['kind'] === 'LibraryPanel')
      return { id: inner['id'], title: inner['title'], libraryPanel: inner['libraryPanel'] };
    return element['kind'] === 'Panel' ? panelOf(inner) : undefined;
  }
}

const rowHeight = (spec: Json): number => Math.ceil(whole(spec['rowHeight'], 320, 38, 7600) / 38);

function repeatOf(spec: Json): Json {
  const repeat = object(spec['repeat']);
  return {
    repeat: repeat['value'],
    repeatDirection: repeat['direction'],
    maxPerRow: repeat['maxPerRow'],
  };
}

function panelOf(spec: Json): Json {
  const viz = object(spec['vizConfig']);
  const drawn = object(viz['spec']);
  const data = object(object(spec['data'])['spec']);
  return {
    ...object(data['queryOptions']),
    id: spec['id'],
    type: viz['kind'] === 'VizConfig' ? viz['group'] : viz['kind'],
    title: spec['title'],
    description: spec['description'],
    links: spec['links'],
    transparent: spec['transparent'],
    datasource: { uid: '-- Mixed --' },
    options: drawn['options'] ?? {},
    fieldConfig: drawn['fieldConfig'] ?? {},
    targets: list(data['queries']).map((query) => targetOf(object(query['spec']))),
    transformations: list(data['transformations']).map(transformationOf),
  };
}

function targetOf(spec: Json): Json {
  const query = object(spec['query']);
  return {
    ...object(query['spec']),
    refId: spec['refId'],
    hide: spec['hidden'] === true,
    datasource: spec['datasource'] ?? sourceOf(query),
  };
}

function transformationOf({ kind, group, spec: raw }: Json): Json {
  const spec = object(raw);
  return { ...spec, id: spec['id'] ?? (kind === 'Transformation' ? group : kind) };
}

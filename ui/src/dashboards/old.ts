/** Panels of old files in the shape of new ones, where the step is a simple one. */

export type RawPanel = Record<string, unknown> & { type?: string };
type Json = Record<string, unknown>;
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Rows of 12 spans (before schema version 16) as panels on the grid of 24 columns. */
export function panelsOfRows(rows: readonly Json[]): Json[] {
  let y = 0;
  return rows.flatMap((row, index) => {
    const h = Math.max(3, Math.ceil(pixels(row['height']) / 38));
    const head = {
      id: -1 - index,
      type: 'row',
      title: row['title'] ?? '',
      gridPos: { x: 0, y, w: 24, h: 1 },
    };
    const titled = row['showTitle'] === true || rows.length > 1;
    if (titled) y += 1;
    let x = 0;
    const panels = list(row['panels']).map((panel) => {
      const w = Math.min(24, Number(panel['span'] ?? 12) * 2);
      if (x + w > 24) {
        x = 0;
        y += h;
      }
      const gridPos = { x, y, w, h };
      x += w;
      return { ...panel, gridPos };
    });
    y += h;
    return titled ? [head, ...panels] : panels;
  });
}

const pixels = (height: unknown) => parseInt(textOf(height), 10) || 250;

/** `graph` as `timeseries`, `singlestat` as `stat` or `gauge`, `table-old` as `table`; others as they are. */
export function modernPanel(panel: RawPanel): RawPanel {
  switch (panel.type) {
    case 'graph':
      return timeseriesOf(panel);
    case 'singlestat':
      return statOf(panel);
    case 'table-old':
      return { ...panel, type: 'table' };
    default:
      return panel;
  }
}

function timeseriesOf(panel: RawPanel): RawPanel {
  const [left] = list(panel['yaxes']);
  const legend = object(panel['legend']);
  const steps = list(panel['thresholds']).map(({ value, colorMode }) => ({
    value,
    color: colorMode === 'critical' ? 'red' : colorMode === 'warning' ? 'yellow' : 'green',
  }));
  return {
    ...panel,
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        unit: left?.['format'],
        min: toNumber(left?.['min']),
        max: toNumber(left?.['max']),
        thresholds: steps.length
          ? { mode: 'absolute', steps: [{ value: null, color: 'green' }, ...steps] }
          : undefined,
        custom: {
          fillOpacity: Number(panel['fill'] ?? 1) * 10,
          lineWidth: panel['linewidth'] ?? 1,
          drawStyle: panel['bars'] === true ? 'bars' : 'line',
          stacking: {
            mode:
              panel['stack'] === true
                ? panel['percentage'] === true
                  ? 'percent'
                  : 'normal'
                : 'none',
          },
          thresholdsStyle: { mode: steps.length ? 'line' : 'off' },
        },
      },
      overrides: list(panel['seriesOverrides']).flatMap(overrideOf),
    },
    options: {
      legend: {
        showLegend: legend['show'] !== false,
        displayMode: 'list',
        placement: legend['rightSide'] ? 'right' : 'bottom',
      },
    },
  };
}

function overrideOf(override: Json): Json[] {
  const alias = textOf(override['alias']);
  const properties: Json[] = [];
  if (override['transform'] === 'negative-Y')
    properties.push({ id: 'custom.transform', value: 'negative-Y' });
  if (override['stack'] === false)
    properties.push({ id: 'custom.stacking', value: { mode: 'none' } });
  if (typeof override['color'] === 'string')
    properties.push({ id: 'color', value: { mode: 'fixed', fixedColor: override['color'] } });
  const id = alias.startsWith('/') ? 'byRegexp' : 'byName';
  return properties.length ? [{ matcher: { id, options: alias }, properties }] : [];
}

function statOf(panel: RawPanel): RawPanel {
  const gauge = object(panel['gauge'])['show'] === true;
  const limits = textOf(panel['thresholds']).split(',').filter(Boolean).map(Number);
  const colors = Array.isArray(panel['colors']) ? (panel['colors'] as string[]) : [];
  const steps = [null, ...limits].map((value, i) => ({ value, color: colors[i] ?? 'green' }));
  return {
    ...panel,
    type: gauge ? 'gauge' : 'stat',
    fieldConfig: {
      defaults: {
        unit: panel['format'],
        decimals: panel['decimals'],
        min: object(panel['gauge'])['minValue'],
        max: object(panel['gauge'])['maxValue'],
        thresholds: limits.length ? { mode: 'absolute', steps } : undefined,
        mappings: [
          {
            type: 'value',
            options: Object.fromEntries(
              list(panel['valueMaps']).map(({ value, text }) => [String(value), { text }]),
            ),
          },
        ],
      },
      overrides: [],
    },
    options: {
      reduceOptions: { calcs: [panel['valueName'] ?? 'avg'] },
      graphMode: object(panel['sparkline'])['show'] === true ? 'area' : 'none',
    },
  };
}

function toNumber(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Where panels stand: rows of spans as the grid, panels without a place, ids that are missing or shared. */
import type { Panel } from '../model';
import { isObject, list, number, text, whole, type Json } from './json';

const COLUMNS = 24;
/** A cell and its gap: 30 + 8 pixels. */
const CELL_PX = 38;
const ROW_PX = 250;

/** Rows of 12 spans (before schema version 16) as panels on the grid of 24 columns. */
export function panelsOfRows(rows: readonly Json[]): Json[] {
  let y = 0;
  const titled = rows.some(
    (row) => row['showTitle'] === true || row['collapse'] === true || row['repeat'],
  );
  return rows.flatMap((row) => {
    const top = titled || rows.length > 1 ? y + 1 : y;
    const { panels, bottom } = panelsOfRow(row, top);
    const head: Json = {
      type: 'row',
      title: row['title'] ?? '',
      repeat: row['repeat'],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    };
    const headed = top > y;
    y = bottom;
    if (!headed) return panels;
    return row['collapse'] === true ? [{ ...head, collapsed: true, panels }] : [head, ...panels];
  });
}

function panelsOfRow(row: Json, top: number): { panels: Json[]; bottom: number } {
  const rowHeight = pixels(row['height']) ?? ROW_PX;
  let x = 0;
  let y = top;
  let bottom = top;
  const panels = list(row['panels']).map((panel) => {
    const w = Math.round(Math.min(12, Math.max(0.5, number(panel['span']) ?? 4)) * 2);
    const h = Math.max(3, Math.ceil((pixels(panel['height']) ?? rowHeight) / CELL_PX));
    if (x + w > COLUMNS) {
      x = 0;
      y = bottom;
    }
    const gridPos = { x, y, w, h };
    x += w;
    bottom = Math.max(bottom, y + h);
    const direction = panel['repeat'] ? { maxPerRow: perRow(panel), repeatDirection: 'h' } : {};
    return { ...panel, ...direction, gridPos };
  });
  return { panels, bottom: Math.max(bottom, panels.length ? top : top) };
}

/** Old repeats had a least span: that many fit side by side. */
const perRow = (panel: Json): number =>
  number(panel['maxPerRow']) ?? Math.max(1, Math.floor(12 / (number(panel['minSpan']) ?? 4)));

/** "250px", "250", 250; undefined for anything else. */
function pixels(height: unknown): number | undefined {
  const read = parseInt(text(height), 10);
  return Number.isFinite(read) && read > 0 ? read : undefined;
}

/** Panels without a place follow what stands before them, two in a row. */
export function placed(panels: readonly Json[]): Json[] {
  let bottom = 0;
  let x = 0;
  return panels.map((panel) => {
    if (isObject(panel['gridPos'])) {
      const pos = panel['gridPos'];
      bottom = Math.max(bottom, whole(pos['y'], 0, 0, 1e6) + whole(pos['h'], 8, 1, 200));
      x = 0;
      return panel;
    }
    const isRow = panel['type'] === 'row';
    const w = isRow ? COLUMNS : COLUMNS / 2;
    const h = isRow ? 1 : 8;
    if (x + w > COLUMNS) x = 0;
    const y = x > 0 ? bottom - h : bottom;
    const gridPos = { x, y, w, h };
    x += w;
    bottom = Math.max(bottom, y + h);
    return { ...panel, gridPos };
  });
}

/** Every panel with an id that no other has; the first to name one keeps it. */
export function withOwnIds(panels: readonly Panel[]): Panel[] {
  const all = panels.flatMap((panel) => [panel, ...panel.panels]);
  const taken = new Set<number>();
  let next = all.reduce((most, { id }) => (id > most ? id : most), 0) + 1;
  const own = (panel: Panel): Panel => {
    const id = Number.isNaN(panel.id) || taken.has(panel.id) ? next++ : panel.id;
    taken.add(id);
    return { ...panel, id, panels: panel.panels.map(own) };
  };
  return panels.map(own);
}

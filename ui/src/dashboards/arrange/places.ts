/** Panels that were moved: where they are shown, and the board's JSON with their new places. */
import type { Values } from '../interpolate';
import { COLUMNS, layout, type Box } from '../layout';
import type { Dashboard, GridPos, Panel } from '../model';

export type Moved = ReadonlyMap<number, GridPos>;
export type PanelAt = { readonly panel: Panel; readonly pos: GridPos };
export type RowAt = Extract<Box, { kind: 'row' }>;

const LEAST_H = 2;

/** Keeps a place on the grid: at least one column and two rows, never over the right edge. */
export function within({ x, y, w, h }: GridPos): GridPos {
  const wide = Math.min(COLUMNS, Math.max(1, w));
  return {
    x: Math.min(COLUMNS - wide, Math.max(0, x)),
    y: Math.max(0, y),
    w: wide,
    h: Math.max(LEAST_H, h),
  };
}

/** All panels and open rows as they stand after the moves; copies of a repeated panel stay together, as one. */
export function arranged(
  board: Dashboard,
  values: Values,
  moved: Moved,
): { rows: RowAt[]; panels: PanelAt[] } {
  const panels = board.panels.map((panel) => {
    const place = moved.get(panel.id);
    return place ? { ...panel, gridPos: place } : panel;
  });
  const boxes = layout(panels, values, ({ collapsed }) => collapsed);
  return {
    rows: boxes.filter((box) => box.kind === 'row'),
    panels: boxes.flatMap((box): PanelAt[] => {
      if (box.kind === 'panel') return [{ panel: box.panel, pos: box.pos }];
      if (box.kind !== 'strip') return [];
      let { x } = box.pos;
      return box.panels.map((panel) => {
        const pos = { ...box.pos, x, w: panel.gridPos.w };
        x += panel.gridPos.w;
        return { panel, pos };
      });
    }),
  };
}

/** The board's file with the places of all panels that are shown; whatever else it says stays. */
export function jsonWith(board: Dashboard, shown: readonly PanelAt[], rows: readonly RowAt[]) {
  const places = new Map<unknown, GridPos>();
  for (const { panel, pos } of [...rows, ...shown]) {
    if (!places.has(panel.raw)) places.set(panel.raw, pos); // the first copy of a repeated one
  }
  return JSON.stringify(
    board.raw,
    (_, value: unknown) => {
      const pos = places.get(value);
      return pos
        ? { ...(value as object), gridPos: { h: pos.h, w: pos.w, x: pos.x, y: pos.y } }
        : value;
    },
    2,
  );
}

/** Whether the file has places at all: panels of old rows, and of newer resources, have them elsewhere. */
export function canArrange(board: Dashboard): boolean {
  const own = new Set<unknown>();
  JSON.stringify(board.raw, (_, value: unknown) => {
    own.add(value);
    return value;
  });
  return board.panels.length > 0 && board.panels.every(({ raw }) => own.has(raw));
}

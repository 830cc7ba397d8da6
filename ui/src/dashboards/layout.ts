/** From positions in the file to boxes on the page: 24 columns, rows of 30 px, 8 px between, as Grafana's. */
import type { Values } from './interpolate';
import type { GridPos, Panel } from './model';

export const CELL_PX = 30;
export const GAP_PX = 8;
export const COLUMNS = 24;

/** One thing on the page: a panel, the head of a row, or stats that share a strip. */
export type Box =
  | { readonly kind: 'panel'; readonly key: string; readonly panel: Panel; readonly pos: GridPos }
  | {
      readonly kind: 'row';
      readonly key: string;
      readonly panel: Panel;
      readonly pos: GridPos;
      readonly open: boolean;
      readonly count: number;
    }
  | {
      readonly kind: 'strip';
      readonly key: string;
      readonly panels: readonly Panel[];
      readonly pos: GridPos;
    };

export const heightPx = (rows: number): number => rows * CELL_PX + (rows - 1) * GAP_PX;

/**
 * All boxes in reading order. `folded` tells which rows are closed now; what a closed row holds is left
 * out and all below moves up.
 */
export function layout(
  panels: readonly Panel[],
  values: Values,
  folded: (row: Panel) => boolean,
): Box[] {
  const sections = toSections(panels);
  const out: Box[] = [];
  let y = 0;
  for (const { row, members } of sections) {
    const open = !row || !folded(row);
    if (row) {
      out.push({
        kind: 'row',
        key: `row-${row.id}`,
        panel: row,
        pos: { x: 0, y, w: COLUMNS, h: 1 },
        open,
        count: members.length,
      });
      y += 1;
    }
    if (!open) continue;
    const placed = place(
      members.flatMap((panel) => repeated(panel, values)),
      y,
    );
    out.push(...joinStats(placed));
    y = placed.reduce((end, { pos }) => Math.max(end, pos.y + pos.h), y);
  }
  return out;
}

interface Section {
  readonly row: Panel | null;
  readonly members: readonly Panel[];
}

const byPosition = (a: Panel, b: Panel) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x;

/** A row owns what stands below it up to the next row; a folded one carries its panels inside. */
function toSections(panels: readonly Panel[]): Section[] {
  const sections: { row: Panel | null; members: Panel[] }[] = [{ row: null, members: [] }];
  for (const panel of [...panels].sort(byPosition)) {
    if (panel.type === 'row')
      sections.push({ row: panel, members: [...panel.panels].sort(byPosition) });
    else sections[sections.length - 1]!.members.push(panel);
  }
  return sections.filter(({ row, members }) => row || members.length);
}

/** One copy for each value of the variable it repeats by, side by side or below each other. */
function repeated(panel: Panel, values: Values): Panel[] {
  const chosen = panel.repeat ? values[panel.repeat]?.values : undefined;
  if (!chosen || chosen.length === 0) return [panel];
  const { x, y, w, h } = panel.gridPos;
  const across = panel.repeatDirection === 'v' ? 1 : Math.min(panel.maxPerRow, chosen.length);
  const width = panel.repeatDirection === 'v' ? w : Math.floor(COLUMNS / across);
  return chosen.map((value, i) => ({
    ...panel,
    scoped: { ...panel.scoped, [panel.repeat!]: value },
    gridPos: {
      x: panel.repeatDirection === 'v' ? x : (i % across) * width,
      y: y + Math.floor(i / across) * h,
      w: width,
      h,
    },
  }));
}

type Placed = Extract<Box, { kind: 'panel' }>;

/** Lets a section's panels fall upwards to its top, as Grafana does: none lies on another, no hole stays. */
function place(panels: readonly Panel[], top: number): Placed[] {
  const floor = new Array<number>(COLUMNS).fill(top); // first free row of each column
  return [...panels].sort(byPosition).map((panel) => {
    const { x, w, h } = panel.gridPos;
    const y = Math.max(...floor.slice(x, x + w));
    floor.fill(y + h, x, x + w);
    const scope = Object.values(panel.scoped ?? {}).join(',');
    return { kind: 'panel', key: `panel-${panel.id}-${scope}`, panel, pos: { x, y, w, h } };
  });
}

/** Stats that stand side by side with equal height become one strip with hairlines between. */
function joinStats(placed: readonly Placed[]): Box[] {
  const out: Box[] = [];
  for (const box of placed) {
    const last = out[out.length - 1];
    if (box.panel.type === 'stat' && last && follows(last, box.pos)) {
      const before =
        last.kind === 'strip' ? last.panels : last.kind === 'panel' ? [last.panel] : [];
      const pos = { ...last.pos, w: last.pos.w + box.pos.w };
      out[out.length - 1] = {
        kind: 'strip',
        key: `strip-${before[0]!.id}`,
        panels: [...before, box.panel],
        pos,
      };
    } else out.push(box);
  }
  return out;
}

function follows(last: Box, pos: GridPos): boolean {
  const stats = last.kind === 'strip' || (last.kind === 'panel' && last.panel.type === 'stat');
  return stats && last.pos.y === pos.y && last.pos.h === pos.h && last.pos.x + last.pos.w === pos.x;
}

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

/**
 * All boxes in reading order. `folded` tells which rows are closed now; what a closed row holds is left
 * out and all below moves up.
 */
export function layout(
  panels: readonly Panel[],
  values: Values,
  folded: (row: Panel) => boolean,
): Box[] {
  const out: Box[] = [];
  let y = 0;
  for (const { row, members } of sectionsOf(panels, values)) {
    const open = !row || !folded(row);
    if (row && row.options['hideHeader'] !== true) {
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
    const placed = place(members, y);
    out.push(...joinStats(placed));
    y = placed.reduce((end, { pos }) => Math.max(end, pos.y + pos.h), y);
  }
  return out;
}

/**
 * The panel that an address names: by its id, as Grafana writes it (`panel-4`, `panel-4-clone-1`), also a
 * copy of a repeated one.
 */
export function panelNamed(
  panels: readonly Panel[],
  values: Values,
  name: string,
): Panel | undefined {
  const parts = /^(?:.*\$)?(?:panel-)?(\d+)(?:-clone-(\d+))?$/.exec(name);
  if (!parts) return undefined;
  const id = Number(parts[1]) + Number(parts[2] ?? 0) * COPY;
  const all = sectionsOf(panels, values).flatMap(({ members }) => members);
  return all.find((panel) => panel.id === id) ?? all.find((panel) => panel.id === Number(parts[1]));
}

interface Section {
  readonly row: Panel | null;
  readonly members: readonly Panel[];
}

const byPosition = (a: Panel, b: Panel) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x;

/** A row owns what stands below it up to the next row; a folded one carries its panels inside. */
function sectionsOf(panels: readonly Panel[], values: Values): Section[] {
  const sections: { row: Panel | null; members: Panel[] }[] = [{ row: null, members: [] }];
  for (const panel of [...panels].sort(byPosition)) {
    if (panel.type === 'row')
      sections.push({ row: panel, members: [...panel.panels].sort(byPosition) });
    else sections[sections.length - 1]!.members.push(panel);
  }
  return sections
    .filter(({ row, members }) => row || members.length)
    .flatMap((section) => copiesOf(section, values))
    .map(({ row, members }) => ({ row, members: withRepeats(members, values) }));
}

/** How far the ids of copies are apart; a copy of a copy lies a thousand times further. */
const COPY = 1_000_000;

const copyOf = (panel: Panel, scoped: Panel['scoped'], distance: number): Panel => ({
  ...panel,
  id: panel.id + distance * COPY,
  scoped: { ...panel.scoped, ...scoped },
});

/** A row that repeats, once for each value, with all it holds. */
function copiesOf({ row, members }: Section, values: Values): Section[] {
  const chosen = row?.repeat && valuesFor(row, row.repeat, values);
  if (!row || !chosen || chosen.length === 0) return [{ row, members }];
  return chosen.map((value, i) => {
    const scoped = { [row.repeat!]: value };
    return {
      row: copyOf(row, scoped, i * 1_000),
      members: members.map((panel) => copyOf(panel, scoped, i * 1_000)),
    };
  });
}

/** What a panel repeats by: within a copy that already holds one value, that one alone. */
const valuesFor = (panel: Panel, name: string, values: Values): readonly string[] | undefined =>
  panel.scoped && Object.hasOwn(panel.scoped, name)
    ? [panel.scoped[name]!]
    : Object.hasOwn(values, name)
      ? values[name]!.values
      : undefined;

/** Repeated panels as their copies; what stands below them moves down. */
function withRepeats(members: readonly Panel[], values: Values): Panel[] {
  const out: Panel[] = [];
  let moved: readonly Panel[] = [...members].sort(byPosition);
  while (moved.length) {
    const [panel, ...rest] = moved;
    const copies = repeated(panel!, values);
    const { y, h } = panel!.gridPos;
    const end = copies.reduce((most, { gridPos }) => Math.max(most, gridPos.y + gridPos.h), 0);
    const below = y + h;
    out.push(...copies);
    moved = end > below ? rest.map((one) => movedDown(one, below, end - below)) : rest;
  }
  return out;
}

const movedDown = (panel: Panel, from: number, by: number): Panel =>
  panel.gridPos.y < from
    ? panel
    : { ...panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y + by } };

/** One copy for each value of the variable it repeats by, side by side or below each other. */
function repeated(panel: Panel, values: Values): Panel[] {
  const chosen = panel.repeat ? valuesFor(panel, panel.repeat, values) : undefined;
  if (!chosen || chosen.length === 0) return [panel];
  const { x, y, w, h } = panel.gridPos;
  const down = panel.repeatDirection === 'v';
  const across = down ? 1 : Math.min(panel.maxPerRow, chosen.length);
  const width = down ? w : Math.floor(COLUMNS / across);
  return chosen.map((value, i) => ({
    ...copyOf(panel, { [panel.repeat!]: value }, i),
    gridPos: {
      x: down ? x : (i % across) * width,
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
    return { kind: 'panel', key: `panel-${panel.id}`, panel, pos: { x, y, w, h } };
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

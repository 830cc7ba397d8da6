/** How many tiles share a box: which grid suits them, and how large their words may be. Knows no React. */

export interface Box {
  readonly width: number;
  readonly height: number;
}
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Of one tile. */
  readonly tile: Box;
}

/** How a board wants several tiles: `horizontal` one below the other, `vertical` side by side. */
export type Orientation = 'auto' | 'horizontal' | 'vertical';
export const orientationOf = (option: unknown): Orientation =>
  option === 'horizontal' || option === 'vertical' ? option : 'auto';

/**
 * The grid whose tiles come nearest to the wished shape (width to height) while each keeps its least size;
 * where there is no room for that, as many columns as fit, and the rest is scrolled to.
 */
export function gridOf(
  count: number,
  box: Box,
  orientation: Orientation,
  { shape = 2.2, least = { width: 64, height: 30 }, gap = 8 } = {},
): Grid {
  const most = Math.max(1, Math.floor((box.width + gap) / (least.width + gap)));
  const choices =
    orientation === 'horizontal'
      ? [1]
      : orientation === 'vertical'
        ? [Math.min(count, most)]
        : Array.from({ length: Math.min(count, most) }, (_, i) => i + 1);
  const grids = choices.map((columns) => gridWith(columns, count, box, least.height, gap));
  const worth = ({ tile, rows, columns }: Grid) =>
    Math.min(tile.width / shape, tile.height) - (rows * columns - count) * 0.5;
  const fitting = grids.filter(({ rows, tile }) => rows * (tile.height + gap) - gap <= box.height);
  if (fitting.length)
    return fitting.reduce((best, grid) => (worth(grid) > worth(best) ? grid : best));
  return grids[grids.length - 1] ?? gridWith(1, 1, box, least.height, gap);
}

function gridWith(columns: number, count: number, box: Box, least: number, gap: number): Grid {
  const rows = Math.max(1, Math.ceil(count / columns));
  const width = Math.floor((box.width - gap * (columns - 1)) / columns);
  const height = Math.floor((box.height - gap * (rows - 1)) / rows);
  return { columns, rows, tile: { width, height: Math.max(least, height) } };
}

/** Of one em, in the font of our pages at weight 600, tabular digits: measured once. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[mwMW@%]/, 0.9],
  [/[ilI.,:;'|!\u00a0 ]/, 0.29],
  [/[fjrt()[\]\-/]/, 0.42],
  [/[A-Z]/, 0.7],
  [/[0-9]/, 0.64],
];

/** About how wide a text is, in em; rather too wide than too narrow. */
export const emsOf = (text: string): number =>
  [...text].reduce((sum, c) => sum + (WIDTHS.find(([of]) => of.test(c))?.[1] ?? 0.6), 0);

/** The largest font, within its limits, at which words of so many em fit into a width. */
export function fontFor(
  ems: number,
  width: number,
  { least, most }: { least: number; most: number },
): number {
  return Math.max(least, Math.min(most, Math.floor(width / Math.max(ems, 0.1))));
}

/** Where the legend goes and how much room it takes. */
import { displayText } from '../../frames/display';
import { reducerOf } from '../../frames/reduce';
import { shortValues } from './Legend';
import type { LegendOptions, Order } from './legendOptions';
import type { Line } from './series';
import { textWidth } from './theme';

export interface LegendPlace {
  readonly at: 'none' | 'head' | 'side' | 'chips' | 'below';
  /** Its width at the side, its height below. */
  readonly px: number;
  readonly calcs: readonly string[];
  readonly order: Order;
}

interface Room {
  readonly width: number;
  readonly height: number;
  /** What the panel's head has left. */
  readonly head: number;
}

const SIDE_FROM_PX = 560;
const TABLE_SIDE_FROM_PX = 420;
const CHIP_LINE_PX = 24;
const ROW_PX = 24;
const LOWEST_CHART_PX = 90;

/**
 * As the board says, as far as there is room. Where it leaves it to the page: few short names go into the
 * head, many to the side where a table fits, else below.
 */
export function legendPlace(
  lines: readonly Line[],
  legend: LegendOptions,
  room: Room,
): LegendPlace {
  const table = legend.look === 'table';
  const house = legend.look === 'house';
  const calcs = legend.calcs.length || table ? legend.calcs : ['mean', 'lastNotNull'];
  const order = {
    by: legend.sortBy ?? 'lastNotNull',
    descending: legend.sortBy === undefined || legend.descending,
  };
  const none: LegendPlace = { at: 'none', px: 0, calcs, order };
  if (!legend.shown || lines.length === 0) return none;
  const few = lines.length <= 4 && legend.calcs.length === 0;
  if (house && few && chipsWidth(lines, shortValues(lines)) < room.head)
    return { ...none, at: 'head' };
  const wide = room.width >= (table ? TABLE_SIDE_FROM_PX : SIDE_FROM_PX);
  const many = lines.length > 4 || legend.calcs.length > 0;
  if (wide && (legend.right || (house && many))) {
    const own = legend.look === 'list' ? legend.calcs : calcs;
    return {
      ...none,
      at: 'side',
      px: legend.width ?? sideWidth(lines, own, room.width),
      calcs: own,
    };
  }
  const most = Math.max(0, room.height - LOWEST_CHART_PX);
  if (table) {
    const px = Math.min((lines.length + 1) * ROW_PX, room.height * 0.42, most);
    return px < 2 * ROW_PX ? none : { ...none, at: 'below', px: Math.floor(px) };
  }
  const rows = Math.min(
    2,
    Math.ceil(chipsWidth(lines, longValues(lines, legend.calcs)) / Math.max(room.width, 1)),
  );
  return most < CHIP_LINE_PX ? none : { ...none, at: 'chips', px: rows * CHIP_LINE_PX };
}

const last = reducerOf('lastNotNull');
const longValues = (lines: readonly Line[], calcs: readonly string[]) =>
  lines.map((line) =>
    calcs.length
      ? calcs
          .map((calc) => `${calc} ${displayText(reducerOf(calc)(line.all), line.config)}`)
          .join(' ')
      : displayText(last(line.all), line.config),
  );
const chipsWidth = (lines: readonly Line[], values: readonly string[]) =>
  lines.reduce((sum, { name }, i) => sum + 37 + textWidth(`${name}${values[i]}`) * 1.1, 0);

/** As wide as the names and columns need, but at most half of the panel. */
function sideWidth(lines: readonly Line[], calcs: readonly string[], width: number): number {
  const names = Math.max(...lines.map(({ name }) => textWidth(name) * 1.1));
  const values = lines.map((line) => textWidth(displayText(last(line.all), line.config)) * 1.1);
  const column = Math.max(Math.max(...values) + 14, 40);
  return Math.round(Math.min(width / 2, Math.min(names, 200) + 36 + calcs.length * column));
}

/** `options.legend` of dashboard JSON, and the order of its rows. */
import { rankOf, REDUCERS, reducerOf } from '../../frames/reduce';
import type { Line } from './series';

export interface LegendOptions {
  readonly shown: boolean;
  /** A table where the board asks for one; `house` where it leaves it to the page. */
  readonly look: 'table' | 'list' | 'house';
  readonly right: boolean;
  readonly calcs: readonly string[];
  /** `name`, or the calculation that orders the rows. */
  readonly sortBy?: string;
  readonly descending: boolean;
  readonly width?: number;
}

/** A list below is Grafana's own default: the page then chooses by the room there is. */
export function legendOptionsOf(told: unknown): LegendOptions {
  const legend = (told ?? {}) as Record<string, unknown>;
  const { showLegend, isVisible, displayMode, placement, calcs, sortBy, sortDesc, width } = legend;
  const right = placement === 'right';
  return {
    shown: showLegend !== false && isVisible !== false && displayMode !== 'hidden',
    look: displayMode === 'table' ? 'table' : right ? 'list' : 'house',
    right,
    calcs: Array.isArray(calcs) ? calcs.map(String) : [],
    sortBy: typeof sortBy === 'string' && sortBy ? calcOf(sortBy) : undefined,
    descending: sortDesc !== false,
    width: typeof width === 'number' && width > 0 ? width : undefined,
  };
}

/** Names of Grafana's legend columns; ours are shorter. */
const COLUMNS: Readonly<Record<string, string>> = {
  'last *': 'lastNotNull',
  'first *': 'firstNotNull',
  total: 'sum',
  difference: 'diff',
  average: 'mean',
  avg: 'mean',
  current: 'lastNotNull',
};

/** The calculation behind a column's title or id. */
function calcOf(title: string): string {
  const low = title.toLowerCase();
  if (low === 'name') return 'name';
  return COLUMNS[low] ?? Object.keys(REDUCERS).find((id) => id.toLowerCase() === low) ?? title;
}

export interface Order {
  readonly by: string;
  readonly descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Rows in order; without a wish, the highest now on top. What is no number stands last either way. */
export function inOrder(lines: readonly Line[], { by, descending }: Order): Line[] {
  if (by === 'name') {
    const sorted = [...lines].sort((a, b) => collator.compare(a.name, b.name));
    return descending ? sorted.reverse() : sorted;
  }
  const reduce = reducerOf(by);
  const rank = new Map(lines.map((line) => [line, rankOf(reduce(line.all))]));
  const known = lines.filter((line) => rank.get(line) !== -Infinity);
  const sorted = known.sort((a, b) => rank.get(b)! - rank.get(a)!);
  return [
    ...(descending ? sorted : sorted.reverse()),
    ...lines.filter((line) => rank.get(line) === -Infinity),
  ];
}

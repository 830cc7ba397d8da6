/** The rows of the command palette: what there is, filtered by what was typed, recent first. */
import type { IconName } from '../parts';
import { fuzzy, type Match } from './fuzzy';

export interface Row {
  /** Stays the same for the same thing: what was chosen lately is remembered by it. */
  id: string;
  group: string;
  words: string;
  /** Beside the words, quieter. */
  hint?: string;
  icon: IconName;
  code?: boolean;
  run: () => void;
}

export interface Found extends Row {
  at: number[];
}

export const ROWS_PER_GROUP = 8;

/** The group with the best row first; at most eight rows each, the best first. */
export function findRows(
  rows: readonly Row[],
  wish: string,
  recent: readonly string[],
): [group: string, rows: Found[]][] {
  const scored = rows
    .map((row) => ({ row, match: fuzzy(wish, row.words) }))
    .filter((entry): entry is { row: Row; match: Match } => entry.match !== undefined)
    .map(({ row, match }) => ({ row, at: match.at, score: match.score + freshness(row, recent) }))
    .sort((a, b) => b.score - a.score);
  const groups = new Map<string, Found[]>();
  for (const row of rows) groups.set(row.group, []);
  for (const { row, at } of scored) {
    const group = groups.get(row.group)!;
    if (group.length < ROWS_PER_GROUP) group.push({ ...row, at });
  }
  const best = new Map(
    scored.map(({ row, score }) => [row.group, score]).reverse() as [string, number][],
  );
  return [...groups]
    .filter(([, found]) => found.length > 0)
    .sort(([a], [b]) => (best.get(b) ?? 0) - (best.get(a) ?? 0));
}

/** What was chosen lately stands a little higher. */
function freshness(row: Row, recent: readonly string[]): number {
  const index = recent.indexOf(row.id);
  return index < 0 ? 0 : 20 - index;
}

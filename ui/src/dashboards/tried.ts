/**
 * Boards that somebody tries: pasted or dropped, kept by this browser until they are forgotten. No
 * server hears of them: the truth of a board is its file, and a second place for it would disagree.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { useDashboard } from '../query';

export interface Tried {
  readonly uid: string;
  readonly title: string;
  /** The name for its file. */
  readonly file: string;
  readonly text: string;
}

const KEY = 'oriel.tried';
const MOST = 10;
/** As many as the server takes of one file (limits.board_bytes), in characters. */
export const MOST_TRIED_CHARS = 4 << 20;

let boards: readonly Tried[] = read();
const listeners = new Set<() => void>();

/** Keeps a board in front of the others; the oldest go where there is no room. False: for this page alone. */
export function keepTried(
  title: string,
  file: string,
  text: string,
): { uid: string; kept: boolean } {
  const uid = `tried-${hash(text)}`;
  const board = { uid, title, file, text };
  let next = [board, ...boards.filter((each) => each.uid !== uid)].slice(0, MOST);
  let kept = write(next);
  while (!kept && next.length > 1) {
    next = next.slice(0, -1);
    kept = write(next);
  }
  tell(next);
  return { uid, kept };
}

export function forgetTried(uid: string): void {
  const next = boards.filter((each) => each.uid !== uid);
  write(next);
  tell(next);
}

export const triedBoard = (uid: string): Tried | undefined =>
  boards.find((each) => each.uid === uid);

export const useTried = (): readonly Tried[] => useSyncExternalStore(listen, () => boards);

/** The Grafana JSON of a board: of one that is tried here from this browser, of any other from the server. */
export function useBoardJson(uid: string): { data: unknown; error: Error | null } {
  const tried = triedBoard(uid);
  const told = useDashboard(uid, tried === undefined);
  const own = useMemo(() => (tried ? (JSON.parse(tried.text) as unknown) : undefined), [tried]);
  return tried ? { data: own, error: null } : told;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(next: readonly Tried[]): void {
  boards = next;
  listeners.forEach((listener) => listener());
}

function read(): readonly Tried[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isTried) : [];
  } catch {
    return [];
  }
}

function isTried(value: unknown): value is Tried {
  const board = value as Partial<Tried> | null;
  return [board?.uid, board?.title, board?.file, board?.text].every(
    (text) => typeof text === 'string',
  );
}

function write(next: readonly Tried[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
    return true;
  } catch {
    return false; // full or forbidden
  }
}

/** The same for the same text: pasting it twice is one board. */
function hash(text: string): string {
  let sum = 0x811c9dc5; // FNV-1a
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(36);
}

/** The boards that were opened in this browser, the last one first. */
import { readStored, store } from './stored';

const KEY = 'recentBoards';
const MOST = 30;

export const recentBoards = (): string[] =>
  readStored<unknown[]>(KEY, []).filter((uid): uid is string => typeof uid === 'string');

export function rememberBoard(uid: string): void {
  store(KEY, [uid, ...recentBoards().filter((other) => other !== uid)].slice(0, MOST));
}

/** What was asked before, kept by this browser: the newest first, each once. */
import { readStored, store } from '../app/stored';

export interface Past {
  expr: string;
  atMs: number;
  series: number;
  tookMs: number;
}

const KEY = 'explore.past';
const MOST = 50;

export function readPast(): Past[] {
  return readStored<Past[]>(KEY, []);
}

export function remember(past: Past): Past[] {
  const next = [past, ...readPast().filter(({ expr }) => expr !== past.expr)].slice(0, MOST);
  store(KEY, next);
  return next;
}

export function forgetPast(): Past[] {
  store(KEY, []);
  return [];
}

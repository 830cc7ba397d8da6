/** From a text that somebody pasted or dropped to a board, or to what is wrong with it. */
import { visible } from '../format';
import { readDashboard } from './model';
import { keepTried, MOST_TRIED_CHARS } from './tried';

export type Trial = { readonly uid: string; readonly kept: boolean } | { readonly problem: string };

/** Reads and keeps it. The name of its file is what it was dropped as, else made of its title. */
export function tryBoard(text: string, droppedAs = ''): Trial {
  if (text.length > MOST_TRIED_CHARS)
    return { problem: 'It is over 4 MiB, more than a dashboard may have.' };
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return { problem: 'It is JSON, and no dashboard: a dashboard is an object.' };
    const title = visible(readDashboard(json).title) || 'Untitled';
    return keepTried(title, droppedAs || fileNameOf(title), text);
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

export const fileNameOf = (title: string): string =>
  `${
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'dashboard'
  }.json`;

/**
 * A screen on the wall: `?kiosk` shows a page without its bars, larger; `&boards=a,b` goes from one board to
 * the next, every minute or as `&every=30s` says. `?kiosk=tv` is what older links say.
 */
import { parseDuration } from '../../query';

export interface Kiosk {
  /** Addresses of the boards it goes through; none where it stays. */
  readonly rotation: readonly string[];
  readonly everyMs: number;
}

const MINUTE_MS = 60_000;
const SHORTEST_MS = 5_000;

/** Null where the page is shown with its bars. */
export function kioskOf(search: URLSearchParams): Kiosk | null {
  const asked = search.get('kiosk');
  if (asked === null || asked === 'false') return null;
  const every = parseDuration(search.get('every') ?? '') ?? MINUTE_MS;
  return {
    rotation: (search.get('boards') ?? '')
      .split(',')
      .map((uid) => uid.trim())
      .filter(Boolean)
      .map((uid) => (uid === 'home' ? '/home' : `/d/${encodeURIComponent(uid)}`)),
    everyMs: Math.max(SHORTEST_MS, every),
  };
}

/** The same address with or without its bars. */
export function turned(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  if (kioskOf(search)) next.delete('kiosk');
  else next.set('kiosk', '');
  return next;
}

/** What comes after this page; the first where it is none of them. */
export function nextOf({ rotation }: Kiosk, pathname: string): string | undefined {
  return rotation[(rotation.indexOf(pathname) + 1) % rotation.length];
}

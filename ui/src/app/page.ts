/** What the page in view is called: the shell shows it as breadcrumb and as the window's title. */
import { useEffect, useSyncExternalStore } from 'react';

export interface Crumb {
  words: string;
  to?: string;
}

export interface Page {
  crumbs: readonly Crumb[];
}

let page: Page = { crumbs: [] };
const listeners = new Set<() => void>();

/** Called once by each page; the last crumb is the page itself. */
export function usePage(next: Page): void {
  const key = JSON.stringify(next);
  useEffect(() => {
    page = JSON.parse(key) as Page;
    const last = page.crumbs.at(-1)?.words;
    document.title = last ? `${last} · Oriel` : 'Oriel';
    listeners.forEach((tell) => tell());
  }, [key]);
}

/** For the shell. */
export function useCurrentPage(): Page {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => page,
  );
}

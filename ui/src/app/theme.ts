/** Dark, light, or as the system has it. public/theme.js reads the same key before the first paint. */
import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light' | 'system';

const KEY = 'oriel.theme';
const systemLight = window.matchMedia?.('(prefers-color-scheme: light)');
const listeners = new Set<() => void>();

export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'dark' || theme === 'light' ? theme : 'system';
}

/** What is on the screen now. */
export function shownTheme(): 'dark' | 'light' {
  const chosen = chosenTheme();
  if (chosen !== 'system') return chosen;
  return systemLight?.matches ? 'light' : 'dark';
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // holds for this page only
  }
  show(theme);
}

/** Shows a theme for a moment, for paper, without keeping it; returns what goes back. */
export function lendTheme(theme: Theme): () => void {
  const before = chosenTheme();
  show(theme);
  return () => show(before);
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  listeners.forEach((tell) => tell());
}

/** For canvas charts: draws again when it changes. */
export function useShownTheme(): 'dark' | 'light' {
  return useSyncExternalStore(subscribe, shownTheme);
}

export function useChosenTheme(): Theme {
  return useSyncExternalStore(subscribe, chosenTheme);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemLight?.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    systemLight?.removeEventListener('change', listener);
  };
}

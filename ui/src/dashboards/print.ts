/**
 * A board on paper: all panels asked, light colours, then the browser's own print dialog. What is below the
 * window is asked only when it comes near, so it is brought near first.
 */
import { useSyncExternalStore } from 'react';
import { lendTheme } from '../app/theme';

const MOST_MS = 20_000;
const STEP_MS = 100;

let whole = false;
const listeners = new Set<() => void>();

/** True while every panel is to be asked, wherever it stands. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => whole,
  );

function setWhole(next: boolean): void {
  whole = next;
  listeners.forEach((tell) => tell());
}

/** Waits for the panels, at most twenty seconds, and prints. */
export async function printBoard(print: () => void = () => window.print()): Promise<void> {
  let giveBack = () => undefined as void;
  setWhole(true);
  try {
    const end = Date.now() + MOST_MS;
    do await pause(STEP_MS);
    while (document.querySelector('[data-panel][data-state="loading"]') && Date.now() < end);
    giveBack = lendTheme('light');
    await pause(STEP_MS); // charts are drawn anew
    print();
  } finally {
    giveBack();
    setWhole(false);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

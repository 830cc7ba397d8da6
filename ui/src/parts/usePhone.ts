import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia?.('(max-width: 719px)');

/** True below the width at which side bar and columns give way to one column. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => narrow?.matches ?? false);
}

function subscribe(listener: () => void): () => void {
  narrow?.addEventListener('change', listener);
  return () => narrow?.removeEventListener('change', listener);
}

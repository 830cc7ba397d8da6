/** The cross-hair that all charts of the page share: one moment, told to whoever draws one. */

export interface Crosshair {
  /** Milliseconds since 1970; `null` when the pointer is over no chart. */
  timeMs: number | null;
  /** Who set it, so that a chart does not answer to itself. */
  source: string;
  /** Stays where it is until released. */
  pinned: boolean;
}

let current: Crosshair = { timeMs: null, source: '', pinned: false };
const listeners = new Set<(crosshair: Crosshair) => void>();

export function getCrosshair(): Crosshair {
  return current;
}

/** Called for each move of the pointer: listeners draw at once and re-render nothing. */
export function setCrosshair(timeMs: number | null, source: string): void {
  if (current.pinned || current.timeMs === timeMs) return;
  tell({ timeMs, source, pinned: false });
}

export function pinCrosshair(timeMs: number | null, source: string): void {
  tell({ timeMs, source, pinned: timeMs !== null });
}

export function subscribeCrosshair(listener: (crosshair: Crosshair) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(next: Crosshair): void {
  current = next;
  listeners.forEach((listener) => listener(next));
}

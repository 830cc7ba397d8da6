/**
 * The beat: what makes relative ranges slide. It stops while nobody looks, and waits while the last
 * answers are still under way, so that questions never pile up.
 */
export interface BeatWorld {
  everyMs: number;
  /** True while answers are under way. */
  isBusy: () => boolean;
  isHidden: () => boolean;
  /** Calls the listener when the window is hidden or shown; returns how to stop. */
  onVisibility: (listener: () => void) => () => void;
  beat: () => void;
  now: () => number;
}

const LOOK_AGAIN_MS = 500;

/** Starts beating; returns how to stop. */
export function startBeat(world: BeatWorld): () => void {
  const { everyMs, isBusy, isHidden, onVisibility, beat, now } = world;
  let lastMs = now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tick = () => {
    timer = undefined;
    if (isHidden()) return; // shown again, `onShown` goes on
    if (isBusy()) {
      timer = setTimeout(tick, Math.min(LOOK_AGAIN_MS, everyMs));
      return;
    }
    lastMs = now();
    beat();
    timer = setTimeout(tick, everyMs);
  };

  const stopListening = onVisibility(() => {
    if (isHidden() || timer !== undefined) return;
    timer = setTimeout(tick, Math.max(0, lastMs + everyMs - now()));
  });

  timer = setTimeout(tick, everyMs);
  return () => {
    clearTimeout(timer);
    stopListening();
  };
}

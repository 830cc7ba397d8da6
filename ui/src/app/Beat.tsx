import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { beatNow, startBeat, useRefresh } from '../query';

/** Makes the window beat: relative ranges slide, and what is live is asked again. */
export function Beat() {
  const client = useQueryClient();
  const { refreshMs, beat } = useRefresh();

  useEffect(() => {
    if (refreshMs === 0) return;
    return startBeat({
      everyMs: refreshMs,
      isBusy: () => client.isFetching() > 0,
      isHidden: () => document.hidden,
      onVisibility: (listener) => {
        document.addEventListener('visibilitychange', listener);
        return () => document.removeEventListener('visibilitychange', listener);
      },
      beat: beatNow,
      now: Date.now,
    });
  }, [client, refreshMs]);

  useEffect(() => {
    if (beat === 0) return;
    void client.invalidateQueries({ predicate: ({ meta }) => meta?.live === true });
  }, [client, beat]);

  return null;
}

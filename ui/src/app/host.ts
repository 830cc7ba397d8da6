import { useEffect } from 'react';
import { useAbout } from '../query';
import { readStored, store } from './stored';

/** The machine's name; until it is told, as it was last time, so that what stands beside it stays. */
export function useHost(): string | undefined {
  const host = useAbout().data?.host;
  useEffect(() => {
    if (host) store('host', host);
  }, [host]);
  return host ?? readStored<string | undefined>('host', undefined);
}

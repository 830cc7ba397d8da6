import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';
import { clock, duration } from '../format';
import { StateGlyph } from '../parts';
import { useEngine, useRefresh, useSelf } from '../query';
import { texts } from './texts';
import css from './topBar.module.css';

const SAID_MS = 8_000;

/** Says when Oriel does not answer, and once when it, or its metrics engine, does again; the pages keep what they have. */
export function Connection() {
  const { error, dataUpdatedAt, isFetching } = useSelf();
  const { nowMs } = useRefresh();
  const engine = useEngine();
  const lost = error instanceof ApiError && error.status === 0;
  const back = useReturn(lost, isFetching, dataUpdatedAt, texts.shell.back);
  const silent = engine !== undefined && !engine.answers;
  const engineBack = useReturn(silent, engine === undefined, engine?.sinceMs, texts.engine.back);

  const words = lost ? texts.shell.lost(clock(dataUpdatedAt || nowMs, nowMs)) : back || engineBack;
  return (
    <span className={css.connection} role="status">
      {words && <StateGlyph state={lost ? 'missing' : 'ok'} label="" />}
      {words}
    </span>
  );
}

/**
 * What is to say for a while once something that was lost is back.
 *
 * @param unsure whether it is not known at this moment
 */
function useReturn(
  lost: boolean,
  unsure: boolean,
  sinceMs: number | undefined,
  say: (gap: string) => string,
): string {
  const lastSeen = useRef(0);
  const [back, setBack] = useState('');

  useEffect(() => {
    if (lost && lastSeen.current === 0) lastSeen.current = sinceMs || Date.now();
    if (lost || unsure || lastSeen.current === 0) return;
    setBack(say(duration(Date.now() - lastSeen.current)));
    lastSeen.current = 0;
  }, [lost, unsure, sinceMs, say]);

  useEffect(() => {
    if (back === '') return;
    const timer = setTimeout(() => setBack(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [back]);

  return back;
}

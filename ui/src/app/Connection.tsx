import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';
import { clock, duration } from '../format';
import { StateGlyph } from '../parts';
import { useRefresh, useSelf } from '../query';
import { texts } from './texts';
import css from './topBar.module.css';

const SAID_MS = 8_000;

/** Says when Oriel does not answer, and once when it does again; the pages keep what they have. */
export function Connection() {
  const { error, dataUpdatedAt, isFetching } = useSelf();
  const { nowMs } = useRefresh();
  const lost = error instanceof ApiError && error.status === 0;
  const lastSeen = useRef(0);
  const [back, setBack] = useState('');

  useEffect(() => {
    if (lost && lastSeen.current === 0) lastSeen.current = dataUpdatedAt || Date.now();
    if (lost || isFetching || lastSeen.current === 0) return;
    setBack(texts.shell.back(duration(Date.now() - lastSeen.current)));
    lastSeen.current = 0;
  }, [lost, isFetching, dataUpdatedAt]);

  useEffect(() => {
    if (back === '') return;
    const timer = setTimeout(() => setBack(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [back]);

  const words = lost ? texts.shell.lost(clock(dataUpdatedAt || nowMs, nowMs)) : back;
  return (
    <span className={css.connection} role="status">
      {words && <StateGlyph state={lost ? 'missing' : 'ok'} label="" />}
      {words}
    </span>
  );
}

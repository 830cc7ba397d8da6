import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { clock } from '../../format';
import { StateGlyph } from '../../parts';
import { useRefresh, useSelf } from '../../query';
import { useCurrentPage } from '../page';
import { texts } from '../texts';
import { nextOf, type Kiosk } from './kiosk';
import css from './kiosk.module.css';

const words = texts.kiosk;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const SHIFT_PX = 2;
const LATE_BEATS = 3;
const SLOWEST_MS = 30_000;

/** What a screen on the wall has in place of bars: the clock, whether it is live, and which board comes when. */
export default function KioskFrame({ kiosk }: { kiosk: Kiosk }) {
  const nowMs = useClock();
  const { refreshMs } = useRefresh();
  const { dataUpdatedAt } = useSelf();
  const { crumbs } = useCurrentPage();
  const turn = useRotation(kiosk, nowMs);
  const age = dataUpdatedAt ? Math.max(0, nowMs - dataUpdatedAt) : 0;
  const late = refreshMs === 0 || age > Math.max(SLOWEST_MS, LATE_BEATS * refreshMs);
  useShift(nowMs);

  return (
    <>
      <div className={css.clock}>
        <time>{clockWords(nowMs)}</time>
        <span>{dayWords(nowMs)}</span>
      </div>
      {late && (
        <div className={css.late} role="alert">
          <StateGlyph state="crit" size={24} label="" />
          {refreshMs === 0 ? words.stands : words.notLive(clock(dataUpdatedAt || nowMs, nowMs))}
        </div>
      )}
      <footer className={css.foot}>
        <span>
          {crumbs.at(-1)?.words}
          {turn.turns && `, ${words.place(turn.place, kiosk.rotation.length)}`}
        </span>
        <span className={css.track}>
          {turn.turns && <i style={{ width: `${turn.share * 100}%` }} />}
        </span>
        <span>{late ? '' : words.live(Math.round(age / SECOND_MS))}</span>
      </footer>
    </>
  );
}

function useClock(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

/**
 * Goes down a board screen by screen, and to the next one behind its end; says how much of the screen's time
 * has passed.
 */
function useRotation(
  kiosk: Kiosk,
  nowMs: number,
): { turns: boolean; place: number; share: number } {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [sinceMs, setSinceMs] = useState(nowMs);
  const step = useEffectEvent(() => {
    setSinceMs(Date.now());
    if (wentDown()) return;
    window.scrollTo({ top: 0 });
    const next = nextOf(kiosk, pathname);
    if (next !== undefined && next !== pathname) void navigate(`${next}?${keptOf()}`);
  });

  useEffect(() => {
    const timer = setInterval(step, kiosk.everyMs);
    return () => clearInterval(timer);
  }, [kiosk.everyMs]);

  const place = Math.max(0, kiosk.rotation.indexOf(pathname)) + 1;
  const turns = kiosk.rotation.length > 1;
  return { turns, place, share: Math.min(1, Math.max(0, nowMs - sinceMs) / kiosk.everyMs) };
}

const FOOT_PX = 34;

/** One screen further down; false where the end of the page was on the screen already. */
function wentDown(): boolean {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  if (scrollTop + clientHeight >= scrollHeight - 1) return false;
  window.scrollBy({ top: clientHeight - FOOT_PX });
  return true;
}

function keptOf(): URLSearchParams {
  const search = new URLSearchParams(window.location.search);
  for (const name of [...search.keys()]) if (!KEPT.has(name)) search.delete(name);
  return search;
}

/** Variables and a panel viewed alone belong to the board that is left. */
const KEPT = new Set(['kiosk', 'boards', 'every', 'from', 'to', 'refresh', 'theme']);

/** The picture moves by two pixels each hour, so that no line is burnt into the screen. */
function useShift(nowMs: number): void {
  const shift = (Math.floor(nowMs / HOUR_MS) % 2) * SHIFT_PX;
  useEffect(() => {
    const page = document.getElementById('page');
    if (page) page.style.translate = `${shift}px ${shift}px`;
    return () => {
      if (page) page.style.translate = '';
    };
  }, [shift]);
}

const clockWords = (ms: number) =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayWords = (ms: number) =>
  new Date(ms).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** Pointer to cross-hair and tooltip; drag to zoom; click to pin. Knows no React but its setter. */
import type uPlot from 'uplot';
import { getCrosshair, pinCrosshair, setCrosshair } from '../../query';
import type { TimeChartProps } from './TimeChart';
import type { Spot } from './Tooltip';

export function placeOf(u: uPlot, left: number) {
  const over = u.over.getBoundingClientRect();
  return { x: over.left + left, top: over.top, bottom: over.bottom };
}

type SetSpot = (spot: Spot | null | ((now: Spot | null) => Spot | null)) => void;

export function wire(
  u: uPlot,
  id: string,
  latest: { readonly current: TimeChartProps },
  setSpot: SetSpot,
): void {
  const hooks = u.hooks as Record<string, ((...args: never[]) => void)[]>;
  const on = (name: string, run: (...args: never[]) => void) => (hooks[name] ??= []).push(run);

  on('setCursor', () => {
    if (getCrosshair().pinned) return;
    const { left = -1, idx } = u.cursor;
    if (left < 0 || idx === null || idx === undefined) {
      if (getCrosshair().source === id) setCrosshair(null, id);
      return setSpot(null);
    }
    setCrosshair(u.posToVal(left, 'x') * 1000, id);
    setSpot({
      ...placeOf(u, left),
      index: idx,
      pinned: false,
      byKey: false,
      focused: nearestLine(u, idx),
    });
  });
  on('setSelect', () => {
    const { left, width } = u.select;
    if (width < 4) return;
    const ends = [left, left + width].map((x) => Math.round(u.posToVal(x, 'x') * 1000));
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    latest.current.onZoom(ends[0]!, ends[1]!);
  });

  let downAt = 0;
  u.over.addEventListener('mousedown', (event) => (downAt = event.clientX));
  u.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - downAt) > 3) return; // that was a drag
    const { left = -1, idx } = u.cursor;
    if (getCrosshair().pinned) {
      pinCrosshair(null, id);
      setSpot(null);
    } else if (left >= 0 && idx !== null && idx !== undefined) {
      pinCrosshair(u.posToVal(left, 'x') * 1000, id);
      setSpot((now) => now && { ...now, pinned: true });
    }
  });
}

/** Which line lies nearest to the pointer at that row, counted from 0; null where none has a value. */
export function nearestLine(
  u: Pick<uPlot, 'series' | 'data' | 'valToPos' | 'cursor'>,
  row: number,
): number | null {
  const top = u.cursor.top ?? 0;
  let nearest: number | null = null;
  let least = Infinity;
  u.series.forEach((series, i) => {
    const value = i === 0 || series.show === false ? null : u.data[i]?.[row];
    if (typeof value !== 'number') return;
    const away = Math.abs(u.valToPos(value, series.scale ?? 'y') - top);
    if (away < least) [nearest, least] = [i - 1, away];
  });
  return nearest;
}

import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { displayText } from '../../frames/display';
import { rankOf } from '../../frames/reduce';
import { timeInFull, type Zone } from '../../frames/ticks';
import css from './chart.module.css';
import type { Line } from './series';

/** Where the cross-hair stands, in the window's pixels. */
export interface Spot {
  readonly index: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly pinned: boolean;
  readonly byKey: boolean;
  /** The line under the pointer. */
  readonly focused: number | null;
}

/** What the board wants told: all lines or the nearest alone, in which order, with zeros or without. */
export interface TipOptions {
  readonly mode: 'single' | 'multi' | 'none';
  readonly sort: 'asc' | 'desc';
  readonly hideZeros: boolean;
}

export const ALL_LINES: TipOptions = { mode: 'multi', sort: 'desc', hideZeros: false };

/** `options.tooltip` of dashboard JSON. Where it asks for no order, the highest stands first. */
export function tipOptionsOf(told: unknown): TipOptions {
  const { mode, sort, hideZeros } = (told ?? {}) as Record<string, unknown>;
  return {
    mode: mode === 'single' || mode === 'none' ? mode : 'multi',
    sort: sort === 'asc' ? 'asc' : 'desc',
    hideZeros: hideZeros === true,
  };
}

interface TooltipProps {
  readonly spot: Spot;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly tip: TipOptions;
  readonly zone: Zone;
  readonly onClose: () => void;
}

const MOST_ROWS = 12;
const APART = 12;

interface Row {
  readonly line: Line;
  readonly value: number | null;
}

/** Sorted by value; what has no data stands last. Of a single one, the line under the pointer. */
export function rowsAt(
  index: number,
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
  tip: TipOptions = ALL_LINES,
  focused: number | null = null,
): Row[] {
  const rows = lines
    .filter((line) => !hidden.has(line.fullName) && !line.hideFrom.tooltip)
    .map((line) => ({ line, value: line.values[index] ?? null }))
    .filter(({ value }) => !tip.hideZeros || value !== 0)
    .sort((a, b) => rankOf(b.value) - rankOf(a.value));
  const single = focused === null ? undefined : lines[focused];
  if (tip.mode === 'single' && single) return rows.filter(({ line }) => line === single);
  if (tip.sort === 'desc') return rows;
  const known = rows.filter(({ value }) => value !== null);
  return [...known.reverse(), ...rows.filter(({ value }) => value === null)];
}

/** The same row for a reader who hears it. */
export function spokenRow(
  index: number,
  times: readonly number[],
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
  zone: Zone = 'browser',
): string {
  const rows = rowsAt(index, lines, hidden).slice(0, 3);
  const words = rows.map(({ line, value }) => `${line.name} ${displayText(value, line.config)}`);
  return `${timeInFull((times[index] ?? 0) * 1000, zone)}: ${words.join(', ')}`;
}

/** Beside the cross-hair, never over it; flips to the other side where the window ends. */
export function Tooltip(props: TooltipProps) {
  const { spot, times, lines, hidden, tip: options, zone, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = box.current;
    if (!tip) return;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const right = spot.x + APART + width <= window.innerWidth - 8;
    const left = right ? spot.x + APART : Math.max(8, spot.x - APART - width);
    const top = Math.max(8, Math.min(spot.top + 4, window.innerHeight - height - 8));
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });

  const rows = rowsAt(spot.index, lines, hidden, options, spot.focused);
  const more = rows.length - MOST_ROWS;
  const focused = spot.focused === null ? null : lines[spot.focused];
  return createPortal(
    <div
      ref={box}
      className={`${css.tip} ${spot.pinned ? css.pinned : ''}`}
      role={spot.pinned ? 'dialog' : 'presentation'}
    >
      <div className={css.tipHead}>
        {timeInFull((times[spot.index] ?? 0) * 1000, zone)}
        {spot.pinned && (
          <button type="button" onClick={onClose} aria-label="Let go">
            ×
          </button>
        )}
      </div>
      <ul>
        {rows.slice(0, MOST_ROWS).map(({ line, value }) => (
          <li key={line.fullName} className={line === focused ? css.focused : ''}>
            <i style={{ background: line.colour }} />
            <span>{line.name}</span>
            <b className={value === null ? css.none : ''}>{displayText(value, line.config)}</b>
          </li>
        ))}
      </ul>
      {more > 0 && <div className={css.tipFoot}>and {more} more</div>}
      <div className={css.tipFoot}>
        {spot.pinned ? 'Kept. Click again to let go' : 'Drag to zoom, click to keep'}
      </div>
    </div>,
    document.body,
  );
}

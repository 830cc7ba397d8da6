import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { displayText } from '../../frames/display';
import { rankOf } from '../../frames/reduce';
import { timeInFull } from '../../frames/ticks';
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

interface TooltipProps {
  readonly spot: Spot;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly onClose: () => void;
}

const MOST_ROWS = 12;
const APART = 12;

interface Row {
  readonly line: Line;
  readonly value: number | null;
}

/** Sorted by value, the highest first; what has no data stands last. */
function rowsAt(index: number, lines: readonly Line[], hidden: ReadonlySet<string>): Row[] {
  return lines
    .filter((line) => !hidden.has(line.fullName))
    .map((line) => ({ line, value: line.values[index] ?? null }))
    .sort((a, b) => rankOf(b.value) - rankOf(a.value));
}

/** The same row for a reader who hears it. */
export function spokenRow(
  index: number,
  times: readonly number[],
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
): string {
  const rows = rowsAt(index, lines, hidden).slice(0, 3);
  const words = rows.map(({ line, value }) => `${line.name} ${displayText(value, line.config)}`);
  return `${timeInFull((times[index] ?? 0) * 1000)}: ${words.join(', ')}`;
}

/** Beside the cross-hair, never over it; flips to the other side where the window ends. */
export function Tooltip({ spot, times, lines, hidden, onClose }: TooltipProps) {
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

  const rows = rowsAt(spot.index, lines, hidden);
  const more = rows.length - MOST_ROWS;
  const focused = spot.focused === null ? null : lines[spot.focused];
  return createPortal(
    <div
      ref={box}
      className={`${css.tip} ${spot.pinned ? css.pinned : ''}`}
      role={spot.pinned ? 'dialog' : 'presentation'}
    >
      <div className={css.tipHead}>
        {timeInFull((times[spot.index] ?? 0) * 1000)}
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

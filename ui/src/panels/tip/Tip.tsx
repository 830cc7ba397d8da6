import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import css from './tip.module.css';

export interface TipRow {
  readonly name: string;
  readonly value: string;
  readonly colour?: string;
  readonly strong?: boolean;
}

const APART = 14;
const EDGE = 8;

/** A box beside the pointer, or beside what the keys stand on; it never covers its point. Read aloud as it changes. */
export function Tip(props: {
  /** The point, in the window's pixels. */
  x: number;
  y: number;
  title?: ReactNode;
  rows: readonly TipRow[];
  foot?: ReactNode;
}) {
  const { x, y, title, rows, foot } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = box.current;
    if (!tip) return;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const right = x + APART + width <= window.innerWidth - EDGE;
    const left = right ? x + APART : Math.max(EDGE, x - APART - width);
    const top = Math.max(EDGE, Math.min(y - 20, window.innerHeight - height - EDGE));
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  return createPortal(
    <div ref={box} className={css.tip} aria-live="polite">
      {title && <div className={css.head}>{title}</div>}
      <ul>
        {rows.map(({ name, value, colour, strong }, i) => (
          <li key={`${i} ${name}`} className={strong ? css.strong : undefined}>
            {colour && <i style={{ background: colour }} />}
            <span>{name}</span>
            <b>{value}</b>
          </li>
        ))}
      </ul>
      {foot && <div className={css.foot}>{foot}</div>}
    </div>,
    document.body,
  );
}

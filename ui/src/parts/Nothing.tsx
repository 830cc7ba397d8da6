import type { ReactNode } from 'react';
import css from './nothing.module.css';
import { StateGlyph, type State } from './StateGlyph';

/**
 * What stands where data would: one sentence, why, what to do. With `hatch` it marks missing data;
 * without, it is calm ("empty and well") or tells an error, by `state`.
 */
export function Nothing(props: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  state?: State;
  hatch?: boolean;
  /** What the server said, word for word; unfolds. */
  details?: string;
  /** Who said the details, where it was not the server. */
  detailsTitle?: string;
  height?: number;
}) {
  const { title, children, action, state, hatch, details, height } = props;
  const { detailsTitle = 'What the server said' } = props;
  return (
    <div
      className={`${css.box} ${hatch ? css.hatch : ''}`}
      style={{ minHeight: height }}
      role="status"
    >
      {state && <StateGlyph state={state} label="" />}
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action && <div className={css.action}>{action}</div>}
      {details && (
        <details>
          <summary>{detailsTitle}</summary>
          <code>{details}</code>
        </details>
      )}
    </div>
  );
}

/** A box at its final size while the first answer is awaited: silent, and blank for a moment. */
export function Loading({ height }: { height?: number }) {
  return (
    <div className={css.loading} style={{ minHeight: height }} aria-busy="true">
      <i />
    </div>
  );
}

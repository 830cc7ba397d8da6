import type { ReactNode } from 'react';
import css from './panel.module.css';
import { StateGlyph } from './StateGlyph';

export interface PanelProps {
  title?: ReactNode;
  /** Unit or meaning, beside the title. */
  unit?: ReactNode;
  /** What is true now, or a control. */
  right?: ReactNode;
  /** Shown on hover and on focus. */
  menu?: ReactNode;
  /** Something is missing from the data that did arrive: said in the head, never instead of them. */
  warning?: string;
  /** New data are on their way; the old ones stay. */
  busy?: boolean;
  /** No padding around the body: tables go to the edge. */
  flush?: boolean;
  className?: string;
  label?: string;
  children?: ReactNode;
}

/** The frame around anything: head with title, unit and what is true now; body of a steady size. */
export function Panel(props: PanelProps) {
  const { title, unit, right, menu, warning, busy, flush, className, label, children } = props;
  const head = title !== undefined || right !== undefined;
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-label={label} aria-busy={busy}>
      {busy && <i className={css.hairline} aria-hidden="true" />}
      {head && (
        <header className={css.head}>
          {title !== undefined && <h2>{title}</h2>}
          {unit !== undefined && <span className={css.unit}>{unit}</span>}
          <div className={css.right}>
            {warning && (
              <span className={css.warning} title={warning}>
                <StateGlyph state="warn" label={warning} />
              </span>
            )}
            {right}
            {menu && <span className={css.menu}>{menu}</span>}
          </div>
        </header>
      )}
      <div className={flush ? css.flush : `${css.body} ${head ? '' : css.headless}`}>
        {children}
      </div>
    </section>
  );
}

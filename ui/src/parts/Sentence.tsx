import type { ReactNode } from 'react';
import css from './sentence.module.css';
import { StateGlyph, type State } from './StateGlyph';

/** What the page has to say, first: one sentence, what stands behind it, what can be done. */
export function Sentence(props: {
  state: State;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { state, title, children, actions } = props;
  return (
    <section className={css.lead}>
      <span className={`${css.mark} ${css[state]}`}>
        <StateGlyph state={state} size={20} />
      </span>
      <div className={css.words}>
        <h1>{title}</h1>
        {children && <p>{children}</p>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </section>
  );
}

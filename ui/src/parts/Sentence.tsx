import type { ReactNode } from 'react';
import css from './sentence.module.css';
import states from './states.module.css';
import { StateGlyph, type State } from './StateGlyph';

/** What the page has to say, first: one sentence, what stands behind it, what can be done. */
export function Sentence(props: {
  state: State;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** The words are still to come or change their length: their room is kept, more of it on a phone. */
  changes?: boolean;
}) {
  const { state, title, children, actions, changes } = props;
  return (
    <section className={css.lead}>
      <span className={`${css.mark} ${states[state]}`}>
        <StateGlyph state={state} size={20} />
      </span>
      <div className={`${css.words} ${changes ? css.changes : ''}`}>
        {/* Another sentence is another heading: nothing of it counts as moved. */}
        <h1 key={inFull(title)} title={changes ? inFull(title) : undefined}>
          {title}
        </h1>
        {children && <p title={changes ? inFull(children) : undefined}>{children}</p>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </section>
  );
}

/** For the pointer, where a line is cut. */
const inFull = (words: ReactNode) => (typeof words === 'string' ? words : undefined);

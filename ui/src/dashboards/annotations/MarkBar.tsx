import { StateGlyph } from '../../parts';
import css from './marks.module.css';
import type { Marks } from './useMarks';

/** Which kinds of marks the charts show; what could not be asked is named. */
export function MarkBar({ marks: { switches, problems } }: { marks: Marks }) {
  return (
    <>
      {switches.map(({ name, title, on, turn }) => (
        <button
          key={name}
          type="button"
          className={css.switch}
          aria-pressed={on}
          title={title}
          onClick={turn}
        >
          <i aria-hidden="true" />
          {name}
        </button>
      ))}
      {problems.length > 0 && (
        <span className={css.problem} title={problems.join('\n')}>
          <StateGlyph state="warn" label={problems.join('. ')} />
        </span>
      )}
    </>
  );
}

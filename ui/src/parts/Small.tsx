/** The smallest parts, a few lines each. */
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton';
import css from './small.module.css';

export function Tag({ children }: { children: ReactNode }) {
  return <span className={css.tag}>{children}</span>;
}

/** How full something is, from 0 to 1, always beside its number. */
export function Meter(props: { share: number; state?: 'warn' | 'crit'; width?: number }) {
  const { share, state, width } = props;
  const percent = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <div className={css.meter} style={{ width }} aria-hidden="true">
      <i className={state && css[state]} style={{ width: percent }} />
    </div>
  );
}

/** A line to run somewhere else, with a button that copies it. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className={css.command}>
      <code>{command}</code>
      <CopyButton text={command} small />
    </div>
  );
}

/** One of a few, all visible. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  const { label, value, options, onChange } = props;
  return (
    <div className={css.seg} role="radiogroup" aria-label={label}>
      {options.map(([key, words]) => (
        <label key={key}>
          <input type="radio" name={label} checked={key === value} onChange={() => onChange(key)} />
          {words}
        </label>
      ))}
    </div>
  );
}

/** Read aloud, not seen. */
export function Spoken({ as: As = 'span', children }: { as?: 'span' | 'h1'; children: ReactNode }) {
  return <As className={css.visuallyHidden}>{children}</As>;
}

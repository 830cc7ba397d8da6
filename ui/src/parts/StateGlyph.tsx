import type { ReactNode } from 'react';
import css from './icon.module.css';
import states from './states.module.css';

/** The eight states of anything; each has its own outline, so that shape alone tells them apart. */
export type State = 'ok' | 'warn' | 'crit' | 'pending' | 'info' | 'maint' | 'missing' | 'new';

const SHAPES: Readonly<Record<State, { words: string; shape: ReactNode }>> = {
  ok: {
    words: 'good',
    shape: (
      <>
        <circle cx="7" cy="7" r="6" fill="currentColor" />
        <path d="M4.200 7.200 6.200 9.100 9.800 5.100" className={css.cutLine} />
      </>
    ),
  },
  warn: {
    words: 'warning',
    shape: (
      <>
        <path
          d="M7 1.200 13.300 12.400H.7z"
          fill="var(--warn-fill)"
          stroke="var(--warn-fill)"
          strokeLinejoin="round"
        />
        <path
          d="M6.250 5h1.500v3.800h-1.500zM6.250 9.700h1.500v1.500h-1.500z"
          className={css.cut}
        />
      </>
    ),
  },
  crit: {
    words: 'critical',
    shape: (
      <>
        <path
          d="M4.300.7h5.400l3.600 3.600v5.400l-3.600 3.600H4.300L.7 9.700V4.300z"
          fill="currentColor"
        />
        <path
          d="M6.200 3.300h1.600v4.500H6.200zM6.200 9.200h1.600v1.600H6.200z"
          className={css.cut}
        />
      </>
    ),
  },
  pending: {
    words: 'pending',
    shape: (
      <>
        <circle cx="7" cy="7" r="5.600" fill="none" stroke="currentColor" strokeWidth="1.500" />
        <path d="M7 1.400a5.600 5.600 0 0 1 0 11.200z" fill="currentColor" />
      </>
    ),
  },
  info: {
    words: 'to know',
    shape: (
      <>
        <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.500" />
        <path d="M6.300 6.200h1.400v4.300H6.300zM6.300 3.500h1.400V5H6.300z" fill="currentColor" />
      </>
    ),
  },
  maint: {
    words: 'planned',
    shape: (
      <>
        <rect x="1" y="1" width="12" height="12" rx="2.500" fill="currentColor" />
        <path d="M4.700 4v6h1.500V4zM7.800 4v6h1.500V4z" className={css.cut} />
      </>
    ),
  },
  missing: {
    words: 'no data',
    shape: (
      <circle
        cx="7"
        cy="7"
        r="5.500"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.600"
        strokeDasharray="2.600 2"
      />
    ),
  },
  new: {
    words: 'new',
    shape: (
      <path
        d="M7 .6 8.700 5.300 13.400 7 8.700 8.700 7 13.400 5.300 8.700.6 7 5.300 5.300z"
        fill="currentColor"
      />
    ),
  },
};

/** A state's glyph. `label` says what it means here; an empty one is for where text beside it does. */
export function StateGlyph(props: { state: State; label?: string; size?: number }) {
  const { state, label = SHAPES[state].words, size = 14 } = props;
  const spoken = label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      className={`${css.glyph} ${states[state]}`}
      viewBox="0 0 14 14"
      width={size}
      height={size}
      {...spoken}
    >
      {SHAPES[state].shape}
    </svg>
  );
}

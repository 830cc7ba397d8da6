import { ICONS, type IconName } from './icons';
import css from './icon.module.css';

/** A picture beside words, never instead of them: screen readers skip it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className={css.icon} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={ICONS[name]} strokeWidth={name === 'more' ? 2.4 : 1.6} />
    </svg>
  );
}

import type { ReactNode } from 'react';
import { Icon } from './Icon';
import type { IconName } from './icons';
import css from './popover.module.css';

/** A row of a menu; with `checked` it is one of several to choose from. */
export function MenuItem(props: {
  children: ReactNode;
  onClick: () => void;
  icon?: IconName;
  hint?: ReactNode;
  checked?: boolean;
}) {
  const { children, onClick, icon, hint, checked } = props;
  return (
    <button type="button" className={css.item} aria-pressed={checked} onClick={onClick}>
      {icon && <Icon name={icon} size={15} />}
      {children}
      {hint !== undefined && <small>{hint}</small>}
    </button>
  );
}

import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type To } from 'react-router';
import css from './button.module.css';
import { Icon } from './Icon';
import type { IconName } from './icons';

interface Look {
  /** `primary` for the one thing to do here, `ghost` for what should not draw the eye. */
  look?: 'plain' | 'primary' | 'ghost';
  small?: boolean;
  icon?: IconName;
}

type Own = Look & ButtonHTMLAttributes<HTMLButtonElement>;

export function Button({ look = 'plain', small, icon, className, children, ...rest }: Own) {
  return (
    <button type="button" {...rest} className={classes(look, small, false, className)}>
      {icon && <Icon name={icon} size={15} />}
      {children}
    </button>
  );
}

/** A button that is only a picture: `label` is what it is called, aloud and on hover. */
export function IconButton(props: Omit<Own, 'children'> & { icon: IconName; label: string }) {
  const { look = 'plain', small, icon, label, className, ...rest } = props;
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={classes(look, small, true, className)}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}

/** Looks like a button, goes somewhere. */
export function ButtonLink(props: Look & { to: To; children: ReactNode }) {
  const { look = 'plain', small, icon, to, children } = props;
  return (
    <Link to={to} className={classes(look, small, false, undefined)}>
      {icon && <Icon name={icon} size={15} />}
      {children}
    </Link>
  );
}

function classes(look: string, small?: boolean, square?: boolean, more?: string): string {
  return [css.button, css[look], small && css.small, square && css.square, more]
    .filter(Boolean)
    .join(' ');
}

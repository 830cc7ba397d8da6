import css from './small.module.css';

/** A key, or several that are pressed together or one after another: `Ctrl K`. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className={css.kbd}>{keys}</kbd>;
}

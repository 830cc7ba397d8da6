import { useId, type ReactNode } from 'react';
import css from './popover.module.css';

/**
 * A box that opens below its button: the browser's own popover, so Esc and a click beside close it and
 * the focus comes back by itself.
 */
export function Popover(props: {
  /** What it is, aloud. */
  label: string;
  /** Gets what the button needs to open the box. */
  button: (wire: { popoverTarget: string }) => ReactNode;
  align?: 'left' | 'right';
  children: (close: () => void) => ReactNode;
}) {
  const { label, button, align = 'right', children } = props;
  const id = useId();
  const box = () => document.getElementById(id);

  const place = () => {
    const anchor = document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(id)}"]`);
    const shown = box();
    if (anchor && shown) placeBelow(shown, anchor, align);
  };

  return (
    <>
      {button({ popoverTarget: id })}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={css.box}
        onToggle={place}
      >
        {children(() => box()?.hidePopover())}
      </div>
    </>
  );
}

function placeBelow(box: HTMLElement, anchor: HTMLElement, align: 'left' | 'right'): void {
  const at = anchor.getBoundingClientRect();
  const width = box.offsetWidth;
  const wished = align === 'right' ? at.right - width : at.left;
  const left = Math.max(8, Math.min(wished, window.innerWidth - width - 8));
  const top = Math.min(at.bottom + 6, Math.max(8, window.innerHeight - box.offsetHeight - 8));
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.visibility = 'visible'; // hidden by its style sheet until it stands in its place
}

import { useEffect, useRef, type ReactNode } from 'react';
import css from './dialog.module.css';

/** The browser's own modal dialog: holds the focus, closes by Esc and by a click beside it. */
export function Dialog(props: {
  label: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const { label, onClose, children, wide } = props;
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);

  return (
    <dialog
      ref={ref}
      aria-label={label}
      className={`${css.dialog} ${wide ? css.wide : ''}`}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
    >
      <div className={css.inside}>{children}</div>
    </dialog>
  );
}

import { useMemo } from 'react';
import { Button, CopyButton, Dialog } from '../parts';
import css from './board.module.css';
import type { Dashboard } from './model';

/** The board as it stands in its file. */
export default function JsonDialog({
  board,
  title,
  onClose,
}: {
  board: Dashboard;
  title: string;
  onClose: () => void;
}) {
  const text = useMemo(() => JSON.stringify(board.raw, null, 2), [board]);
  return (
    <Dialog label={`JSON of ${title}`} onClose={onClose} wide>
      <header className={css.dialogHead}>
        <h2>{title}</h2>
        <span className={css.quiet}>Grafana’s JSON, {board.panels.length} panels</span>
        <span className={css.grow} />
        <CopyButton text={text} label="Copy the JSON" />
        <Button small look="ghost" icon="close" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className={css.dialogBody} tabIndex={0}>
        <pre className={css.code}>{text}</pre>
      </div>
    </Dialog>
  );
}

import { useNavigate } from 'react-router';
import { texts } from '../app/texts';
import { Button, CopyButton, StateGlyph } from '../parts';
import { useDashboardFolders } from '../query';
import { save } from './inspect/save';
import css from './list.module.css';
import { forgetTried, triedBoard } from './tried';

const words = texts.dashboards.trying;

/** Over a board that this browser alone has: where its file belongs. */
export function TriedNote({ uid }: { uid: string }) {
  const { data } = useDashboardFolders();
  const navigate = useNavigate();
  const board = triedBoard(uid);
  if (!board) return null;
  const folder = data?.folders[0];
  return (
    <aside className={css.tried} aria-label={words.label}>
      <StateGlyph state="info" label="" />
      <p>
        <b>{words.here}</b> {folder ? words.putInto(`${folder}/${board.file}`) : words.noFolder}
      </p>
      <CopyButton small text={board.text} label={words.copy} />
      <Button small icon="file" onClick={() => save(board.file, board.text)}>
        {words.download}
      </Button>
      <Button
        small
        icon="trash"
        onClick={() => {
          forgetTried(uid);
          void navigate('/dashboards');
        }}
      >
        {words.forget}
      </Button>
    </aside>
  );
}

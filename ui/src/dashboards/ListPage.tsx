import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DashboardEntry, DashboardNote } from '../api/oriel';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import {
  Button,
  Filter,
  Icon,
  Loading,
  Nothing,
  Panel,
  rowsCss,
  Sentence,
  StateGlyph,
  Tag,
} from '../parts';
import { visible } from '../format';
import { useDashboardFolders, useDashboards } from '../query';
import css from './list.module.css';
import { MOST_TRIED_CHARS, useTried, type Tried } from './tried';
import { tryBoard } from './tryBoard';
import { TryDialog } from './TryDialog';
import { useDrop } from './useDrop';

const words = texts.dashboards;

/** The boards there are, by folder, with the question each answers. */
export default function ListPage() {
  usePage({ crumbs: [{ words: texts.shell.dashboards }] });
  const { data, error, refetch } = useDashboards();
  const { data: files } = useDashboardFolders();
  const [filter, setFilter] = useState('');
  const trial = useTrial();
  const tried = useTried().map(entryOf);

  if (!data && !error) return <Loading height={240} />;
  if (!data) {
    return (
      <Nothing
        state="missing"
        title={words.error}
        details={error?.message}
        height={240}
        action={<Button onClick={() => void refetch()}>{words.tryAgain}</Button>}
      />
    );
  }
  const folders = byFolder([...tried, ...data].filter((board) => matches(board, filter)));
  const notes = files?.notes ?? [];
  return (
    <>
      <Sentence
        state="info"
        title={words.count(data.length)}
        actions={
          <Button icon="plus" onClick={trial.ask}>
            {words.trying.open}
          </Button>
        }
      >
        {files?.folders.length ? words.inFolders(files.folders.map(visible)) : words.where}
      </Sentence>
      {trial.dialog}
      {trial.over && <div className={css.drop}>{words.trying.drop}</div>}
      {notes.length > 0 && <Notes notes={notes} />}
      <Panel label={texts.shell.dashboards} flush>
        <Filter label={words.find} value={filter} onChange={setFilter} />
        {folders.length === 0 && (
          <Nothing title={filter ? words.noMatch(filter) : words.none} height={120} />
        )}
        {folders.map(([folder, boards]) => (
          <section key={folder} className={css.folder}>
            <h2 className={rowsCss.head}>
              {folder || words.noFolder} <span>{boards.length}</span>
            </h2>
            <ul>
              {boards.map((board) => (
                <Row key={board.uid} board={board} />
              ))}
            </ul>
          </section>
        ))}
      </Panel>
    </>
  );
}

/** The dialog for a text, and the window for a dropped file; what can be shown is shown at once. */
function useTrial() {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const navigate = useNavigate();
  const onText = (text: string, file?: string) => {
    const trial = tryBoard(text, file);
    if ('uid' in trial) return void navigate(`/d/${trial.uid}`);
    setProblem(trial.problem);
    setAsked(true);
  };
  const over = useDrop((file) => {
    if (file.size > 4 * MOST_TRIED_CHARS) return void onText(' '.repeat(MOST_TRIED_CHARS + 1));
    void file.text().then((text) => onText(text, file.name));
  });
  const ask = () => {
    setProblem(undefined);
    setAsked(true);
  };
  const dialog = asked && (
    <TryDialog problem={problem} onText={onText} onClose={() => setAsked(false)} />
  );
  return { ask, over, dialog };
}

/** Files of the folders that are not shown, or not quite as they say. */
function Notes({ notes }: { notes: readonly DashboardNote[] }) {
  return (
    <Panel label={words.notes} title={words.notes} flush>
      <ul className={css.notes}>
        {notes.map((note) => (
          <li key={note.file + note.says}>
            <StateGlyph
              state={note.listed ? 'warn' : 'crit'}
              label={words.noteState(note.listed)}
            />
            <code>
              {visible(note.file)}
              {note.line > 0 && `:${note.line}:${note.column}`}
            </code>
            <span>{visible(note.says)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const entryOf = ({ uid, title, file }: Tried): DashboardEntry => ({
  uid,
  title,
  folder: words.trying.folder,
  tags: [],
  description: file,
});

function Row({ board: { uid, title, description, tags } }: { board: DashboardEntry }) {
  return (
    <li>
      <Link to={`/d/${uid}`} className={`${rowsCss.row} ${css.row}`}>
        <Icon name="boards" />
        <b>{title}</b>
        <span className={css.says}>{description}</span>
        <span className={css.tags}>
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      </Link>
    </li>
  );
}

/** All words of the filter stand in title, folder, tags or description. */
function matches({ title, folder, tags, description }: DashboardEntry, filter: string): boolean {
  const text = [title, folder, description, ...tags].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function byFolder(boards: readonly DashboardEntry[]): [folder: string, boards: DashboardEntry[]][] {
  const folders = new Map<string, DashboardEntry[]>();
  for (const board of boards) {
    folders.set(board.folder, [...(folders.get(board.folder) ?? []), board]);
  }
  return [...folders].sort(([a], [b]) => a.localeCompare(b));
}

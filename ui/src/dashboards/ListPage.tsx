import { useState } from 'react';
import { Link } from 'react-router';
import type { DashboardEntry } from '../api/oriel';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import { Button, Filter, Icon, Loading, Nothing, Panel, rowsCss, Sentence, Tag } from '../parts';
import { useDashboards } from '../query';
import css from './list.module.css';

const words = texts.dashboards;

/** The boards there are, by folder, with the question each answers. */
export default function ListPage() {
  usePage({ crumbs: [{ words: texts.shell.dashboards }] });
  const { data, error, refetch } = useDashboards();
  const [filter, setFilter] = useState('');

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
  const folders = byFolder(data.filter((board) => matches(board, filter)));
  return (
    <>
      <Sentence state="info" title={words.count(data.length)}>
        {words.where}
      </Sentence>
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

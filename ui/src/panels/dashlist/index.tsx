import { Link, useLocation } from 'react-router';
import type { DashboardEntry } from '../../api/oriel';
import { recentBoards } from '../../app/recentBoards';
import { texts } from '../../app/texts';
import { visible } from '../../format/visible';
import { Loading, Nothing } from '../../parts';
import { useDashboards } from '../../query';

import css from '../alertlist/alertlist.module.css';
import type { PanelViewProps } from '../panel';

const words = texts.kinds.boards;
const MOST = 10;

/** Links to other boards, by words and tags. The one kind that asks: for the list of boards, which every page has. */
export default function DashList({ options, say, height }: PanelViewProps) {
  const { data, error } = useDashboards();
  const { pathname, search } = useLocation();
  if (!data && !error) return <Loading height={height} />;
  if (!data) return <Nothing state="missing" title={words.failed} height={height} />;
  const most = Math.max(1, Number(options['maxItems']) || MOST);
  const heads = options['showHeadings'] !== false;
  const to = (board: DashboardEntry) => `/d/${board.uid}${keptOf(search, options)}`;
  const shared = { to, folder: options['showFolderNames'] !== false };
  const found = options['showSearch'] === true ? foundIn(data, options, say).slice(0, most) : null;
  const recent =
    options['showRecentlyViewed'] === true ? recentOf(data, pathname).slice(0, most) : null;
  const starred = options['showStarred'] !== false && options['showSearch'] !== true && !recent;
  return (
    <div className={css.scroll} style={{ height }} tabIndex={0}>
      {(options['showStarred'] === true || starred) && (
        <Section title={heads ? words.starred : ''} boards={[]} none={words.noStars} {...shared} />
      )}
      {recent && (
        <Section
          title={heads ? words.recent : ''}
          boards={recent}
          none={words.noRecent}
          {...shared}
        />
      )}
      {found && (
        <Section title={heads ? words.found : ''} boards={found} none={words.none} {...shared} />
      )}
    </div>
  );
}

function Section(props: {
  title: string;
  boards: readonly DashboardEntry[];
  none: string;
  to: (board: DashboardEntry) => string;
  folder: boolean;
}) {
  const { title, boards, none, to, folder } = props;
  return (
    <section>
      {title && <h3 className={css.head}>{title}</h3>}
      {boards.length === 0 && <p className={css.more}>{none}</p>}
      <ul>
        {boards.map((board) => (
          <li key={board.uid}>
            <Link className={css.row} to={to(board)} title={board.description || undefined}>
              <div>
                <b>{visible(board.title)}</b>
              </div>
              {folder && board.folder && <small>{visible(board.folder)}</small>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** All words stand in the title, and one of the tags is there, as Grafana searches. */
export function foundIn(
  boards: readonly DashboardEntry[],
  options: PanelViewProps['options'],
  say: (text: string) => string,
): DashboardEntry[] {
  const query = typeof options['query'] === 'string' ? say(options['query']) : '';
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  const tags = (Array.isArray(options['tags']) ? (options['tags'] as unknown[]) : []).map((tag) =>
    typeof tag === 'string' ? say(tag) : '',
  );
  return boards
    .filter(({ title, tags: own }) => {
      const text = title.toLowerCase();
      return asked.every((word) => text.includes(word)) && tags.every((tag) => own.includes(tag));
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}

/** The last ones opened in this browser, this one left out. */
function recentOf(boards: readonly DashboardEntry[], pathname: string): DashboardEntry[] {
  return recentBoards().flatMap((id) => {
    const board = boards.find(({ uid }) => uid === id);
    return board && !pathname.endsWith(`/d/${board.uid}`) ? [board] : [];
  });
}

/** Time and variables that the panel hands on, as the address has them. */
export function keptOf(search: string, options: PanelViewProps['options']): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) {
    const time = name === 'from' || name === 'to';
    if (
      (time && options['keepTime'] === true) ||
      (name.startsWith('var-') && options['includeVars'] === true)
    )
      kept.append(name, value);
  }
  const text = kept.toString();
  return text && `?${text}`;
}

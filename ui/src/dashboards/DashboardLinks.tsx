import { Link as RouteLink } from 'react-router';
import { ButtonLink, Icon, Popover } from '../parts';
import { useDashboards, useTimeRange } from '../query';
import { texts } from '../app/texts';
import css from './board.module.css';
import { filledLink, withCarried } from './dataLinks';
import { addressParts, type Values } from './interpolate';
import type { DashboardLink } from './model';

/** The links of a board's head: to addresses, and to the boards that bear certain tags. */
export function DashboardLinks({
  links,
  values,
  uid,
}: {
  links: readonly DashboardLink[];
  values: Values;
  uid: string;
}) {
  if (links.length === 0) return null;
  return (
    <>
      {links.map((link, i) =>
        link.kind === 'link' ? (
          <ToAddress key={i} link={link} values={values} />
        ) : (
          <ToBoards key={i} link={link} values={values} uid={uid} />
        ),
      )}
    </>
  );
}

function ToAddress({ link, values }: { link: DashboardLink; values: Values }) {
  const time = useTimeRange();
  const filled = filledLink(link, values, time, link);
  if (!filled) return null;
  return (
    <a
      className={css.boardLink}
      href={filled.href}
      title={link.tooltip || undefined}
      {...(filled.newTab ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      {filled.title}
      {filled.newTab && <Icon name="external" size={12} />}
    </a>
  );
}

/** The boards with all of its tags, but the one that is open. */
function ToBoards({ link, values, uid }: { link: DashboardLink; values: Values; uid: string }) {
  const time = useTimeRange();
  const { data: all = [] } = useDashboards();
  const fits = (tags: readonly string[]) => link.tags.every((tag) => tags.includes(tag));
  const boards = all.filter((board) => board.uid !== uid && fits(board.tags));
  if (boards.length === 0) return null;
  const own = { ...values, ...addressParts(values, time) };
  const to = (board: string) => withCarried(`/d/${encodeURIComponent(board)}`, own, link);
  if (!link.asDropdown) {
    return boards.map((board) => (
      <ButtonLink key={board.uid} to={to(board.uid)}>
        {board.title}
      </ButtonLink>
    ));
  }
  const title = link.title || texts.dashboards.links.boards;
  return (
    <Popover
      label={title}
      button={(wire) => (
        <button type="button" className={css.boardLink} {...wire}>
          {title}
          <Icon name="down" size={12} />
        </button>
      )}
    >
      {(close) => (
        <nav className={css.linkList} aria-label={title}>
          {boards.map((board) => (
            <RouteLink key={board.uid} to={to(board.uid)} onClick={close}>
              {board.title}
            </RouteLink>
          ))}
        </nav>
      )}
    </Popover>
  );
}

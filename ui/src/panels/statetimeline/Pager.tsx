import { texts } from '../../app/texts';
import { Button } from '../../parts';
import css from './strips.module.css';

const words = texts.kinds;

/** The rows of one page; a page that is no more there becomes the last one. */
export function pageOf<T>(all: readonly T[], page: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const at = Math.min(page, pages - 1);
  return { rows: all.slice(at * perPage, (at + 1) * perPage), pages, at };
}

/** Which rows these are of how many, and the way to the others. */
export function Pager(props: {
  page: number;
  pages: number;
  total: number;
  onPage: (page: number) => void;
}) {
  const { page, pages, total, onPage } = props;
  return (
    <nav className={css.pager} aria-label={words.pages}>
      <Button small look="ghost" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {words.previous}
      </Button>
      <span aria-live="polite">{words.page(page + 1, pages, total)}</span>
      <Button small look="ghost" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        {words.next}
      </Button>
    </nav>
  );
}

import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { copyText, Icon, IconButton, Kbd } from '../parts';
import { Connection } from './Connection';
import { useCurrentPage } from './page';
import { permalink } from './permalink';
import { texts } from './texts';
import { setTheme, useShownTheme } from './theme';
import { TimeControl } from './TimeControl';
import css from './topBar.module.css';

/** Where one is, how to get elsewhere, and which time is shown. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className={css.top}>
      <Breadcrumb />
      <Connection />
      <button
        type="button"
        className={css.search}
        aria-label={`${texts.shell.search} Ctrl K`}
        onClick={onSearch}
      >
        <Icon name="search" size={15} />
        <span>{texts.shell.search}</span> <Kbd keys="Ctrl K" />
      </button>
      <TimeControl />
      <span className={css.wide}>
        <CopyLink />
      </span>
      <ThemeButton />
    </header>
  );
}

function Breadcrumb() {
  const { crumbs } = useCurrentPage();
  return (
    <nav className={css.crumbs} aria-label="Breadcrumb">
      <ol>
        {crumbs.map(({ words, to }, i) =>
          i < crumbs.length - 1 ? (
            <li key={words} className={css.before}>
              {to ? <Link to={to}>{words}</Link> : words}
              <Icon name="chevron" size={12} />
            </li>
          ) : (
            <li key={words} className={css.last} aria-current="page">
              {words}
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}

function CopyLink() {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <IconButton
      icon={copied ? 'check' : 'link'}
      label={copied ? texts.shell.linkCopied : texts.shell.copyLink}
      onClick={() => void copyText(permalink()).then(setCopied)}
    />
  );
}

function ThemeButton() {
  const shown = useShownTheme();
  return (
    <IconButton
      icon={shown === 'dark' ? 'moon' : 'sun'}
      label={texts.shell.theme}
      onClick={() => setTheme(shown === 'dark' ? 'light' : 'dark')}
    />
  );
}

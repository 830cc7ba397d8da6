import { useEffect, type CSSProperties } from 'react';
import { NavLink, useLocation } from 'react-router';
import { bytes, percent } from '../format';
import { Icon, IconButton, Logo, Rich } from '../parts';
import { useAbout, useDashboards, useSelf, useTargets } from '../query';
import { isHere, PLACES, type Place } from './places';
import css from './sideBar.module.css';
import { readStored, store } from './stored';
import { texts } from './texts';

const SHOWN_BOARDS = 5;

/** The places, and at its foot what Oriel itself costs. */
export function SideBar({ rail, onFold }: { rail: boolean; onFold: () => void }) {
  const words = rail ? texts.shell.unfold : texts.shell.fold;
  return (
    <nav className={`${css.side} ${rail ? css.rail : ''}`} aria-label={texts.shell.mainMenu}>
      <div className={css.brand}>
        <NavLink to="/" className={css.name} aria-label={texts.shell.name}>
          <Logo />
          <span>{texts.shell.name}</span>
        </NavLink>
        <IconButton
          className={css.fold}
          icon="side"
          label={`${words} ([)`}
          look="ghost"
          small
          onClick={onFold}
        />
      </div>
      <ul>
        {PLACES.filter(({ operate }) => !operate).map((place) => (
          <Item key={place.to} place={place} />
        ))}
      </ul>
      <h2 className={css.group}>{texts.shell.operate}</h2>
      <ul>
        {PLACES.filter(({ operate }) => operate).map((place) => (
          <Item key={place.to} place={place} />
        ))}
      </ul>
      <Cost />
    </nav>
  );
}

function Item({ place }: { place: Place }) {
  const { pathname } = useLocation();
  const here = isHere(place, pathname);
  return (
    <li>
      <NavLink
        to={place.to}
        className={`${css.item} ${here ? css.here : ''}`}
        aria-current={here ? 'page' : undefined}
        title={place.words}
      >
        <Icon name={place.icon} />
        <span className={css.label}>{place.words}</span>
        {place.to === '/targets' && <TargetCount />}
      </NavLink>
      {place.to === '/dashboards' && <Boards />}
    </li>
  );
}

function TargetCount() {
  const { data } = useTargets();
  if (!data || data.targets.length === 0) return null;
  const up = data.targets.filter(({ health }) => health === 'UP').length;
  return (
    <span className={css.count}>
      {up}/{data.targets.length}
    </span>
  );
}

function Boards() {
  const { data } = useDashboards();
  const { pathname } = useLocation();
  const lines = data && Math.min(data.length, SHOWN_BOARDS + 1);
  useEffect(() => {
    if (lines !== undefined) store('side.boards', lines);
  }, [lines]);
  // Until the list is here its room is kept: as many lines as last time.
  if (data === undefined) return <Room lines={readStored('side.boards', 1)} />;
  if (data.length === 0) return null;
  return (
    <ul className={css.sub}>
      {data.slice(0, SHOWN_BOARDS).map(({ uid, title }) => {
        const here = pathname.startsWith(`/d/${uid}`);
        return (
          <li key={uid}>
            <NavLink to={`/d/${uid}`} className={here ? css.here : ''}>
              {title}
            </NavLink>
          </li>
        );
      })}
      {data.length > SHOWN_BOARDS && (
        <li>
          <NavLink to="/dashboards">{texts.shell.allDashboards(data.length)}</NavLink>
        </li>
      )}
    </ul>
  );
}

const Room = ({ lines }: { lines: number }) => (
  <div className={css.room} style={{ '--lines': lines } as CSSProperties} />
);

function Cost() {
  const { data: self } = useSelf();
  const { data: about } = useAbout();
  return (
    <p className={css.foot} title={texts.shell.costTitle}>
      {self && about && (
        <Rich
          text={texts.shell.cost(percent(self.cpuCores), bytes(self.residentBytes), about.host)}
        />
      )}
    </p>
  );
}

import { NavLink, useLocation } from 'react-router';
import { Icon } from '../parts';
import { isHere, PLACES } from './places';
import css from './tabBar.module.css';
import { texts } from './texts';

/** The places on a phone: five tabs below. */
export function TabBar() {
  const { pathname } = useLocation();
  return (
    <nav className={css.bar} aria-label={texts.shell.mainMenu}>
      {PLACES.filter(({ aside }) => !aside).map((place) => {
        const here = isHere(place, pathname);
        return (
          <NavLink
            key={place.to}
            to={place.to}
            className={here ? css.here : ''}
            aria-current={here ? 'page' : undefined}
          >
            <Icon name={place.icon} size={20} />
            {place.tab ?? place.words}
          </NavLink>
        );
      })}
    </nav>
  );
}

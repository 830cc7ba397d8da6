/** The places there are: side bar, phone tabs, palette and keys are made from this table. */
import type { IconName } from '../parts';
import { texts } from './texts';

export interface Place {
  to: string;
  words: string;
  /** Shorter, for the phone's tabs. */
  tab?: string;
  icon: IconName;
  key: string;
  /** A place to work at: the side bar starts folded there. */
  work?: boolean;
  /** Below the line "Operate". */
  operate?: boolean;
  /** Not among the phone's five tabs; its neighbour leads there. */
  aside?: boolean;
}

export const PLACES: readonly Place[] = [
  { to: '/home', words: texts.shell.home, icon: 'home', key: 'g h' },
  {
    to: '/dashboards',
    words: texts.shell.dashboards,
    tab: texts.shell.boards,
    icon: 'boards',
    key: 'g d',
  },
  { to: '/explore', words: texts.shell.explore, icon: 'explore', key: 'g e', work: true },
  { to: '/targets', words: texts.shell.targets, icon: 'targets', key: 'g t', operate: true },
  {
    to: '/series',
    words: texts.shell.series,
    icon: 'series',
    key: 'g c',
    operate: true,
    aside: true,
  },
  { to: '/settings', words: texts.shell.settings, icon: 'settings', key: 'g s', operate: true },
];

/** Whether a place is the one in view; a dashboard belongs to Dashboards. */
export function isHere(place: Place, pathname: string): boolean {
  if (place.to === '/dashboards' && pathname.startsWith('/d/')) return true;
  return pathname === place.to || pathname.startsWith(`${place.to}/`);
}

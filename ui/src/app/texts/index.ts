/**
 * Every sentence of the shell and its pages, in one catalogue, so that other languages can follow.
 * `**so**` is set in bold and `so` between back ticks as code where `<Rich>` shows it.
 */
import { annotations } from './annotations';
import { dashboards } from './dashboards';
import { engine } from './engine';
import { explore } from './explore';
import { home } from './home';
import { keys } from './keys';
import { kinds } from './kinds';
import { kiosk } from './kiosk';
import { palette } from './palette';
import { series } from './series';
import { settings } from './settings';
import { shell } from './shell';
import { targets } from './targets';
import { time } from './time';

export const texts = {
  shell,
  kiosk,
  engine,
  time,
  keys,
  palette,
  home,
  targets,
  series,
  dashboards,
  annotations,
  explore,
  settings,
  kinds,
};

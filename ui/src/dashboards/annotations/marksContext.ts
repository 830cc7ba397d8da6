import { createContext, useContext } from 'react';
import type { Mark } from '../../panels/panel';

export interface Surroundings {
  readonly marks: (panelId: number) => readonly Mark[];
  readonly timeZone: 'browser' | 'utc';
}

const never: readonly Mark[] = [];

/** What the panels of a board share beside their data. */
export const SurroundingsContext = createContext<Surroundings>({
  marks: () => never,
  timeZone: 'browser',
});

export const useSurroundings = (): Surroundings => useContext(SurroundingsContext);

/** A board's word for its clock; a named zone is shown as the browser's, since charts know these two. */
export const zoneOf = (timezone: string): 'browser' | 'utc' =>
  /^utc$/i.test(timezone) ? 'utc' : 'browser';

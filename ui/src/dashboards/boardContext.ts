import { createContext, useContext } from 'react';
import type { Filter, Panel } from './model';

/** What a panel needs to know of the board it stands on. */
export interface OnBoard {
  /** All panels, for those that show another's answers. */
  readonly panels: readonly Panel[];
  /** What ad-hoc variables add to each query. */
  readonly filters: readonly Filter[];
}

const ALONE: OnBoard = { panels: [], filters: [] };

export const BoardContext = createContext<OnBoard>(ALONE);
export const useBoard = (): OnBoard => useContext(BoardContext);

import { groundOf } from '../look';
import { lookOfCell, type Column } from './columns';

/** The ground of a whole row, where one of its columns colours it. */
export function groundOfRow(columns: readonly Column[], row: number): string | undefined {
  const by = columns.find(({ wholeRow, kind }) => wholeRow && kind === 'color-background');
  return by && groundOf(lookOfCell(by, row), by.mode === 'basic');
}

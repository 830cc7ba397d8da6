import { Dialog } from '../../parts';
import type { PanelViewProps } from '../panel';
import { CellContent } from './Cell';
import type { Sheet, Zone } from './columns';
import css from './table.module.css';

/** On a phone: all of a row, one line a column. */
export function RowSheet(props: {
  sheet: Sheet;
  row: number;
  zone: Zone;
  links: PanelViewProps['links'];
  onClose: () => void;
}) {
  const { sheet, row, zone, links, onClose } = props;
  const columns = sheet.columns.filter(({ kind }) => kind !== 'nested');
  return (
    <Dialog label="Row" onClose={onClose}>
      <dl className={css.sheet}>
        {columns.map((column, i) => (
          <div key={`${i} ${column.name}`}>
            <dt>{column.name}</dt>
            <dd>
              <CellContent
                column={column}
                row={row}
                zone={zone}
                links={links?.(column.field, row) ?? []}
                onInspect={undefined}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

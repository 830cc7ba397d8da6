import { displayText } from '../../frames/display';
import type { Frame } from '../../frames/frame';
import { timeInFull } from '../../frames/ticks';
import { cellText, sheetsOf } from '../../panels/table/columns';
import { tableCss } from '../../parts';
import css from '../board.module.css';
import { rowsOfFrames } from './csv';

const MOST_ROWS = 300;

/** What a panel draws, as a table; the newest first. */
export function DataTable({ frames }: { frames: readonly Frame[] }) {
  const isTable = frames.length === 1 && frames[0]!.fields.some(({ type }) => type === 'text');
  if (isTable) return <Columns frames={frames} />;
  const { heads, rows } = rowsOfFrames(frames);
  if (rows.length === 0) return <p className={css.quiet}>No data.</p>;
  return (
    <table className={tableCss['table']}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {heads.map((field, i) => (
            <th key={i} scope="col" className={tableCss['r']}>
              {field.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows
          .slice(-MOST_ROWS)
          .reverse()
          .map(({ time, values }) => (
            <tr key={time}>
              <td>{timeInFull(time)}</td>
              {values.map((value, i) => (
                <td key={i} className={tableCss['r']}>
                  {value === undefined ? '' : displayText(value, heads[i]?.config)}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Columns({ frames }: { frames: readonly Frame[] }) {
  const { columns = [], rows: count = 0 } = sheetsOf(frames)[0] ?? {};
  return (
    <table className={tableCss['table']}>
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: Math.min(count, MOST_ROWS) }, (_, row) => (
          <tr key={row}>
            {columns.map((column) => (
              <td key={column.name}>{cellText(column, row)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

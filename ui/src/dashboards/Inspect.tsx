import { useMemo, useState } from 'react';
import { columnsOf, cellText } from '../panels/table/rows';
import { displayText } from '../frames/display';
import type { Frame } from '../frames/frame';
import { timeInFull } from '../frames/ticks';
import { Button, CopyButton, Dialog, Segments, tableCss } from '../parts';
import type { PanelData } from './ask';
import css from './board.module.css';
import { csvOf, rowsOfFrames } from './csv';
import type { Panel } from './model';

type Part = 'table' | 'query' | 'json';
const PARTS = [
  ['table', 'As table'],
  ['query', 'Query'],
  ['json', 'JSON'],
] as const;
const MOST_ROWS = 300;

/** A panel opened up: its data as a table, what it asked, its JSON. */
export function Inspect({
  panel,
  title,
  data,
  onClose,
}: {
  panel: Panel;
  title: string;
  data: PanelData | undefined;
  onClose: () => void;
}) {
  const [part, setPart] = useState<Part>('table');
  const json = useMemo(() => JSON.stringify(panel.raw, null, 2), [panel]);
  return (
    <Dialog label={`Inspect ${title}`} onClose={onClose} wide>
      <header className={css.dialogHead}>
        <h2>{title || panel.type}</h2>
        <Segments<Part> label="What to see" value={part} options={PARTS} onChange={setPart} />
        <span className={css.grow} />
        {part === 'table' && data && (
          <Button
            small
            icon="file"
            onClick={() => save(`${title || 'panel'}.csv`, csvOf(data.frames))}
          >
            CSV
          </Button>
        )}
        {part === 'json' && <CopyButton text={json} label="Copy the JSON" />}
        <Button small look="ghost" icon="close" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className={css.dialogBody} tabIndex={0}>
        {part === 'table' && <DataTable frames={data?.frames ?? []} />}
        {part === 'query' && <Queries data={data} />}
        {part === 'json' && <pre className={css.code}>{json}</pre>}
      </div>
    </Dialog>
  );
}

function DataTable({ frames }: { frames: readonly Frame[] }) {
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
  const columns = columnsOf(frames);
  const count = columns[0]?.values.length ?? 0;
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

function Queries({ data }: { data: PanelData | undefined }) {
  if (!data?.questions.length) return <p className={css.quiet}>This panel asks nothing.</p>;
  return (
    <>
      {data.questions.map(({ target, expr, range, atMs }) => (
        <section key={target.refId} className={css.query}>
          <div>
            <b>{target.refId}</b>
            <span className={css.quiet}>
              {[
                range && `every ${range.stepMs / 1000} s over the range`,
                atMs !== undefined && 'at its end',
              ]
                .filter(Boolean)
                .join(', and ')}
            </span>
            <CopyButton text={expr} label="Copy the query" small />
          </div>
          <pre className={css.code}>{expr}</pre>
        </section>
      ))}
      <p className={css.quiet}>
        {data.frames.length} series,{' '}
        {data.frames.reduce((sum, frame) => sum + (frame.fields[0]?.values.length ?? 0), 0)} points
      </p>
    </>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

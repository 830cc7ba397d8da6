import { display, displayText } from '../../frames/display';
import { Meter } from '../../parts';
import type { PanelViewProps } from '../panel';
import { contextOf, reduced, type Reduced } from '../values';
import css from './bargauge.module.css';

/** A row a series: name, meter, number, and what the context line says about it. */
export default function BarGauge({ frames, options, oriel, height }: PanelViewProps) {
  const rows = reduced(frames, options, oriel.context);
  const contexts = rows.map((row) => contextOf(oriel.context, frames, row));
  const most = Math.max(...rows.map(({ value }) => value || 0), 0);
  const rowHeight = Math.max(24, Math.min(31, Math.floor(height / Math.max(rows.length, 1))));
  return (
    <ul
      className={`${css.rows} ${contexts.some(Boolean) ? '' : css.bare}`}
      style={{ height }}
      tabIndex={0}
      aria-label="Values"
    >
      {rows.map((row, i) => (
        <li key={`${row.refId} ${row.name}`} style={{ height: rowHeight }}>
          <Row row={row} most={most} context={contexts[i]!} />
        </li>
      ))}
    </ul>
  );
}

function Row({ row, most, context }: { row: Reduced; most: number; context: string }) {
  const { value, config } = row;
  const { tone } = display(value, config);
  const low = config.min ?? 0;
  const high =
    config.max ?? (config.unit === 'percent' ? 100 : config.unit === 'percentunit' ? 1 : most);
  const judged = tone === 'warn' || tone === 'crit' ? tone : undefined;
  return (
    <>
      <span className={css.name} title={row.name}>
        {row.name}
      </span>
      <Meter
        share={value === null || Number.isNaN(value) ? 0 : (value - low) / (high - low || 1)}
        state={judged}
      />
      {context && <span className={css.context}>{context}</span>}
      <b className={`${value === null ? css.none : ''} ${judged ? css[judged] : ''}`}>
        {displayText(value, config)}
      </b>
    </>
  );
}

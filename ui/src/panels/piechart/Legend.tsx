import type { CSSProperties } from 'react';
import { texts } from '../../app/texts';
import type { PanelViewProps } from '../panel';
import css from './piechart.module.css';
import { percentText, type Pie, type Slice } from './slices';

const words = texts.kinds.pie;

export interface LegendLook {
  readonly show: boolean;
  readonly right: boolean;
  readonly table: boolean;
  readonly value: boolean;
  readonly percent: boolean;
}

/** What the board wants of its legend. Where it names no numbers the shares stand in it: a colour alone tells little. */
export function legendLook(options: PanelViewProps['options']): LegendLook {
  const legend = (options['legend'] ?? {}) as {
    showLegend?: boolean;
    displayMode?: string;
    placement?: string;
    values?: unknown;
  };
  const values = Array.isArray(legend.values) ? (legend.values as unknown[]) : [];
  return {
    show: legend.showLegend !== false && legend.displayMode !== 'hidden',
    right: legend.placement === 'right',
    table: legend.displayMode === 'table',
    value: values.includes('value'),
    percent: values.includes('percent') || values.length === 0,
  };
}

interface LegendProps {
  readonly pie: Pie;
  readonly look: LegendLook;
  readonly side: boolean;
  readonly style: CSSProperties;
  readonly alone: string | null;
  readonly onAlone: (name: string | null) => void;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
}

/** Colour, name and numbers; a click lifts one slice, a second click lets go. */
export function Legend(props: LegendProps) {
  const { pie, look, side, style, all, onAll } = props;
  const more = pie.all > pie.slices.length || all;
  return (
    <div
      className={`${css.legend} ${look.table || side ? css.rows : ''}`}
      style={style}
      tabIndex={0}
      role="group"
      aria-label={words.legend}
    >
      {look.table ? (
        <LegendTable {...props} />
      ) : (
        pie.slices.map((slice, i) => (
          <Entry key={slice.name + i} slice={slice} {...props}>
            {look.value && <b>{slice.told}</b>}
            {look.percent && <b>{percentText(slice.share)}</b>}
          </Entry>
        ))
      )}
      {more && (
        <button type="button" className={css.more} onClick={() => onAll(!all)}>
          {all ? words.fewer : words.all(pie.all)}
        </button>
      )}
      {pie.leftOut > 0 && <p className={css.leftOut}>{words.leftOut(pie.leftOut)}</p>}
    </div>
  );
}

function LegendTable(props: LegendProps) {
  const { pie, look } = props;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          {look.value && <th scope="col">{words.value}</th>}
          {look.percent && <th scope="col">{words.percent}</th>}
        </tr>
      </thead>
      <tbody>
        {pie.slices.map((slice, i) => (
          <tr key={slice.name + i}>
            <td>
              <Entry slice={slice} {...props} />
            </td>
            {look.value && <td>{slice.told}</td>}
            {look.percent && <td>{percentText(slice.share)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Entry({
  slice,
  alone,
  onAlone,
  children,
}: LegendProps & { slice: Slice; children?: React.ReactNode }) {
  const on = alone === slice.name;
  return (
    <button
      type="button"
      title={slice.name}
      aria-pressed={on}
      className={alone !== null && !on ? css.off : undefined}
      onClick={() => onAlone(on ? null : slice.name)}
    >
      <i style={{ background: slice.colour }} />
      <span>{slice.name}</span>
      {children}
    </button>
  );
}

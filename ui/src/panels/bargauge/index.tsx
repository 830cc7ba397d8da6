import type { CSSProperties } from 'react';
import { toneColour } from '../../frames/colours';
import { displayText } from '../../frames/display';
import { StateGlyph } from '../../parts';
import { anchorOf } from '../anchor';
import { lookOf } from '../look';
import type { Link, PanelViewProps } from '../panel';
import { contextOf, reduced, shownOf, withSpans, type Reduced } from '../values';
import { barModeOf, cellsIn, colourAt, filled, gradientOf, type BarMode } from './bar';
import css from './bargauge.module.css';

interface Options {
  displayMode?: string;
  orientation?: string;
  valueMode?: string;
  namePlacement?: string;
  sizing?: string;
  minVizHeight?: number;
  minVizWidth?: number;
  maxVizHeight?: number;
  showUnfilled?: boolean;
}

/** A bar a series: name, bar, number, and what the context line says about it. */
export default function BarGauge(props: PanelViewProps) {
  const { frames, options, oriel, width, height, links } = props;
  const rows = withSpans(reduced(frames, options, oriel.context), true);
  const style = options as Options;
  const contexts = rows.map((row) => contextOf(oriel.context, frames, row));
  // in Grafana's words a vertical bar grows upwards; by itself a wide box takes lying ones here
  const upright =
    style.orientation === 'vertical' ||
    (style.orientation === 'auto' && width > 2.5 * height && rows.length * 48 <= width);
  const shared = {
    mode: barModeOf(style.displayMode),
    unfilled: style.showUnfilled !== false,
    coloured: style.valueMode !== 'text',
    valueShown: style.valueMode !== 'hidden',
  };
  const bars = rows.map((row, i): BarProps => ({
    ...shared,
    row,
    index: i,
    context: contexts[i]!,
    link: row.field && links?.(row.field, row.row ?? row.field.values.length - 1)[0],
  }));
  if (upright) return <Upright bars={bars} width={width} height={height} />;
  const named = style.namePlacement !== 'hidden';
  const above = named && style.namePlacement === 'top';
  const most = style.sizing === 'manual' ? (style.maxVizHeight ?? 300) : 31;
  const least = style.sizing === 'manual' ? (style.minVizHeight ?? 16) : 24;
  const rowHeight = Math.max(
    Math.max(24, least) + (above ? 16 : 0),
    Math.min(most + (above ? 16 : 0), Math.floor(height / Math.max(rows.length, 1))),
  );
  const classes = [
    css.rows,
    contexts.some(Boolean) ? '' : css.bare,
    above || !named ? css.above : '',
    shared.valueShown ? '' : css.mute,
  ];
  return (
    <ul
      className={classes.join(' ')}
      style={
        {
          height,
          '--bar': `${barHeight(shared.mode, rowHeight - (above ? 16 : 0))}px`,
        } as CSSProperties
      }
      tabIndex={0}
      aria-label="Values"
    >
      {bars.map((bar, i) => (
        <li key={`${i} ${bar.row.refId} ${bar.row.name}`} style={{ minHeight: rowHeight }}>
          {named && (
            <span className={css.name} title={bar.row.name}>
              {bar.row.name}
            </span>
          )}
          <Bar {...bar} length={width * 0.5} toward="right" />
          {bar.context && <span className={css.context}>{bar.context}</span>}
          <Value {...bar} />
        </li>
      ))}
    </ul>
  );
}

/** The plain bar is a calm meter; the others were chosen for their looks. */
const barHeight = (mode: BarMode, row: number) =>
  mode === 'basic' && row <= 40 ? 6 : Math.max(6, Math.min(row - 10, mode === 'basic' ? 16 : 22));

interface BarProps {
  readonly row: Reduced;
  readonly index: number;
  readonly context: string;
  readonly mode: BarMode;
  readonly unfilled: boolean;
  readonly coloured: boolean;
  readonly valueShown: boolean;
  readonly link: Link | undefined;
}

const lookOfBar = ({ row, index }: BarProps) => lookOf(shownOf(row), row.config, row.name, index);

function Bar(props: BarProps & { length: number; toward: 'right' | 'top' }) {
  const { row, mode, unfilled, length, toward } = props;
  const look = lookOfBar(props);
  const own = look.judged ? toneColour(look.judged) : (look.colour?.fill ?? 'var(--c1)');
  const share = filled(row.value, row.config);
  const ground = unfilled ? '' : css.clear;
  if (mode === 'lcd') {
    const count = cellsIn(length);
    return (
      <div className={`${css.cells} ${css[toward]} ${ground}`} aria-hidden="true">
        {Array.from({ length: count }, (_, i) => {
          const on = share !== null && (i + 0.5) / count <= share;
          const paint = colourAt((i + 0.5) / count, row.config, own);
          return <i key={i} style={on ? ({ '--paint': paint } as CSSProperties) : undefined} />;
        })}
      </div>
    );
  }
  const paint = mode === 'gradient' && share ? gradientOf(share, row.config, own, toward) : own;
  return (
    <div className={`${css.bar} ${css[toward]} ${ground}`} aria-hidden="true">
      {share !== null && (
        <i style={{ '--paint': paint, '--share': `${share * 100}%` } as CSSProperties} />
      )}
    </div>
  );
}

function Value(props: BarProps) {
  const { row, coloured, valueShown, link } = props;
  if (!valueShown) return null;
  const look = lookOfBar(props);
  const ink = look.judged ? `var(--${look.judged})` : look.colour?.ink;
  const text = displayText(shownOf(row), row.config);
  return (
    <b
      className={look.known ? '' : css.none}
      style={coloured && look.known ? ({ '--ink': ink } as CSSProperties) : undefined}
    >
      {look.judged && coloured && <StateGlyph state={look.judged} />}
      {link ? <a {...anchorOf(link)}>{text}</a> : text}
    </b>
  );
}

const LEAST_PX = 48;

/** Bars that grow upwards, side by side: the number on top, the name at the foot. */
function Upright({
  bars,
  width,
  height,
}: {
  bars: readonly BarProps[];
  width: number;
  height: number;
}) {
  const each = Math.max(LEAST_PX, Math.floor(width / Math.max(1, bars.length)));
  return (
    <ul
      className={css.columns}
      style={{ height, gridAutoColumns: each }}
      tabIndex={0}
      aria-label="Values"
    >
      {bars.map((bar, i) => (
        <li key={`${i} ${bar.row.refId} ${bar.row.name}`}>
          <Value {...bar} />
          <Bar {...bar} length={height - 50} toward="top" />
          <span className={css.name} title={bar.row.name}>
            {bar.row.name}
          </span>
        </li>
      ))}
    </ul>
  );
}

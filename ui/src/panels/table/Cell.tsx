import type { CSSProperties, ReactNode } from 'react';
import { coloursByName, toneColour } from '../../frames/colours';
import { displayText } from '../../frames/display';
import { numbersOf, timeOf } from '../../frames/frame';
import { paintOf, tintOf } from '../../frames/paint';
import { Popover, Sparkline, tableCss } from '../../parts';
import { anchorOf } from '../anchor';
import { cellsIn, colourAt, filled, gradientOf } from '../bargauge/bar';
import { groundOf, type Look } from '../look';
import type { Link } from '../panel';
import { sparkOf } from '../spark';
import { cellOf, cellText, isFrame, lastOf, lookOfCell, type Column, type Zone } from './columns';
import css from './table.module.css';

export interface CellProps {
  readonly column: Column;
  readonly row: number;
  readonly zone: Zone;
  readonly links: readonly Link[];
  /** Opens the whole text of a long cell. */
  readonly onInspect: ((text: string) => void) | undefined;
}

/** What is within one cell, by its column's kind. */
export function CellContent(props: CellProps) {
  const { column, row, zone, links, onInspect } = props;
  const text = cellText(column, row, zone);
  const content = contentOf(column, row, text);
  return (
    <>
      {links.length > 0 ? <Linked links={links}>{content}</Linked> : content}
      {onInspect && text !== '' && (
        <button
          type="button"
          className={css.inspect}
          aria-label={`Show all of ${column.name}`}
          onClick={() => onInspect(wholeText(column, row, text))}
        >
          {'\u2026'}
        </button>
      )}
    </>
  );
}

function contentOf(column: Column, row: number, text: string): ReactNode {
  const value = column.field.values[row];
  switch (column.kind) {
    case 'gauge':
      return <GaugeCell column={column} row={row} text={text} />;
    case 'sparkline':
      return <SparkCell column={column} value={value} text={text} />;
    case 'pill':
      return <Pills column={column} text={text} />;
    case 'json-view':
      return text === '' ? null : <code className={css.json}>{text}</code>;
    case 'image':
      return imageOf(text) ?? text;
    default:
      return text;
  }
}

/** JSON is opened on several lines. */
function wholeText({ kind }: Column, _row: number, text: string): string {
  if (kind !== 'json-view') return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Linked({ links, children }: { links: readonly Link[]; children: ReactNode }) {
  const [first, ...more] = links;
  return (
    <>
      <a {...anchorOf(first!)}>{children}</a>
      {more.length > 0 && (
        <Popover
          label="Links"
          button={(wire) => (
            <button type="button" className={css.more} {...wire} aria-label="More links">
              +{more.length}
            </button>
          )}
        >
          {() => (
            <ul className={css.links}>
              {links.map((link) => (
                <li key={link.href}>
                  <a {...anchorOf(link)}>{link.title || link.href}</a>
                </li>
              ))}
            </ul>
          )}
        </Popover>
      )}
    </>
  );
}

const CELL_PX = 64;

/** A bar beside its number. */
function GaugeCell({ column, row, text }: { column: Column; row: number; text: string }) {
  const look = lookOfCell(column, row);
  const value = cellOf(column, row);
  const { config, mode } = column;
  const fromZero = { ...config, min: Math.min(0, config.min ?? 0) };
  const span = column.field.config?.min === undefined || column.field.config.min === null ? fromZero : config; // prettier-ignore
  const share = filled(typeof value === 'number' ? value : null, span);
  const own = look.judged ? toneColour(look.judged) : (look.colour?.fill ?? 'var(--c1)');
  const paint = mode === 'gradient' && share ? gradientOf(share, span, own, 'right') : own;
  const count = Math.min(20, cellsIn(CELL_PX));
  return (
    <div className={css.bar}>
      {mode === 'lcd' ? (
        <span className={css.lcd} aria-hidden="true">
          {Array.from({ length: count }, (_, i) => {
            const on = share !== null && (i + 0.5) / count <= share;
            const cell = colourAt((i + 0.5) / count, span, own);
            return <i key={i} style={on ? ({ '--paint': cell } as CSSProperties) : undefined} />;
          })}
        </span>
      ) : (
        <span className={css.meter} aria-hidden="true">
          {share !== null && (
            <i style={{ '--paint': paint, width: `${share * 100}%` } as CSSProperties} />
          )}
        </span>
      )}
      {column.number !== 'hidden' && (
        <span style={{ color: column.number === 'color' ? inkOf(look) : undefined }}>{text}</span>
      )}
    </div>
  );
}

/** A small line of the series within the cell, its last value beside it. */
function SparkCell({ column, value, text }: { column: Column; value: unknown; text: string }) {
  if (!isFrame(value)) return text;
  const [series] = numbersOf(value);
  if (!series) return text;
  const paint = column.config.color?.fixedColor;
  return (
    <div className={css.bar}>
      <Sparkline
        values={sparkOf(series.values, timeOf(value)?.values)}
        width={60}
        height={15}
        colour={paint ? paintOf(paint).fill : 'var(--c1)'}
      />
      {column.config.custom?.['cellOptions'] &&
      (column.config.custom['cellOptions'] as { hideValue?: boolean }).hideValue ? null : (
        <span>{displayText(lastOf(value), { ...series.config, ...column.config })}</span>
      )}
    </div>
  );
}

/** Words parted by commas, or a list in JSON, each in the colour of its name. */
function Pills({ column, text }: { column: Column; text: string }) {
  const words = partsOf(text);
  return words.map((word, i) => {
    const look = lookOfCell(
      { ...column, field: { name: column.name, type: 'text', values: [word] } },
      0,
    );
    const ground = groundOf(look) ?? tintOf({ fill: coloursByName([word])[0]!, ink: '' }, 26);
    return (
      <span key={`${i} ${word}`} className={css.pill} style={{ background: ground }}>
        {look.text}
      </span>
    );
  });
}

export function partsOf(text: string): string[] {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list))
        return list.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
    } catch {
      // no JSON after all: words with commas
    }
  }
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Only what a page may show without running it. */
const imageOf = (text: string): ReactNode =>
  /^(https?:\/\/|data:image\/(png|jpe?g|gif|webp);)/.test(text) ? (
    <img src={text} alt="" loading="lazy" className={css.image} />
  ) : undefined;

const inkOf = (look: Look): string | undefined =>
  look.judged ? `var(--${look.judged})` : look.colour?.ink;

/** The class and colours of a cell. A ground may be that of the whole row. */
export function styleOfCell(column: Column, row: number, ofRow?: string) {
  const look =
    column.kind === 'color-text' || column.kind === 'color-background'
      ? lookOfCell(column, row)
      : undefined;
  const known = column.field.type !== 'number' || column.field.values[row] !== null;
  const classes = [
    column.align === 'right' ? tableCss['r'] : column.align === 'center' ? css.centre : '',
    known ? '' : css.none,
    column.wrap ? css.wrap : '',
  ];
  const ground =
    column.kind === 'color-background' && look ? groundOf(look, column.mode === 'basic') : ofRow;
  return {
    className: classes.join(' '),
    style: {
      maxWidth: column.width,
      color: column.kind === 'color-text' && look?.known ? inkOf(look) : undefined,
      background: ground,
    },
  };
}

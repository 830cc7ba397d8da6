import { useState, type MouseEvent } from 'react';
import { display, displayText } from '../../frames/display';
import { REDUCERS, reducerOf } from '../../frames/reduce';
import css from './chart.module.css';
import { inOrder, type Order } from './legendOptions';
import type { Line } from './series';

export interface LegendProps {
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  readonly onLift: (name: string | null) => void;
  /** "16 min missing"; empty where all is there. */
  readonly missing?: string;
}

const last = reducerOf('lastNotNull');

/** A click shows one alone, a second click all again; with Ctrl it hides or shows this one. */
export function afterClick(
  name: string,
  all: readonly string[],
  hidden: ReadonlySet<string>,
  toggle: boolean,
): ReadonlySet<string> {
  if (toggle) {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    return next.size === all.length ? new Set() : next;
  }
  const alone = !hidden.has(name) && hidden.size === all.length - 1;
  return alone ? new Set() : new Set(all.filter((other) => other !== name));
}

function useEntry({ lines, hidden, onHide, onLift }: LegendProps) {
  const names = lines.map(({ fullName }) => fullName);
  return (line: Line) => ({
    type: 'button' as const,
    title: line.fullName,
    'aria-pressed': !hidden.has(line.fullName),
    className: hidden.has(line.fullName) ? css.off : '',
    onClick: (event: MouseEvent) =>
      onHide(afterClick(line.fullName, names, hidden, event.ctrlKey || event.metaKey)),
    onPointerEnter: () => onLift(line.fullName),
    onPointerLeave: () => onLift(null),
  });
}

/**
 * The values now as a short legend writes them: where all have one unit the axis tells it, and it is
 * left away here.
 */
export function shortValues(lines: readonly Line[]): string[] {
  const told = lines.map((line) => display(last(line.all), line.config));
  const units = new Set(told.filter(({ known }) => known).map(({ unit }) => unit));
  return told.map(({ prefix, text, unit, known }) =>
    known && units.size > 1 && unit ? `${prefix}${text}\u00a0${unit}` : `${prefix}${text}`,
  );
}

interface ChipsProps extends LegendProps {
  readonly compact?: boolean;
  /** Names alone, where a last value says nothing. */
  readonly bare?: boolean;
  /** The reductions that the board asks for beside each name; the value now where it asks for none. */
  readonly calcs?: readonly string[];
}

/** Swatch, name and the value now, side by side. */
export function LegendChips(props: ChipsProps) {
  const { lines, compact, bare, calcs = [], missing } = props;
  const entry = useEntry(props);
  const short = compact ? shortValues(lines) : null;
  return (
    <div className={`${css.chips} ${compact ? css.compact : ''}`} role="group" aria-label="Series">
      {lines.map((line, i) => (
        <button key={`${i} ${line.fullName}`} {...entry(line)}>
          <Swatch line={line} />
          <span>{line.name}</span>
          {calcs.length > 0
            ? calcs.map((calc) => (
                <small key={calc}>
                  {titleOf(calc)} <b>{calculated(line, calc)}</b>
                </small>
              ))
            : !bare && <b>{short?.[i] ?? displayText(last(line.all), line.config)}</b>}
        </button>
      ))}
      {missing && <em>{missing}</em>}
    </div>
  );
}

const titleOf = (calc: string) => REDUCERS[calc]?.title ?? calc;
/** Told in the field's unit; a count of values has none. */
const calculated = (line: Line, calc: string) =>
  /^(count|changeCount|distinctCount)$/.test(calc)
    ? displayText(reducerOf(calc)(line.all), {})
    : displayText(reducerOf(calc)(line.all), line.config);

function Swatch({ line }: { line: Line }) {
  const style = { background: line.colour };
  return <i className={line.stacked === 'none' ? '' : css.square} style={style} />;
}

interface TableProps extends LegendProps {
  readonly calcs: readonly string[];
  readonly order: Order;
  readonly width: number;
  /** Below the chart it has this height at most; beside it, the chart's. */
  readonly height?: number;
}

/** Name, and the reductions the board asks for; a click on a head orders by it. */
export function LegendTable(props: TableProps) {
  const entry = useEntry(props);
  const { calcs, width, height, missing } = props;
  const [order, setOrder] = useState(props.order);
  const orderBy = (by: string) =>
    setOrder((now) => ({ by, descending: now.by === by ? !now.descending : by !== 'name' }));
  const sorted = (by: string) =>
    order.by === by ? (order.descending ? 'descending' : 'ascending') : undefined;
  return (
    <div
      className={height === undefined ? css.side : css.below}
      style={{ width, height }}
      tabIndex={-1}
    >
      <table className={css.legend}>
        <thead>
          <tr>
            {['name', ...calcs].map((by) => (
              <th key={by} scope="col" aria-sort={sorted(by)}>
                <button type="button" onClick={() => orderBy(by)}>
                  <span className={by === 'name' && calcs.length > 0 ? css.quietName : ''}>
                    {by === 'name' ? 'Name' : titleOf(by)}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(props.lines, order).map((line, i) => (
            <tr key={`${i} ${line.fullName}`}>
              <td>
                <button {...entry(line)}>
                  <Swatch line={line} />
                  <span>{line.name}</span>
                </button>
              </td>
              {calcs.map((calc) => (
                <td key={calc}>{calculated(line, calc)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {missing && <em className={css.missing}>{missing}</em>}
    </div>
  );
}

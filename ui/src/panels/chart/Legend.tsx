import type { MouseEvent } from 'react';
import { display, displayText } from '../../frames/display';
import { rankOf, REDUCERS, reducerOf } from '../../frames/reduce';
import css from './chart.module.css';
import type { Line } from './series';

export interface LegendProps {
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  readonly onLift: (name: string | null) => void;
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

/** Swatch, name and the value now, side by side. */
export function LegendChips(props: LegendProps & { readonly compact?: boolean }) {
  const entry = useEntry(props);
  const short = props.compact ? shortValues(props.lines) : null;
  return (
    <div
      className={`${css.chips} ${props.compact ? css.compact : ''}`}
      role="group"
      aria-label="Series"
    >
      {props.lines.map((line, i) => (
        <button key={`${i} ${line.fullName}`} {...entry(line)}>
          <i
            className={line.stacked === 'none' ? '' : css.square}
            style={{ background: line.colour }}
          />
          <span>{line.name}</span>
          <b>{short?.[i] ?? displayText(last(line.all), line.config)}</b>
        </button>
      ))}
    </div>
  );
}

/** Name, and the reductions the board asks for; the highest now on top. */
export function LegendTable(
  props: LegendProps & { readonly calcs: readonly string[]; readonly width: number },
) {
  const entry = useEntry(props);
  const { calcs, width } = props;
  const sorted = [...props.lines].sort((a, b) => rankOf(last(b.all)) - rankOf(last(a.all)));
  return (
    <div className={css.side} style={{ width }}>
      <table className={css.legend}>
        <thead>
          <tr>
            <th scope="col">
              <span className={css.spoken}>Series</span>
            </th>
            {calcs.map((calc) => (
              <th key={calc} scope="col">
                {REDUCERS[calc]?.title ?? calc}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((line, i) => (
            <tr key={`${i} ${line.fullName}`}>
              <td>
                <button {...entry(line)}>
                  <i style={{ background: line.colour }} />
                  <span>{line.name}</span>
                </button>
              </td>
              {calcs.map((calc) => (
                <td key={calc}>{displayText(reducerOf(calc)(line.all), line.config)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

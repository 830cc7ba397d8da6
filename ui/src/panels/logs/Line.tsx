import { texts } from '../../app/texts';
import { visible } from '../../format/visible';
import { CopyButton } from '../../parts';
import type { LogLine } from './lines';
import css from './logs.module.css';
import { DETAIL_PX, ROW_PX } from './rows';

const words = texts.kinds.logs;

export interface LineProps {
  readonly id: string;
  readonly line: LogLine;
  readonly text: string;
  readonly top: number;
  readonly hasTime: boolean;
  readonly wrap: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  /** Which line it is, from 1. */
  readonly number: number;
  readonly onOpen: () => void;
}

const LEVEL_CSS = {
  error: css['error'],
  warn: css['warn'],
  info: css['info'],
  debug: css['debug'],
  none: '',
};

/** One line where it stands in the list; opened, its labels below. */
export function Line(props: LineProps) {
  const { id, line, text, top, hasTime, wrap, selected, open, number, onOpen } = props;
  return (
    <div className={css.place} style={{ top }} role="presentation">
      <div
        id={id}
        className={`${css.line} ${LEVEL_CSS[line.level]} ${wrap ? css.wrap : ''} ${selected ? css.selected : ''}`}
        style={wrap ? undefined : { height: ROW_PX }}
        role="row"
        aria-selected={selected}
        aria-expanded={open}
        aria-rowindex={number}
        title={wrap ? undefined : text}
        onClick={() => (getSelection()?.toString() ? undefined : onOpen())}
      >
        <i aria-hidden="true" />
        {hasTime && <time role="gridcell">{clockOf(line.timeMs)}</time>}
        <span role="gridcell">
          {line.level === 'error' && <span className={css.spoken}>error </span>}
          {text}
          {line.more > 0 && <b> {words.times(line.more + 1)}</b>}
        </span>
      </div>
      {open && <Details line={line} />}
    </div>
  );
}

function Details({ line }: { line: LogLine }) {
  const labels = Object.entries(line.labels);
  return (
    <div role="row">
      <div className={css.details} role="gridcell" aria-label={words.details}>
        {labels.length === 0 && words.noDetails}
        <dl>
          {labels.map(([name, value]) => (
            <div key={name} style={{ height: DETAIL_PX }}>
              <dt title={name}>{visible(name)}</dt>
              <dd title={value}>{visible(value)}</dd>
            </div>
          ))}
        </dl>
        <CopyButton text={line.text} small />
      </div>
    </div>
  );
}

const two = (n: number, wide = 2) => String(n).padStart(wide, '0');

/** "02:51:13.804": to the millisecond, since lines of one second are many. */
export function clockOf(ms: number | null): string {
  if (ms === null) return '';
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`;
}

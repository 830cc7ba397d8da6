import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { texts } from '../../app/texts';
import { Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import {
  commonLabels,
  deduped,
  linesOf,
  MOST_LINES,
  ordered,
  shownText,
  uniqueLabels,
  type Labels,
} from './lines';
import { Line } from './Line';
import css from './logs.module.css';
import { detailHeight, ROW_PX, textHeight, topsOf, windowOf } from './rows';

const words = texts.kinds.logs;

const CHAR_PX = 6.9;
const BESIDE_PX = 53; // padding, level, a scroll bar
const TIME_PX = 96;
const HEAD_PX = 24;
const NONE: ReadonlySet<number> = new Set();

/** Lines of a log: level, time, words; one opens to its labels. Only what is near the window is drawn. */
export default function Logs(panel: PanelViewProps) {
  const { frames, height } = panel;
  if (frames.length === 0)
    return (
      <Nothing state="info" title={words.none} height={height}>
        {words.noneWhy}
      </Nothing>
    );
  return <Lines {...panel} />;
}

function Lines({ title, frames, options, width, height }: PanelViewProps) {
  const { sortOrder, dedupStrategy } = options;
  const wrap = options['wrapLogMessage'] === true;
  const prettify = options['prettifyLogMessage'] === true;
  const hasTime = options['showTime'] !== false && width >= 240;
  const all = useMemo(() => linesOf(frames), [frames]);
  const lines = useMemo(
    () => deduped(ordered(all, sortOrder), dedupStrategy),
    [all, sortOrder, dedupStrategy],
  );
  const common = useMemo(() => commonLabels(lines), [lines]);
  const [opened, setOpened] = useState({ lines, rows: NONE });
  const open = opened.lines === lines ? opened.rows : NONE; // other lines, other numbers
  const [at, setAt] = useState(0);
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  const showsLabels = options['showLabels'] === true;
  const said = useMemo(
    () =>
      lines.map((line) => {
        const text = shownText(line.text, prettify && wrap);
        return showsLabels ? withLabels(text, uniqueLabels(line, common)) : text;
      }),
    [lines, prettify, wrap, showsLabels, common],
  );
  const room = Math.floor((width - BESIDE_PX - (hasTime ? TIME_PX : 0)) / CHAR_PX);
  const tops = useMemo(
    () =>
      topsOf(
        lines.length,
        (row) =>
          (wrap ? textHeight(said[row]!, room) : ROW_PX) +
          (open.has(row) ? detailHeight(Object.keys(lines[row]!.labels).length) : 0),
      ),
    [lines, said, wrap, room, open],
  );
  const hasCommon = options['showCommonLabels'] === true && Object.keys(common).length > 0;
  const listHeight = Math.max(
    40,
    height - (hasCommon ? HEAD_PX : 0) - (all.length >= MOST_LINES ? HEAD_PX : 0),
  );
  const { first, end } = windowOf(tops, top, top + listHeight);

  if (lines.length === 0)
    return (
      <Nothing title={words.empty} hatch height={height}>
        {words.emptyWhy}
      </Nothing>
    );

  const details = options['enableLogDetails'] !== false;
  const turn = (row: number) => {
    if (!details) return;
    const next = new Set(open);
    if (!next.delete(row)) next.add(row);
    setOpened({ lines, rows: next });
  };
  const go = (row: number) => {
    const to = Math.max(0, Math.min(lines.length - 1, row));
    setAt(to);
    const list = box.current;
    if (!list) return;
    if (tops[to]! < list.scrollTop) list.scrollTop = tops[to]!;
    else if (tops[to]! + ROW_PX > list.scrollTop + listHeight)
      list.scrollTop = tops[to]! + ROW_PX - listHeight;
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by) go(at + by);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(lines.length - 1);
    else if (event.key === 'Enter' || event.key === ' ') turn(at);
    else return;
    event.preventDefault();
  };

  return (
    <div className={css.logs} style={{ height }}>
      {hasCommon && <Common labels={common} />}
      <div
        ref={box}
        className={css.list}
        style={{ height: listHeight }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKey}
        role="treegrid"
        tabIndex={0}
        aria-rowcount={lines.length}
        aria-label={`${title}: ${words.shown(lines.length, all.length)}`}
        aria-activedescendant={at >= first && at < end ? `${id}${at}` : undefined}
      >
        <div role="presentation" className={css.all} style={{ height: tops[lines.length] }}>
          {lines.slice(first, end).map((line, i) => {
            const row = first + i;
            return (
              <Line
                key={row}
                id={`${id}${row}`}
                line={line}
                text={said[row]!}
                top={tops[row]!}
                hasTime={hasTime}
                wrap={wrap}
                selected={row === at}
                open={open.has(row)}
                number={row + 1}
                onOpen={() => {
                  setAt(row);
                  turn(row);
                }}
              />
            );
          })}
        </div>
      </div>
      {all.length >= MOST_LINES && <p className={css.quiet}>{words.limit(MOST_LINES)}</p>}
    </div>
  );
}

const withLabels = (text: string, labels: readonly (readonly [string, string])[]) =>
  labels.length ? `${labels.map(([name, value]) => `${name}=${value}`).join(' ')}  ${text}` : text;

function Common({ labels }: { labels: Labels }) {
  const text = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('  ');
  return (
    <p className={css.quiet} title={text} tabIndex={0}>
      {words.common}: <code>{text}</code>
    </p>
  );
}

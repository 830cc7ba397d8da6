import { useId, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { texts } from '../../app/texts';
import { duration } from '../../format';
import { coloursByName } from '../../frames/colours';
import { Icon, Nothing, StateGlyph } from '../../parts';
import { windowOf } from '../logs/rows';
import type { PanelViewProps } from '../panel';
import { MOST_SPANS, rowsOf, traceOf, type Node, type Trace } from './spans';
import css from './traces.module.css';

const words = texts.kinds.traces;

const ROW_PX = 26;
const HEAD_PX = 26;
const FACTS_SHARE = 0.4;
const NONE: ReadonlySet<string> = new Set();

/** The spans of a trace below each other on one clock: what ran within what, and how long. */
export default function Traces(panel: PanelViewProps) {
  const { frames, height } = panel;
  const trace = useMemo(() => traceOf(frames), [frames]);
  if (frames.length === 0)
    return (
      <Nothing state="info" title={words.none} height={height}>
        {words.noneWhy}
      </Nothing>
    );
  if (!trace)
    return (
      <Nothing title={words.empty} hatch height={height}>
        {words.emptyWhy}
      </Nothing>
    );
  return <Waterfall trace={trace} panel={panel} />;
}

function Waterfall({ trace, panel }: { trace: Trace; panel: PanelViewProps }) {
  const { title, width, height } = panel;
  const [folded, setFolded] = useState(NONE);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [top, setTop] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useMemo(() => rowsOf(trace.roots, folded), [trace, folded]);
  const colours = useMemo(() => {
    const all = coloursByName(trace.services);
    return new Map(trace.services.map((service, i) => [service, all[i]!]));
  }, [trace]);
  const opened = rows.find(({ span }) => span.id === open);
  const factsHeight = opened ? Math.round(height * FACTS_SHARE) : 0;
  const listHeight = Math.max(ROW_PX * 2, height - HEAD_PX - factsHeight);
  const { first, end } = windowOf(evenTops(rows.length), top, top + listHeight);
  const nameWidth = Math.round(Math.max(110, Math.min(320, width * 0.36)));

  const fold = (node: Node | undefined, on?: boolean) => {
    if (!node?.children.length) return;
    const next = new Set(folded);
    const close = on ?? !next.has(node.span.id);
    if (close) next.add(node.span.id);
    else next.delete(node.span.id);
    setFolded(next);
  };
  const go = (row: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, row));
    setAt(to);
    const box = list.current;
    if (!box) return;
    const y = to * ROW_PX;
    if (y < box.scrollTop) box.scrollTop = y;
    else if (y + ROW_PX > box.scrollTop + listHeight) box.scrollTop = y + ROW_PX - listHeight;
  };
  const turn = (node: Node | undefined) =>
    setOpen((now) => (node && node.span.id !== now ? node.span.id : null));
  const onKey = (event: KeyboardEvent) => {
    const node = rows[at];
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by) go(at + by);
    else if (event.key === 'ArrowLeft') fold(node, true);
    else if (event.key === 'ArrowRight') fold(node, false);
    else if (event.key === 'Enter' || event.key === ' ') turn(node);
    else if (event.key === 'Escape' && open) setOpen(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className={css.trace} style={{ height, '--name': `${nameWidth}px` } as CSSProperties}>
      <div className={css.head}>
        <span>{headOf(trace)}</span>
        <Scale lengthMs={trace.endMs - trace.startMs} width={width - nameWidth} />
      </div>
      <div
        ref={list}
        className={css.list}
        style={{ height: listHeight }}
        role="treegrid"
        aria-label={`${title}: ${headOf(trace)}`}
        aria-rowcount={rows.length}
        aria-activedescendant={at >= first && at < end ? `${id}${at}` : undefined}
        tabIndex={0}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKey}
      >
        <div role="presentation" className={css.all} style={{ height: rows.length * ROW_PX }}>
          {rows.slice(first, end).map((node, i) => {
            const row = first + i;
            return (
              <SpanRow
                key={row}
                id={`${id}${row}`}
                number={row + 1}
                node={node}
                trace={trace}
                colour={colours.get(node.span.service) ?? 'var(--c0)'}
                folded={folded.has(node.span.id)}
                selected={row === at}
                open={node.span.id === open}
                top={row * ROW_PX}
                onFold={() => fold(node)}
                onOpen={() => {
                  setAt(row);
                  turn(node);
                }}
              />
            );
          })}
        </div>
      </div>
      {opened && <Facts node={opened} trace={trace} height={factsHeight} />}
    </div>
  );
}

const evenTops = (count: number) =>
  Float64Array.from({ length: count + 1 }, (_, row) => row * ROW_PX);

function headOf({ spans, services, cut, traces }: Trace): string {
  const parts = [words.tree(spans, services.length)];
  if (cut) parts.push(words.limit(MOST_SPANS));
  if (traces > 1) parts.push(words.others(traces));
  return parts.join('. ');
}

function Scale({ lengthMs, width }: { lengthMs: number; width: number }) {
  const count = width > 420 ? 4 : width > 200 ? 2 : 1;
  return (
    <span className={css.scale} aria-hidden="true">
      {Array.from({ length: count + 1 }, (_, i) => (
        <i key={i} style={{ left: `${(i / count) * 100}%` }}>
          {duration((lengthMs * i) / count)}
        </i>
      ))}
    </span>
  );
}

function SpanRow(props: {
  id: string;
  number: number;
  node: Node;
  trace: Trace;
  colour: string;
  folded: boolean;
  selected: boolean;
  open: boolean;
  top: number;
  onFold: () => void;
  onOpen: () => void;
}) {
  const { id, number, node, trace, colour, folded, selected, open, top, onFold, onOpen } = props;
  const { span, depth, children } = node;
  const length = trace.endMs - trace.startMs || 1;
  const from = (span.startMs - trace.startMs) / length;
  const share = span.tookMs / length;
  const bar = { left: `${from * 100}%`, width: `max(2px, ${share * 100}%)`, color: colour };
  const right = from + share > 0.72; // the words stand where there is room
  return (
    <div
      id={id}
      className={`${css.row} ${selected ? css.selected : ''} ${open ? css.open : ''}`}
      style={{ top, height: ROW_PX }}
      role="row"
      aria-level={depth + 1}
      aria-rowindex={number}
      aria-selected={selected}
      aria-expanded={children.length ? !folded : undefined}
      onClick={onOpen}
    >
      <span
        className={css.name}
        style={{ paddingLeft: 4 + Math.min(depth, 12) * 12 }}
        role="gridcell"
        title={`${span.service} ${span.name}`}
      >
        {children.length > 0 && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={folded ? 'Unfold' : 'Fold'}
            onClick={(event) => {
              event.stopPropagation();
              onFold();
            }}
          >
            <Icon name={folded ? 'chevron' : 'down'} size={12} />
          </button>
        )}
        <i style={{ background: colour }} />
        {span.failed && <StateGlyph state="crit" label={words.error} size={12} />}
        <b>{span.name}</b>
        <small>{span.service}</small>
      </span>
      <span className={css.lane} role="gridcell">
        <i className={span.failed ? css.failed : ''} style={bar} />
        <small
          style={
            right
              ? { right: `calc(${(1 - from) * 100}% + 5px)` }
              : { left: `calc(${(from + share) * 100}% + 7px)` }
          }
        >
          {duration(span.tookMs)}
        </small>
      </span>
    </div>
  );
}

function Facts({
  node: { span, ownMs },
  trace,
  height,
}: {
  node: Node;
  trace: Trace;
  height: number;
}) {
  const facts: (readonly [string, string])[] = [
    [words.service, span.service],
    [words.took, duration(span.tookMs)],
    [words.own, duration(ownMs)],
    [words.began, duration(span.startMs - trace.startMs)],
    ...span.facts,
  ];
  return (
    <div
      className={css.facts}
      style={{ height }}
      aria-label={words.facts}
      role="group"
      tabIndex={0}
    >
      <dl>
        {facts.map(([name, value], i) => (
          <div key={`${i} ${name}`}>
            <dt title={name}>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

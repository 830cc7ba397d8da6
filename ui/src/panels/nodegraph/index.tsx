import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { texts } from '../../app/texts';
import { Button, Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import { graphOf, laidOut, NODE, type Graph, type Layout, type Placed } from './graph';
import css from './nodegraph.module.css';

const words = texts.kinds.graph;

const PAD = 12;
const NEAREST = 3;
const FARTHEST = 0.15;
const LEAST_READ = 0.8;
const STEP_PX = 40;

interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Who calls whom: boxes in layers from left to right. Drag or arrow keys move it, buttons or + and - zoom. */
export default function NodeGraph({ title, frames, width, height }: PanelViewProps) {
  const graph = useMemo(() => graphOf(frames), [frames]);
  const layout = useMemo(() => laidOut(graph), [graph]);
  if (frames.length === 0)
    return (
      <Nothing state="info" title={texts.kinds.traces.none} height={height}>
        {texts.kinds.traces.noneWhy}
      </Nothing>
    );
  if (graph.nodes.length === 0)
    return (
      <Nothing title={words.none} hatch height={height}>
        {words.noneWhy}
      </Nothing>
    );
  return <Picture title={title} graph={graph} layout={layout} width={width} height={height} />;
}

/** All of it in the middle, never larger than it is. */
function fitted(layout: Layout, width: number, height: number): View {
  const scale = Math.max(
    FARTHEST,
    Math.min(1, (width - 2 * PAD) / layout.width, (height - 2 * PAD) / layout.height),
  );
  return { scale, x: (width - layout.width * scale) / 2, y: (height - layout.height * scale) / 2 };
}

/** As it opens: all of it where its words can be read then, else from its left end. */
function readable(layout: Layout, width: number, height: number): View {
  const all = fitted(layout, width, height);
  if (all.scale >= LEAST_READ) return all;
  const wide = layout.width * LEAST_READ;
  const tall = layout.height * LEAST_READ;
  return {
    scale: LEAST_READ,
    x: wide > width ? PAD : (width - wide) / 2,
    y: tall > height ? PAD : (height - tall) / 2,
  };
}

interface PictureProps {
  readonly title: string;
  readonly graph: Graph;
  readonly layout: Layout;
  readonly width: number;
  readonly height: number;
}

function Picture({ title, graph, layout, width, height }: PictureProps) {
  const [moved, setMoved] = useState<View | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const view = moved ?? readable(layout, width, height);
  const all = fitted(layout, width, height);

  const move = (dx: number, dy: number) => setMoved({ ...view, x: view.x + dx, y: view.y + dy });
  const zoom = (by: number) => {
    const scale = Math.max(FARTHEST, Math.min(NEAREST, view.scale * by));
    const k = scale / view.scale;
    setMoved({
      scale,
      x: width / 2 - (width / 2 - view.x) * k,
      y: height / 2 - (height / 2 - view.y) * k,
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[
      event.key
    ];
    if (by) move(by[0]! * STEP_PX, by[1]! * STEP_PX);
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') setMoved(all);
    else if (event.key === 'Escape' && chosen) setChosen(null);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current) return;
    move(event.clientX - drag.current.x, event.clientY - drag.current.y);
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const summary = words.summary(graph.nodes.length, graph.edges.length);
  const node = graph.nodes.find(({ id }) => id === chosen);
  return (
    <div className={css.graph} style={{ width, height }}>
      <div
        className={css.field}
        role="application"
        aria-label={`${title}: ${summary}. ${words.hint}`}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        onPointerLeave={() => (drag.current = null)}
      >
        <svg width={width} height={height}>
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            <Edges graph={graph} layout={layout} chosen={chosen} />
            {layout.nodes.map((one) => (
              <Box
                key={one.node.id}
                one={one}
                chosen={one.node.id === chosen}
                onChoose={() => setChosen(one.node.id === chosen ? null : one.node.id)}
              />
            ))}
          </g>
        </svg>
      </div>
      {graph.all > graph.nodes.length && (
        <p className={css.note}>{words.limit(graph.nodes.length, graph.all)}</p>
      )}
      <div className={css.tools}>
        <Button small aria-label={words.zoomIn} title={words.zoomIn} onClick={() => zoom(1.25)}>
          +
        </Button>
        <Button small aria-label={words.zoomOut} title={words.zoomOut} onClick={() => zoom(0.8)}>
          −
        </Button>
        {(moved ?? view).scale !== all.scale && (
          <Button small onClick={() => setMoved(all)}>
            {words.fit}
          </Button>
        )}
      </div>
      {node && <Facts id={node.id} graph={graph} onClose={() => setChosen(null)} />}
    </div>
  );
}

function Edges({ graph, layout, chosen }: { graph: Graph; layout: Layout; chosen: string | null }) {
  const at = new Map(layout.nodes.map((one) => [one.node.id, one]));
  return graph.edges.map(({ source, target, main, thickness }, i) => {
    const a = at.get(source);
    const b = at.get(target);
    if (!a || !b || a === b) return null;
    const on = source === chosen || target === chosen;
    const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    return (
      <g key={i} className={on ? css.lit : css.edge}>
        <path d={wayOf(a, b)} strokeWidth={thickness} />
        {main && (
          <text x={mx} y={my - 4} textAnchor="middle">
            {main}
          </text>
        )}
      </g>
    );
  });
}

/** A bow from the right edge of one box to the left edge of the other; back to an earlier layer, below both. */
function wayOf(a: Placed, b: Placed): string {
  const half = NODE.width / 2;
  if (b.x > a.x) {
    const bend = (b.x - a.x) / 2;
    return `M${a.x + half} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x - half} ${b.y}`;
  }
  const below = Math.max(a.y, b.y) + NODE.height * 1.2;
  return `M${a.x} ${a.y + NODE.height / 2}C${a.x} ${below} ${b.x} ${below} ${b.x} ${b.y + NODE.height / 2}`;
}

const MOST_CHARS = 19;
const cut = (text: string) =>
  text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text;

function Box({ one, chosen, onChoose }: { one: Placed; chosen: boolean; onChoose: () => void }) {
  const { node, x, y } = one;
  const stats = [node.main, node.second].filter(Boolean).join(', ') || node.subtitle;
  const { width, height } = NODE;
  return (
    <g
      className={chosen ? css.chosen : css.node}
      transform={`translate(${x - width / 2} ${y - height / 2})`}
      role="button"
      aria-pressed={chosen}
      aria-label={[node.title, node.subtitle, node.main, node.second].filter(Boolean).join(', ')}
      tabIndex={0}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        onChoose();
      }}
    >
      <title>{[node.title, node.subtitle].filter(Boolean).join(', ')}</title>
      <rect width={width} height={height} rx={6} />
      <rect
        className={css.mark}
        width={4}
        height={height - 12}
        x={5}
        y={6}
        rx={2}
        style={{ fill: node.colour }}
      />
      {rimOf(node.arcs).map(({ from, share, colour }, i) => (
        <rect
          key={i}
          className={css.mark}
          x={16 + from * (width - 24)}
          y={height - 5}
          width={share * (width - 24)}
          height={3}
          style={{ fill: colour }}
        />
      ))}
      <text x={16} y={stats ? 17 : 24}>
        {cut(node.title)}
      </text>
      {stats && (
        <text className={css.stats} x={16} y={31}>
          {cut(stats)}
        </text>
      )}
    </g>
  );
}

/** Shares one behind the other. */
const rimOf = (arcs: Placed['node']['arcs']) =>
  arcs.map((arc, i) => ({
    ...arc,
    from: arcs.slice(0, i).reduce((sum, { share }) => sum + share, 0),
  }));

function Facts({ id, graph, onClose }: { id: string; graph: Graph; onClose: () => void }) {
  const node = graph.nodes.find((one) => one.id === id)!;
  const titleOf = (other: string) => graph.nodes.find((one) => one.id === other)?.title ?? other;
  const to = graph.edges.filter(({ source }) => source === id).map(({ target }) => titleOf(target));
  const from = graph.edges
    .filter(({ target }) => target === id)
    .map(({ source }) => titleOf(source));
  return (
    <div className={css.facts} role="status">
      <b>{node.title}</b>
      {[node.subtitle, node.main, node.second].filter(Boolean).map((text, i) => (
        <p key={i}>{text}</p>
      ))}
      {from.length > 0 && (
        <p>
          {words.calledBy}: {from.join(', ')}
        </p>
      )}
      {to.length > 0 && (
        <p>
          {words.calls}: {to.join(', ')}
        </p>
      )}
      <Button small onClick={onClose}>
        {words.close}
      </Button>
    </div>
  );
}
